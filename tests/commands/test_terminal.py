"""The terminal while the program starts: quiet, and given back whatever comes."""

from __future__ import annotations

import errno
import os
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.commands.first_paint import show_first_page
from aep_tui.commands.quiet_terminal import QuietTerminal
from aep_tui.commands.terminal import say
from aep_tui.commands.welcome_painter import Painted
from aep_tui.tui.terminal.screen_output import ScreenOutput
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGTSTP)

AMID_THE_IMPORTS = """
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "aep_tui.tui.app":
            os.kill(os.getpid(), NUMBER)
sys.meta_path.insert(0, Finder())
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""

AMID_THE_FIRST_PAINT = """
import os, sys
from aep_tui.tui.terminal import terminal_app
async def kill(self, *_unused):
    os.kill(os.getpid(), NUMBER)
terminal_app.TerminalApp.watch_over_terminal = kill
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""

BEFORE_THE_COMMAND = """
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "aep_tui.commands.run_wizard":
            os.kill(os.getpid(), NUMBER)
sys.meta_path.insert(0, Finder())
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""

AMID_A_SLOW_FIRST_PAINT = """
import os, sys, termios, time
from aep_tui.tui.terminal import terminal_app
class Slow:
    def __init__(self, file):
        self.file = file
    def write(self, text):
        time.sleep(0.02)
        self.file.write(text)
        self.file.flush()
    def __getattr__(self, name):
        return getattr(self.file, name)
async def kill(self, *_unused):
    time.sleep(0.05)
    os.kill(os.getpid(), NUMBER)
terminal_app.TerminalApp.watch_over_terminal = kill
termios.tcflush = lambda *_unused: time.sleep(0.5)
stderr, sys.__stderr__ = sys.__stderr__, Slow(sys.__stderr__)
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""

ECHO_BEFORE_THE_DRIVER = """
import sys, termios
from aep_tui.tui.terminal import terminal_app
def look(self, *_unused, **_also):
    print("echo on" if termios.tcgetattr(0)[3] & termios.ECHO else "echo off", file=open("echo", "w"))
    raise SystemExit(0)
from aep_tui.tui.terminal import driver
driver.TerminalDriver.__init__ = look
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""

ECHO_BEFORE_THE_FIRST_QUESTION = """
import sys, termios
from aep_tui.plain import talk
def look(self):
    before = self._modes._before[3] & termios.ECHO
    print("echo on" if termios.tcgetattr(0)[3] & termios.ECHO or not before else "echo off", file=open("echo", "w"))
    raise SystemExit(0)
talk.Talk.__enter__ = look
from aep_tui.cli import main
sys.exit(main(["--plain", "--practice"]))
"""

SUSPENDED = """
import sys, termios
from aep_tui.tui.terminal import terminal_app
async def look(self, *_unused):
    print("echo on" if self._driver.attrs_before[3] & termios.ECHO else "echo off", file=open("echo", "w"))
    self.exit()
terminal_app.TerminalApp.watch_over_terminal = look
from aep_tui.cli import main
sys.exit(main(["--practice"]))
"""


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal as standard input; the handlers of signals are as before afterwards."""
    inherited = {number: signal.getsignal(number) for number in SIGNALS}
    # A runner started by nohup or in the background hands its ignored signals down.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    master, slave = os.openpty()
    with open(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield slave
    os.close(master)
    assert {number: signal.getsignal(number) for number in SIGNALS} == handlers
    for number, handler in inherited.items():
        signal.signal(number, handler)


def test_words_never_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b]52;c;aGk=\x07b\u202ec\nd")
    assert capsys.readouterr().err == "a\ufffd]52;c;aGk=\ufffdb\ufffdc\nd\n"


def has_echo(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def test_echo_is_off_during_the_start_and_until_the_app_has_taken_the_terminal(keyboard: int) -> None:
    output = ScreenOutput(sys.stderr)
    with QuietTerminal() as quiet:
        assert not has_echo(keyboard)
        quiet.hand_over(output)
        assert not has_echo(keyboard)
        assert output.modes_before is not None
        assert output.modes_before[3] & termios.ECHO
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert has_echo(keyboard)


def test_a_terminal_that_is_gone_at_the_end_is_no_failure(keyboard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EIO, "gone")

    with QuietTerminal() as quiet:
        quiet.hand_over(ScreenOutput(sys.stderr))
        monkeypatch.setattr(os, "write", refuse)
        monkeypatch.setattr(sys.stderr, "write", refuse)
    monkeypatch.undo()
    assert has_echo(keyboard)


def test_ctrl_z_during_the_start_gives_the_shell_its_echo(keyboard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    with QuietTerminal():
        stop = signal.getsignal(signal.SIGTSTP)
        assert callable(stop)
        monkeypatch.setattr(os, "kill", lambda _pid, number: seen.append((number, has_echo(keyboard))))
        stop(signal.SIGTSTP, None)
        assert seen == [(signal.SIGTSTP, True)]
        assert not has_echo(keyboard)
        assert signal.getsignal(signal.SIGTSTP) == stop


@pytest.mark.parametrize(
    ("rows", "columns", "is_shown"), [(2, 20, True), (2, 19, False), (2, 21, False), (1, 20, False), (3, 20, False)]
)
def test_a_page_is_shown_again_only_in_a_window_of_its_own_size(
    rows: int, columns: int, is_shown: bool, keyboard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = Painted("the page", [[("x" * 20, ("", "", ()))]] * 2, (0, 0))
    master, slave = os.openpty()
    with open(slave, "w") as stderr, open(master, "rb", buffering=0) as seen:
        monkeypatch.setattr(sys, "__stderr__", stderr)
        with QuietTerminal() as quiet:
            quiet.show(painted)
            termios.tcsetwinsize(stderr, (rows, columns))
            signal.raise_signal(signal.SIGWINCH)
            os.write(slave, b"END")
            written = b""
            while not written.endswith(b"END"):
                written += seen.read(1000)
    assert written.count(b"the page") == (2 if is_shown else 1)


def test_a_signal_that_is_ignored_stays_ignored(keyboard: int) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with QuietTerminal():
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(
    ("program", "number", "exit_code"),
    [
        (AMID_THE_IMPORTS, signal.SIGTERM, 143),
        (AMID_THE_IMPORTS, signal.SIGINT, 130),
        (AMID_THE_FIRST_PAINT, signal.SIGTERM, 143),
        (AMID_A_SLOW_FIRST_PAINT, signal.SIGTERM, 143),
        (BEFORE_THE_COMMAND, signal.SIGINT, 130),
    ],
    ids=[
        "terminated amid imports",
        "interrupted amid imports",
        "terminated amid first paint",
        "terminated amid a slow first paint",
        "interrupted at once",
    ],
)
def test_a_signal_during_the_start_ends_quietly_and_gives_the_terminal_back(
    program: str, number: signal.Signals, exit_code: int, tmp_path: Path
) -> None:
    script = tmp_path / "start.py"
    script.write_text(program.replace("NUMBER", str(int(number))), encoding="utf-8")
    with Terminal(
        [sys.executable, str(script)],
        environment=user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).resolve().parents[2])),
        directory=tmp_path,
        from_shell=True,
    ) as terminal:
        assert terminal.wait_exit() == exit_code
        assert terminal.restoration_problems() == []
        assert b"Traceback" not in terminal.raw_output


@pytest.mark.parametrize("program", [ECHO_BEFORE_THE_DRIVER, ECHO_BEFORE_THE_FIRST_QUESTION], ids=["drawn", "plain"])
def test_echo_is_still_off_when_the_face_takes_the_terminal(program: str, tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(program, encoding="utf-8")
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).resolve().parents[2]))
    with Terminal([sys.executable, str(script)], environment=environment, directory=tmp_path, is_warm=True) as terminal:
        terminal.wait_exit()
    assert (tmp_path / "echo").read_text() == "echo off\n"


def test_the_app_restores_echo_when_it_is_suspended(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(SUSPENDED, encoding="utf-8")
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).resolve().parents[2]))
    with Terminal([sys.executable, str(script)], environment=environment, directory=tmp_path, is_warm=True) as terminal:
        terminal.wait_exit()
    assert (tmp_path / "echo").read_text() == "echo on\n"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--profile", "acme", "--plain"], {"TERM": "xterm"}),
        (["--practice"], {"ACCESSIBLE": "1"}),
        ([], {"TERM": "dumb"}),
        ([], {"TERM": ""}),
    ],
)
def test_echo_is_off_from_the_first_moment_where_the_wizard_speaks_line_by_line(
    arguments: list[str], environment: dict[str, str], keyboard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    terminal = show_first_page(arguments)
    assert terminal is not None
    assert not has_echo(keyboard)
    modes = terminal.hand_over_lines()
    assert modes is not None
    assert modes[3] & termios.ECHO
    assert {number: signal.getsignal(number) for number in SIGNALS} == handlers
    terminal.__exit__()
    assert has_echo(keyboard)


@pytest.mark.parametrize("arguments", [["doctor"], ["--live", "settings"]])
def test_a_command_that_asks_nothing_leaves_echo_as_it_is(
    arguments: list[str], keyboard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert show_first_page(arguments) is None
    assert has_echo(keyboard)
