"""Waits for what happens in another thread or process."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_WAIT = 30.0
_BETWEEN_LOOKS = 0.002


def wait_until(is_true: Callable[[], bool], what: str) -> None:
    """Return when a condition holds.

    Args:
        is_true: the condition.
        what: what is waited for, in words.

    Raises:
        AssertionError: it does not come for half a minute.
    """
    deadline = time.monotonic() + LONGEST_WAIT
    while not is_true():
        assert time.monotonic() < deadline, f"{what} did not come"
        time.sleep(_BETWEEN_LOOKS)
