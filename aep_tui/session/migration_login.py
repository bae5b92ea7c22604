"""The check before a migration: whether the source itself takes the new credentials of each group of connections.

The address is read from the platform, never from the plan, and only the source's own hosts are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from aep_tui.domain.draft import Answer
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound
from aep_tui.flow_service.exchange import Wire
from aep_tui.session.migration_events import StopHere
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials, new_request, refuse_changed
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.source_checks import CHECKS, CheckAttempts


class GroupRefused(Problem):
    """The connections or the credentials of a group are not as they have to be; nothing was changed.

    Attributes:
        connection_id: the connection at which that was seen.
    """

    def __init__(self, title: str, message: str, next_step: str, connection_id: str) -> None:
        super().__init__(title, message, next_step)
        self.connection_id = connection_id


async def check_group(
    plan: MigrationPlan,
    record: MigrationRecord,
    group: str,
    given: GroupCredentials,
    *,
    methods: Methods,
    sandboxes: Mapping[str, OpenedSandbox],
    wire: Wire,
    attempts: CheckAttempts,
    asks_source: bool,
    left_out: Collection[str] = (),
    tell: Callable[[str], None],
) -> None:
    """Return when the first waiting connection of a group is as planned, and the source takes the credentials.

    Args:
        plan: what is to be done.
        record: what is done.
        group: the address of the organization of the source, as the plan says it.
        given: the credentials of the group.
        methods: from which auth method to which.
        sandboxes: what asks the platform, by the name of the sandbox.
        wire: how hosts are reached.
        attempts: of this run of the program.
        left_out: connections that are not to be migrated.
        asks_source: whether the source is asked; False where a person has said that it is not to be.
        tell: is told in a sentence what happens.

    Raises:
        GroupRefused: a value is missing, or the connection is gone or not what was planned.
        Problem: the source refused or could not be asked, or the connection could not be read.
    """
    rows = [
        row
        for row in plan.groups().get(group, ())
        if record.of(row.connection_id).stage is Stage.WAITING and row.connection_id not in left_out
    ]
    if not rows:
        return
    row = rows[0]
    try:
        now = await sandboxes[row.sandbox_name].service.connection_status(row.connection_id)
    except NotFound as error:
        if not error.proves_refusal:
            raise
        raise _refused(row, error) from None
    try:
        refuse_changed(row, now, methods)
        today = wire.clock.today()
        request = new_request(row, now.parameters, now.description, methods, given, today)
    except StopHere as stop:
        raise _refused(row, stop.problem) from None
    if not methods.new.check or not asks_source:
        return
    answers: dict[str, Answer] = {parameter.api_name: answer for parameter, answer in request.parameters}
    values = {role: answers.get(api_name, "") for role, api_name in methods.new.reads}
    tell(_("Asking {address} whether it takes the new credentials.").format(address=group or values.get("address", "")))
    await CHECKS[methods.new.check](values, attempts, wire)


def _refused(row: MigrationRow, problem: Problem) -> GroupRefused:
    words = _("{name} in sandbox {sandbox}: {reason}")
    return GroupRefused(
        problem.title,
        words.format(name=row.name, sandbox=row.sandbox_name, reason=problem.message),
        problem.next_step,
        row.connection_id,
    )
