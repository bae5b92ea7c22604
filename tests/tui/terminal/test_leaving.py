"""Whoever wants to leave does not wait for what was typed before."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tui.terminal.keyboard import encode_key, encode_text
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal


def test_ctrl_q_overtakes_thousands_of_characters_typed_without_bracketed_paste(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "aep_tui", "--practice"]
    with Terminal(command, environment=user_environment(home=tmp_path), directory=Path.cwd()) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.send_keys("enter", "enter", "enter", "enter")
        terminal.wait_for_text("Environment URL")
        terminal.process.send(encode_text("x" * 3000) + encode_key("ctrl+q"))
        terminal.wait_for_text("Quit? Secrets are forgotten", timeout=15)
