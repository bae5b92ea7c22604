"""The colours of the real program: it asks the terminal for its background and does not wait for the answer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

QUESTION = b"\x1b]11;?\x1b\\"
NO_MORE_PASTES = b"\x1b[?2004l"
WHITE = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
LIGHT_BACKGROUND = b"48;2;250;250;250"
COLOR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[25])\b[0-9;]*m")

PATIENT = """
import sys
from pathlib import Path
from aep_tui.cli import main
from aep_tui.tui.terminal import driver
from aep_tui.tui.terminal.input_reader import BackgroundTold
driver.SECONDS_FOR_A_LATE_ANSWER = 60.0
process = driver.TerminalDriver.process_message
def look(self, message):
    if isinstance(message, BackgroundTold):
        Path("told").write_text(f"{message.brightness:.1f}", encoding="utf-8")
    process(self, message)
driver.TerminalDriver.process_message = look
sys.exit(main(["--practice"]))
"""


def wizard(home: Path, *arguments: str, **variables: str) -> Terminal:
    command = [sys.executable, "-m", "aep_tui", "--practice", *arguments]
    return Terminal(command, environment=user_environment(home=home, **variables), directory=Path.cwd(), is_warm=True)


def test_a_white_terminal_gets_the_light_theme_and_the_next_start_has_it_at_once(tmp_path: Path) -> None:
    with wizard(tmp_path) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.wait_until(lambda _screen: QUESTION in terminal.raw_output, what="the question")
        assert b"48;2;" not in terminal.raw_output, "the first paint is in the terminal's own colours"
        terminal.process.send(WHITE)
        terminal.wait_until(lambda _screen: LIGHT_BACKGROUND in terminal.raw_output, what="the light theme")
    with wizard(tmp_path) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        assert LIGHT_BACKGROUND in terminal.raw_output


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [(("--theme", "dark"), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "xterm", "COLORTERM": ""})],
)
def test_nothing_is_asked_where_the_answer_would_change_nothing(
    tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    with wizard(tmp_path, *arguments, **variables) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.settle()
        assert QUESTION not in terminal.raw_output


def test_without_colours_no_colour_is_sent(tmp_path: Path) -> None:
    with wizard(tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.settle()
        assert COLOR.findall(terminal.raw_output) == []


def test_an_answer_that_comes_while_the_program_ends_is_not_left_to_the_shell(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(PATIENT, encoding="utf-8")
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path.cwd()))
    with Terminal([sys.executable, str(script)], environment=environment, directory=tmp_path, is_warm=True) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.wait_until(lambda _screen: QUESTION in terminal.raw_output, what="the question")
        terminal.send_keys("ctrl+q")
        terminal.wait_until(lambda _screen: NO_MORE_PASTES in terminal.raw_output, what="the end of the page")
        terminal.process.send(WHITE)
        terminal.wait_exit()
        assert terminal.restoration_problems() == []
    assert (tmp_path / "told").read_text(encoding="utf-8") == "1.0"
