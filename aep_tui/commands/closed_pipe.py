"""A reader of standard output that has read enough; light, because `--help` is written by it."""

from __future__ import annotations

import signal
import sys

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _

CLOSED_PIPE = 128 + signal.SIGPIPE
"""What the shell says of `seq 1000000 | head -1` or `git log | head -1`: quietly, and as if the signal had ended it."""


class PipeClosed(Problem):
    """Who reads standard output has closed it; where only something was asked that is no failure to tell of."""

    def __init__(self) -> None:
        super().__init__(
            _("Standard output takes nothing"),
            _("Who reads it has closed it."),
            _("Redirect it to a place that can be written."),
        )


def write_words(text: str) -> None:
    """Write words of our own to standard output.

    Raises:
        PipeClosed: who reads it has closed it.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None  # the interpreter would try once more at its end
        raise PipeClosed from None
