"""What the review of a change shows: before and after, the exact request, who will use it, what cannot be had back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.connection_request import CONNECTIONS_PATH, header_fields
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.shell_command import change_command
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.pages.dataflow_words import dataflow_words, used_by_words
from aep_tui.pages.review_view import AnswerRow

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.connection_change import ConnectionChange
    from aep_tui.domain.connection_form import ConnectionForm
    from aep_tui.domain.source import Parameter
    from aep_tui.domain.target import Target
    from aep_tui.session.connection_details import UsedBy


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """A change before it is sent.

    Attributes:
        rows: the connection, and each field before and after; never a secret.
        remarks: what has to be known before, a sentence each.
        users: what is said of the dataflows that will use it, a line each.
        request: the exact request, secrets and token as placeholders.
        curl: the same as a command that asks for the secrets.
    """

    rows: tuple[AnswerRow, ...]
    remarks: tuple[str, ...]
    users: tuple[str, ...]
    request: str
    curl: str

    @property
    def plain_text(self) -> str:
        """The change in lines, to be read or selected by hand."""
        rows = "\n".join(f"{row.label}: {row.value}" for row in self.rows)
        return "\n\n".join(("\n".join((rows, *self.remarks, *self.users)), self.curl))


def change_review(
    change: ConnectionChange, seen: ConnectionStatus, form: ConnectionForm | None, used: UsedBy, target: Target
) -> ChangeReview:
    """Return the review of a change.

    Args:
        change: what is to change.
        seen: the connection in the version that the person saw.
        form: its form; None when no credentials are changed.
        used: what rides on it.
        target: where it is.
    """
    parameters = form.method.parameters if form is not None else ()
    return ChangeReview(
        tuple(_rows(change, seen, form, target)),
        tuple(_remarks(change, seen, form)),
        (used_by_words(used), *(f"- {dataflow_words(flow)}" for flow in used.dataflows)),
        change_request_text(change, seen, target),
        change_command(change, seen, parameters, target),
    )


def change_request_text(change: ConnectionChange, seen: ConnectionStatus, target: Target) -> str:
    """Return the exact PATCH, secrets and token as placeholders."""
    headers = dict(header_fields(target, "{ACCESS_TOKEN}")) | {"If-Match": seen.etag}
    body = json.dumps(change.operations_with_placeholders(seen), indent=2, ensure_ascii=False)
    first_line = f"PATCH {target.base_url}{CONNECTIONS_PATH}/{seen.connection_id}"
    return "\n".join((first_line, *(f"{name}: {value}" for name, value in headers.items()), "", body))


def before_and_after(before: str, after: str) -> str:
    """Return a field before and after, or that it stays."""
    if before == after:
        return _("{value} (stays)").format(value=after or _("empty"))
    return _("{before} → {after}").format(before=before or _("empty"), after=after or _("empty"))


def _rows(
    change: ConnectionChange, seen: ConnectionStatus, form: ConnectionForm | None, target: Target
) -> Iterator[AnswerRow]:
    yield AnswerRow("connection", _("Connection"), seen.name or seen.connection_id, group=_("What is changed"))
    yield AnswerRow("id", _("Id"), seen.connection_id)
    yield AnswerRow("sandbox", _("Sandbox"), target.sandbox_name)
    group = _("Before → after")
    if change.name is not None:
        yield AnswerRow("name", _("Name"), before_and_after(seen.name, change.name), group=group)
        group = ""
    if change.description is not None:
        words = before_and_after(seen.description, change.description)
        yield AnswerRow("description", _("Description"), words, group=group)
    if form is None:
        return
    if change.secret is not None:
        name, secret = change.secret
        parameter = form.method.parameter(name)
        label = parameter.label if parameter is not None else name
        yield AnswerRow(name, label, _secret_words(name in seen.parameters, secret), group=group)
    elif change.credentials is not None:
        sent = {parameter.api_name: answer for parameter, answer in change.credentials.parameters}
        for parameter in form.method.parameters:
            yield AnswerRow(
                parameter.api_name, parameter.label, _words(parameter, seen, sent.get(parameter.api_name)), group=group
            )
            group = ""
        for name in form.names_not_asked(seen):
            yield AnswerRow(name, name, _("set there, not asked by this form: not sent"))


def _words(parameter: Parameter, seen: ConnectionStatus, answer: Answer | None) -> str:
    before = seen.parameters.get(parameter.api_name, "")
    if parameter.is_secret:
        return _secret_words(bool(before), answer)
    after = ("true" if answer else "false") if isinstance(answer, bool) else str(answer) if answer is not None else ""
    return before_and_after(before, after)


def _secret_words(was_set: bool, answer: Answer | None) -> str:
    if is_empty(answer):
        return _("set, will be taken away") if was_set else _("empty (stays)")
    words = _("set, will be replaced") if was_set else _("not set, will be set")
    ends_on = end_of_token(answer)
    return _("{words}; ends on {day}").format(words=words, day=ends_on) if ends_on else words


def _remarks(change: ConnectionChange, seen: ConnectionStatus, form: ConnectionForm | None) -> Iterator[str]:
    if change.secret is not None or change.credentials is not None:
        yield _(
            "Warning: the old secret cannot be had back. The platform never gives one away, and neither it nor this "
            "program keeps the one before."
        )
    if change.secret is not None:
        yield _("Only this secret is sent; everything else stays as it is. The platform may refuse that way.")
    if change.credentials is not None:
        yield _("The parameters are replaced as a whole: what is not sent is gone.")
    if form is not None and change.credentials is not None and form.names_not_asked(seen):
        yield _(
            "Warning: the platform shows parameters that this form does not ask for. Those that it does not set by "
            "itself are gone afterwards."
        )
