"""By which road a migration goes on. In place is a person's word, said for this very run; no file says it for them.

Plan and record may come from somebody else, and anybody may write into them. What they say is what was planned and
done. It never opens the road in place, tells that this road is tried, or that no dataflow rides on a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.errors import PermissionRefused, PlatformError
from aep_tui.session.connection_details import UsedBy, used_by_dataflows
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.open_sandboxes import OpenedSandbox

if TYPE_CHECKING:
    from aep_tui.session.migration_row import RowWork

SAY_WHICH_ROAD: Final = _(
    "Connections would be changed in place, which no document promises to be possible. A plan or a record alone does "
    "not decide that: say which road, at every run."
)


def road_of(planned: Road, recorded: Road | None, said: Road | None) -> Road | None:
    """Return the road of what is not done yet, None where it would be in place and nobody has said so for this run.

    Args:
        planned: what the plan says.
        recorded: what the record says that was decided, None for nothing.
        said: by a person, for this run.
    """
    if said is not None:
        return said
    return None if (recorded or planned) is Road.IN_PLACE else Road.BESIDE


def is_road_unsaid(plan: MigrationPlan, record: MigrationRecord, said: Road | None) -> bool:
    """Return whether a run may have to send something in place, and whoever runs the plan has not said so."""
    is_to_be_sent = any(record.of(row.connection_id).stage in {Stage.WAITING, Stage.SENDING} for row in plan.rows)
    return is_to_be_sent and road_of(plan.road, record.road, said) is None


def refuse_unsaid_road() -> None:
    """Stop, because in place was not said for this run.

    Raises:
        StopHere: always.
    """
    words = _("Say it with --try-in-place, or go beside with --beside.")
    raise StopHere(StopReason.NEEDS_A_WORD, Problem(_("By which road?"), SAY_WHICH_ROAD, words))


async def is_road_tried(works: Sequence[RowWork]) -> bool:
    """Return whether the platform shows that it has changed the auth method of a connection of this plan in place.

    Args:
        works: the connections of which the record says so; the platform is asked whether it is true.

    Raises:
        StopHere: they cannot be read.
    """
    for work in works:
        now = await work.read(work.row.connection_id)
        if now.auth_spec_name == work.methods.new.spec_name:
            return True
    return False


async def refuse_used_probe(row: MigrationRow, sandbox: OpenedSandbox) -> None:
    """Stop before the first change in place when a dataflow rides on the connection now, or nobody can tell.

    Raises:
        StopHere: it needs a person's word; nothing was sent.
    """
    used = await used_by_dataflows(sandbox, row.connection_id)
    if isinstance(used.problem, PlatformError) and not isinstance(used.problem, PermissionRefused):
        raise StopHere(StopReason.FAILED, used.problem)
    if used.dataflows or used.problem is not None:
        raise StopHere(
            StopReason.NEEDS_A_WORD,
            Problem(
                _("The first change in place would be one of a connection that may feed dataflows"),
                _words_of_use(used),
                _("Say that it may be tried all the same with --probe-may-feed, or go beside with --beside."),
            ),
        )


def _words_of_use(used: UsedBy) -> str:
    if used.problem is not None:
        return _("Its dataflows could not be read: {reason} Nothing was sent.").format(reason=used.problem.message)
    words = plural(
        "{count} dataflow reads by it now. Nothing was sent.",
        "{count} dataflows read by it now. Nothing was sent.",
        len(used.dataflows),
    )
    return words.format(count=len(used.dataflows))
