"""Everything that was answered and the exact request, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.shell_command import curl_command
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.review_view import call_words, notice_text, place_of_row, request_text, review_rows
from aep_tui.tui.dialogs.command_view import ForScripts
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.steps.step import Body, StepScreen, copy_text
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.answer_list import AnswerList
from aep_tui.tui.widgets.looks import painted_request, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class ReviewScreen(StepScreen):
    """Submit is a button of its own; Enter anywhere else on this page changes an answer or copies."""

    step = Step.REVIEW
    help_text = _(
        "Check the answers. Enter on a row changes it; you come back here afterwards and nothing else is lost.\n\n"
        "Below the answers stands the exact request. Secrets and the access token are replaced by placeholders there, "
        "and nowhere on this page is a secret shown.\n\n"
        "Copy as curl (F5) puts a shell command into your terminal's clipboard; it asks for the secrets when it runs. "
        "F6 shows the same command as plain text. F2 lists the aep-tui command that creates the connection without a "
        "question, for scripts.\n\n"
        "Submit sends the request, once. It cannot be unsent."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review.copy", "review.show")]
    commands_without_key = ("review.command", "review.answers")

    @dataclass
    class EditWanted(Message):
        """The person wants to change one answer."""

        step: Step
        parameter: str = ""

    @dataclass
    class SubmitWanted(Message):
        """The person pressed Submit."""

        screen: ReviewScreen

    def __init__(self, frame: Frame, problem: Exception | None = None) -> None:
        """Show the answers of `frame`, and above them what went wrong the last time."""
        super().__init__(frame)
        self._problem = problem
        self._is_under_way = False
        self._for_scripts = ForScripts(self)

    def compose_body(self) -> ComposeResult:
        """Yield the problem, the notices, the answers and the request."""
        yield PlainText(
            problem_text(self._problem),
            id="problem",
            classes="apart -error-block" if self._problem else "apart -error-block -empty",
            painter=painted_statements,
        )
        notices = notice_text(self.frame)
        yield PlainText(
            notices, id="notices", classes="apart care" if notices else "apart care -empty", painter=painted_statements
        )
        yield PlainText(call_words(self.frame), classes="question")
        yield AnswerList(review_rows(self.frame), id="answers")
        yield PlainText(_("The request"), classes="question")
        yield PlainText(request_text(self.frame), id="request", painter=painted_request)

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Copy as curl and Submit."""
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Copy as curl"), self.action_copy_as_curl, id="copy")
        yield ActionButton(_("Submit"), self._submit, id="submit", classes="-commit")

    def key_words(self) -> dict[str, str]:
        """Return that Submit does nothing while a request is under way."""
        submits = self._is_under_way and self.focused is self.query_one("#submit")
        return super().key_words() | ({ENTER: ""} if submits else {})

    def on_mount(self) -> None:
        """Put the focus on the answers, so that an Enter too many does not submit."""
        super().on_mount()
        self.query_one("#answers").focus(scroll_visible=False)
        self.call_after_refresh(self.query_one(Body).scroll_home, animate=False)

    def show_problem(self, problem: Exception) -> None:
        """Say above the answers why the last attempt failed; every value is still there."""
        self._problem = problem
        text = self.query_one("#problem", PlainText)
        text.show(problem_text(problem))
        text.remove_class("-empty")
        text.scroll_visible(top=True, animate=False)
        self.query_one("#answers").focus(scroll_visible=False)

    def request_sent(self, is_under_way: bool) -> None:
        """Let Submit do nothing while a request is under way, so that it works once.

        It keeps the focus: on a disabled button the second Enter of a double one would reach Back.
        """
        self._is_under_way = is_under_way
        self.refresh_bindings()

    def action_copy_as_curl(self) -> None:
        """Send the command to the terminal's clipboard."""
        if self._has_no_curl():
            return
        copy_text(self, self._curl())

    def action_show_curl(self) -> None:
        """Show the last failure, when there is one, and the command as plain text, to select them in the terminal."""
        if self._problem is None and self._has_no_curl():
            return
        parts = (problem_text(self._problem), "" if self.frame.corrected_id else self._curl())
        show_plain_text(self, _("The request as curl"), "\n\n".join(part for part in parts if part))

    def action_show_command(self) -> None:
        """Show the command that creates the connection without a person."""
        if self.frame.corrected_id:
            self.say(_("There is no command for replacing credentials yet."))
        else:
            self._for_scripts.show_command()

    def action_save_answers(self) -> None:
        """Keep the answers in a file for a create without a person."""
        if self.frame.corrected_id:
            self.say(_("There is no command for replacing credentials yet."))
        else:
            self._for_scripts.save_answers()

    def _submit(self) -> None:
        if not self._is_under_way:
            self.request_sent(True)
            self.post_message(self.SubmitWanted(self))

    @on(AnswerList.OptionSelected, "#answers")
    def _edit(self, event: AnswerList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.EditWanted(*place_of_row(event.option_id or "")))

    def _has_no_curl(self) -> bool:
        """Say that credentials are replaced from here only, because the etag has to be read just before."""
        if self.frame.corrected_id:
            self.say(_("There is no curl command for replacing credentials: the etag is read just before."))
        return bool(self.frame.corrected_id)

    def _curl(self) -> str:
        return curl_command(self.frame.wizard.request(), self.frame.target)
