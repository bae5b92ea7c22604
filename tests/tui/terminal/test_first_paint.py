"""The first page stands there before anything is loaded, and the app changes no cell of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from aep_tui.state.first_page import file_of, state_path
from aep_tui.state.paths import state_directory
from tests.tui.terminal.keyboard import encode_key
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.screen import Screen
from tests.tui.terminal.terminal import Terminal

PRACTICE = [sys.executable, "-m", "aep_tui", "--practice"]
WELCOME = "Where should the connection be created?"
NOTHING: Mapping[str, str] = MappingProxyType({})
TAKEN_OVER = b"\x1b[?1000h"
"""What the app writes first: the mouse."""


def started(home: Path, columns: int = 80, rows: int = 24, extra: Mapping[str, str] = NOTHING) -> Terminal:
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()), **extra)
    return Terminal(PRACTICE, columns=columns, rows=rows, environment=environment, directory=home)


def wait_for(terminal: Terminal, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + terminal.timeout
    while not condition():
        assert time.monotonic() < deadline, terminal.text()
        terminal.process.wait_for_news(len(terminal.process.chunks), 0.05)


def settle(terminal: Terminal) -> None:
    wait_for(terminal, lambda: TAKEN_OVER in terminal.raw_output)
    assert terminal.process.wait_until_idle(terminal.timeout)
    terminal.wait_until_quiet(0.3)


def copy_of(home: Path, columns: int = 80, rows: int = 24) -> Path:
    return home / ".local/state/aep-tui" / file_of(columns, rows)


def painted_by_the_app(
    home: Path, columns: int = 80, rows: int = 24, extra: Mapping[str, str] = MappingProxyType({})
) -> Screen:
    """Start for the first time, wait until the page is kept, and return it."""
    with started(home, columns, rows, extra) as terminal:
        terminal.wait_for_text(WELCOME)
        wait_for(terminal, copy_of(home, columns, rows).exists)
        settle(terminal)
        return screen_of(terminal.raw_output, columns, rows)


def screen_of(output: bytes, columns: int = 80, rows: int = 24) -> Screen:
    screen = Screen(columns, rows)
    screen.feed(output)
    return screen


@pytest.fixture(scope="module")
def started_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home directory after the first start."""
    home = tmp_path_factory.mktemp("started-once")
    painted_by_the_app(home)
    return home


@pytest.fixture
def home(started_once: Path, tmp_path: Path) -> Path:
    """A home directory in which a first page is kept."""
    return Path(shutil.copytree(started_once, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize(
    ("columns", "rows", "extra"),
    [
        (80, 24, {"AEP_THEME": "dark"}),
        (80, 22, {"AEP_THEME": "light"}),
        (120, 40, {"AEP_THEME": "high-contrast"}),
        (80, 24, {"AEP_THEME": "terminal"}),
        (80, 24, {"NO_COLOR": "1"}),
        (80, 24, {"TERM": "screen-256color"}),
    ],
    ids=["dark", "light", "high-contrast", "terminal", "no-color", "screen"],
)
def test_the_page_is_there_at_once_and_the_app_changes_no_cell(
    columns: int, rows: int, extra: dict[str, str], tmp_path: Path
) -> None:
    expected = painted_by_the_app(tmp_path, columns, rows, extra)
    with started(tmp_path, columns, rows, extra) as terminal:
        settle(terminal)
        before, _mouse, after = terminal.raw_output.partition(TAKEN_OVER)
        assert screen_of(before, columns, rows).cells() == expected.cells()
        assert screen_of(terminal.raw_output, columns, rows).cells() == expected.cells()
        assert WELCOME.encode() in before
        assert len(after) < 200, "the app says what it wants of the terminal, and paints nothing"
        assert b"\x1b[?2026h" not in after, "nothing is updated, not even by nothing"


def test_what_is_typed_on_the_page_is_neither_shown_nor_lost(home: Path) -> None:
    with started(home) as terminal:
        terminal.wait_for_text(WELCOME)
        assert TAKEN_OVER not in terminal.raw_output
        terminal.process.send(encode_key("down") + encode_key("up") + encode_key("enter"))
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
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()))
    with Terminal(PRACTICE, environment=environment, directory=home) as terminal:
        terminal.wait_for_text(WELCOME)
        assert TAKEN_OVER not in terminal.raw_output
        terminal.kill(number)
        assert terminal.wait_exit() == exit_code
        assert terminal.restoration_problems() == []
        assert not terminal.is_alternate_screen


def test_what_ends_the_start_is_told_on_the_screen_of_the_shell(home: Path) -> None:
    with started(home, extra={"TEXTUAL_LOG": "keys.log"}) as terminal:
        assert terminal.wait_exit() == 1
        assert "Developer logging is on" in terminal.text()
        assert terminal.restoration_problems() == []


def test_a_crash_amid_the_imports_takes_the_page_away(home: Path) -> None:
    program = "import sys; sys.modules['textual'] = None; from aep_tui.cli import main; sys.exit(main(['--practice']))"
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()))
    with Terminal([sys.executable, "-c", program], environment=environment, directory=home) as terminal:
        assert terminal.wait_exit() == 1
        assert WELCOME.encode() in terminal.raw_output
        assert "ModuleNotFoundError" in terminal.text()
        assert terminal.restoration_problems() == []


@pytest.mark.parametrize(
    "extra",
    [
        {"TERM": "dumb"},
        {"ACCESSIBLE": "1"},
        {"LANG": "de_DE.UTF-8"},
        {"AEP_THEME": "light"},
        {"XDG_STATE_HOME": "/proc/nowhere"},
    ],
)
def test_no_page_is_shown_where_it_would_be_another(extra: dict[str, str], home: Path) -> None:
    with started(home, extra=extra) as terminal:
        if extra in ({"TERM": "dumb"}, {"ACCESSIBLE": "1"}):
            terminal.wait_until(lambda screen: bool(screen.strip()))
            assert b"\x1b[?1049h" not in terminal.raw_output
        else:
            settle(terminal)
            assert WELCOME.encode() not in terminal.raw_output.partition(TAKEN_OVER)[0]


def test_a_copy_that_somebody_else_may_have_written_is_not_shown(home: Path) -> None:
    copy_of(home).chmod(0o666)
    with started(home) as terminal:
        settle(terminal)
        assert WELCOME.encode() not in terminal.raw_output.partition(TAKEN_OVER)[0]


def test_a_copy_that_is_broken_ends_nothing(home: Path) -> None:
    circumstances, sequence, _cells = copy_of(home).read_text().splitlines()
    copy_of(home).write_text(f"{circumstances}\n{sequence}\n[[3]]\n")
    with started(home) as terminal:
        settle(terminal)
        assert WELCOME in terminal.text()
        assert "Quit" in terminal.text()


def test_the_copy_holds_nothing_of_the_person(home: Path) -> None:
    assert str(home) not in copy_of(home).read_text()
    assert copy_of(home).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("environment", [{}, {"XDG_STATE_HOME": "/tmp/state"}])
def test_the_copy_lies_where_all_state_lies(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for name, value in {"HOME": "/home/person", **environment}.items():
        monkeypatch.setenv(name, value)
    name = file_of(80, 24)
    assert state_path({"HOME": "/home/person", **environment}, name) == str(state_directory(create=False) / name)


def test_the_page_is_shown_before_anything_heavy_is_loaded() -> None:
    program = "import sys; before = set(sys.modules); import aep_tui.cli; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"typing", "dataclasses", "re", "pathlib", "contextlib", "argparse", "json", "gettext"}
