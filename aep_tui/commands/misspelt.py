"""What somebody may have meant who misspelt a name."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 40
"""Characters; no name of ours is as long, so a longer text is something else, perhaps a secret."""


def near_names(typed: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the known names that a text is like, the nearest first; the text itself is never repeated."""
    if len(typed) > _LONGEST:
        return ()
    return tuple(difflib.get_close_matches(typed, known, n=2, cutoff=0.7))
