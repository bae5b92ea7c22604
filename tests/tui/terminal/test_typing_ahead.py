"""Keys that arrive together, as on a slow link, end where they would have ended one by one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.secrets import CANARY
from tests.tui.terminal.keyboard import encode_key, encode_text
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

WIZARD = [sys.executable, "-m", "aep_tui", "--practice"]


@pytest.fixture
def credentials_page(tmp_path: Path) -> Terminal:
    terminal = Terminal(WIZARD, environment=user_environment(home=tmp_path), directory=Path.cwd())
    terminal.wait_for_text("Where should the connection be created?")
    terminal.send_keys("enter", "enter", "enter", "enter")
    terminal.wait_for_text("Environment URL")
    return terminal


@pytest.mark.parametrize("mover", ["tab", "enter"])
def test_what_is_typed_behind_a_key_that_moves_the_focus_goes_into_the_next_field(
    credentials_page: Terminal, mover: str
) -> None:
    with credentials_page as terminal:
        move = encode_key(mover)
        terminal.process.send(encode_text("one") + move + encode_text("two") + move + encode_text(CANARY) + move)
        terminal.wait_for_text("> for example 60.0")
        assert "•" * len(CANARY) in terminal.text()
        lines = terminal.text().splitlines()
        assert lines[3].strip() == "one"
        assert any(line.strip() == "two" for line in lines)
        assert CANARY not in terminal.text()
        assert CANARY.encode() not in terminal.raw_output


def test_keys_typed_while_the_next_page_opens_reach_the_next_page(credentials_page: Terminal) -> None:
    with credentials_page as terminal:
        back = encode_key("shift+tab")
        terminal.process.send(back * 4 + encode_key("enter") + encode_key("up"))
        terminal.wait_for_text("How should Experience Platform log in")
