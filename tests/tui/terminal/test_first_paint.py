"""The first page stands there before anything is loaded, and the app changes no cell of it.

What is expected is painted by the app alone: with `COLUMNS` and `LINES` set nothing is painted before it.

What is typed between the page and the app, while it is loaded, is looked at in a program that really loads it. What
compares the two pictures, or looks at a signal or another size on the page, is the same with the imports done before;
the pictures are looked at in a real start once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from aep_tui.state.early_theme import state_path
from tests.tui.terminal.keyboard import encode_key
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.screen import Screen
from tests.tui.terminal.terminal import Terminal

pytestmark = pytest.mark.waits

PRACTICE = [sys.executable, "-m", "aep_tui", "--practice"]
WELCOME = "Where should the connection be created?"
HELD = """
import os, sys, time
from aep_tui.commands import first_paint
show_welcome = first_paint.show_welcome
def show_and_stay(*given, **named):
    show_welcome(*given, **named)
    open("stays", "w").close()
    while not os.path.exists("go on"):
        time.sleep(0.01)
first_paint.show_welcome = show_and_stay
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""It stays on the page, which a file says, and starts the app as soon as there is the other file."""
NOTHING: Mapping[str, str] = MappingProxyType({})
ENTER_SCREEN = b"\x1b[?1049h"
TAKEN_OVER = b"\x1b[?1000h"
"""What the app writes first: the mouse."""


def started(
    home: Path,
    columns: int = 80,
    rows: int = 24,
    extra: Mapping[str, str] = NOTHING,
    arguments: tuple[str, ...] = (),
    *,
    is_warm: bool = False,
) -> Terminal:
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()), **extra)
    return Terminal(
        [*PRACTICE, *arguments], columns=columns, rows=rows, environment=environment, directory=home, is_warm=is_warm
    )


def held(home: Path, *, is_warm: bool = False) -> Terminal:
    return run(HELD, home, is_warm=is_warm)


def run(program: str, home: Path, *, is_warm: bool = False) -> Terminal:
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()))
    return Terminal([sys.executable, "-c", program], environment=environment, directory=home, is_warm=is_warm)


def wait_for_page(terminal: Terminal, home: Path) -> None:
    """Wait until the first page is there, on which the program stays."""
    terminal.wait_for_text(WELCOME)
    wait_for(terminal, (home / "stays").exists)


def wait_for(terminal: Terminal, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + terminal.timeout
    while not condition():
        assert time.monotonic() < deadline, terminal.text()
        terminal.process.wait_for_news(len(terminal.process.chunks), 0.05)


def settle(terminal: Terminal) -> None:
    wait_for(terminal, lambda: TAKEN_OVER in terminal.raw_output)
    terminal.settle()


def painted_by_the_app(home: Path, columns: int, rows: int, extra: Mapping[str, str]) -> Screen:
    """Return the first page as it is without anybody who paints it before."""
    alone = {**extra, "COLUMNS": str(columns), "LINES": str(rows)}
    with started(home, columns, rows, alone, is_warm=True) as terminal:
        terminal.wait_for_text("Quit")
        settle(terminal)
        assert WELCOME.encode() not in terminal.raw_output.partition(TAKEN_OVER)[0]
        return screen_of(terminal.raw_output, columns, rows)


def screen_of(output: bytes, columns: int = 80, rows: int = 24) -> Screen:
    screen = Screen(columns, rows)
    screen.feed(output)
    return screen


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home directory that was never used."""
    return tmp_path


@pytest.mark.parametrize(
    ("columns", "rows", "extra"),
    [
        (80, 24, {}),
        (80, 24, {"AEP_THEME": "dark"}),
        (80, 22, {"AEP_THEME": "light"}),
        (120, 40, {"AEP_THEME": "high-contrast"}),
        (80, 22, {"NO_COLOR": "1"}),
        (120, 40, {"TERM": "screen-256color", "COLORTERM": "", "TMUX": "/tmp/tmux,1,0", "AEP_THEME": "dark"}),
        (97, 31, {"COLORTERM": "", "AEP_THEME": "light"}),
        (80, 24, {"TERM": "xterm", "COLORTERM": ""}),
    ],
    ids=["terminal", "dark", "light", "high-contrast", "no-color", "tmux", "256", "16"],
)
def test_the_page_is_there_at_once_and_the_app_changes_no_cell(
    columns: int, rows: int, extra: dict[str, str], home: Path
) -> None:
    with started(home, columns, rows, extra, is_warm=bool(extra)) as terminal:
        settle(terminal)
        before, _mouse, after = terminal.raw_output.partition(TAKEN_OVER)
    expected = painted_by_the_app(home, columns, rows, extra)
    assert screen_of(before, columns, rows).cells() == expected.cells()
    assert screen_of(terminal.raw_output, columns, rows).cells() == expected.cells()
    assert WELCOME.encode() in before
    assert len(after) < 200, "the app says what it wants of the terminal, and paints nothing"
    assert b"\x1b[?2026h" not in after, "nothing is updated, not even by nothing"


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [({"AEP_PAIRING": "yes"}, ()), ({}, ("--read-only",)), ({}, ("--pairing", "--theme", "dark"))],
    ids=["pairing", "read-only", "options"],
)
def test_what_has_to_be_known_first_is_blank_and_only_filled(
    extra: dict[str, str], arguments: tuple[str, ...], home: Path
) -> None:
    with started(home, extra=extra, arguments=arguments, is_warm=True) as terminal:
        settle(terminal)
        before, _mouse, _after = terminal.raw_output.partition(TAKEN_OVER)
        rows = list(zip(screen_of(before).text().splitlines(), terminal.text().splitlines(), strict=False))
    assert rows[1][0].strip() == ""
    assert "PRACTICE" in rows[1][1]
    assert [early for early, _late in rows[2:]] == [late for _early, late in rows[2:]]
    assert WELCOME in rows[5][0]


def test_a_kept_theme_is_painted_at_once_and_nothing_is_kept_of_a_start(home: Path) -> None:
    theme = Path(state_path({"HOME": str(home)}))
    theme.parent.mkdir(parents=True, mode=0o700)
    theme.write_text("light \n", encoding="utf-8")
    theme.chmod(0o600)
    with started(home, is_warm=True) as terminal:
        settle(terminal)
        before, _mouse, after = terminal.raw_output.partition(TAKEN_OVER)
        terminal.process.send(encode_key("ctrl+q"))
        terminal.wait_exit()
    assert list(home.rglob("first-page*")) == []
    assert b"48;2;250;250;250" in before
    assert b"\x1b[?2026h" not in after


def test_what_is_typed_on_the_page_is_neither_shown_nor_lost(home: Path) -> None:
    with held(home) as terminal:
        wait_for_page(terminal, home)
        terminal.process.send(encode_key("down") + encode_key("up") + encode_key("enter"))
        (home / "go on").touch()
        terminal.wait_for_text("What do you want to do?")
        assert b"^[" not in terminal.raw_output


def test_ctrl_q_on_the_page_quits(home: Path) -> None:
    with started(home) as terminal:
        terminal.wait_for_text(WELCOME)
        terminal.process.send(encode_key("ctrl+q"))
        assert terminal.wait_exit() == 130
        assert terminal.restoration_problems() == []


@pytest.mark.parametrize(
    ("number", "exit_code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)],
)
def test_a_signal_takes_the_page_away(number: signal.Signals, exit_code: int, home: Path) -> None:
    with held(home, is_warm=True) as terminal:
        wait_for_page(terminal, home)
        terminal.kill(number)
        assert terminal.wait_exit() == exit_code
        assert terminal.restoration_problems() == []
        assert not terminal.is_alternate_screen


def test_ctrl_z_on_the_page_shows_the_shell_and_then_the_page_again(home: Path) -> None:
    # In a session of its own nobody could wake the program again, so the system does not let it stop.
    with held(home, is_warm=True) as terminal:
        wait_for_page(terminal, home)
        terminal.kill(signal.SIGTSTP)
        wait_for(terminal, lambda: terminal.raw_output.count(ENTER_SCREEN) == 2)
        (home / "go on").touch()
        settle(terminal)
        before, _mouse, after = terminal.raw_output.partition(TAKEN_OVER)
    page, left, again = before.partition(b"\x1b[?1049l")
    assert left
    assert screen_of(again.partition(ENTER_SCREEN)[2]).cells() == screen_of(page.partition(ENTER_SCREEN)[2]).cells()
    assert b"\x1b[?2026h" not in after


@pytest.mark.parametrize("place", ["run_wizard._hand_over", "driver.TerminalDriver.__init__"])
def test_ctrl_z_is_answered_until_the_app_has_the_terminal(place: str, home: Path) -> None:
    module, _dot, name = place.partition(".")
    room = "aep_tui.commands" if module == "run_wizard" else "aep_tui.tui.terminal"
    program = f"""
import os, signal, sys
from aep_tui.cli import main
def stop_after(action):
    def act(*given, **named):
        action(*given, **named)
        os.kill(os.getpid(), signal.SIGTSTP)
    return act
import {room}.{module} as module
module.{name} = stop_after(module.{name})
sys.exit(main(["--practice"]))
"""
    with run(program, home, is_warm=True) as terminal:
        settle(terminal)
        before, _mouse, _after = terminal.raw_output.partition(TAKEN_OVER)
        assert before.count(b"\x1b[?1049l") == 1, "the shell was shown meanwhile"
        assert WELCOME.encode() in before.partition(b"\x1b[?1049l")[2], "and the page again"
        assert WELCOME in terminal.text()


def test_what_ends_the_start_is_told_on_the_screen_of_the_shell(home: Path) -> None:
    with started(home, extra={"TEXTUAL_LOG": "keys.log"}) as terminal:
        assert terminal.wait_exit() == 1
        assert "Developer logging is on" in terminal.text()
        assert terminal.restoration_problems() == []


def test_a_crash_amid_the_imports_takes_the_page_away(home: Path) -> None:
    program = "import sys; sys.modules['textual'] = None; from aep_tui.cli import main; sys.exit(main(['--practice']))"
    with run(program, home) as terminal:
        assert terminal.wait_exit() == 1
        assert WELCOME.encode() in terminal.raw_output
        assert "ModuleNotFoundError" in terminal.text()
        assert terminal.restoration_problems() == []


@pytest.mark.parametrize(
    "extra",
    [
        {"TERM": "dumb"},
        {"ACCESSIBLE": "1"},
        {"AEP_THEME": "dark", "TERM": "xterm", "COLORTERM": ""},
    ],
    ids=["dumb", "accessible", "few-colours"],
)
def test_no_page_is_shown_where_it_would_be_another(extra: dict[str, str], home: Path) -> None:
    with started(home, extra=extra, is_warm=True) as terminal:
        if extra in ({"TERM": "dumb"}, {"ACCESSIBLE": "1"}):
            terminal.wait_until(lambda screen: bool(screen.strip()))
            assert b"\x1b[?1049h" not in terminal.raw_output
        else:
            settle(terminal)
            assert WELCOME.encode() not in terminal.raw_output.partition(TAKEN_OVER)[0]


def test_a_terminal_that_is_too_small_gets_no_page_and_is_told_so(home: Path) -> None:
    with started(home, 79, 24, is_warm=True) as terminal:
        settle(terminal)
        assert WELCOME.encode() not in terminal.raw_output.partition(TAKEN_OVER)[0]
        assert "aep-tui needs 80x22" in terminal.text()


def test_another_size_amid_the_start_is_painted_as_a_whole(home: Path) -> None:
    with held(home, is_warm=True) as terminal:
        wait_for_page(terminal, home)
        terminal.resize(100, 30)
        (home / "go on").touch()
        settle(terminal)
        terminal.wait_for_text("Never enabled")
        lines = terminal.text().splitlines()
        assert lines[0].strip() == "Welcome"
        assert "Quit" in lines[29]


UNSETTLED = """
import sys
from aep_tui.tui.terminal import terminal_app
terminal_app.SECONDS_OF_A_STILL_PAGE = 3600.0
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""It believes for an hour that the page of its start stands there, and paints nothing over it."""


def stop_and_go_on(terminal: Terminal) -> None:
    terminal.kill(signal.SIGSTOP)
    terminal.kill(signal.SIGCONT)
    wait_for(terminal, lambda: terminal.raw_output.count(ENTER_SCREEN) == 2)


def shrink_and_grow(terminal: Terminal) -> None:
    for columns, rows in ((100, 15), (80, 24)):
        terminal.resize(columns, rows)
        terminal.settle()


@pytest.mark.parametrize("spoil", [stop_and_go_on, shrink_and_grow])
def test_a_page_that_does_not_stand_there_any_more_is_painted_anew(
    spoil: Callable[[Terminal], None], home: Path
) -> None:
    with run(UNSETTLED, home, is_warm=True) as terminal:
        settle(terminal)
        before = terminal.text()
        assert WELCOME in before
        spoil(terminal)
        terminal.wait_until(lambda screen: screen == before, what="the page as it was")


def without_arguments(
    home: Path, program: str = "", *, extra: Mapping[str, str] = NOTHING, is_warm: bool = False
) -> Terminal:
    """Start without an option, really or with the imports done; `program` runs in the same interpreter before."""
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()), **extra)
    started_by = f"{program}\nimport sys\nfrom aep_tui.cli import main\nsys.exit(main([]))"
    return Terminal([sys.executable, "-c", started_by], environment=environment, directory=home, is_warm=is_warm)


NO_SETTINGS_YET = "import sys; sys.modules['aep_tui.settings.resolution'] = None"
"""Lets a start fail as soon as it wants to read settings."""


def test_without_options_the_page_is_there_before_settings_are_read_where_there_are_none(home: Path) -> None:
    with without_arguments(home, NO_SETTINGS_YET) as terminal:
        assert terminal.wait_exit() == 1
        assert WELCOME.encode() in terminal.raw_output
        assert terminal.restoration_problems() == []
    with without_arguments(home, is_warm=True) as terminal:
        settle(terminal)
        before, _mouse, after = terminal.raw_output.partition(TAKEN_OVER)
    assert WELCOME.encode() in before
    assert b"\x1b[?2026h" not in after


@pytest.mark.parametrize("place", [".env", ".config/aep-tui/profiles.toml", "AEP_REGION"])
def test_where_something_is_set_the_page_waits_for_the_settings(place: str, home: Path) -> None:
    if "." in place:
        (home / place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / place).write_text("", encoding="utf-8")
    extra = {} if "." in place else {place: "nowhere"}
    with without_arguments(home, NO_SETTINGS_YET, extra=extra) as terminal:
        assert terminal.wait_exit() == 1
        assert WELCOME.encode() not in terminal.raw_output


def test_a_target_in_the_environment_is_live_from_the_first_cell_on(home: Path) -> None:
    with without_arguments(home, extra={"AEP_ORG_ID": "1A2B3C@AdobeOrg"}, is_warm=True) as terminal:
        settle(terminal)
        terminal.wait_for_text("LIVE")
        assert b"PRACTICE" not in terminal.raw_output


def test_the_page_is_painted_before_anything_heavy_is_loaded() -> None:
    program = (
        "import sys; before = set(sys.modules); import aep_tui.cli; from aep_tui import commands; "
        "assert commands.paint_welcome(80, 24, 'terminal', {}); print(*(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    heavy = {"typing", "dataclasses", "re", "enum", "pathlib", "contextlib", "argparse", "json", "gettext", "curses"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith(("textual", "rich"))}


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_a_command_without_pages_loads_no_painter(argument: str) -> None:
    program = f"""
import sys
from aep_tui.cli import main
try:
    main([{argument!r}])
except SystemExit:
    pass
assert "aep_tui.commands.welcome_painter" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
