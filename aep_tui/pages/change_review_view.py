"""What the review of a change shows: before and after, the exact request, who will use it, what cannot be had back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.connection_request import header_fields, path_of_connection
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
        done: label and words of each field that is another one once it is carried out.
        remarks: what has to be known before, a sentence each.
        users: what is said of the dataflows that will use it, a line each.
        request: the exact request, secrets and token as placeholders.
        curl: the same as a command that asks for the secrets.
    """

    rows: tuple[AnswerRow, ...]
    done: tuple[tuple[str, str], ...]
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
    fields = tuple(_fields(change, seen, form))
    group = _("Before → after")
    return ChangeReview(
        (
            *_place_rows(seen, target),
            *(
                AnswerRow(each.id, each.label, each.words, group="" if index else group)
                for index, each in enumerate(fields)
            ),
        ),
        tuple((each.label, each.done_words) for each in fields if each.done_words),
        tuple(_remarks(change, seen, form)),
        (used_by_words(used), *(f"- {dataflow_words(flow)}" for flow in used.dataflows)),
        change_request_text(change, seen, target),
        change_command(change, seen, parameters, target),
    )


def change_request_text(change: ConnectionChange, seen: ConnectionStatus, target: Target) -> str:
    """Return the exact PATCH, secrets and token as placeholders.

    Args:
        change: what is to be different.
        seen: the version that the person saw.
        target: where it is sent.
    """
    headers = dict(header_fields(target, "{ACCESS_TOKEN}")) | {"If-Match": seen.etag}
    body = json.dumps(change.operations_with_placeholders(seen), indent=2, ensure_ascii=False)
    first_line = f"PATCH {target.base_url}{path_of_connection(seen.connection_id)}"
    return "\n".join((first_line, *(f"{name}: {value}" for name, value in headers.items()), "", body))


def before_and_after(before: str, after: str) -> str:
    """Return a field before and after, or that it stays."""
    if before == after:
        return _("{value} (stays)").format(value=after or _("empty"))
    return _("{before} → {after}").format(before=before or _("empty"), after=after or _("empty"))


@dataclass(frozen=True, slots=True)
class _FieldChange:
    """One field: what the review says of it, and what is said when it is done, "" for one that stays."""

    id: str
    label: str
    words: str
    done_words: str = ""


def _place_rows(seen: ConnectionStatus, target: Target) -> Iterator[AnswerRow]:
    yield AnswerRow("connection", _("Connection"), seen.name or seen.connection_id, group=_("What is changed"))
    yield AnswerRow("id", _("Id"), seen.connection_id)
    yield AnswerRow("sandbox", _("Sandbox"), target.sandbox_name)


def _fields(change: ConnectionChange, seen: ConnectionStatus, form: ConnectionForm | None) -> Iterator[_FieldChange]:
    if change.name is not None:
        yield _text_field("name", _("Name"), seen.name, change.name)
    if change.description is not None:
        yield _text_field("description", _("Description"), seen.description, change.description)
    if form is None:
        return
    if change.secret is not None:
        name, secret = change.secret
        parameter = form.method.parameter(name)
        yield _secret_field(name, parameter.label if parameter is not None else name, name in seen.parameters, secret)
    elif change.credentials is not None:
        sent = {parameter.api_name: answer for parameter, answer in change.credentials.parameters}
        for parameter in form.method.parameters:
            yield _parameter_field(parameter, seen, sent.get(parameter.api_name))
        for name in form.names_not_asked(seen):
            words = _("set there, not asked by this form: not sent")
            yield _FieldChange(name, name, words, _("not sent"))


def _parameter_field(parameter: Parameter, seen: ConnectionStatus, answer: Answer | None) -> _FieldChange:
    before = seen.parameters.get(parameter.api_name, "")
    if parameter.is_secret:
        return _secret_field(parameter.api_name, parameter.label, bool(before), answer)
    after = ("true" if answer else "false") if isinstance(answer, bool) else str(answer) if answer is not None else ""
    return _text_field(parameter.api_name, parameter.label, before, after)


def _text_field(field_id: str, label: str, before: str, after: str) -> _FieldChange:
    words = before_and_after(before, after)
    return _FieldChange(field_id, label, words, "" if before == after else words)


def _secret_field(field_id: str, label: str, was_set: bool, answer: Answer | None) -> _FieldChange:
    if is_empty(answer):
        if was_set:
            return _FieldChange(field_id, label, _("set, will be taken away"), _("taken away"))
        return _FieldChange(field_id, label, _("empty (stays)"))
    words = _("set, will be replaced") if was_set else _("not set, will be set")
    done = _("replaced") if was_set else _("set")
    ends_on = end_of_token(answer)
    if ends_on:
        with_end = _("{words}; ends on {day}")
        words, done = with_end.format(words=words, day=ends_on), with_end.format(words=done, day=ends_on)
    return _FieldChange(field_id, label, words, done)


def _remarks(change: ConnectionChange, seen: ConnectionStatus, form: ConnectionForm | None) -> Iterator[str]:
    if any(name in seen.parameters for name in change.secret_names):
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
