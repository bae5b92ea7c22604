"""The end: what was created, what comes next, and the way to another connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.connection import DELETED, ENABLED
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.source import NextStep
from aep_tui.domain.target import Mode
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.tui.dialogs.command_view import show_create_command
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText


class DoneScreen(StepScreen):
    """State, id, etag and sandbox; next steps with their addresses."""

    step = Step.DONE
    help_text = _(
        "The id is what the next tutorials ask for: to explore the tables of the source and to create a dataflow.\n\n"
        "F5 sends the id to your terminal's clipboard, F6 shows everything as plain text. When you quit, the result is "
        "printed as JSON on standard output: aep-tui > result.json keeps it in a file."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("done.copy", "done.show")]
    commands_without_key = ("done.command",)

    @dataclass
    class NewConnectionWanted(Message):
        """The person wants to create another one."""

    def __init__(self, frame: Frame, result: ConnectionResult) -> None:
        """Show `result`."""
        super().__init__(frame)
        self._result = result

    def compose_body(self) -> ComposeResult:
        """Yield the result and what comes next."""
        wizard, result = self.frame.wizard, self._result
        is_enabled = result.state == ENABLED
        headline = (
            _("Warning: the base connection is enabled, but the platform's test of it failed.")
            if is_enabled and result.test_passed is False
            else _("The base connection was deleted.")
            if result.state == DELETED
            else _("OK: the base connection is enabled.")
            if is_enabled
            else _("The base connection exists. Its last state was: {state}").format(
                state=result.state or _("not known")
            )
        )
        yield PlainText(headline, id="headline", classes="question")
        yield PlainText(result.to_text(), id="result")
        if not is_enabled and result.state != DELETED:
            words = (
                _("A rehearsal forgets the connection when the program ends.")
                if self.frame.target.mode is Mode.PRACTICE
                else _("Look again later: aep-tui watch {id}")
            )
            yield PlainText(words.format(id=result.connection_id), classes="question")
        for notice in wizard.notices:
            yield PlainText(_("Warning: {wording}").format(wording=notice.statement(wizard.today)), classes="notice")
        for words in self._ends_of_tokens() if result.state != DELETED else ():
            yield PlainText(words, classes="notice")
        if self._next_steps():
            yield PlainText(_("What to do next, with this id:"), classes="question")
        for step in self._next_steps():
            yield PlainText(f"- {step.label}:\n  {step.address}")

    def _next_steps(self) -> tuple[NextStep, ...]:
        source = self.frame.wizard.source
        return source.next_steps if source is not None and self._result.state != DELETED else ()

    def _ends_of_tokens(self) -> Iterator[str]:
        """Yield when a signed token of this connection ends, and what has to happen then."""
        wizard = self.frame.wizard
        for parameter in wizard.auth_method.parameters if wizard.auth_method else ():
            ends_on = end_of_token(wizard.draft.answers.get(parameter.api_name))
            if ends_on:
                yield _(
                    "The {label} ends on {day}. Before that day make a new one and give it to this connection; "
                    "otherwise it stops reading."
                ).format(label=parameter.label, day=ends_on)

    def compose_actions(self) -> ComposeResult:
        """Yield Copy id, New connection and Quit."""
        yield ActionButton(_("Copy id"), id="copy")
        yield ActionButton(_("New connection"), id="new")
        yield ActionButton(_("Quit"), id="quit")

    def key_words(self) -> dict[str, str]:
        """Return that there is no way back."""
        return super().key_words() | {"wizard.back": ""}

    def on_mount(self) -> None:
        """Put the focus on Quit, which prints the result."""
        super().on_mount()
        self.query_one("#quit").focus()

    def action_back(self) -> None:
        """There is no way back behind a connection that exists."""
        self.say(_("The connection exists already. New connection starts another one."))

    def action_copy_id(self) -> None:
        """Send the id to the terminal's clipboard."""
        self.app.copy_to_clipboard(self._result.connection_id)
        self.say(_("Sent to your terminal's clipboard. Nothing there? F6 shows it as plain text."))

    def action_show_command(self) -> None:
        """Show the command that creates such a connection without a person."""
        if self.frame.wizard.first_unanswered_before(Step.REVIEW) is None:
            show_create_command(self)
        else:
            self.say(_("This connection was not made on these pages, so that its answers are not known."))

    def action_show_result(self) -> None:
        """Show the result as plain text, to select it in the terminal."""
        steps = self._next_steps()
        addresses = "\n".join(f"{step.label}: {step.address}" for step in steps)
        show_plain_text(self, _("The connection"), "\n\n".join(filter(None, (self._result.to_text(), addresses))))

    @on(ActionButton.Pressed, "#copy")
    def _copy_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_copy_id()

    @on(ActionButton.Pressed, "#new")
    def _new_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.post_message(self.NewConnectionWanted())

    @on(ActionButton.Pressed, "#quit")
    async def _quit_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        await self.app.action_quit()
