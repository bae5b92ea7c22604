"""The fewest bytes that bring cells to a terminal: moves, colours and erasing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aep_tui.tui.terminal.pen import PLAIN, Pen, change_of_pen, pen
from aep_tui.tui.terminal.row_shift import Cell, best_shift

BLANK: Final = " "
_BYTES_TO_ERASE: Final = 8
"""What erasing some blanks and going on behind them costs: `ESC [ n X` and `ESC [ n C`."""
_BYTES_TO_ERASE_TO_THE_END: Final = 3
_BYTES_TO_JUMP: Final = 4
"""What jumping over cells costs: `ESC [ n C`."""
_LAST_SURE_CHARACTER: Final = "\u02ff"
"""Of Latin letters every terminal knows the width."""


class RowWriter:
    """Collects the sequences of one update; knows where the cursor stands and which pen is set."""

    def __init__(self, *, erases_in_colour: bool) -> None:
        """Begin with no colour set and the cursor anywhere.

        Args:
            erases_in_colour: whether erased cells take the background that is set. Without it only the ends of rows
                are erased, where they have the terminal's own background; a terminal that can so little may know no
                other way to erase, and none to insert.
        """
        self._erases_in_colour = erases_in_colour
        self._parts: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None
        self._is_sure_of_place = True

    def sequence(self) -> str:
        """Return all that was written; the pen is plain again behind it."""
        return "".join((*self._parts, change_of_pen(self._pen, PLAIN)))

    def can_erase(self, wanted: Pen) -> bool:
        """Return whether blanks with this pen can be made by erasing."""
        return not wanted.shows_on_blanks and (self._erases_in_colour or not wanted.background)

    def clear(self, wanted: Pen) -> None:
        """Make the whole screen blanks with a pen that `can_erase`."""
        self._erase(wanted, "\x1b[2J")

    def change(self, y: int, before: Sequence[Cell], row: Sequence[Cell], columns: Sequence[int]) -> None:
        """Write the cells of row `y` that stand in `columns`, or move what is there already, whichever is shorter."""
        shift = best_shift(before, row, columns) if self._erases_in_colour else None
        if shift is not None:
            self._move(y, before, shift.start)
            self._parts.append(shift.sequence)
            columns = shift.columns
        if columns:
            self.write(y, row, columns)

    def write(self, y: int, row: Sequence[Cell], columns: Sequence[int]) -> None:
        """Write the cells of row `y` that stand in `columns`, which are in order."""
        done = 0
        last = columns[-1]
        for x in columns:
            if x < done:
                continue
            start = x
            while start > 0 and row[start][0] == "":
                start -= 1  # half of a wide character cannot be written
            self._move(y, row, start)
            end = self._end_of_blanks(row, start)
            if end == len(row) and end - start > _BYTES_TO_ERASE_TO_THE_END:
                self._erase(row[start][1], "\x1b[K")
                return
            end = min(end, last + 1)
            if self._erases_in_colour and end - start > _BYTES_TO_ERASE:
                self._erase(row[start][1], f"\x1b[{end - start}X")
                done = end
            else:
                done = self._put(y, row, start)

    def _end_of_blanks(self, row: Sequence[Cell], start: int) -> int:
        """Return the column behind the blanks from `start` on that can be erased in one go."""
        cell = row[start]
        end = start
        if cell[0] == BLANK and self.can_erase(cell[1]):
            while end < len(row) and row[end] == cell:
                end += 1
        return end

    def _move(self, y: int, row: Sequence[Cell], x: int) -> None:
        if self._at == (y, x):
            return
        if self._at is not None and self._is_sure_of_place and self._at[0] == y and self._at[1] < x:
            between = self._at[1]
            has_one_pen = all(self._wanted_pen(row[each]) is self._pen for each in range(between, x))
            if has_one_pen and x - between <= _BYTES_TO_JUMP:
                while between < x:
                    between = self._put(y, row, between)
            else:
                self._parts.append(f"\x1b[{x - between}C")
        else:
            self._parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
            self._is_sure_of_place = True
        self._at = (y, x)

    def _put(self, y: int, row: Sequence[Cell], x: int) -> int:
        """Write one character; return the column behind it."""
        character = row[x][0]
        self._parts.append(self._take_pen(row[x]))
        self._parts.append(character)
        end = x + 1
        while end < len(row) and row[end][0] == "":
            end += 1
        # Terminals do not agree on the width of every character. A move that starts from one would go astray.
        self._is_sure_of_place = self._is_sure_of_place and character <= _LAST_SURE_CHARACTER
        self._at = (y, end) if end < len(row) else None
        return end

    def _erase(self, wanted: Pen, sequence: str) -> None:
        self._parts.append(self._take_pen((BLANK, wanted)))
        self._parts.append(sequence)

    def _take_pen(self, cell: Cell) -> str:
        wanted = self._wanted_pen(cell)
        change = change_of_pen(self._pen, wanted)
        self._pen = wanted
        return change

    def _wanted_pen(self, cell: Cell) -> Pen:
        """Return the pen for a cell; of a blank only the background is seen, so that the rest stays as it is."""
        character, wanted = cell
        now = self._pen
        if character != BLANK or wanted.shows_on_blanks or now.shows_on_blanks:
            return wanted
        return pen(now.foreground, wanted.background, now.attributes)
