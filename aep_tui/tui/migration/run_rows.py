"""The connections of a migration, a row each: name, sandbox, and how far it has come in words."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.migration_view import MigrationView
from aep_tui.tui.signs import MARK, NO_MARK
from aep_tui.tui.widgets.row_list import RowList, in_columns, widths_of

_WIDEST = 30


class MigrationRows(RowList):
    """The mark follows the connection at work, unless the person has put it elsewhere."""

    DEFAULT_CSS = "MigrationRows { height: 1fr; min-height: 3; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, view: MigrationView, *, id: str) -> None:  # noqa: A002 - Textual's own name
        self._view = view
        self._marks: tuple[int, ...] = (0,)
        """The rows where the mark was and is."""
        cells = [view.cells(index)[:2] for index in range(len(view.rows))]
        self._widths = widths_of([(_("Connection"), _("Sandbox")), *cells], most=_WIDEST)
        super().__init__([Option("", id=row.connection_id) for row in view.rows], id=id)
        self.highlighted = 0 if view.rows else None
        self.paint()

    @property
    def head(self) -> str:
        """What the columns are."""
        return NO_MARK + in_columns((_("Connection"), _("Sandbox"), _("State")), self._widths)

    def show(self, view: MigrationView) -> None:
        """Show what is known now."""
        followed = self._view.index if self._view.index is not None else 0
        is_followed = self.highlighted == followed
        changed = self._changed(view)
        self._view = view
        if view.index is not None and is_followed:
            self.highlighted = view.index
        self.paint(changed)

    def _changed(self, view: MigrationView) -> tuple[int, ...]:
        """Return the rows that look otherwise in `view`: of a thousand rows an event is about one or two."""
        before = self._view
        known = (
            index
            for index, row in enumerate(view.rows)
            if view.known is not before.known and view.of(row) is not before.of(row)
        )
        at_work = (index for index in (before.index, view.index) if index is not None)
        return tuple(dict.fromkeys((*known, *at_work)))

    def rows_of_the_mark(self) -> tuple[int, ...]:
        """Return where the mark was and is."""
        if self.highlighted is not None and self.highlighted != self._marks[-1]:
            self._marks = (self._marks[-1], self.highlighted)
        return self._marks

    def face(self, index: int, *, has_mark: bool) -> Content:
        """Return the line of a connection."""
        cells = tuple(without_control_characters(cell) for cell in self._view.cells(index))
        line = f"{MARK if has_mark else NO_MARK}{in_columns(cells, self._widths)}"
        return Content(shortened(line, self.row_width).rstrip() if self.row_width > 0 else line.rstrip())
