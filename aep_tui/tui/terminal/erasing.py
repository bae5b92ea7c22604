"""Whether a terminal erases in colour; the first page asks before anything is loaded."""

from __future__ import annotations

import os

try:
    import curses
except ImportError:  # a Python that was built without it
    curses = None  # type: ignore[assignment]

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Mapping


def fills_with_background(environment: Mapping[str, str]) -> bool:
    """Return whether an erased cell takes the background colour that is set, as the terminal's description says.

    A terminal without it (GNU screen, and tmux where TERM is its own) fills with its own background: a page would have
    holes. Where TERM is not described, or one of these stands in between and TERM hides it, the answer is no.

    Args:
        environment: of the process.
    """
    if "TMUX" in environment or "STY" in environment:
        return False
    try:
        with open(os.devnull, "wb") as nowhere:
            curses.setupterm(environment.get("TERM", ""), nowhere.fileno())
        return curses.tigetflag("bce") == 1
    except Exception:  # no such module, no such description: its error has a name in the module only
        return False
