"""Where the terminal's cursor stands: on what has the focus, because screen readers and magnifiers follow it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList


def cursor_place(screen: Screen[Any]) -> Offset | None:
    """Return the cell of the focus of a page, None when nothing has it.

    In a field that is where the next character goes, in a list the marked row, elsewhere the mark of the widget.
    """
    focused = screen.focused
    if focused is None:
        return None
    if isinstance(focused, Input):
        place = focused.cursor_screen_offset
    elif isinstance(focused, OptionList) and focused.highlighted is not None:
        row = _rows_above(focused, focused.highlighted) - round(focused.scroll_y)
        place = _beginning(focused) + Offset(0, row)
    else:
        place = _beginning(focused)
    return screen.outer_size.clamp_offset(place)


def _beginning(widget: Widget) -> Offset:
    return widget.content_region.offset


def _rows_above(rows: OptionList, index: int) -> int:
    """Return how many lines stand above a row; our rows are wrapped before they come into the list."""
    return sum(_height(option.prompt) for option in rows.options[:index])


def _height(prompt: object) -> int:
    return str(getattr(prompt, "plain", prompt)).count("\n") + 1
