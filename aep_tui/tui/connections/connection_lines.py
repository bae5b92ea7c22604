"""The lines of a long list: only what is seen is made, so that ten thousand rows cost what ten cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.connection_rows import ConnectionRows, Entry, RowKey, is_usable, key_of
from aep_tui.pages.list_columns import Columns, columns_of, entry_line
from aep_tui.tui.keys import LIST_KEYS, bindings

_TWO: Final = 2


class ConnectionLines(ScrollView, can_focus=True):
    """Shows the entries of a `ConnectionRows`; `>` marks one of them, which stays marked while others come and go."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIST_KEYS, "connections.select")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "connection-lines--row",
        "connection-lines--marked",
        "connection-lines--unread",
    }
    # The columns stay where they are when rows come and the scroll bar with them.
    DEFAULT_CSS = """
    ConnectionLines { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    ConnectionLines { scrollbar-gutter: stable; }
    """

    @dataclass
    class Marked(Message):
        """Another entry is marked, or none."""

        entry: Entry | None

    @dataclass
    class Opened(Message):
        """Enter was pressed on an entry."""

        entry: Entry

    @dataclass
    class Toggled(Message):
        """An entry was selected, or is selected no more."""

    def __init__(
        self,
        rows: ConnectionRows,
        *,
        id: str,  # noqa: A002 - Textual's own name
        marked: RowKey | None = None,
    ) -> None:
        """Show `rows`, which others change; `follow` takes a change over. `marked` is marked when it is there."""
        super().__init__(id=id)
        self._rows = rows
        self._index = 0
        self._marked = marked
        """Which one the person has marked; it may be searched away, or not be read yet."""

    def key_words(self) -> dict[str, str]:
        """Return which keys do nothing now: only a connection can be selected, and no row is left for another."""
        words = {} if is_usable(self.marked) else {"connections.select": ""}
        return words | (dict.fromkeys(("list.up", "list.down"), "") if len(self._rows) < _TWO else {})

    @property
    def marked(self) -> Entry | None:
        """The marked entry."""
        return self._rows[self._index] if self._index < len(self._rows) else None

    @property
    def marked_key(self) -> RowKey | None:
        """Which entry the person has marked, also while it is not shown."""
        return self._marked

    @property
    def place(self) -> int:
        """At which connection of the list the mark stands, 0 where it stands at none: what is unread comes first."""
        return self._index + 1 - len(self._rows.unread) if isinstance(self.marked, ExistingConnection) else 0

    @property
    def marked_line(self) -> int:
        """On which line of what is seen the mark stands, from 0."""
        return self._index - round(self.scroll_offset.y)

    @property
    def columns(self) -> Columns:
        """How wide the columns are now."""
        width = self.scrollable_content_region.width or self.size.width
        return columns_of(width, self._rows.sandbox_names)

    def follow(self, *, grows: bool = False) -> None:
        """Show the entries as they are now.

        Args:
            grows: whether entries came behind the others only, so that the marked one stands where it stood.
        """
        if not (grows and self._is_at_the_mark):
            self._index = self._rows.place_of(self._marked) or 0
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self._say_marked()
        self.refresh()
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        """Return one line of what is seen."""
        width, index = self.scrollable_content_region.width, y + round(self.scroll_offset.y)
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        entry = self._rows[index]
        is_marked = index == self._index and self.has_focus
        text = entry_line(entry, self.columns, is_marked=is_marked, is_selected=self._rows.is_selected(entry))
        look = "marked" if is_marked else "row" if entry_is_read(entry) else "unread"
        style = self.get_component_rich_style(f"connection-lines--{look}")
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def on_focus(self) -> None:
        """Show the mark."""
        self._refresh_marked()

    def on_blur(self) -> None:
        """Take the mark away: keys go elsewhere."""
        self._refresh_marked()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the width, and keep the mark in sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self._keep_in_sight()

    def move(self, rows: int) -> None:
        """Move the mark by so many rows, as far as there are any."""
        self._move_to(self._index + rows)

    def action_cursor_up(self) -> None:
        """Mark the row above."""
        self.move(-1)

    def action_cursor_down(self) -> None:
        """Mark the row below."""
        self.move(1)

    def action_first(self) -> None:
        """Mark the first row."""
        self._move_to(0)

    def action_last(self) -> None:
        """Mark the last row."""
        self._move_to(len(self._rows) - 1)

    def action_select(self) -> None:
        """Open the marked entry."""
        if self.marked is not None:
            self.post_message(self.Opened(self.marked))

    def action_choose(self) -> None:
        """Select the marked entry, or select it no more."""
        if self.marked is not None:
            self._rows.toggle(self.marked)
            self._refresh_marked()
            self.post_message(self.Toggled())

    def _move_to(self, index: int) -> None:
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._index:
            return
        self._refresh_marked()
        self._index = index
        self._marked = key_of(self._rows[index])
        self._refresh_marked()
        self._say_marked()
        self._keep_in_sight()

    def _say_marked(self) -> None:
        entry = self.marked
        if self._marked is None and entry is not None:
            self._marked = key_of(entry)
        self.post_message(self.Marked(entry))

    @property
    def _is_at_the_mark(self) -> bool:
        return self.marked is not None and key_of(self._rows[self._index]) == self._marked

    def _refresh_marked(self) -> None:
        self.refresh_line(self.marked_line)

    def _keep_in_sight(self) -> None:
        height, top = self.scrollable_content_region.height, round(self.scroll_offset.y)
        if height <= 0:
            return
        if self._index < top:
            top = self._index
        elif self._index >= top + height:
            top = self._index - height + 1
        top = max(0, min(top, len(self._rows) - height))
        if top != round(self.scroll_offset.y):
            self.scroll_to(y=top, animate=False, immediate=True, force=True)


def entry_is_read(entry: Entry) -> bool:
    """Return whether an entry is a connection and not what could not be read."""
    return bool(key_of(entry)[1])
