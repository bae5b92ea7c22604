"""Moves the rest of a row instead of writing it again, where a word at its beginning became longer or shorter.

A line of keys is many words in two colours: whenever the first words change, all the others only move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.tui.terminal.pen import PLAIN, Pen, pen

_FURTHEST: Final = 24
"""Columns that the rest is moved at most; to look further costs more time than it saves bytes."""
_BYTES_OF_A_MOVE: Final = 6
_BYTES_OF_A_COLOUR: Final = 22
_WORTH_A_LOOK: Final = 60
"""Bytes that a row has to cost before another way is looked for."""

Cell: TypeAlias = tuple[str, Pen]
"""A character (with its combining marks; "" behind a wide one) and what it is shown with."""
UNKNOWN: Final[Cell] = ("?", pen("?", "?", frozenset()))
"""What nobody knows; no cell is the same."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A move of the rest of a row.

    Attributes:
        start: the first column that moves.
        by: columns to the right; to the left when negative.
        columns: what differs afterwards. What has come in from outside does, whatever a terminal fills it with.
    """

    start: int
    by: int
    columns: tuple[int, ...]

    @property
    def sequence(self) -> str:
        """What does it at the cursor: inserting or deleting characters."""
        return f"\x1b[{self.by}@" if self.by > 0 else f"\x1b[{-self.by}P"


def best_shift(before: Sequence[Cell], after: Sequence[Cell], columns: Sequence[int]) -> Shift | None:
    """Return the move that leaves the least to write, None when writing all of `columns` is as cheap.

    Args:
        before: the row as it is shown.
        after: the row as it is to be.
        columns: where they differ, in order.
    """
    least = _cost(after, columns)
    if least < _WORTH_A_LOOK or any(cell[0] == "" for row in (before, after) for cell in row):
        return None
    best: Shift | None = None
    start, width = columns[0], len(after)
    for distance in range(1, min(_FURTHEST, width - start)):
        filled = [UNKNOWN] * distance
        for by, moved in (
            (distance, [*filled, *before[start : width - distance]]),
            (-distance, [*before[start + distance :], *filled]),
        ):
            different = [x for x, cell in enumerate(moved, start) if cell != after[x]]
            cost = _cost(after, different) + _BYTES_OF_A_MOVE
            if cost < least:
                least, best = cost, Shift(start, by, tuple(different))
    return best


def _cost(row: Sequence[Cell], columns: Sequence[int]) -> int:
    """Return about how many bytes it takes to write these columns."""
    cost, last, shown_with = 0, -2, PLAIN
    for x in columns:
        character, wanted = row[x]
        if x != last + 1:
            cost += _BYTES_OF_A_MOVE
        if wanted is not shown_with and (character != " " or wanted.background != shown_with.background):
            cost += _BYTES_OF_A_COLOUR
            shown_with = wanted
        cost += 1
        last = x
    return cost
