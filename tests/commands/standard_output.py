"""A standard output that takes nothing, for commands that run in the process of the test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch


@contextmanager
def output_that_takes_nothing(kind: str) -> Iterator[None]:
    """Let standard output be "full", as a disk, "closed", or a "pipe" whose reader has gone.

    Afterwards nothing may be left that the interpreter would try to write at its end, with a text of its own.
    """
    stream = None if kind == "closed" else os.fdopen(_full_disk() if kind == "full" else _left_pipe(), "w")
    try:
        with patch.object(sys, "stdout", stream):
            yield
            assert sys.stdout is None
    finally:
        if stream is not None:
            with suppress(OSError):  # what it did not take
                stream.close()


def _full_disk() -> int:
    return os.open("/dev/full", os.O_WRONLY)


def _left_pipe() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing
