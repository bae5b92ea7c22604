"""The end: what was created, what comes next, and the way to another connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui import pages
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.result_view import NEXT_STEPS, result_view
from aep_tui.tui.dialogs.command_view import ForScripts
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import StepScreen, copy_text
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.looks import painted_rows, painted_statements
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
    commands_without_key = ("done.new", "done.command", "done.answers")

    @dataclass
    class NewConnectionWanted(Message):
        """The person wants to create another one."""

    def __init__(self, frame: Frame, result: ConnectionResult) -> None:
        """Show `result`."""
        super().__init__(frame)
        self._result = result
        self._view = result_view(frame, result)
        self._for_scripts = ForScripts(self)

    def compose_body(self) -> ComposeResult:
        """Yield the result and what comes next."""
        view = self._view
        yield PlainText(view.headline, id="headline", classes=f"question {view.tone.value}", painter=painted_statements)
        yield PlainText(self._result.to_text(), id="result", painter=painted_rows)
        if view.later:
            yield PlainText(view.later, classes="question")
        for words in view.remarks:
            yield PlainText(words, classes="care", painter=painted_statements)
        if view.next_steps:
            yield PlainText(NEXT_STEPS, classes="question")
        for step in view.next_steps:
            yield PlainText(f"- {step.label}:\n  {step.address}")

    def compose_actions(self) -> ComposeResult:
        """Yield Copy id, New connection and Quit."""
        yield ActionButton(_("Copy id"), self.action_copy_id, id="copy")
        yield ActionButton(_("New connection"), self.action_new_connection, id="new")
        yield ActionButton(_("Quit"), self.app.action_quit, id="quit")

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
        copy_text(self, self._result.connection_id)

    def action_new_connection(self) -> None:
        """Begin another walk."""
        self.post_message(self.NewConnectionWanted())

    def action_show_command(self) -> None:
        """Show the command that creates such a connection without a person."""
        if self._knows_the_answers():
            self._for_scripts.show_command()

    def action_save_answers(self) -> None:
        """Keep the answers in a file for a create without a person."""
        if self._knows_the_answers():
            self._for_scripts.save_answers()

    def _knows_the_answers(self) -> bool:
        """Return whether the connection was made by a walk; say so when it was not."""
        is_known = self.frame.wizard.is_complete
        if not is_known:
            self.say(pages.NOT_WALKED)
        return is_known

    def action_show_result(self) -> None:
        """Show the result as plain text, to select it in the terminal."""
        addresses = "\n".join(f"{step.label}: {step.address}" for step in self._view.next_steps)
        show_plain_text(self, _("The connection"), "\n\n".join(filter(None, (self._result.to_text(), addresses))))
