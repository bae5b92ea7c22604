"""What all lists of ours have in common: the marked row is marked whole, and a list that is cut says how much it hides.

A list says what its rows look like now (`face`); it is painted anew when the mark, the focus, the width or the theme
changes. A list that is a table gives `in_columns` its cells, and its head stands above it in the class `table-head`.
Each of its rows is one line, and only those that are seen are made: there may be a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aep_tui.domain.safe_text import shortened
from aep_tui.domain.translation import _
from aep_tui.tui.keys import LIST_KEYS, bindings
from aep_tui.tui.signs import MORE_BELOW
from aep_tui.tui.widgets.hanging_lines import NARROWEST
from aep_tui.tui.widgets.looks import marked_row
from aep_tui.tui.widgets.marked_row import keep_marked_row_in_sight, lines_above

_MORE: Final = "row-list--more"
_GAP: Final = "  "


class RowList(OptionList, inherit_css=False, inherit_bindings=False):
    """Rows of which `>` marks the one that has the focus; Enter takes it (`OptionSelected`)."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIST_KEYS)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {*OptionList.COMPONENT_CLASSES, _MORE}
    DEFAULT_CSS = "RowList { height: auto; overflow-x: hidden; scrollbar-size-vertical: 1; }"
    row_width = 0
    """Cells of a row; not known before the first layout."""
    rows_are_lines = False
    """Whether each row is one line, so that a row has its place before anybody knows what it looks like."""

    def __init__(self, options: Sequence[Option], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show `options`, of which no word is markup."""
        super().__init__(*options, id=id, markup=False)

    def face(self, index: int, *, has_mark: bool) -> Content | None:
        """Return what a row looks like now, None for one that never changes: each, unless a list knows better."""
        return None

    def rows_of_the_mark(self) -> Iterable[int]:
        """Return the rows that may look otherwise because the mark came or went: all, unless a list knows better."""
        return range(self.option_count)

    def paint(self, rows: Iterable[int] | None = None, *, has_new_looks: bool = False) -> None:
        """Show the rows as they are now; what has not changed is not touched.

        Args:
            rows: which ones; all that are made when left out.
            has_new_looks: words that have not changed look otherwise now.
        """
        for index in self._rows_to_make() if rows is None else rows:
            has_mark = self.has_focus and index == self.highlighted
            face = self.face(index, has_mark=has_mark)
            if face is None:
                continue
            if has_mark:
                face = marked_row(face, self, self.row_width)
            prompt = self.options[index].prompt
            if has_new_looks or not isinstance(prompt, Content) or prompt.plain != face.plain:
                self.replace_option_prompt_at_index(index, face)

    def _rows_to_make(self) -> range:
        if not self.rows_are_lines:
            return range(self.option_count)
        top = round(self.scroll_y)
        return range(top, min(self.option_count, top + self.size.height))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Make the rows that come into sight."""
        super().watch_scroll_y(old_value, new_value)
        if self.rows_are_lines:
            self.paint()

    def move_page(self, direction: int) -> None:
        """Move the mark by a page, as far as there are rows."""
        if self.option_count:
            marked = (self.highlighted or 0) + direction * max(1, self.size.height - 1)
            self.highlighted = max(0, min(marked, self.option_count - 1))

    def on_mount(self) -> None:
        """Paint all rows anew under another theme: Textual keeps those whose own colours are the same in both."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.paint(has_new_looks=True))

    def on_resize(self) -> None:
        """Fit the rows to the new width, and keep the marked one in sight."""
        self.row_width = self.scrollable_content_region.width
        self.paint()
        self.scroll_to_highlight()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at `width` cells; a terminal may be narrower than any text."""
        return super().get_content_height(container, viewport, max(width, NARROWEST))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark."""
        super().watch_highlighted(highlighted)
        self.paint(self.rows_of_the_mark())
        keep_marked_row_in_sight(self)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the mark, or take it away."""
        super().watch_has_focus(has_focus)
        self.paint(self.rows_of_the_mark())

    def render_line(self, y: int) -> Strip:
        """Return a line; the first and the last one say how many rows are hidden above and below."""
        strip = super().render_line(y)
        words = self._words_about_hidden_rows(y)
        if not words or strip.cell_length < 2 * len(words):
            return strip
        style = self.get_component_rich_style(_MORE)
        return Strip.join([strip.crop(0, strip.cell_length - len(words)), Strip([Segment(words, style)])])

    def _words_about_hidden_rows(self, y: int) -> str:
        top, height, lines = round(self.scroll_y), self.size.height, self.virtual_size.height
        if lines <= height or height < 2:
            return ""
        if y == 0 and top > 0:
            hidden = self._rows_above_line(top)
            return _(" ↑ {count} more").format(count=hidden) if hidden else ""
        if y == height - 1 and top + height < lines:
            hidden = self.option_count - self._rows_above_line(top + height)
            return MORE_BELOW.format(count=hidden) if hidden else ""
        return ""

    def _rows_above_line(self, line: int) -> int:
        """Return how many rows begin above a line."""
        if self.virtual_size.height == self.option_count:
            return line
        heights = range(self.option_count)
        return sum(1 for index in heights if lines_above(self, index) < line)


def in_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells of a row side by side, each as wide as its column; the last one may be longer."""
    *first, last = cells
    fitted = [f"{shortened(cell, width):<{width}}" for cell, width in zip(first, widths, strict=False)]
    return _GAP.join([*fitted, last])


def widths_of(rows: Sequence[Sequence[str]], *, most: int) -> tuple[int, ...]:
    """Return the widths of the columns of `rows`, each as wide as its widest cell and `most` cells at most."""
    return tuple(min(most, max(map(len, column))) for column in zip(*rows, strict=True))
