"""What the review shows: every answer, the notices, and the exact request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from aep_tui.domain.connection_request import CONNECTIONS_PATH, header_fields
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_description, findings_for_name, findings_of_form
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame

PARAMETER_PREFIX = "parameter-"
_WIDGETS_OF_STEPS = {
    Step.WELCOME: "mode",
    Step.CLOUD: "cloud",
    Step.SOURCE: "source",
    Step.AUTH_METHOD: "auth-method",
    Step.NAME: "name",
}
"""Where the cursor goes when a row of the review is taken."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer.

    Attributes:
        id: what is edited: a step or a parameter.
        label: its name.
        value: what is shown; never a secret.
        warnings: what is doubtful about it, a sentence each; they stand below.
        group: the heading of the rows that begin with this one, "" for one that goes on with a group.
    """

    id: str
    label: str
    value: str
    warnings: tuple[str, ...] = ()
    group: str = ""


def review_rows(frame: Frame) -> Iterator[AnswerRow]:
    """Yield a row for each answer; what is doubtful about it stands with it."""
    wizard, target = frame.wizard, frame.target
    draft, source, method = wizard.draft, wizard.source, wizard.auth_method
    where = _("{mode}, sandbox {sandbox}").format(mode=target.mode.label, sandbox=target.sandbox_name)
    yield AnswerRow(Step.WELCOME.value, _("Target"), where, group=_("Where"))
    yield AnswerRow("organization", _("Organization"), target.organization_id)
    yield AnswerRow(Step.CLOUD.value, _("Cloud"), draft.cloud.label if draft.cloud else "", group=_("What"))
    yield AnswerRow(Step.SOURCE.value, _("Source"), source.label if source else "")
    yield AnswerRow(Step.AUTH_METHOD.value, _("Auth method"), method.label if method else "")
    findings = findings_of_form(method, draft.answers, frame.clock.now()) if method else {}
    group = _("Credentials")
    for parameter in wizard.parameters:
        answer = draft.answers.get(parameter.api_name)
        if isinstance(answer, bool):
            value = _("on") if answer else _("off, not sent")
        elif is_empty(answer):
            value = _("empty, not sent")
        else:
            value = _secret_words(answer) if parameter.is_secret else str(answer)
        warnings = _messages(findings.get(parameter.api_name, ()))
        yield AnswerRow(f"{PARAMETER_PREFIX}{parameter.api_name}", parameter.label, value, warnings, group)
        group = ""
    about_name = _messages(findings_for_name(draft.name))
    yield AnswerRow(Step.NAME.value, _("Name"), draft.name, about_name, _("How people find it"))
    about_description = _messages(findings_for_description(draft.description))
    yield AnswerRow("description", _("Description"), draft.description or _("empty, not sent"), about_description)


def place_of_row(row_id: str) -> tuple[Step, str]:
    """Return the step that a row of the review is changed on, and the field or list there."""
    if row_id.startswith(PARAMETER_PREFIX):
        return Step.CREDENTIALS, row_id.removeprefix(PARAMETER_PREFIX)
    if row_id == "description":
        return Step.NAME, "description"
    if row_id == "organization":
        return Step.WELCOME, "organization"
    step = Step(row_id)
    return step, _WIDGETS_OF_STEPS.get(step, "")


def notice_text(frame: Frame) -> str:
    """Return a line for each notice that was acknowledged, after one that says so where nothing may be sent."""
    today = frame.wizard.today
    lines = [_("Warning: {wording}").format(wording=notice.wording(today)) for notice in frame.wizard.notices]
    if frame.target.is_read_only:
        lines.insert(0, _("Warning: the program was started read-only: it can show the request, and sends none."))
    return "\n".join(lines)


def call_words(frame: Frame) -> str:
    """Return what a person is to do on the review, and what its keys do now."""
    if frame.target.is_read_only:
        return _("Check your answers. Enter changes a row.")
    return _("Check your answers. Enter changes a row; Tab leads to Submit, which sends.")


def request_text(frame: Frame) -> str:
    """Return the exact request, secrets and token as placeholders."""
    target, request = frame.target, frame.wizard.request()
    headers = dict(header_fields(target, "{ACCESS_TOKEN}"))
    address = f"{target.base_url}{CONNECTIONS_PATH}"
    body: object = request.body_with_placeholders()
    first_line = f"POST {address}"
    if frame.corrected_id:
        first_line = f"PATCH {address}/{frame.corrected_id}"
        headers["If-Match"] = "{ETAG}"
        body = request.parameters_patch_with_placeholders()
    lines = [first_line, *(f"{name}: {value}" for name, value in headers.items())]
    return "\n".join([*lines, "", json.dumps(body, indent=2, ensure_ascii=False)])


def _messages(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(finding.message for finding in findings)


def _secret_words(answer: Answer | None) -> str:

    ends_on = end_of_token(answer)
    if not ends_on:
        return _("set")
    return _("set; ends on {day}, then the connection needs a new one").format(day=ends_on)
