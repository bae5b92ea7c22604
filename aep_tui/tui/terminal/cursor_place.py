"""Where the terminal's cursor stands: on what has the focus, because screen readers and magnifiers follow it."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from aep_tui.tui.widgets.marked_row import lines_above


@runtime_checkable
class HasMarkedLine(Protocol):
    """A list that makes its lines itself."""

    @property
    def marked_line(self) -> int:
        """On which line of what is seen of it the mark stands, from 0."""


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
        row = lines_above(focused, focused.highlighted) - round(focused.scroll_y)
        place = _beginning(focused) + Offset(0, row)
    elif isinstance(focused, HasMarkedLine):
        place = _beginning(focused) + Offset(0, focused.marked_line)
    else:
        place = _beginning(focused)
    return screen.outer_size.clamp_offset(place)


def _beginning(widget: Widget) -> Offset:
    return widget.content_region.offset
