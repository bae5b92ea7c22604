"""Makes the plan of a migration: it reads, and changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.domain.dataflow import Dataflow, SourceConnection
from aep_tui.domain.existing import ConnectionFilter, ExistingConnection
from aep_tui.domain.migration_plan import (
    MigrationPlan,
    MigrationRow,
    NothingToPlan,
    PlannedDataflow,
    Road,
    TestResult,
    free_name,
    in_order,
)
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import AuthMethod, Source
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _, plural
from aep_tui.domain.validation import LONGEST_NAME
from aep_tui.flow_service.errors import PlatformError, is_failed_test
from aep_tui.flow_service.existing_connections import datasets_of
from aep_tui.session.connection_details import used_by_dataflows
from aep_tui.session.connection_listing import RowsArrived, SandboxDone, list_connections
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.progress import OnProgress

_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Methods:
    """From which auth method of which source a migration goes to which."""

    source: Source
    old: AuthMethod
    new: AuthMethod

    @property
    def address_name(self) -> str:
        """The API name of the address of the source's organization, "" where the methods have none."""
        return self.new.read_name("address")


def methods_to_migrate(catalog: Catalog) -> tuple[Methods, ...]:
    """Return what the catalog knows to migrate."""
    return tuple(
        Methods(source, old, new)
        for source in catalog.sources
        for old in source.auth_methods
        for new in source.auth_methods
        if old.migrates_to and (new.id, new.cloud) == (old.migrates_to, old.cloud)
    )


def methods_of(plan: MigrationPlan, catalog: Catalog) -> Methods:
    """Return the auth methods of a plan.

    Raises:
        Problem: the catalog knows no such migration, so that somebody has made the plan up.
    """
    for methods in methods_to_migrate(catalog):
        if (methods.source.id, methods.old.id, methods.new.id) == (
            plan.source_id,
            plan.old_method_id,
            plan.new_method_id,
        ):
            return methods
    raise Problem(
        _("The plan cannot be used"),
        _("This program knows no migration between the auth methods that the plan names. Nothing was sent."),
        _("Make the plan anew with aep-tui migrate plan."),
    )


async def make_plan(
    sandboxes: Sequence[OpenedSandbox],
    methods: Methods,
    *,
    target: Target,
    catalog: Catalog,
    clock: Clock,
    wanted_ids: Collection[str] = (),
    road: Road = Road.BESIDE,
    on_progress: OnProgress,
) -> MigrationPlan:
    """Return the plan of all connections with the old auth method, or of those that were named.

    Args:
        sandboxes: where the connections are.
        methods: from which auth method to which.
        target: the platform.
        catalog: the sources that we know by heart.
        clock: the time of the plan.
        wanted_ids: the connections that are meant; empty for all.
        road: how they get the new method.
        on_progress: is told in a sentence what happens now.

    Raises:
        NothingToPlan: there is none, one that was named is not there, or a sandbox could not be read to its end.
        PlatformError: the sandboxes could not be read.
    """
    on_progress(_reading_words(len(sandboxes)))
    types = {sandbox.name: sandbox.type for sandbox in await sandboxes[0].service.sandboxes()}
    found = await _found(sandboxes, catalog, clock)
    wanted = frozenset(each.casefold() for each in wanted_ids)
    chosen = [
        row
        for row in found
        if row.status.auth_spec_name == methods.old.spec_name
        and row.status.connection_spec_id == methods.source.connection_spec_id
        and (not wanted or row.status.connection_id.casefold() in wanted)
    ]
    _refuse_nothing(chosen, wanted)
    by_name = {sandbox.sandbox_name: sandbox for sandbox in sandboxes}
    free = asyncio.Semaphore(_AT_ONCE)

    async def planned(number: int, row: ExistingConnection) -> MigrationRow:
        async with free:
            on_progress(_("Reading connection {number} of {count}.").format(number=number, count=len(chosen)))
            return await _planned(by_name[row.sandbox_name], row, methods, clock)

    rows = await asyncio.gather(*(planned(number, row) for number, row in enumerate(chosen, 1)))
    return MigrationPlan(
        base_url=target.base_url,
        organization_id=target.organization_id,
        made_at=clock.now(),
        source_id=methods.source.id,
        old_method_id=methods.old.id,
        new_method_id=methods.new.id,
        road=road,
        rows=_named(in_order(rows, types), found, methods),
    )


def _reading_words(count: int) -> str:
    one, many = "Reading the connections of {count} sandbox.", "Reading the connections of {count} sandboxes."
    return plural(one, many, count).format(count=count)


async def _found(sandboxes: Sequence[OpenedSandbox], catalog: Catalog, clock: Clock) -> list[ExistingConnection]:
    """Return all connections of the sandboxes.

    Raises:
        NothingToPlan: a sandbox could not be read to its end, so that a connection might be forgotten.
    """
    found: list[ExistingConnection] = []
    async with aclosing(list_connections(sandboxes, ConnectionFilter(), catalog=catalog, clock=clock)) as events:
        async for event in events:
            match event:
                case RowsArrived(_name, rows, _read):
                    found += rows
                case SandboxDone(name, _read, problem) if problem is not None:
                    words = _("Sandbox {name} could not be read to its end: {reason}")
                    unread = NothingToPlan(
                        _("No plan was made"), words.format(name=name, reason=problem.message), problem.next_step
                    )
                    unread.error = problem
                    raise unread
    return found


def _refuse_nothing(chosen: Sequence[ExistingConnection], wanted: Collection[str]) -> None:
    if len({row.status.connection_id.casefold() for row in chosen}) < len(wanted):
        words = _("Not each connection that you named is there with an auth method that can be migrated.")
        raise NothingToPlan(_("No plan was made"), words, _("aep-tui connections list shows those that are there."))
    if not chosen:
        words = _("No connection in these sandboxes has an auth method that can be migrated.")
        raise NothingToPlan(_("No plan was made"), words, _("Name other sandboxes with --sandbox-name."))


async def _planned(sandbox: OpenedSandbox, row: ExistingConnection, methods: Methods, clock: Clock) -> MigrationRow:
    status = row.status
    parameters = methods.old.shown(status.parameters)
    flows, problem = await planned_dataflows(sandbox, status.connection_id, clock)
    return MigrationRow(
        connection_id=status.connection_id,
        name=status.name,
        sandbox_name=row.sandbox_name,
        etag=status.etag,
        updated_at=status.updated_at,
        parameters=parameters,
        group=dict(parameters).get(methods.address_name, ""),
        test=await _tested(sandbox, status.connection_id),
        dataflows=flows,
        dataflows_problem=problem,
    )


async def planned_dataflows(
    sandbox: OpenedSandbox, connection_id: str, clock: Clock
) -> tuple[tuple[PlannedDataflow, ...], str]:
    """Return what rides on a connection, and why it could not be read; "" when it could.

    Args:
        sandbox: where the connection is.
        connection_id: the connection.
        clock: for the time of the next run.
    """
    used = await used_by_dataflows(sandbox, connection_id)
    if used.problem is not None:
        return (), used.problem.message
    sources = {each.source_connection_id: each for each in used.source_connections}
    targets = [each for flow in used.dataflows for each in flow.target_connection_ids]
    try:
        datasets = await datasets_of(sandbox.service, targets) if targets else {}
    except PlatformError:
        datasets = {}
    return tuple(_dataflow(flow, sources, datasets, clock) for flow in used.dataflows), ""


def _dataflow(
    flow: Dataflow, sources: dict[str, SourceConnection], datasets: dict[str, str], clock: Clock
) -> PlannedDataflow:
    read = [sources[each] for each in flow.source_connection_ids if each in sources]
    last = flow.last_run
    return PlannedDataflow(
        flow_id=flow.flow_id,
        name=flow.name,
        state=flow.state,
        table=", ".join(filter(None, (each.table or each.name for each in read))),
        mapping_id=flow.mapping_id,
        dataset_id=", ".join(datasets[each] for each in flow.target_connection_ids if each in datasets),
        frequency=flow.schedule.frequency,
        interval=flow.schedule.interval,
        starts_at=flow.schedule.starts_at,
        next_run_at=flow.schedule.next_run(clock.now()) if flow.state == "enabled" else None,
        last_run_id=last.run_id if last else "",
        last_run_state=last.status if last else "",
        last_run_at=(last.completed_at or last.started_at) if last else None,
    )


async def _tested(sandbox: OpenedSandbox, connection_id: str) -> TestResult:
    try:
        passed = await sandbox.service.test_connection(connection_id)
    except PlatformError as error:
        return TestResult.FAILED if is_failed_test(error) else TestResult.UNKNOWN
    return TestResult.PASSED if passed else TestResult.FAILED


_NOT_FILTERED_FOR: Final = str.maketrans(dict.fromkeys(',=<>"~!&', "-"))


def _filtered_for(name: str) -> str:
    """Return a name that the platform can filter for, as like the old one as that lets it be.

    Its filters know no way to write a comma or an operator (guide "sort and filter"), and without one each create would
    read all connections of its sandbox to find its own.
    """
    return name.replace(", ", " - ").translate(_NOT_FILTERED_FOR)


def _named(
    rows: Sequence[MigrationRow], found: Sequence[ExistingConnection], methods: Methods
) -> tuple[MigrationRow, ...]:
    """Return the rows with a name for the connection beside each, which nothing in its sandbox has."""
    taken: dict[str, set[str]] = {}
    for each in found:
        taken.setdefault(each.sandbox_name, set()).add(each.status.name)
    named = []
    for row in rows:
        names = taken.setdefault(row.sandbox_name, set())
        new_name = free_name(f"{_filtered_for(row.name)} ({methods.new.label})", names, LONGEST_NAME)
        names.add(new_name)
        named.append(replace(row, new_name=new_name))
    return tuple(named)
