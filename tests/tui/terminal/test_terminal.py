from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal.protocol import Profile
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal, TerminalError

SAMPLE_APP = [sys.executable, str(Path(__file__).with_name("sample_app.py"))]
MOUSE_PIXELS = "a mouse encoding is still on (1016)"
"""Stock Textual leaves it on after a normal end."""


@pytest.fixture(params=list(Profile), ids=lambda profile: profile.value)
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    with Terminal(SAMPLE_APP, profile=request.param, is_warm=True) as terminal:
        terminal.wait_for_text("80 by 24")
        yield terminal


def test_typing_pasting_and_ending_by_keys_as_a_person_does(terminal: Terminal) -> None:
    terminal.send_keys("hello tab")
    terminal.wait_for_text("Typed: hello tab")
    terminal.send_keys("left", "left", "left", "left", "!", "end")
    terminal.wait_for_text("Typed: hello! tab")
    terminal.type_text("tab")
    terminal.wait_for_text("Typed: hello! tabtab")
    terminal.paste(" and more")
    terminal.wait_for_text("Typed: hello! tabtab and more")
    assert terminal.is_alternate_screen
    terminal.send_keys("enter")
    assert terminal.wait_exit() == 0
    assert "hello! tabtab and more" in terminal.text()
    assert not terminal.is_alternate_screen
    assert set(terminal.restoration_problems()) <= {MOUSE_PIXELS}


def test_a_new_size_reaches_the_program(terminal: Terminal) -> None:
    terminal.resize(100, 30)
    assert terminal.wait_for_text("100 by 30").count("\n") == 29


def test_what_the_program_copies_is_seen() -> None:
    with Terminal(SAMPLE_APP, is_warm=True) as terminal:
        terminal.wait_for_text("Sample")
        terminal.send_keys("copied", "f5")
        terminal.wait_until(lambda _: terminal.clipboard == ["copied"])


def test_a_killed_program_leaves_its_traces(terminal: Terminal) -> None:
    terminal.kill(signal.SIGKILL)
    assert terminal.wait_exit() == -signal.SIGKILL
    assert "the alternate screen is still on" in terminal.restoration_problems()
    assert not terminal.terminal_is_restored()


def test_a_hang_up_ends_the_program() -> None:
    with Terminal(SAMPLE_APP, is_warm=True) as terminal:
        terminal.wait_for_text("Sample")
        terminal.hang_up()
        assert terminal.wait_exit() == -signal.SIGHUP


def test_a_program_that_ignores_the_hang_up_is_ended_on_closing() -> None:
    terminal = Terminal([*SAMPLE_APP, "--ignore-hang-up"], is_warm=True)
    terminal.wait_for_text("Sample")
    terminal.hang_up()
    terminal.close()
    assert terminal.wait_exit() == -signal.SIGKILL
    terminal.close()


def test_standard_output_can_go_to_a_file_in_another_directory(tmp_path: Path) -> None:
    result = tmp_path / "result"
    script = "import os, sys; print(os.getcwd()); print('words', file=sys.stderr)"
    with Terminal([sys.executable, "-c", script], directory=tmp_path, stdout=result) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.text().strip() == "words"
    assert result.read_text() == f"{tmp_path}\n"


def test_the_program_gets_a_terminal_of_its_own_and_nothing_of_the_developer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("AEP_ACCESS_TOKEN", "of the developer")
    script = "import os; print(open('/dev/tty').isatty(), os.get_terminal_size().lines, sorted(os.environ))"
    environment = user_environment(home=tmp_path, EXTRA="1")
    with Terminal([sys.executable, "-c", script], columns=200, environment=environment) as terminal:
        terminal.wait_exit()
        line = terminal.text().splitlines()[0]
    assert line.startswith("True 24 ")
    assert "'EXTRA'" in line
    assert "PYTHON" not in line
    assert "AEP" not in line


def test_waiting_in_vain_shows_the_screen() -> None:
    with Terminal([sys.executable, "-c", "input('Who? ')"]) as terminal:
        terminal.wait_for_text("Who?")
        with pytest.raises(TerminalError, match=r"(?s)'Never' did not come within 0.01 s.*Who\?"):
            terminal.wait_for_text("Never", timeout=0.01)
        with pytest.raises(TerminalError, match=r"still running after 0.01 s"):
            terminal.wait_exit(timeout=0.01)


def test_waiting_ends_when_the_program_ends() -> None:
    with (
        Terminal([sys.executable, "-c", "raise SystemExit(3)"]) as terminal,
        pytest.raises(TerminalError, match="ended with 3 before the text 'Never' came"),
    ):
        terminal.wait_for_text("Never")


def test_much_output_and_much_input_arrive_whole(tmp_path: Path) -> None:
    script = (
        "import sys, tty; tty.setraw(0); print('go', end='\\r\\n', flush=True)\n"
        "count = len(sys.stdin.read(100_000)); print('x' * 100_000 + str(count))"
    )
    with Terminal([sys.executable, "-c", script]) as terminal:
        terminal.wait_for_text("go")
        terminal.process.send(b"y" * 100_000)
        assert terminal.wait_exit() == 0
        assert terminal.raw_output.count(b"x") == 100_000
        assert terminal.raw_output.rstrip().endswith(b"100000")


@pytest.mark.parametrize(
    ("last_line", "problems"),
    [("tty.setraw(0)", ["echo and line editing are not as before"]), ("raise SystemExit(3)", [])],
)
@pytest.mark.parametrize("is_warm", [False, True], ids=["started", "forked"])
def test_a_shell_tells_whether_echo_and_line_editing_are_as_before(
    last_line: str, problems: list[str], is_warm: bool
) -> None:
    script = f"import tty; {last_line}"
    with Terminal([sys.executable, "-c", script], from_shell=True, is_warm=is_warm) as terminal:
        assert terminal.wait_exit() == (0 if problems else 3)
        assert terminal.restoration_problems() == problems
