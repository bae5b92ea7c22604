"""What a person sees: the program's output replayed on a screen.

The only module that knows pyte, which has no type stubs.
"""

from __future__ import annotations

import re
from typing import Any

import pyte

from tests.tui.terminal.protocol import UNFINISHED

# pyte would print the parameters of sequences that it does not know.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"
    rb"|\x1b\[[0-9;:?]*\$[@-~]"
    rb"|\x1b\[\?[0-9;]*[^0-9;hlJK]"
    rb"|\x1b[P_^X][^\x1b]*\x1b\\"
)
_ALTERNATE_SCREEN = re.compile(rb"(\x1b\[\?(?:1049|1047|47)[hl])")


class Screen:
    """A screen with its main and its alternate page.

    Args:
        columns, rows: the size in cells.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._main: Any = pyte.Screen(columns, rows)
        self._shown: Any = self._main
        self._stream: Any = pyte.ByteStream(self._shown)
        self._carry = b""
        self.is_updating = False
        """Whether a synchronized update is open: a real terminal shows nothing of it yet."""

    @property
    def is_alternate(self) -> bool:
        """Whether the alternate page is shown, where programs for the whole screen live."""
        return self._shown is not self._main

    @property
    def has_glyphs(self) -> bool:
        """Whether anything but blanks is shown."""
        return bool(self.text().strip())

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, counted from 1."""
        cursor = self._shown.cursor
        return int(cursor.y) + 1, min(int(cursor.x) + 1, self._columns)

    def text(self) -> str:
        """Return the lines of the shown page without trailing blanks."""
        return "\n".join(str(line).rstrip() for line in self._shown.display)

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Return what can be seen of each cell of the shown page: of a blank only the background."""
        rows, columns = range(self._shown.lines), range(self._shown.columns)
        return [[_seen(self._shown.buffer[y][x]) for x in columns] for y in rows]

    def resize(self, columns: int, rows: int) -> None:
        """Take the new size; the program repaints."""
        self._columns, self._rows = columns, rows
        self._main.resize(lines=rows, columns=columns)
        if self.is_alternate:
            self._shown.resize(lines=rows, columns=columns)

    def feed(self, data: bytes) -> None:
        """Show the next bytes of the program's output; a sequence may be cut in two anywhere."""
        data = self._carry + data
        unfinished = UNFINISHED.search(data)
        self._carry = unfinished.group() if unfinished else b""
        data = data.removesuffix(self._carry)
        opened, closed = data.rfind(b"\x1b[?2026h"), data.rfind(b"\x1b[?2026l")
        if opened != closed:
            self.is_updating = opened > closed
        for part in _ALTERNATE_SCREEN.split(_UNKNOWN_TO_PYTE.sub(b"", data)):
            if _ALTERNATE_SCREEN.fullmatch(part):
                self._turn_page(to_alternate=part.endswith(b"h"))
            elif part:
                self._stream.feed(part)

    def _turn_page(self, to_alternate: bool) -> None:
        if to_alternate == self.is_alternate:
            return
        self._shown = _blank_screen(self._columns, self._rows) if to_alternate else self._main
        self._stream = pyte.ByteStream(self._shown)


def _seen(cell: Any) -> tuple[object, ...]:  # noqa: ANN401 - pyte has no types
    is_blank = cell.data == " " and not (cell.underscore or cell.reverse)
    return (cell.data, cell.bg) if is_blank else tuple(cell)


def _blank_screen(columns: int, rows: int) -> Any:  # noqa: ANN401 - pyte has no types
    """Return a screen whose cells are there: pyte gives the colour of an erasure only to cells that were written."""
    screen = pyte.Screen(columns, rows)
    for y in range(rows):
        for x in range(columns):
            screen.buffer[y][x] = screen.default_char
    return screen
