"""The requests of a migration: what a connection keeps, what it gets anew, and whether it still is what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.migration_plan import MigrationRow
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import AuthMethod, ParameterKind
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_of_form
from aep_tui.flow_service.errors import PlatformError, RequestRefused
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_planning import Methods

_NO_ROAD_FOR_NOW: Final = frozenset({"1404", "1416", "1417", "1420", "1421", "1422", "1403"})
"""Refusals of a change that speak of the state or the version of this connection, and not of the road."""


@dataclass(frozen=True, slots=True)
class GroupCredentials:
    """What a person has given for the connections of one organization of the source.

    Attributes:
        new: parameters of the new auth method by API name.
        old: those of the old one, which can be put back after a change in place that went wrong; empty for none.
    """

    new: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    old: Mapping[str, Answer] = field(default_factory=dict, repr=False)


def new_request(
    row: MigrationRow,
    kept: Mapping[str, str],
    description: str,
    methods: Methods,
    given: GroupCredentials,
    now: datetime,
) -> ConnectionRequest:
    """Return the request for the new auth method.

    The address is the one that the platform shows, whatever was given: no plan and no option sends a secret of one
    organization of the source to the address of another.

    Args:
        row: the connection, and the name of the one beside it.
        kept: its parameters as the platform shows them.
        description: its description.
        methods: from which auth method to which.
        given: by a person.
        now: the instant in UTC, aware.

    Raises:
        StopHere: something is missing or wrong; nothing was sent.
    """
    return _request(row.new_name, description, kept, methods, methods.new, given.new, now)


def old_request(
    row: MigrationRow, kept: Mapping[str, str], methods: Methods, given: GroupCredentials, now: datetime
) -> ConnectionRequest | None:
    """Return the request that puts the old auth method back, None when its secrets were not given.

    Args:
        row: the connection.
        kept: the parameters that are no secret, as the platform showed them.
        methods: from which auth method to which.
        given: the secrets of its group.
        now: for what ends at a time.
    """
    secrets = {each.api_name for each in methods.old.parameters if each.is_secret and each.is_required}
    if not secrets <= given.old.keys():
        return None
    return _request(row.name, "", kept, methods, methods.old, given.old, now)


def _request(
    name: str,
    description: str,
    kept: Mapping[str, str],
    methods: Methods,
    method: AuthMethod,
    given: Mapping[str, Answer],
    now: datetime,
) -> ConnectionRequest:
    answers: dict[str, Answer] = {}
    address = methods.address_name
    for parameter in method.parameters:
        api_name = parameter.api_name
        value: Answer = given.get(api_name, "")
        told = "" if parameter.is_secret else kept.get(api_name, "")
        if told and (api_name not in given or api_name == address):
            value = told == "true" if parameter.kind is ParameterKind.BOOLEAN else told
        if not is_empty(value):
            answers[api_name] = value
    for api_name, findings in findings_of_form(method, answers, now).items():
        for finding in findings:
            if finding.is_error:
                raise StopHere(
                    StopReason.NOT_READY,
                    Problem(
                        _("A value is missing or wrong"),
                        _("{name}: {words} Nothing was sent.").format(name=api_name, words=finding.message),
                        _("Give it for this group, and start again; aep-tui migrate run goes on where it stopped."),
                    ),
                )
    draft = Draft(name=name, description=description, answers=answers)
    return build_connection_request(draft, methods.source, method)


def refuse_changed(row: MigrationRow, now: ConnectionStatus, methods: Methods) -> None:
    """Stop at a connection that is not what was planned.

    Raises:
        StopHere: the words show what has changed; nothing was sent.
    """
    pairs = [
        (_("name"), row.name, now.name),
        (_("auth method"), methods.old.spec_name, now.auth_spec_name),
        *((name, value, now.parameters.get(name, "")) for name, value in row.parameters),
        (methods.address_name, row.group, now.parameters.get(methods.address_name, "")),
        (_("version"), row.etag, now.etag),
    ]
    changed = dict.fromkeys(
        f"{label}: {now_told or '-'} ({told or '-'})" for label, told, now_told in pairs if told != now_told
    )
    if now.connection_spec_id != methods.source.connection_spec_id:
        changed[_("it is of another source")] = None
    if changed:
        who = _("somebody") if not now.updated_by else now.updated_by
        raise StopHere(
            StopReason.CHANGED,
            Problem(
                _("The connection is not what was planned"),
                _("Changed last by {who}{when}. Now, and in the plan: {changes}. Nothing was sent.").format(
                    who=who,
                    when=f", {now.updated_at:%Y-%m-%d %H:%M} UTC" if now.updated_at else "",
                    changes="; ".join(changed),
                ),
                _("Look at it. Then make a new plan for it, or leave it out with --leave {id}.").format(
                    id=row.connection_id
                ),
            ),
        )


def is_refusal_of_the_road(error: Problem) -> bool:
    """Return whether a refused change says that no connection here takes another auth method in place.

    1414, 1415, 1445, 1300, 1301 and 1455 do; a refusal that no document speaks of is taken for one as well, because
    nothing has changed after either. What speaks of the state or the version of the connection is none.
    """
    if not isinstance(error, RequestRefused) or not error.proves_refusal:
        return False
    return error.status not in {408, 409, 412} and not _NO_ROAD_FOR_NOW & set(error.code.split("-"))


def request_id_of(error: Problem) -> str:
    """Return the platform's id of a request that failed, "" when it has none."""
    return error.request_id if isinstance(error, PlatformError) else ""
