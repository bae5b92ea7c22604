"""The cells of a page that was painted before the app was loaded, for the app to compare with its own."""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.tui.terminal.pen import blank_pen, pen
from aep_tui.tui.terminal.row_shift import Cell
from aep_tui.tui.terminal.row_writer import BLANK


def cells_of(rows: Iterable[Iterable[tuple[str, tuple[str, str, tuple[str, ...]]]]]) -> list[list[Cell]]:
    """Return the cells of rows of stretches.

    Args:
        rows: each stretch with its characters, of which each takes one cell, and with foreground, background and
            attributes as SGR codes.
    """
    page = []
    for row in rows:
        cells: list[Cell] = []
        for text, (foreground, background, attributes) in row:
            shown_with = pen(foreground, background, frozenset(attributes))
            blank = (BLANK, blank_pen(shown_with))
            cells += [blank if character == BLANK else (character, shown_with) for character in text]
        page.append(cells)
    return page
