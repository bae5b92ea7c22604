"""A program that was stopped and goes on: one thread reads the keys, and the page stands there again."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, walk
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


def test_a_program_that_goes_on_shows_where_its_focus_is(tmp_path: Path) -> None:
    """That the window got the focus again was said while nobody listened."""
    environment = user_environment(home=tmp_path)
    command = [sys.executable, "-m", "aep_tui", "--practice"]
    with Terminal(command, environment=environment, directory=tmp_path, is_warm=True) as terminal:
        terminal.wait_for_text("> (•) Practice")
        settle(terminal)
        terminal.process.send(b"\x1b[O")
        terminal.wait_until(lambda screen: "> (•)" not in screen, what="a page without the focus")
        stopped_and_on(terminal, 2)
        terminal.wait_for_text("> (•) Practice")


def test_a_paste_that_a_stop_cuts_in_two_is_left_out_whole_and_told(tmp_path: Path) -> None:
    """What came of it while the program was stopped may be lost, so that what is left would be another value."""
    with Terminal(
        [sys.executable, "-m", "aep_tui", "--practice"],
        environment=user_environment(home=tmp_path),
        directory=tmp_path,
        is_warm=True,
    ) as terminal:
        walk(terminal, SALESFORCE_ON_AZURE[:5])
        terminal.wait_for_text("Client secret")
        settle(terminal)
        terminal.process.send(b"\x1b[200~https://")
        settle(terminal)
        os.kill(terminal.pid, signal.SIGSTOP)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_until(lambda _screen: terminal.raw_output.count(IN) == 2, what="the screen")
        settle(terminal)
        terminal.process.send(b"sales\r.example\x1b[201~")
        terminal.wait_for_text("paste it again")
        terminal.send_keys("typed")
        assert ".example" not in terminal.wait_for_text(" typed\n")


def stopped_and_on(terminal: Terminal, times: int) -> int:
    """Stop the program and let it go on; return its threads when it has taken the screen for the `times`th time."""
    os.kill(terminal.pid, signal.SIGSTOP)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_until(lambda _screen: terminal.raw_output.count(IN) == times, what="the screen")
    terminal.wait_for_text("Where should the connection be created?")
    return len(list(Path(f"/proc/{terminal.pid}/task").iterdir()))
