"""The check before a migration: whether the source itself takes the new credentials of each group of connections.

The address is read from the platform, never from the plan, and only the source's own hosts are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aep_tui.domain.draft import Answer
from aep_tui.domain.migration_plan import MigrationRow
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound, PlatformError
from aep_tui.flow_service.exchange import Wire
from aep_tui.session.migration_events import StopHere
from aep_tui.session.migration_requests import GroupCredentials, new_request, refuse_changed
from aep_tui.session.migration_run import RunPlace
from aep_tui.session.progress import OnProgress
from aep_tui.session.source_checks import CHECKS, CheckAttempts


class GroupRefused(Problem):
    """The connections or the credentials of a group are not as they have to be; nothing was changed.

    Attributes:
        connection_id: the connection at which that was seen.
    """

    def __init__(self, title: str, message: str, next_step: str, connection_id: str) -> None:
        super().__init__(title, message, next_step)
        self.connection_id = connection_id


class LoginRefused(Problem):
    """The source was asked about the credentials of a group and refused, or was not asked; nothing was changed.

    Attributes:
        group: the address of the organization of the source.
        server_said: the source's own words, redacted, or "".
        may_try_again: whether it refused these credentials and others may be tried in this run of the program.
    """

    def __init__(self, refusal: Problem, group: str, *, may_try_again: bool) -> None:
        message = _("{group}: {reason}").format(group=group, reason=refusal.message) if group else refusal.message
        super().__init__(refusal.title, message, refusal.next_step)
        self.group = group
        self.server_said: str = getattr(refusal, "server_said", "")
        self.may_try_again = may_try_again


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """What asks a source whether it takes credentials.

    Attributes:
        wire: how it is reached.
        attempts: of this run of the program.
    """

    wire: Wire
    attempts: CheckAttempts


async def check_groups(
    place: RunPlace,
    record: MigrationRecord,
    given: Mapping[str, GroupCredentials],
    *,
    login: LoginCheck | None,
    left_out: Collection[str] = (),
    on_progress: OnProgress,
) -> None:
    """Return when the first waiting connection of each group is as planned, and the source takes the credentials.

    Args:
        place: where the run works.
        record: what is done.
        given: the credentials by group: by the address of the organization of the source, as the plan says it.
        login: asks the source; None where a person has said that it is not to be asked.
        left_out: connections that are not to be migrated.
        on_progress: is told in a sentence what happens.

    Raises:
        GroupRefused: a value is missing, or the connection is gone or not what was planned.
        LoginRefused: the source refused, or may not be asked.
        Problem: the source could not be reached, or the connection could not be read; nothing was changed.
    """
    for group, credentials in given.items():
        rows = (
            row
            for row in place.plan.groups().get(group, ())
            if record.of(row.connection_id).stage is Stage.WAITING and row.connection_id not in left_out
        )
        row = next(rows, None)
        if row is not None:
            await _check(place, row, credentials, login, on_progress)


async def _check(
    place: RunPlace, row: MigrationRow, given: GroupCredentials, login: LoginCheck | None, on_progress: OnProgress
) -> None:
    methods = place.methods
    try:
        now = await place.sandboxes[row.sandbox_name].service.connection_status(row.connection_id)
    except NotFound as error:
        if not error.proves_refusal:
            raise
        raise _refused(row, error) from None
    try:
        refuse_changed(row, now, methods)
        request = new_request(row, now.parameters, now.description, methods, given, place.clock.now())
    except StopHere as stop:
        raise _refused(row, stop.problem) from None
    if not methods.new.check or login is None:
        return
    answers: dict[str, Answer] = {parameter.api_name: answer for parameter, answer in request.parameters}
    values = {role: answers.get(api_name, "") for role, api_name in methods.new.reads}
    address = row.group or values.get("address", "")
    on_progress(_("Asking {address} whether it takes the new credentials.").format(address=address))
    refused = login.attempts.refused
    try:
        await CHECKS[methods.new.check](values, login.attempts, login.wire)
    except PlatformError:
        raise
    except Problem as refusal:
        is_refused = login.attempts.refused > refused
        raise LoginRefused(refusal, row.group, may_try_again=is_refused and not login.attempts.are_used_up) from None


def _refused(row: MigrationRow, problem: Problem) -> GroupRefused:
    words = _("{name} in sandbox {sandbox}: {reason}")
    return GroupRefused(
        problem.title,
        words.format(name=row.name, sandbox=row.sandbox_name, reason=problem.message),
        problem.next_step,
        row.connection_id,
    )
