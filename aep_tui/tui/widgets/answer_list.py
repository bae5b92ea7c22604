"""The answers on the review, a row each; Enter on a row changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.review_view import AnswerRow
from aep_tui.tui.keys import LIST_KEYS, bindings
from aep_tui.tui.widgets.hanging_lines import NARROWEST, hanging
from aep_tui.tui.widgets.looks import HEADING, QUIET, marked_row, painted_statements
from aep_tui.tui.widgets.marked_row import keep_marked_row_in_sight


class AnswerList(OptionList, inherit_css=False, inherit_bindings=False):
    """`>` marks the row that Enter changes."""

    _wrap_width = 0  # not known before the first layout
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIST_KEYS)]
    enter_words = _("Change")
    COMPONENT_CLASSES: ClassVar[set[str]] = OptionList.COMPONENT_CLASSES
    DEFAULT_CSS = "AnswerList { height: auto; overflow-x: hidden; scrollbar-size-vertical: 1; }"

    def __init__(self, rows: Iterable[AnswerRow], *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Show `rows`."""
        rows = tuple(rows)
        self._width = max((len(row.label) for row in rows), default=0)
        self._entries: list[AnswerRow | str] = []
        """In the order of the options; a heading is an option that the cursor jumps over."""
        for row in rows:
            self._entries += [row.group, row] if row.group else [row]
        super().__init__(*map(self._option, self._entries), id=id, markup=False, compact=True)

    def on_mount(self) -> None:
        """Mark the row anew when another theme does it otherwise."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at `width` cells; a terminal may be narrower than any text."""
        return super().get_content_height(container, viewport, max(width, NARROWEST))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark."""
        super().watch_highlighted(highlighted)
        self._paint()
        keep_marked_row_in_sight(self)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the mark, or take it away."""
        super().watch_has_focus(has_focus)
        self._paint()

    def _paint(self) -> None:
        for index, row in enumerate(self._entries):
            if index >= self.option_count:
                return
            if isinstance(row, str):
                continue
            face = self._face(row, self.has_focus and index == self.highlighted)
            prompt = self.options[index].prompt
            if not isinstance(prompt, Content) or prompt.plain != face.plain:
                self.replace_option_prompt_at_index(index, face)

    def on_resize(self) -> None:
        """Wrap the rows at the new width."""
        self._wrap_width = self.scrollable_content_region.width
        self._paint()

    def _option(self, entry: AnswerRow | str) -> Option:
        if isinstance(entry, str):
            return Option(Content.styled(f"  {entry}", HEADING), disabled=True)
        return Option(self._face(entry, False), id=entry.id)

    def _face(self, row: AnswerRow, has_cursor: bool) -> Content:
        label = f"{'>' if has_cursor else ' '} {row.label:<{self._width}}  "
        value = hanging(label + without_control_characters(row.value), self._wrap_width, len(label))
        faces = [Content(value).stylize(QUIET, 0, len(label))]
        for warning in row.warnings:
            words = _("Warning: {message}").format(message=without_control_characters(warning))
            lines = hanging(" " * len(label) + words, self._wrap_width, len(label))
            faces.append(painted_statements(lines))
        face = Content("\n").join(faces)
        return marked_row(face, self, self._wrap_width) if has_cursor else face
