"""Lines that are wrapped under their own beginning, so that a list keeps its columns."""

from __future__ import annotations

import textwrap
from typing import Final

NARROWEST: Final = 10
"""Cells below which a list no longer wraps its rows."""


def hanging(text: str, width: int, indent: int) -> str:
    """Return `text` in lines of at most `width` cells, the second and later ones moved right by `indent` cells.

    Where there is no room for that (a terminal that is far too narrow) the text stays as it is.
    """
    if width < 2 * indent + 2 or len(text) <= width:
        return text
    lines = textwrap.wrap(text, width, subsequent_indent=" " * indent, drop_whitespace=True, break_on_hyphens=False)
    return "\n".join(lines) or text
