"""The answers on the review, a row each; Enter on a row changes it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets.option_list import Option

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.review_view import AnswerRow
from aep_tui.tui.signs import MARK, NO_MARK
from aep_tui.tui.widgets.hanging_lines import hanging
from aep_tui.tui.widgets.looks import HEADING, QUIET, painted_statements
from aep_tui.tui.widgets.row_list import RowList


class AnswerList(RowList):
    """`>` marks the row that Enter changes."""

    enter_words = _("Change")

    def __init__(self, rows: Iterable[AnswerRow], *, id: str) -> None:  # noqa: A002 - Textual's own name
        self._width, self._entries = _laid_out(rows)
        super().__init__([*map(_option, self._entries)], id=id)
        self.paint()

    def replace_rows(self, rows: Iterable[AnswerRow], marked: int = 0) -> None:
        """Show other rows, the one with the number `marked` under the cursor."""
        self._width, self._entries = _laid_out(rows)
        self.clear_options()
        self.add_options(map(_option, self._entries))
        self.highlighted = min(marked, self.option_count - 1) if self._entries else None
        self.paint()

    def face(self, index: int, *, has_mark: bool) -> Content | None:
        """Return an answer with the warnings about it; a heading never changes."""
        row = self._entries[index]
        if isinstance(row, str):
            return None
        label = f"{MARK if has_mark else NO_MARK}{row.label:<{self._width}}  "
        value = hanging(label + without_control_characters(row.value), self.row_width, len(label))
        faces = [Content(value).stylize(QUIET, 0, len(label))]
        for warning in row.warnings:
            words = _("Warning: {message}").format(message=without_control_characters(warning))
            lines = hanging(" " * len(label) + words, self.row_width, len(label))
            faces.append(painted_statements(lines))
        return Content("\n").join(faces)


def _option(entry: AnswerRow | str) -> Option:
    if isinstance(entry, str):
        return Option(Content.styled(f"{NO_MARK}{entry}", HEADING), disabled=True)
    return Option("", id=entry.id)


def _laid_out(rows: Iterable[AnswerRow]) -> tuple[int, list[AnswerRow | str]]:
    """Return the width of the labels, and the entries in the order of the options: rows and headings.

    A heading is an option that the cursor jumps over.
    """
    rows = tuple(rows)
    entries: list[AnswerRow | str] = []
    for row in rows:
        entries += [row.group, row] if row.group else [row]
    return max((len(row.label) for row in rows), default=0), entries
