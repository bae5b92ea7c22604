"""Standard output, and a reader of it that has read enough; light, because `--help` is written by it."""

from __future__ import annotations

import errno
import os
import sys

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _


class PipeClosed(Problem):
    """Who reads standard output has closed it; where only something was asked that is no failure to tell of."""

    def __init__(self) -> None:
        super().__init__(
            _("Standard output takes nothing"),
            _("Who reads it has closed it."),
            _("Redirect it to a place that can be written."),
        )


def write_words(text: str) -> None:
    """Write to standard output, at once.

    Raises:
        PipeClosed: who reads it has closed it.
        Problem: it is closed, or its disk is full.
        UnicodeEncodeError: its encoding lacks a character; nothing of the text is written.
    """
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.write(text)
        sys.stdout.flush()
    except UnicodeEncodeError:
        raise
    except (OSError, ValueError) as reason:
        # The interpreter would try once more at its end, and fail with a text of its own.
        sys.stdout = None
        if isinstance(reason, BrokenPipeError):
            raise PipeClosed from reason
        raise Problem(
            _("Standard output takes nothing"),
            _("{reason}.").format(reason=getattr(reason, "strerror", None) or _("It is closed")),
            _("Redirect it to a place that can be written."),
        ) from reason
