"""Whatever a window does, its pages are as large as it is, and what it has lost is painted again."""

from __future__ import annotations

import signal
import sys
import termios
from pathlib import Path

import pytest
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from aep_tui.domain.secrets import Secrets
from aep_tui.tui.terminal.terminal_app import TerminalApp
from tests.kit.pilot import piloted
from tests.tui.terminal.protocol import Profile
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal
from tests.tui.terminal.test_first_paint import (
    ENTER_SCREEN,
    TAKEN_OVER,
    held,
    screen_of,
    settle,
    wait_for,
    wait_for_page,
)

pytestmark = pytest.mark.waits

SMALL, LARGE = Size(60, 20), Size(90, 30)
WELCOME = "Where should the connection be created?"


LOCAL_MODES = 3
CHOSEN = b"\x1b[I"
HELD = """
import os, sys, time
from aep_tui.tui.app import WizardApp
def hold(self, event):
    open("holds", "w").close()
    while not os.path.exists("go on"):
        time.sleep(0.01)
WizardApp.on_app_focus = hold
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""When its window is chosen it does nothing any more, which a file says, until there is the other file."""

TOLD_TWICE = """
import sys
from textual.events import Resize
from textual.geometry import Size
from aep_tui.tui.app import WizardApp
def there_and_back(self, event):
    self._driver.write("\\x1b[2J\\x1b]0;lost\\x07")
    for size in (Size(60, 24), Size(80, 24)):
        self.post_message(Resize(size, size))
        self.call_later(lambda: None)
WizardApp.on_app_focus = there_and_back
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""When its window is chosen it hears of another size and of the old one, at once, and the terminal has lost all."""

OVERTAKEN = """
import fcntl, os, struct, sys, termios
from aep_tui.tui.terminal.driver import TerminalDriver
size_of, seen = TerminalDriver._get_terminal_size, []
def size_of_before(self):
    size = size_of(self)
    seen.append(size)
    if seen.count((60, 24)) == 2 and size == (60, 24):
        fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        open("is large again", "w").close()
    return size
TerminalDriver._get_terminal_size = size_of_before
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""While Textual answers that the window has become small it becomes as large as before, with a signal of its own."""

LOST_LATE = """
import os, sys
from aep_tui.tui.terminal.driver import TerminalDriver
make = TerminalDriver.__init__
def make_and_lose(self, *given, **named):
    make(self, *given, **named)
    os.write(2, b"\\x1b[2J\\x1b]0;lost\\x07")
    os.kill(os.getpid(), NUMBER)
TerminalDriver.__init__ = make_and_lose
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""The terminal loses the first page, with a signal, just before the app takes it."""

LOST_AMID = """
import os, signal, sys
from textual.drivers.linux_driver import LinuxDriver
start = LinuxDriver.start_application_mode
def start_and_lose(self):
    start(self)
    os.write(2, b"\\x1b[2J\\x1b]0;lost\\x07")
    os.kill(os.getpid(), signal.SIGWINCH)
LinuxDriver.start_application_mode = start_and_lose
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""
"""The terminal loses the first page, with a signal, while the app takes it: Textual listens, and nobody else yet."""


class Page(Screen[None]):
    """Something to lay out."""

    def compose(self) -> ComposeResult:
        """Yield a part."""
        yield Static("page")


def nothing() -> None:
    """What comes between two sizes."""


@pytest.mark.anyio
async def test_a_page_that_was_busy_gets_the_last_size_of_the_window() -> None:
    app, page = TerminalApp[None](Secrets()), Page()
    async with piloted(app, size=LARGE) as pilot:
        await app.push_screen(page)
        await pilot.pause()
        page.post_message(events.Resize(SMALL, SMALL))
        page.call_later(nothing)
        page.post_message(events.Resize(LARGE, LARGE))
        await pilot.pause()
        app.action_repaint()
        for _round in range(3):  # the page is painted, laid out and painted again
            await pilot.pause()
        assert page.outer_size == LARGE


@pytest.mark.anyio
async def test_a_page_below_a_dialog_takes_the_size_of_the_window_when_it_is_shown_again() -> None:
    app, page = TerminalApp[None](Secrets()), Page()
    async with piloted(app, size=LARGE) as pilot:
        await app.push_screen(page)
        await app.push_screen(ModalScreen[None]())
        await pilot.resize_terminal(*SMALL)
        assert (app.screen.outer_size, page.outer_size) == (SMALL, LARGE)
        await app.pop_screen()
        await pilot.pause()
        assert page.outer_size == SMALL


def test_without_a_page_there_is_nothing_to_paint_anew() -> None:
    TerminalApp[None](Secrets()).action_repaint()


@pytest.mark.parametrize("between", [(80, 10), (60, 24), (100, 22)])
@pytest.mark.parametrize("profile", Profile)
def test_a_window_that_was_smaller_for_a_moment_gets_back_what_it_has_lost(
    profile: Profile, between: tuple[int, int], tmp_path: Path
) -> None:
    with run(HELD, tmp_path, profile) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        terminal.send_keys("f1")
        terminal.wait_for_text("Esc Close")
        terminal.settle_after_key()
        before = terminal.text()
        terminal.process.send(CHOSEN)
        wait_for(terminal, (tmp_path / "holds").exists)
        terminal.resize(*between)
        terminal.resize(80, 24)
        assert terminal.text() != before, "the terminal has kept all"
        (tmp_path / "go on").touch()
        terminal.wait_until(lambda screen: screen == before, what="the dialog and the page below it as they were")


@pytest.mark.parametrize("key", ["f1", "f2"])
def test_what_another_program_has_written_over_a_dialog_goes_with_a_key(key: str, tmp_path: Path) -> None:
    with run(HELD, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        terminal.send_keys(key)
        terminal.settle_after_key()
        before = terminal.text()
        assert "┌" in before, "no dialog is open"
        with open(f"/proc/{terminal.pid}/fd/2", "wb", buffering=0) as other:
            other.write(b"\x1b[H" + b"mail " * 300)
        terminal.wait_for_text("mail mail")
        terminal.send_keys("ctrl+l")
        terminal.wait_until(lambda screen: screen == before, what="the dialog and the page below it as they were")


def test_two_sizes_that_are_told_at_once_are_no_reason_to_paint_nothing(tmp_path: Path) -> None:
    with run(TOLD_TWICE, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        before = terminal.text()
        terminal.process.send(CHOSEN)
        wait_for(terminal, lambda: b"lost" in terminal.raw_output)
        terminal.wait_until(lambda screen: screen == before, what="the page as it was")


def test_a_signal_that_comes_amid_another_does_not_leave_the_older_size(tmp_path: Path) -> None:
    with run(OVERTAKEN, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        before = terminal.text()
        terminal.resize(60, 24)
        wait_for(terminal, (tmp_path / "is large again").exists)
        terminal.resize(80, 24)
        terminal.send_keys("ctrl+l")
        terminal.wait_until(lambda screen: screen == before, what="the page as it was")


def test_a_window_that_was_smaller_for_a_moment_before_the_app_was_there_shows_the_whole_page(tmp_path: Path) -> None:
    with held(tmp_path, is_warm=True) as terminal:
        wait_for_page(terminal, tmp_path)
        before = terminal.text()
        for columns, rows in ((100, 15), (80, 24)):
            terminal.resize(columns, rows)
        terminal.wait_until(lambda screen: screen == before, what="the page as it was")
        (tmp_path / "go on").touch()
        settle(terminal)
        assert terminal.text() == before


def test_what_the_shell_has_written_over_the_page_goes_when_the_program_goes_on(tmp_path: Path) -> None:
    with held(tmp_path, is_warm=True) as terminal:
        wait_for_page(terminal, tmp_path)
        before = terminal.text()
        terminal.kill(signal.SIGSTOP)
        with open(f"/proc/{terminal.pid}/fd/2", "wb", buffering=0) as shell:
            modes = termios.tcgetattr(shell)
            modes[LOCAL_MODES] |= termios.ECHO
            termios.tcsetattr(shell, termios.TCSANOW, modes)
            shell.write(b"\x1b[H\x1b[2J[1]+  Stopped\r\n$ fg\r\n")
            terminal.wait_for_text("$ fg")
            terminal.kill(signal.SIGCONT)
            terminal.wait_until(lambda screen: screen == before, what="the page as it was")
            assert not termios.tcgetattr(shell)[LOCAL_MODES] & termios.ECHO
        (tmp_path / "go on").touch()
        settle(terminal)
        assert terminal.text() == before


@pytest.mark.parametrize("number", [signal.SIGCONT, signal.SIGWINCH])
def test_the_page_is_shown_again_until_the_app_has_the_terminal(number: signal.Signals, tmp_path: Path) -> None:
    with run(LOST_LATE.replace("NUMBER", str(number.value)), tmp_path) as terminal:
        settle(terminal)
        assert b"lost" in terminal.raw_output.partition(TAKEN_OVER)[0]
        assert WELCOME in terminal.text()


def test_what_the_terminal_loses_while_the_app_takes_it_is_painted_anew(tmp_path: Path) -> None:
    with run(LOST_AMID, tmp_path) as terminal:
        wait_for(terminal, lambda: b"lost" in terminal.raw_output)
        settle(terminal)
        assert WELCOME in terminal.text()


def test_a_colour_that_a_prompt_has_left_on_does_not_stay(tmp_path: Path) -> None:
    program = "import sys; from aep_tui.cli import main; sys.exit(main(['--practice']))"
    with run(program, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        page = terminal.raw_output.partition(ENTER_SCREEN)[2]
    # The emulated screen forgets a colour when the alternate screen is entered; many terminals do not.
    assert screen_of(ENTER_SCREEN + b"\x1b[7;31;44m" + page).cells() == screen_of(ENTER_SCREEN + page).cells()


def run(program: str, home: Path, profile: Profile = Profile.XTERM) -> Terminal:
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()))
    command = [sys.executable, "-c", program]
    return Terminal(command, environment=environment, directory=home, profile=profile, is_warm=True)
