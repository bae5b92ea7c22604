"""The end of a program whose terminal is there and takes nothing, because nobody reads it."""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
import time
from typing import Any, Final

LONGEST_STALL: Final = 3.0
"""Seconds without room for a byte after which the orderly end, which waits for the terminal, is not waited for."""
_LOOK_PERIOD: Final = 0.1


def end_although_stalled(descriptor: int, modes_before: list[Any] | None, number: int, _frame: object = None) -> None:
    """Let a signal end the program although its terminal takes nothing; return at once.

    Beside everything else, because whoever writes to such a terminal stands still, the loop included. While the
    terminal takes anything nothing is done: then the orderly end comes to its own end.

    Args:
        descriptor: of the terminal.
        modes_before: its modes as the program found them, None when they are not known.
        number: of the signal.
    """
    threading.Thread(target=_watch, args=(descriptor, modes_before, 128 + number), daemon=True).start()


def _watch(descriptor: int, modes_before: list[Any] | None, exit_code: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    had_room_at = time.monotonic()
    while time.monotonic() - had_room_at < LONGEST_STALL:
        if poll.poll(0):
            had_room_at = time.monotonic()
        time.sleep(_LOOK_PERIOD)
    if modes_before is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, modes_before)
    os._exit(exit_code)
