"""Sends to the terminal only the cells that changed.

Textual paints whole lines, and several times whole screens, for every step and every move of the focus. On a slow link
that is what a person waits for. This file keeps a copy of what the terminal shows and turns each update into the cells
that differ. It relies on names inside Textual, which is why the version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

Cell: TypeAlias = tuple[str, str]
"""A character (with its combining marks; "" behind a wide one) and the SGR codes that it is shown with."""

_UNKNOWN: Final[Cell] = ("", "?")
_CHEAPER_THAN_A_MOVE: Final = 6
"""Unchanged cells between two changes that cost less to send again than to jump over."""


class ShownScreen:
    """What the terminal shows now, as far as it is known."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._size = Size(0, 0)
        self._rows: list[list[Cell]] = []

    def forget(self) -> None:
        """Know nothing any more: something else has written to the terminal, or its size has changed."""
        self._size = Size(0, 0)

    def changes(self, update: CompositorUpdate, size: Size, console: Console) -> str | None:
        """Return the sequences that bring the terminal up to date, "" when nothing differs.

        Returns None for a kind of update that is not understood; the caller then sends it whole and calls `forget`.
        """
        if size != self._size:
            self._size = size
            self._rows = [[_UNKNOWN] * size.width for _row in range(size.height)]
        if isinstance(update, LayoutUpdate):
            pieces = _pieces_of_layout(update)
        elif isinstance(update, ChopsUpdate):
            pieces = _pieces_of_chops(update)
        else:
            return None
        changed: dict[int, set[int]] = {}
        for y, x, strip in pieces:
            if 0 <= y < size.height:
                self._write(y, x, strip, console, changed.setdefault(y, set()))
        return "".join(self._sequence(y, sorted(columns)) for y, columns in sorted(changed.items()) if columns)

    def _write(self, y: int, x: int, strip: Strip, console: Console, changed: set[int]) -> None:
        row = self._rows[y]
        for cell_x, cell in _cells(x, strip, console):
            if 0 <= cell_x < len(row) and row[cell_x] != cell:
                row[cell_x] = cell
                changed.add(cell_x)

    def _sequence(self, y: int, columns: list[int]) -> str:
        row = self._rows[y]
        parts: list[str] = []
        for start, end in _runs(columns):
            while start > 0 and row[start][0] == "":
                start -= 1  # half of a wide character cannot be written
            parts.append(f"\x1b[{y + 1};{start + 1}H")
            shown_with = None
            for character, codes in row[start:end]:
                if codes != shown_with:
                    parts.append(f"\x1b[0;{codes}m" if codes else "\x1b[0m")
                    shown_with = codes
                parts.append(character)
            parts.append("\x1b[0m")
        return "".join(parts)


def _runs(columns: list[int]) -> Iterator[tuple[int, int]]:
    """Yield first and behind-last column of each stretch that is sent in one go."""
    start = previous = columns[0]
    for column in columns[1:]:
        if column - previous > _CHEAPER_THAN_A_MOVE:
            yield start, previous + 1
            start = column
        previous = column
    yield start, previous + 1


def _cells(x: int, strip: Strip, console: Console) -> Iterator[tuple[int, Cell]]:
    """Yield column and content of each cell of a strip."""
    last: tuple[int, Cell] | None = None
    for text, style, control in strip:
        if control:
            continue
        codes = _codes(style, console)
        for character in text:
            width = get_character_cell_size(character)
            if width == 0:
                if last is not None:
                    last = (last[0], (last[1][0] + character, last[1][1]))
                continue
            if last is not None:
                yield last
            last = (x, (character, codes))
            if width == 2:
                yield last
                last = (x + 1, ("", codes))
            x += width
    if last is not None:
        yield last


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
