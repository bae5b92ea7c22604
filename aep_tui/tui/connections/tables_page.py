"""The tables that a connection shows: searched as one types, 200 at a time; Enter shows the columns of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.connection_words import column_lines
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.review_view import AnswerRow
from aep_tui.pages.tables_view import AT_A_TIME, TablesView, table_words
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.dialogs.modals import TextModal
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.answer_list import AnswerList
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.pages.details_run import DetailsRun

_MORE: Final = "more"


class TablesPage(FormPage[None]):
    """Says that the tables are being read, or could not be, and how many are shown of how many."""

    DEFAULT_CSS = "TablesPage AnswerList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("tables.search")]

    def __init__(self, connection_name: str, run: DetailsRun, connection_spec_id: str) -> None:
        """Ask `run` for the tables of the connection with this name and source."""
        super().__init__(_("Tables of {name}").format(name=connection_name))
        self._details_run = run
        self._spec_id = connection_spec_id
        self._view = TablesView(())

    def compose_body(self) -> ComposeResult:
        """Yield how many there are, the search and the list."""
        yield PlainText(_("Reading the tables..."), id="page-words", painter=painted_statements)
        search = FormInput(id="search", placeholder=_("/ searches: part of a name"))
        search.display = False
        yield search
        tables = AnswerList((), id="tables")
        tables.enter_words = _("Columns")
        tables.display = False
        yield tables

    def key_words(self) -> dict[str, str]:
        """Return what keys do now."""
        is_searching = isinstance(self.focused, Input)
        searching = {"tables.search": "", ENTER: _("To the list") if self._view.shown else ""}
        closing = {"page.close": _("All tables")} if self._view.search else {}
        return {**super().key_words(), **(searching if is_searching else {}), **closing}

    def help_words(self) -> tuple[str, str]:
        """Return what stands here."""
        return self.title_words, _(
            "What the platform sees with the credentials of this connection: tables, or files and folders. Enter shows "
            "the columns of the marked one. / goes to the search, which takes a part of a name in any case; Esc there "
            "shows all again. {count} are shown at a time; the last row shows more."
        ).format(count=AT_A_TIME)

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#close").focus()
        self._read()

    @work(group="tables", exclusive=True)
    async def _read(self) -> None:
        try:
            tables = await self._details_run.tables(self._spec_id)
        except Problem as problem:
            self.say(problem_text(problem))
            return
        self._show(TablesView(tables))
        if tables:
            for widget in self.query("#search, #tables"):
                widget.display = True
            self.query_one("#tables").focus()

    def _show(self, view: TablesView, marked: int = 0) -> None:
        self._view = view
        rows = [AnswerRow(str(number), "", table_words(table)) for number, table in enumerate(view.shown)]
        if view.has_more:
            rows.append(AnswerRow(_MORE, "", _("Show {count} more").format(count=AT_A_TIME)))
        self.query_one(AnswerList).replace_rows(rows, marked)
        self.say(view.count_words)
        self.refresh_bindings()

    def action_search(self) -> None:
        """Go to the search."""
        if self._view.tables:
            self.query_one("#search").focus()

    def action_page_body(self, direction: int) -> None:
        """Move the mark by a page: the list scrolls by itself, and what stands above it stays."""
        self.query_one(AnswerList).move_page(direction)

    def action_leave(self) -> None:
        """Show all tables again while some are searched for; then close."""
        if not self._view.search:
            self.dismiss(None)
            return
        self.query_one("#search", Input).value = ""
        self.query_one("#tables").focus()

    @on(Input.Changed, "#search")
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._view.search:
            self._show(TablesView(self._view.tables, event.value))

    @on(Input.Submitted, "#search")
    def _go_to_list(self, event: Input.Submitted) -> None:
        """Go to the list, when it has a row; otherwise letters can be taken away."""
        event.stop()
        event.prevent_default()  # the next field, of the page that this one is made of
        if self._view.shown:
            self.query_one("#tables").focus()

    @on(AnswerList.OptionSelected)
    def _take(self, event: AnswerList.OptionSelected) -> None:
        event.stop()
        if event.option_id == _MORE:
            shown = len(self._view.shown)
            self._show(replace(self._view, most=self._view.most + AT_A_TIME), shown)
        else:
            self._show_columns(int(event.option_id or 0))

    @work(group="columns", exclusive=True)
    async def _show_columns(self, number: int) -> None:
        table = self._view.shown[number]
        self.say(_("Reading the columns of {table}...").format(table=table.path))
        try:
            columns = await self._details_run.columns(table, self._spec_id)
        except Problem as problem:
            self.say(problem_text(problem))
            return
        self.say(self._view.count_words)
        lines = column_lines(columns) or [_("The platform names no columns.")]
        self.app.push_screen(TextModal(_("Columns of {table}").format(table=table.path), "\n".join(lines)))
