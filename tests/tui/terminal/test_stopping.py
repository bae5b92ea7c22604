"""A program that was stopped and goes on: one thread reads the keys, and the page stands there again."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal
from tests.tui.terminal.test_first_paint import settle

IN = b"\x1b[?1049h"
"""What takes the screen."""


def test_signals_to_go_on_start_no_second_reader_and_paint_the_page_again(tmp_path: Path) -> None:
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).parents[3]))
    command = [sys.executable, "-m", "aep_tui", "--practice"]
    with Terminal(command, environment=environment, directory=tmp_path, is_warm=True) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        settle(terminal)
        counts = [stopped_and_on(terminal, times) for times in range(2, 8)]
        assert counts[-1] <= counts[0] + 1, f"threads that nobody ends: {counts}"  # one comes when it is first needed
        terminal.send_keys("down")
        terminal.wait_for_text("> (•) Live")


def stopped_and_on(terminal: Terminal, times: int) -> int:
    """Stop the program and let it go on; return its threads when it has taken the screen for the `times`th time."""
    os.kill(terminal.pid, signal.SIGSTOP)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_until(lambda _screen: terminal.raw_output.count(IN) == times, what="the screen")
    terminal.wait_for_text("Where should the connection be created?")
    return len(list(Path(f"/proc/{terminal.pid}/task").iterdir()))
