"""A change before it is sent: before and after, who will use it, and the exact request."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.change_review_view import ChangeReview
from aep_tui.pages.frame import Frame
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.wrapping import hanging_entries
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import Body, StepScreen, copy_text
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.answer_list import AnswerList
from aep_tui.tui.widgets.fitted_text import FittedText
from aep_tui.tui.widgets.looks import painted_request, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class ChangeReviewScreen(StepScreen):
    """Submit is a button of its own; Enter anywhere else on this page goes back to the form or copies."""

    step = Step.REVIEW
    help_text = _(
        "Each field before and after; secrets are never shown. Enter on a row goes back to the form, which keeps what "
        "you typed.\n\n"
        "Below stand the dataflows that will use the connection as it is then, and the exact request. It names the "
        "version of the connection that you saw (If-Match): when somebody else changes it first, the platform refuses "
        "yours and nothing has changed.\n\n"
        "F5 copies the request as a shell command that asks for the secrets when it runs; F6 shows it as plain text. "
        "Submit sends the request, once. What it replaces cannot be had back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review.copy", "review.show")]

    def __init__(
        self, frame: Frame, review: ChangeReview, problem: Exception | None, answer: Callable[[bool | None], None]
    ) -> None:
        """Show `review`, and above it why it was not carried out the last time; `answer` is told of Submit."""
        super().__init__(frame)
        self._review = review
        self._problem = problem
        self._answer = answer

    def compose_body(self) -> ComposeResult:
        """Yield the problem, what has to be known, the fields, the dataflows and the request."""
        yield PlainText(
            problem_text(self._problem),
            id="problem",
            classes="apart -error-block" if self._problem else "apart -error-block -empty",
            painter=painted_statements,
        )
        yield AnswerList(self._review.rows, id="answers")
        remarks = "\n".join(self._review.remarks)
        yield PlainText(remarks, id="remarks", classes="apart" if remarks else "-empty", painter=painted_statements)
        yield FittedText(id="users", classes="apart")
        yield PlainText(_("The request"), classes="question")
        yield PlainText(self._review.request, id="request", painter=painted_request)

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Copy as curl and Submit."""
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Copy as curl"), self.action_copy_as_curl, id="copy")
        yield ActionButton(_("Submit"), partial(self._answer, True), id="submit", classes="-commit")

    def on_mount(self) -> None:
        """Put the focus on the fields, so that an Enter too many does not submit."""
        super().on_mount()
        users = self._review.users
        self.query_one("#users", FittedText).fit(lambda width: "\n".join(hanging_entries(users, width)))
        self.query_one("#answers").focus(scroll_visible=False)
        self.call_after_refresh(self.query_one(Body).scroll_home, animate=False)

    def action_copy_as_curl(self) -> None:
        """Send the command to the terminal's clipboard."""
        copy_text(self, self._review.curl)

    def action_show_curl(self) -> None:
        """Show the last failure, when there is one, the change, and the command as plain text."""
        parts = (problem_text(self._problem), self._review.plain_text)
        show_plain_text(self, _("The change, and its request as curl"), "\n\n".join(filter(None, parts)))

    @on(AnswerList.OptionSelected, "#answers")
    def _edit(self, event: AnswerList.OptionSelected) -> None:
        event.stop()
        self._answer(None)
