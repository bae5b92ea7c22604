"""The list of existing connections: found, filtered, selected and opened by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.connection_filters import count_words, filter_at_once, filters_question, values_question
from aep_tui.pages.connection_rows import ConnectionRows, SandboxNotRead, is_usable, unusable_words
from aep_tui.pages.connection_words import name_words
from aep_tui.pages.frame import Frame
from aep_tui.pages.list_columns import detail_lines, head_line
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.question import Question
from aep_tui.pages.sandboxes import listed_sandboxes_question
from aep_tui.tui import dialogs
from aep_tui.tui.connections.connection_lines import ConnectionLines
from aep_tui.tui.connections.search_line import SearchLine
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.pages.connections_flow import ConnectionsFlow
    from aep_tui.pages.sandbox_types import SandboxTypes

Answer = TypeVar("Answer")

_DETAILS = {"detail-name": "", "detail-id": "", "detail-attention": "-attention"}
"""The rows below the list, and how they look."""


class ConnectionListScreen(StepScreen):
    """The connections of one or several sandboxes as their pages arrive. Looking changes nothing.

    Attributes:
        listed: the rows; `listed.selected` are those that the person has selected, in the order of the list.
    """

    step = Step.CONNECTIONS
    help_text = _(
        "A row a connection. Enter opens the marked one; below the list stand its whole name, its id and its sandbox. "
        "! before a name says that somebody should look at it: a deprecated auth method, a retired source, "
        "initializing for over 10 minutes, a token that ends within 30 days where that is known.\n\n"
        "/ searches name, id and source. Filter, a button and in F2, narrows the list by auth method, source, state, "
        "age and what needs attention. Both look at what was read, and the line above the list counts it. Space "
        "selects a row (*), again takes it back.\n\n"
        "F3 chooses the sandboxes: each is asked by itself, and one that cannot be read has a row that says so. F5 "
        "copies the id, F12 reads the list again.\n\n"
        "Migrate, a button and in F2, plans another auth method for the selected connections, or for all that need "
        "one; a plan changes nothing. F8 opens a plan that was made before.\n\n"
        "Back from a connection the list is as you left it."
    )
    commands_without_key: ClassVar[tuple[str, ...]] = ("connections.filter", "connections.migrate")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "connections.search",
            "connections.sandboxes",
            "connections.copy",
            "connections.open-plan",
            "connections.again",
        )
    ]

    def __init__(self, frame: Frame, flow: ConnectionsFlow) -> None:
        """Ask `flow` for the rows, and let it open one."""
        self._flow = flow
        self._marked_kind: type[object] | None = None
        self.listed = ConnectionRows(flow.sandbox_names, flow.left_list)
        super().__init__(_of_sandboxes(frame, self.listed.sandbox_names, flow.sandbox_types))

    def compose_body(self) -> ComposeResult:
        """Yield the count, the search, the list, and what stands below it about the marked row."""
        yield PlainText(count_words(self.listed, self._flow.clock.now()), id="count")
        yield SearchLine(self.listed.searched)
        yield PlainText(id="columns", classes="table-head")
        yield ConnectionLines(self.listed, id="connections", marked=self._flow.left_list.marked)
        for detail_id, look in _DETAILS.items():
            yield PlainText(id=detail_id, classes=f"row-detail {look}".strip())

    def compose_actions(self) -> ComposeResult:
        """Yield the ways that have no key, and back."""
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Filter"), partial(self._begin, self.action_filter), id="filter")
        yield ActionButton(_("Read again"), partial(self._begin, self.action_check_again), id="again")
        yield ActionButton(_("Migrate"), partial(self._begin, partial(self.action_migrate, "plan")), id="migrate")

    def key_words(self) -> dict[str, str]:
        """Return what Enter and Esc do in the list and in the search."""
        words = super().key_words()
        entry = self._lines.marked
        if not is_usable(entry):
            words["connections.copy"] = ""
        search = self.query_one(SearchLine)
        if search.is_typed_into:
            return words | search.key_words()
        if not self.listed.all:
            words |= dict.fromkeys(("connections.search", "connections.filter"), "")
        enter = _("Open") if entry is not None else ""
        return words | ({ENTER: enter} if isinstance(self.focused, ConnectionLines) else {})

    def on_mount(self) -> None:
        """Put the focus on the list, and begin to read."""
        super().on_mount()
        # A scroll bar takes a cell of the rows: the head goes with them.
        self.watch(self._lines, "show_vertical_scrollbar", self.on_resize, init=False)
        self._lines.focus()
        self.action_check_again()

    def show_frame(self, frame: Frame) -> None:
        """Take the present state; the target line names the sandboxes of this list."""
        super().show_frame(_of_sandboxes(frame, self.listed.sandbox_names, self._flow.sandbox_types))

    @property
    def _lines(self) -> ConnectionLines:
        return self.query_one(ConnectionLines)

    # --- reading --------------------------------------------------------------------------------------------------

    def action_check_again(self) -> None:
        """Read the list, for the first time or again; mark, search, filter and selection stay."""
        self.listed.begin(self._flow.sandbox_names)
        self._show_rows()
        self.run_worker(self._read(self._flow.sandbox_names), group="listing", exclusive=True)
        self.run_worker(_learn_types(self, self._flow.sandbox_types), group="types")

    def _tell_wait(self, words: str) -> None:
        self.listed.waiting_words = words
        self._show_rows()

    async def _read(self, names: Sequence[str]) -> None:
        try:
            async with aclosing(self._flow.rows(names, on_retry=lambda wait: self._tell_wait(wait.words))) as events:
                async for event in events:
                    self.listed.waiting_words = ""
                    self.listed.take(event)
                    self._show_rows(grows=not self.listed.unread)
        except Problem as problem:
            self.listed.fail(problem)
            self._show_rows()
        if (refusal := self.listed.refusal) is not None and await self._flow.tokens.is_given(refusal):
            self.action_check_again()

    def _show_rows(self, *, grows: bool = False) -> None:
        if len(self.query("ConnectionLines, SearchLine, #columns, #count")) < 4:
            return  # the page is being closed while a page arrives; what is on it goes one by one
        self._lines.follow(grows=grows)
        self.query_one(SearchLine).follow(has_rows=len(self.listed) > 0)
        self.query_one("#columns", PlainText).show(head_line(self._lines.columns))
        self._show_count()

    @on(ConnectionLines.Toggled)
    def _show_count(self) -> None:
        is_practice = self.frame.target.mode is Mode.PRACTICE
        words = count_words(self.listed, self._flow.clock.now(), self._lines.place, is_practice=is_practice)
        self.query_one("#count", PlainText).show(words)

    def on_screen_resume(self) -> None:
        """Show what a page over the list has learnt of a connection, for example its new name."""
        if self.listed.update(self._flow.latest):
            self._show_rows()

    # --- what the list says ---------------------------------------------------------------------------------------

    @on(ConnectionLines.Marked)
    def _show_details(self, event: ConnectionLines.Marked) -> None:
        event.stop()
        for detail_id, words in zip(_DETAILS, detail_lines(event.entry), strict=True):
            self.query_one(f"#{detail_id}", PlainText).show(words)
        self._show_count()
        if type(event.entry) is not self._marked_kind:
            self._marked_kind = type(event.entry)
            self.refresh_bindings()  # what can be done is something else

    @on(ConnectionLines.Opened)
    async def _open(self, event: ConnectionLines.Opened) -> None:
        event.stop()
        if isinstance(event.entry, SandboxNotRead):
            self.app.push_screen(
                dialogs.TextModal(
                    _("Sandbox {name}").format(name=event.entry.sandbox_name), problem_text(event.entry.problem)
                )
            )
        elif not is_usable(event.entry):
            self.app.push_screen(dialogs.TextModal(name_words(event.entry.status), unusable_words(event.entry)))
        else:
            await self._flow.open(event.entry)

    def on_resize(self, _event: object) -> None:
        """Fit the columns."""
        self.call_after_refresh(self._show_rows)

    # --- search, filter, sandboxes --------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Type what to search for."""
        self.query_one(SearchLine).open()

    @on(SearchLine.Changed)
    @on(SearchLine.Left)
    def _search(self, event: SearchLine.Changed | SearchLine.Left) -> None:
        if isinstance(event, SearchLine.Left):
            self._lines.focus()
        else:
            self.listed.search(event.text)
            self._show_rows()

    def action_back(self) -> None:
        """End the search, or go back."""
        search = self.query_one(SearchLine)
        if search.is_typed_into:
            search.clear()
        else:
            self._flow.left_list = self.listed.state(self._lines.marked_key)
            super().action_back()

    def action_page_body(self, direction: int) -> None:
        """Move by a page in the list."""
        self._lines.move(direction * max(1, self._lines.size.height - 1))

    def _begin(self, action: Callable[[], object]) -> None:
        """Do what a button says; the list has the keys again."""
        self._lines.focus()
        action()

    @work(group="question", exclusive=True)
    async def action_filter(self) -> None:
        """Ask what to see: by what, and then which."""
        now = self._flow.clock.now()
        kind = await _answer(self, filters_question(self.listed, now))
        wanted = filter_at_once(kind, self.listed.wanted) if kind is not None else None
        if kind is not None and wanted is None:
            wanted = await _answer(self, values_question(kind, self.listed, now))
        if wanted is not None:
            self.listed.filter(wanted)
            self._show_rows()
            self._lines.focus()

    @work(group="question", exclusive=True)
    async def action_choose_sandboxes(self) -> None:
        """Read the sandboxes, and let some be chosen."""
        self.say(_("The list of sandboxes is being read."))
        try:
            offered = await self._flow.offered_sandboxes(lambda wait: self.say(wait.words))
        except Problem as problem:
            self.say(problem_text(problem))
            return
        self.say("")
        chosen, marked = self._flow.sandbox_names, ""
        while (name := await _answer(self, listed_sandboxes_question(offered, chosen, marked), "f3")) != "":
            if name is None:
                return
            marked = name
            chosen = tuple(each for each in chosen if each != name) if name in chosen else (*chosen, name)
        if chosen != self._flow.sandbox_names:
            self._flow.sandbox_names = chosen
            self.action_check_again()
            self.show_frame(self.frame)

    # --- migration ------------------------------------------------------------------------------------------------

    @work(group="migration", exclusive=True)
    async def action_migrate(self, what: str) -> None:
        """Plan another auth method for the selected connections, or for all; or go on with a plan that is there."""
        if what == "plan":
            ids = [row.status.connection_id for row in self.listed.selected]
            has_run = await self._flow.migrations.plan(ids, self._flow.sandbox_names, self.say)
        else:
            has_run = await self._flow.migrations.open(self._flow.sandbox_names, self.say)
        if has_run:
            self.action_check_again()

    def action_copy_id(self) -> None:
        """Send the id of the marked connection to the terminal's clipboard."""
        entry = self._lines.marked
        if isinstance(entry, ExistingConnection) and is_usable(entry):
            self.app.copy_to_clipboard(entry.status.connection_id)
            self.say(_("The id was sent to your terminal's clipboard. Nothing there? It stands below the list."))


async def _answer(page: StepScreen, question: Question[Answer], opened_by: str = "") -> Answer | None:
    return await page.app.push_screen_wait(dialogs.ChoiceModal(question, opened_by=opened_by))


def _of_sandboxes(frame: Frame, names: Sequence[str], types: SandboxTypes) -> Frame:
    """Return `frame` with the sandboxes of a list in the place of the target's own."""
    first, *more = names
    return replace(
        frame,
        target=replace(frame.target, sandbox_name=", ".join(names)),
        sandbox=None if more else types.of(first),
        sandboxes=types.all_of(names) if more else (),
    )


async def _learn_types(page: ConnectionListScreen, types: SandboxTypes) -> None:
    """Let the target line name the types of the sandboxes, where nobody has asked for them yet."""
    if await types.learn(page.listed.sandbox_names):
        page.show_frame(page.frame)
