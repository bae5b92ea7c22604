"""The list of the sources that the platform offers, searchable; it is read while the page stands there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages import other_source as words
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.domain.described_source import DescribedSource
    from aep_tui.pages.other_source import OtherSourceFlow


class SourceListPage(ModalScreen["DescribedSource | None"]):
    """Returns the chosen source, or None when the person goes back."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("sources.back", "sources.search", "sources.page-down", "sources.page-up")
    ]
    DEFAULT_CSS = """
    SourceListPage { align: left top; }
    SourceListPage ChoiceList { height: 1fr; padding: 0 1; }
    SourceListPage > PlainText { padding: 0 1; }
    #search-line { height: 1; padding: 0 1; }
    #search-line > PlainText { width: auto; margin-right: 2; }
    #search-line > FormInput { width: 1fr; }
    """

    def __init__(self, flow: OtherSourceFlow) -> None:
        """Ask `flow` for the list."""
        super().__init__()
        self._flow = flow
        self._found: tuple[DescribedSource, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield StepLine(words.TITLE)
        yield PlainText(words.NO_TUTORIAL, classes="quiet")
        with Horizontal(id="search-line"):
            yield PlainText(words.SEARCH, classes="label")
            yield FormInput(placeholder=words.SEARCH_HELP, id="search")
        yield PlainText(words.LOADING, id="list-words")
        yield ChoiceList((), id="sources")
        yield PlainText(id="facts", classes="quiet")
        with Horizontal(id="actions"):
            yield ActionButton(_("Back"), partial(self.dismiss, None), id="close")
            yield ActionButton(words.READ_AGAIN, partial(self._read, anew=True), id="again")
        yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does: in the search it goes to the list, when that has a row to choose."""
        if isinstance(self.focused, ChoiceList):
            return {ENTER: _("Next") if self._can_choose else ""}
        if isinstance(self.focused, Input):
            return {ENTER: _("To the list") if self._can_choose else "", "sources.search": ""}
        return {}

    def help_words(self) -> tuple[str, str]:
        """Return what the list is, and where its form comes from."""
        return words.TITLE, words.HELP

    def on_mount(self) -> None:
        """Read the list; the focus waits in the search."""
        self.query_one(FormInput).focus()
        self._read(anew=False)

    @work(exclusive=True)
    async def _read(self, *, anew: bool) -> None:
        self._say(words.LOADING)
        try:
            self._found = await self._flow.found(anew=anew)
        except Problem as problem:
            self._found = ()
            self._show_rows()
            self._say(problem_text(problem))
            return
        self._show_rows()
        if self._flow.chosen_id or not self.query_one(FormInput).value:
            self._go_to_list()

    @property
    def _can_choose(self) -> bool:
        return any(not option.disabled for option in self.query_one(ChoiceList).options)

    def _go_to_list(self) -> None:
        """Go to the list; without a row to choose the focus stays, and what is typed is not lost."""
        if self._can_choose:
            self.query_one(ChoiceList).focus()

    def _show_rows(self) -> None:
        rows = words.source_rows(self._found, self.query_one(FormInput).value)
        listed = self.query_one(ChoiceList)
        kept = listed.chosen or self._flow.chosen_id
        free = [row.id for row in rows if not row.reason_disabled]
        chosen = kept if kept in free else next(iter(free), "")
        listed.show_choices(rows, chosen=chosen)
        self._say(words.count_words(rows, self._found))
        self._show_facts(chosen)
        self.refresh_bindings()

    def _say(self, text: str) -> None:
        self.query_one("#list-words", PlainText).show(text)

    def _show_facts(self, source_id: str) -> None:
        self.query_one("#facts", PlainText).show(words.facts_of(self._found, source_id))

    @on(Input.Changed)
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._found:
            self._show_rows()

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self._go_to_list()

    @on(ChoiceList.OptionHighlighted)
    def _say_what_is_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        self._show_facts(event.option_id or "")

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.dismiss(next((each for each in self._found if each.source.id == event.option_id), None))

    def action_search(self) -> None:
        """Put the cursor into the search."""
        self.query_one(FormInput).focus()

    def action_page_list(self, direction: int) -> None:
        """Move the mark by a page, whatever has the focus."""
        self.query_one(ChoiceList).move_page(direction)
