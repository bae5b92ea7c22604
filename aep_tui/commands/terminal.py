"""Checks of the terminal, and words on it."""

from __future__ import annotations

import contextlib
import sys

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.wrapping import is_terminal, width_of, wrapped


def why_no_terminal() -> str:
    """Return why the wizard cannot be shown here, "" when it can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _("aep-tui: this is not a terminal. The wizard needs one for its input and for its screen (stderr).")
    return ""


def say(words: str) -> None:
    """Write words to stderr, which is where people read, wrapped to their terminal; stdout is for results.

    What steers a terminal is taken out: words may repeat what a file or the platform said.
    """
    words = without_control_characters(words, keep_newlines=True)
    lines = wrapped(words, width_of(sys.stderr)) if is_terminal(sys.stderr) else [words]
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("".join(f"{line}\n" for line in lines))
