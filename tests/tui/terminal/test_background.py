"""The colours of the real program: it asks the terminal for its background and does not wait for the answer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

QUESTION = b"\x1b]11;?\x1b\\"
WHITE = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
LIGHT_BACKGROUND = b"48;2;250;250;250"
COLOR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[25])\b[0-9;]*m")


def wizard(home: Path, *arguments: str, **variables: str) -> Terminal:
    command = [sys.executable, "-m", "aep_tui", "--practice", *arguments]
    return Terminal(command, environment=user_environment(home=home, **variables), directory=Path.cwd())


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
        terminal.wait_until_quiet(0.3)
        assert QUESTION not in terminal.raw_output


def test_without_colours_no_colour_is_sent(tmp_path: Path) -> None:
    with wizard(tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.wait_until_quiet(0.3)
        assert COLOR.findall(terminal.raw_output) == []
