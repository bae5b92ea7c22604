"""The cells of a page as one line of text, to be kept until the next start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from aep_tui.tui.terminal.pen import pen
from aep_tui.tui.terminal.row_shift import Cell


def text_of(rows: Sequence[Sequence[Cell]]) -> str:
    """Return rows as JSON: for each one its stretches, each with its characters and what they are shown with."""
    return json.dumps([[_stretch(group) for _pen, group in groupby(row, itemgetter(1))] for row in rows])


def rows_of(text: str) -> list[list[Cell]]:
    """Return the rows that `text_of` has written.

    Raises:
        ValueError: it has not.
    """
    try:
        return [
            [
                (character, shown_with)
                for characters, foreground, background, attributes in row
                for shown_with in (pen(str(foreground), str(background), frozenset(map(str, attributes))),)
                for character in map(str, characters)
            ]
            for row in json.loads(text)
        ]
    except TypeError as error:
        raise ValueError(str(error)) from None


def cursor_after(sequence: str) -> tuple[int, int]:
    """Return column and row of the cursor, from 0, after a sequence that ends by placing it.

    Raises:
        ValueError: it does not.
    """
    row, column = sequence.rpartition("\x1b[")[2].removesuffix("H").split(";")
    return int(column) - 1, int(row) - 1


def _stretch(cells: Iterable[Cell]) -> list[object]:
    stretch = list(cells)
    shown_with = stretch[0][1]
    characters = [character for character, _pen in stretch]
    return [characters, shown_with.foreground, shown_with.background, sorted(shown_with.attributes)]
