"""What is settled before a migration runs: that the platform is the plan's, the order of work, and the login checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from aep_tui.domain.migration_plan import MigrationPlan, Road, in_order
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.migration_text import PlanUnusable
from aep_tui.domain.safe_text import shortened
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.exchange import Wire
from aep_tui.session.migration_login import check_group
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.source_checks import CheckAttempts


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


async def check_groups(
    plan: MigrationPlan,
    record: MigrationRecord,
    given: Mapping[str, GroupCredentials],
    *,
    methods: Methods,
    sandboxes: Mapping[str, OpenedSandbox],
    wire: Wire,
    attempts: CheckAttempts,
    asks_source: bool,
    left_out: Collection[str] = (),
    tell: Callable[[str], None],
) -> None:
    """Return when each group that something is sent of is as planned, and the source takes its credentials.

    Args:
        plan: what is to be done.
        record: what is done.
        given: the credentials by group.
        methods: from which auth method to which.
        sandboxes: what asks the platform, by the name of the sandbox.
        wire: how hosts are reached.
        attempts: of this run of the program.
        asks_source: whether the source is asked.
        left_out: connections that are not to be migrated.
        tell: is told in a sentence what happens.

    Raises:
        Problem: as `check_group` does; nothing was changed.
    """
    for group, credentials in given.items():
        await check_group(
            plan,
            record,
            group,
            credentials,
            methods=methods,
            sandboxes=sandboxes,
            wire=wire,
            attempts=attempts,
            asks_source=asks_source,
            left_out=left_out,
            tell=tell,
        )
