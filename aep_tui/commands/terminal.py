"""Checks of the terminal, and quiet on it while the program starts."""

from __future__ import annotations

import os
import sys
from typing import Any

from aep_tui.domain.translation import _


def why_no_terminal() -> str:
    """Return why the wizard cannot be shown here, "" when it can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _("aep-tui: this is not a terminal. The wizard needs one for its input and for its screen (stderr).")
    if os.environ.get("TERM", "") in {"dumb", ""}:
        return _("aep-tui: TERM is {term}, and the wizard needs a terminal that can place the cursor.").format(
            term=os.environ.get("TERM") or _("not set")
        )
    return ""


class QuietTerminal:
    """Keeps keys that are typed during the start off the main screen, and gives the terminal back as it was."""

    def __enter__(self) -> None:
        self._saved: list[Any] | None = None
        try:
            import termios

            self._saved = termios.tcgetattr(sys.stdin.fileno())
            quiet = termios.tcgetattr(sys.stdin.fileno())
            quiet[3] &= ~termios.ECHO
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, quiet)
        except (ImportError, OSError, ValueError):
            self._saved = None

    def __exit__(self, *_unused: object) -> None:
        if self._saved is not None:
            import termios

            # Textual leaves the mouse's pixel mode on.
            sys.stderr.write("\x1b[?1016l")
            sys.stderr.flush()
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._saved)


def say(words: str) -> None:
    """Write words to stderr, which is where people read; stdout is for results."""
    sys.stderr.write(f"{words}\n")
