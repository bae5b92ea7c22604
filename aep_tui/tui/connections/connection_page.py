"""The page of one existing connection: what is known of it, part by part as it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.shell_command import read_command
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.at_hand import AfterChange
from aep_tui.pages.change_offers import ChangeOffer
from aep_tui.pages.connection_words import name_words
from aep_tui.pages.details_run import DetailsRun
from aep_tui.pages.details_view import ConnectionEvent, ConnectionView, after
from aep_tui.pages.frame import Frame
from aep_tui.pages.offered_changes import change_question, offered_changes
from aep_tui.pages.wrapping import NARROWEST, hanging_entries, rows
from aep_tui.tui import connections, dialogs
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import Body, StepScreen, show_texts
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.fitted_text import FittedText
from aep_tui.tui.widgets.looks import painted_rows, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection


class ConnectionScreen(StepScreen):
    """Stands at once with what the list knew; each part says that it is being read, or that it could not be."""

    step = Step.CONNECTION
    help_text = _(
        "The page of one connection. It sends nothing but questions, and stands at once with what the list knew; what "
        "the platform says takes its place as it arrives.\n\n"
        "State: the platform says when the connection was changed last, not when its state began. Initializing for "
        "more than 10 minutes is unusual.\n\n"
        "Dataflows: those that you can see. Access labels may hide others, so that none that you can see is not none; "
        "when the platform refuses a delete, it is right.\n\n"
        "Test (F12) asks the platform to use the credentials. Explore (F3) lists the tables that they give access to. "
        "F6 shows the platform's answer, secrets replaced by marks. F2 lists all that can be done, changes too."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "connection.check",
            "connection.tables",
            "connection.up",
            "connection.down",
            "connection.copy",
            "connection.show",
        )
    ]
    commands_without_key = (
        "connection.again",
        "connection.watch",
        "connection.curl",
        "connection.rename",
        "connection.new-secret",
        "connection.replace-credentials",
        "connection.delete",
    )

    @dataclass
    class Happened(Message):
        """Something is known now that was not."""

        event: ConnectionEvent

    def __init__(self, frame: Frame, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        """Show `opened`; `flow` asks the platform about it."""
        self._opened = opened
        self._flow = flow
        super().__init__(self._in_its_sandbox(frame))
        self._details_run = DetailsRun(lambda: flow.look(opened), self, flow.tokens)
        self._view = ConnectionView(opened.row, flow.clock.now())
        self.title_words = _title(self._view)

    def compose_body(self) -> ComposeResult:
        """Yield what happens now and the parts, in the order of their weight."""
        yield PlainText("", id="activity", classes="-empty", painter=painted_statements)
        yield PlainText("", id="trouble", classes="below -error-block -empty", painter=painted_statements)
        yield PlainText("", id="test", classes="below -empty", painter=painted_statements)
        yield FittedText(id="facts", painter=painted_rows)
        yield PlainText("", id="notices", classes="care apart -empty", painter=painted_statements)
        yield FittedText(id="uses", classes="apart -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield the way back, and what is done most."""
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Test"), self.action_check, id="test-it")
        yield ActionButton(_("Explore"), self.action_show_tables, id="explore")
        yield ActionButton(_("Watch"), self.action_watch, id="watch", classes="-empty")
        yield ActionButton(_("Copy id"), self.action_copy_id, id="copy")
        yield ActionButton(_("Change or delete"), self.action_change, id="change")

    def key_words(self) -> dict[str, str]:
        """Return what the keys do with what is known now."""
        view, words = self._view, super().key_words()
        if not view.answer_text:
            words["connection.show"] = ""
        if view.is_gone:
            words |= dict.fromkeys(("connection.check", "connection.tables"), "")
        if not view.can_be_watched:
            words["connection.watch"] = ""
        if not any(body.show_vertical_scrollbar for body in self.query(Body)):
            words |= dict.fromkeys(("connection.up", "connection.down"), "")
        return words

    def on_mount(self) -> None:
        """Show what the list knew, and begin to ask."""
        super().on_mount()
        self._show_view()
        self.focus_field("back")
        self.action_read_again()

    def show_frame(self, frame: Frame) -> None:
        """Take the present state; the page stays in the sandbox of its connection."""
        super().show_frame(self._in_its_sandbox(frame))

    def _in_its_sandbox(self, frame: Frame) -> Frame:
        """Return the frame of a page about something in a sandbox that may be another than the target's."""
        name = self._opened.sandbox_name
        return replace(
            frame,
            target=replace(frame.target, sandbox_name=name),
            sandbox=self._flow.sandbox_types.of(name),
        )

    def say(self, words: str) -> None:
        """Say at the top what has just happened; a page that is scrolled down goes there."""
        super().say(words)
        if words:
            self.call_after_refresh(self._scroll_to_top)

    def _scroll_to_top(self) -> None:
        for body in self.query(Body):
            body.scroll_home(animate=False)

    # --- what is asked --------------------------------------------------------------------------------------------

    @work(group="reading", exclusive=True)
    async def action_read_again(self) -> None:
        """Read all parts once more."""
        await self._details_run.read()

    @work(group="testing", exclusive=True)
    async def action_check(self) -> None:
        """Ask the platform to test the connection; its answer stands at the top."""
        self._scroll_to_top()
        await self._details_run.test(self._view.row.status.connection_spec_id)

    @work(group="reading", exclusive=True)
    async def action_watch(self) -> None:
        """Watch the state until it has passed."""
        if self._view.can_be_watched:
            self.focus_field("back")
            await self._details_run.watch()

    @work(group="changing", exclusive=True)
    async def action_change(self, action: str = "") -> None:
        """Do something to the connection, or say why it is not offered; ask what when nothing is named."""
        offers = offered_changes(self._flow.changes, self._view)
        if action:
            offer: ChangeOffer | None = next(each for each in offers if each.action.value == action)
        else:
            offer = await self.app.push_screen_wait(dialogs.ChoiceModal(change_question(offers)))
        if offer is None:
            return
        self.say(offer.reason)
        if not offer.reason:
            seen = self._view.row.status
            changed = await self._flow.changes.run(offer.action, seen, self._opened.sandbox_name)
            if changed is AfterChange.GONE:
                self._flow.note(self._opened, None)
                self.action_back()
            elif changed is AfterChange.LOOK_AGAIN:
                self.action_read_again()

    def happens(self, event: ConnectionEvent) -> None:
        """Show an event, after those before it."""
        self.post_message(self.Happened(event))

    # --- what is shown --------------------------------------------------------------------------------------------

    @on(Happened)
    def _take(self, message: Happened) -> None:
        message.stop()
        view = self._view = after(self._view, message.event, self._flow.clock.now())
        if view.is_read or view.is_gone:
            self._flow.note(self._opened, None if view.is_gone else view.row)
        self._show_view()

    def _show_view(self) -> None:
        """Show what is known; a page that is just closed has no widgets any more."""
        view = self._view
        if self.title_words != _title(view):
            self.title_words = _title(view)
            self._paint_lines()
        texts = {
            "activity": view.activity,
            "trouble": view.trouble,
            "test": "\n".join(view.test_lines),
            "notices": "\n".join(view.warnings),
        }
        show_texts(self, texts)
        for facts in self.query("#facts").results(FittedText):
            facts.fit(lambda width: "\n".join(_table(view.rows, width)))
        for uses in self.query("#uses").results(FittedText):
            uses.set_class(not view.uses_lines, "-empty")
            uses.fit(lambda width: "\n".join(hanging_entries(view.uses_lines, width)))
        self.query("#watch").set_class(not view.can_be_watched, "-empty")
        self.refresh_bindings()

    # --- keys and buttons -----------------------------------------------------------------------------------------

    def action_scroll_body(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one(Body).scroll_relative(y=lines, animate=False)

    def action_show_tables(self) -> None:
        """Open the list of tables."""
        spec_id, name = self._view.row.status.connection_spec_id, name_words(self._view.row.status)
        self.app.push_screen(connections.TablesPage(name, self._details_run, spec_id))

    def action_copy_id(self) -> None:
        """Send the id to the terminal's clipboard."""
        self.app.copy_to_clipboard(self._opened.connection_id)
        self.say(_("Sent to your terminal's clipboard: {text}").format(text=self._opened.connection_id))

    def action_copy_as_curl(self) -> None:
        """Send the command that asks for this connection to the terminal's clipboard."""
        self.app.copy_to_clipboard(read_command(self._opened.connection_id, self.frame.target))
        self.say(_("Sent to your terminal's clipboard: the question for this connection; it asks for the token."))

    def action_show_answer(self) -> None:
        """Show what the platform has answered, secrets replaced by marks, to select it in the terminal."""
        if self._view.answer_text:
            show_plain_text(self, _("The platform's answer"), self._view.answer_text)
        else:
            self.say(_("The platform has not answered yet."))


def _title(view: ConnectionView) -> str:
    return _("Existing connection: {name}").format(name=name_words(view.row.status))


def _table(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield the rows of names and values, without the blanks that they begin with elsewhere."""
    yield from (row.removeprefix("  ") for row in rows(pairs, max(NARROWEST, width) + 2))
