"""Looks, after a migration, which connections have dataflows by now; it reads, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aep_tui.domain.clock import Clock
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound, PlatformError
from aep_tui.session.migration_planning import planned_dataflows
from aep_tui.session.open_sandboxes import OpenedSandbox


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One connection of the plan, as it is now.

    Attributes:
        row: of the plan.
        record: what was done with it.
        old_is_there, new_is_there: whether the old and the new connection are there, None when nobody can tell, or when
            there is no new one.
        old_flows, new_flows: the dataflows of the old and of the new connection that the caller may see.
        problem: why something could not be read, "" when all was.
    """

    row: MigrationRow
    record: RowRecord
    old_is_there: bool | None
    old_flows: tuple[PlannedDataflow, ...] = ()
    new_is_there: bool | None = None
    new_flows: tuple[PlannedDataflow, ...] = ()
    problem: str = ""

    @property
    def running_old_flows(self) -> tuple[PlannedDataflow, ...]:
        """The dataflows that still read by the old connection."""
        return tuple(flow for flow in self.old_flows if flow.state != "disabled")

    @property
    def could_go(self) -> bool:
        """Whether nothing that the caller may see speaks against deleting the old connection.

        What could not be read when the plan was made may have been dataflows, which are still to be made anew then.
        Access labels may hide others; the platform then refuses the delete.
        """
        is_replaced = self.record.stage is Stage.DONE and self.new_is_there is True
        has_what_it_had = bool(self.new_flows) or not self.row.may_feed_dataflows
        return is_replaced and self.old_is_there is True and not self.old_flows and has_what_it_had and not self.problem


async def check_migration(
    plan: MigrationPlan,
    record: MigrationRecord,
    sandboxes: Mapping[str, OpenedSandbox],
    clock: Clock,
    tell: Callable[[str], None],
) -> tuple[CheckedRow, ...]:
    """Return how each connection of the plan is now.

    Args:
        plan: what was to be done.
        record: what was done.
        sandboxes: what asks the platform, by the name of the sandbox.
        clock: the time.
        tell: is told in a sentence what happens now.
    """
    checked = []
    for number, row in enumerate(plan.rows, 1):
        tell(_("Looking at connection {number} of {count}.").format(number=number, count=len(plan.rows)))
        checked.append(await _checked(row, record.of(row.connection_id), sandboxes[row.sandbox_name], clock))
    return tuple(checked)


async def _checked(row: MigrationRow, known: RowRecord, sandbox: OpenedSandbox, clock: Clock) -> CheckedRow:
    try:
        old_is_there = await _is_there(sandbox, row.connection_id)
        new_is_there = await _is_there(sandbox, known.new_id) if known.new_id else None
    except PlatformError as error:
        return CheckedRow(row, known, None, problem=error.message)
    # Of a connection that is not there nothing would be found either.
    old_flows, old_problem = await planned_dataflows(sandbox, row.connection_id, clock) if old_is_there else ((), "")
    new_flows, new_problem = await planned_dataflows(sandbox, known.new_id, clock) if new_is_there else ((), "")
    return CheckedRow(row, known, old_is_there, old_flows, new_is_there, new_flows, old_problem or new_problem)


async def _is_there(sandbox: OpenedSandbox, connection_id: str) -> bool | None:
    """Return whether a connection is there, None when something else than the platform says that it is not.

    Raises:
        PlatformError: it could not be asked for.
    """
    try:
        await sandbox.service.connection_status(connection_id)
    except NotFound as error:
        return False if error.proves_refusal else None
    return True
