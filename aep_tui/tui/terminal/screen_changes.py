"""Sends to the terminal only the cells that changed.

Textual paints whole lines, and several times whole screens, for every step and every move of the focus. On a slow link
that is what a person waits for. This file keeps a copy of what the terminal shows and turns each update into the cells
that differ. It relies on names inside Textual, which is why the version is pinned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

from aep_tui.tui.terminal.pen import blank_pen, pen_of
from aep_tui.tui.terminal.row_shift import UNKNOWN, Cell
from aep_tui.tui.terminal.row_writer import BLANK, RowWriter

_PLAIN: Final = "\x1b[m"
_FEW_ROWS: Final = 6
"""Rows that change for a key; a page that is left behind has nothing that could be moved."""


class ShownScreen:
    """What the terminal shows now, as far as it is known.

    Attributes:
        page_before_us: what stood there before us, which stays until our first page is there as a whole; None when
            there is no such page, or not any more.
    """

    def __init__(self, *, erases_in_colour: bool = False) -> None:
        """Know nothing yet.

        Args:
            erases_in_colour: whether erased cells take the background that is set, see `erasing.fills_with_background`.
        """
        self._erases_in_colour = erases_in_colour
        self._size = Size(0, 0)
        self._rows: list[list[Cell]] = []
        self.page_before_us: list[list[Cell]] | None = None

    def forget(self) -> None:
        """Know nothing any more: something else has written to the terminal, or its size has changed."""
        self._size = Size(0, 0)
        self.page_before_us = None

    def take(self, rows: list[list[Cell]]) -> None:
        """Know that the terminal shows these rows."""
        self._rows = [row[:] for row in rows]
        self._size = Size(len(rows[0]), len(rows)) if rows else Size(0, 0)

    @property
    def rows(self) -> list[list[Cell]]:
        """What the terminal shows, nothing when that is not known."""
        return self._rows if self._size else []

    def difference_from(self, before: list[list[Cell]]) -> str:
        """Return the sequences that bring a terminal with the rows `before` to this; one without rows is empty."""
        writer = RowWriter(erases_in_colour=self._erases_in_colour)
        changed = {
            y: {x for x, cell in enumerate(row) if y >= len(before) or (cell is not UNKNOWN and cell != before[y][x])}
            for y, row in enumerate(self.rows)
        }
        if not before:
            self._begin_on_blanks(writer, changed)
        for y, columns in changed.items():
            if columns:
                writer.write(y, self._rows[y], sorted(columns))
        return writer.sequence()

    def changes(self, update: CompositorUpdate, size: Size, console: Console) -> str | None:
        """Return the sequences that bring the terminal up to date, "" when nothing differs.

        Returns None for a kind of update that is not understood; the caller then sends it whole and calls `forget`.
        """
        is_unknown = size != self._size
        if is_unknown:
            self._size = size
            self._rows = [[UNKNOWN] * size.width for _row in range(size.height)]
        if isinstance(update, LayoutUpdate):
            pieces = _pieces_of_layout(update)
        elif isinstance(update, ChopsUpdate):
            pieces = _pieces_of_chops(update)
        else:
            return None
        before = [row[:] for row in self._rows]
        changed: dict[int, set[int]] = {}
        for y, x, strip in pieces:
            if 0 <= y < size.height:
                self._write(y, x, strip, console, changed.setdefault(y, set()))
        writer = RowWriter(erases_in_colour=self._erases_in_colour)
        if is_unknown:
            self._begin_on_blanks(writer, changed)
        rows = [(y, sorted(columns)) for y, columns in sorted(changed.items()) if columns]
        for y, columns in rows:
            if is_unknown or len(rows) > _FEW_ROWS:
                writer.write(y, self._rows[y], columns)
            else:
                writer.change(y, before[y], self._rows[y], columns)
        # Who has written to the terminal before may have left a colour on.
        return f"{_PLAIN if is_unknown else ''}{writer.sequence()}"

    def _begin_on_blanks(self, writer: RowWriter, changed: dict[int, set[int]]) -> None:
        """Erase the whole screen first, when every cell of it is known and many of them are blank in the same way."""
        cells = Counter(cell for row in self._rows for cell in row)
        blank, _count = max(cells.items(), key=lambda each: each[1], default=(UNKNOWN, 0))
        if blank[0] == BLANK and writer.can_erase(blank[1]) and UNKNOWN not in cells:
            writer.clear(blank[1])
            for y, row in enumerate(self._rows):
                changed[y] = {x for x, cell in enumerate(row) if cell != blank}

    def _write(self, y: int, x: int, strip: Strip, console: Console, changed: set[int]) -> None:
        row = self._rows[y]
        for cell_x, cell in enumerate(_cells(strip, console), x):
            if 0 <= cell_x < len(row) and row[cell_x] != cell:
                row[cell_x] = cell
                changed.add(cell_x)


def _cells(strip: Strip, console: Console) -> list[Cell]:
    """Return the cells of a strip."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        pen = pen_of(_codes(style, console))
        blank = (BLANK, blank_pen(pen))
        if text.isascii() and text.isprintable():
            cells += [blank if character == BLANK else (character, pen) for character in text]
            continue
        for character in text:
            width = get_character_cell_size(character)
            if width == 0 and cells:
                # It belongs to the character before it, which may be a wide one.
                at = -2 if cells[-1][0] == "" and len(cells) > 1 else -1
                cells[at] = (cells[at][0] + character, cells[at][1])
            elif width:
                cells.append(blank if character == BLANK else (character, pen))
                if width == 2:
                    cells.append(("", pen))
    return cells


def _codes(style: Style | None, console: Console) -> str:
    if style is None:
        return ""
    known = style._ansi
    return Strip.render_ansi(style, console._color_system or ColorSystem.TRUECOLOR) if known is None else known


def _pieces_of_layout(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, strips in enumerate(update.strips, update.region.y):
        yield from _side_by_side(y, update.region.x, strips)


def _side_by_side(y: int, x: int, strips: Iterable[Strip]) -> Iterator[tuple[int, int, Strip]]:
    for strip in strips:
        yield y, x, strip
        x += strip.cell_length


def _pieces_of_chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            yield y, x, strip.crop(0, min(end, x2) - x) if end > x2 else strip
