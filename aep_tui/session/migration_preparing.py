"""What is settled before a migration runs: that the platform is the plan's, and the order of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aep_tui.domain.migration_plan import MigrationPlan, Road, in_order
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.migration_text import PlanUnusable
from aep_tui.domain.safe_text import shortened
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.session.open_sandboxes import OpenedSandbox


def refuse_another_platform(plan: MigrationPlan, target: Target) -> None:
    """Refuse a plan that was not made of the platform that the settings name: no plan says where a secret goes.

    Raises:
        PlanUnusable: it was made for another address or organization.
    """
    for what, planned, ours in (
        (_("address"), plan.base_url, target.base_url),
        (_("organization"), plan.organization_id, target.organization_id),
    ):
        if planned != ours:
            raise PlanUnusable(
                _("The plan is of another platform"),
                _("Its {what} is {planned}, and yours is {ours}. Nothing was sent.").format(
                    what=what, planned=shortened(planned, 100), ours=ours
                ),
                _("Take the settings of that platform, or make a plan of this one."),
            )


@dataclass(frozen=True, slots=True)
class Ordered:
    """A plan in the order of work.

    Attributes:
        plan: its rows stand in that order, with the types of their sandboxes.
        production: the sandboxes in which something is to be changed and that are not known to be for development.
    """

    plan: MigrationPlan
    production: tuple[str, ...]


async def ordered(
    plan: MigrationPlan, record: MigrationRecord, sandboxes: Mapping[str, OpenedSandbox], *, puts_back: bool = False
) -> Ordered:
    """Return the plan in the order of work, by what the platform says of its sandboxes now.

    Args:
        plan: what is to be done.
        record: what is done.
        sandboxes: what asks the platform, by the name of the sandbox.
        puts_back: whether what was changed in place may be changed back.

    Raises:
        PlatformError: the sandboxes cannot be read.
    """
    first = next(iter(sandboxes.values()), None)
    listed = await first.service.sandboxes() if first is not None else ()
    types = {sandbox.name: sandbox.type for sandbox in listed}
    rows = in_order(plan.rows, types)
    waiting = (row for row in rows if _may_be_sent(record.of(row.connection_id), puts_back=puts_back))
    production = {row.sandbox_name for row in waiting if row.is_in_production}
    return Ordered(replace(plan, rows=rows), tuple(sorted(production)))


def _may_be_sent(known: RowRecord, *, puts_back: bool) -> bool:
    """Return whether a run may send something that creates or changes."""
    if known.stage in {Stage.MADE, Stage.PUTTING_BACK}:
        return puts_back and known.road is Road.IN_PLACE
    return not known.is_over
