"""Everything that was answered and the exact request, before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.connection_request import CONNECTIONS_PATH, header_fields
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding
from aep_tui.domain.shell_command import curl_command
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_description, findings_for_name, findings_of_form
from aep_tui.domain.wizard import Step
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui.dialogs.command_view import show_create_command
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import Body, Frame, StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.answer_list import AnswerList, AnswerRow
from aep_tui.tui.widgets.key_line import ENTER
from aep_tui.tui.widgets.plain_text import PlainText

PARAMETER_PREFIX = "parameter-"
_WIDGETS_OF_STEPS = {
    Step.WELCOME: "mode",
    Step.CLOUD: "cloud",
    Step.SOURCE: "source",
    Step.AUTH_METHOD: "auth-method",
    Step.NAME: "name",
}
"""Where the cursor goes when a row of the review is taken."""


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
    commands_without_key = ("review.command",)

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

    def compose_body(self) -> ComposeResult:
        """Yield the problem, the answers, the notices and the request."""
        yield PlainText(problem_text(self._problem), id="problem", classes="" if self._problem else "-empty")
        yield PlainText(_("Check your answers. Enter on a row changes it."), classes="question")
        yield AnswerList(self._rows(), id="answers")
        yield PlainText(self._notice_text(), id="notices", classes="" if self._notice_text() else "-empty")
        yield PlainText(_("The request"), classes="question")
        yield PlainText(self._request_text(), id="request")

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Copy as curl and Submit."""
        yield ActionButton(_("Back"), id="back")
        yield ActionButton(_("Copy as curl"), id="copy")
        yield ActionButton(_("Submit"), id="submit", classes="-commit")

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
        self.app.copy_to_clipboard(self._curl())
        self.say(_("Sent to your terminal's clipboard. Nothing there? F6 shows it as plain text."))

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
            show_create_command(self)

    @on(ActionButton.Pressed, "#copy")
    def _copy_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_copy_as_curl()

    @on(ActionButton.Pressed, "#submit")
    def _submit_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        if not self._is_under_way:
            self.request_sent(True)
            self.post_message(self.SubmitWanted(self))

    @on(AnswerList.OptionSelected, "#answers")
    def _edit(self, event: AnswerList.OptionSelected) -> None:
        event.stop()
        row_id = event.option_id or ""
        if row_id.startswith(PARAMETER_PREFIX):
            self.post_message(self.EditWanted(Step.CREDENTIALS, row_id.removeprefix(PARAMETER_PREFIX)))
        elif row_id == "description":
            self.post_message(self.EditWanted(Step.NAME, "description"))
        elif row_id == "organization":
            self.post_message(self.EditWanted(Step.WELCOME, "organization"))
        else:
            step = Step(row_id)
            self.post_message(self.EditWanted(step, _WIDGETS_OF_STEPS.get(step, "")))

    def _rows(self) -> Iterator[AnswerRow]:
        wizard, target = self.frame.wizard, self.frame.target
        draft, source, method = wizard.draft, wizard.source, wizard.auth_method
        where = _("{mode}, sandbox {sandbox}").format(mode=target.mode.label, sandbox=target.sandbox_name)
        yield AnswerRow(Step.WELCOME.value, _("Target"), where)
        yield AnswerRow("organization", _("Organization"), target.organization_id)
        yield AnswerRow(Step.CLOUD.value, _("Cloud"), draft.cloud.label if draft.cloud else "")
        yield AnswerRow(Step.SOURCE.value, _("Source"), source.label if source else "")
        yield AnswerRow(Step.AUTH_METHOD.value, _("Auth method"), method.label if method else "")
        findings = findings_of_form(method, draft.answers, wizard.today) if method else {}
        for parameter in method.parameters if method else ():
            answer = draft.answers.get(parameter.api_name)
            if isinstance(answer, bool):
                value = _("on") if answer else _("off, not sent")
            elif is_empty(answer):
                value = _("empty, not sent")
            else:
                value = _secret_words(answer) if parameter.is_secret else str(answer)
            warnings = _messages(findings.get(parameter.api_name, ()))
            yield AnswerRow(f"{PARAMETER_PREFIX}{parameter.api_name}", parameter.label, value, warnings)
        yield AnswerRow(Step.NAME.value, _("Name"), draft.name, _messages(findings_for_name(draft.name)))
        about_description = _messages(findings_for_description(draft.description))
        yield AnswerRow("description", _("Description"), draft.description or _("empty, not sent"), about_description)

    def _notice_text(self) -> str:
        today = self.frame.wizard.today
        return "\n".join(
            _("Warning: {wording}").format(wording=notice.wording(today)) for notice in self.frame.wizard.notices
        )

    def _request_text(self) -> str:
        target, request = self.frame.target, self.frame.wizard.request()
        headers = dict(header_fields(target, "{ACCESS_TOKEN}"))
        address = f"{target.base_url}{CONNECTIONS_PATH}"
        body: object = request.body_with_placeholders()
        first_line = f"POST {address}"
        if self.frame.corrected_id:
            first_line = f"PATCH {address}/{self.frame.corrected_id}"
            headers["If-Match"] = "{ETAG}"
            body = request.parameters_patch_with_placeholders()
        lines = [first_line, *(f"{name}: {value}" for name, value in headers.items())]
        return "\n".join([*lines, "", json.dumps(body, indent=2, ensure_ascii=False)])

    def _has_no_curl(self) -> bool:
        """Say that credentials are replaced from here only, because the etag has to be read just before."""
        if self.frame.corrected_id:
            self.say(_("There is no curl command for replacing credentials: the etag is read just before."))
        return bool(self.frame.corrected_id)

    def _curl(self) -> str:
        return curl_command(self.frame.wizard.request(), self.frame.target)


def _messages(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(finding.message for finding in findings)


def _secret_words(answer: Answer | None) -> str:

    ends_on = end_of_token(answer)
    if not ends_on:
        return _("set")
    return _("set; ends on {day}, then the connection needs a new one").format(day=ends_on)
