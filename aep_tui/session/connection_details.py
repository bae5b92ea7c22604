"""One existing connection: what it is, whether it could be made so today, and which dataflows ride on it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec, Dataflow, DataflowRun, SourceConnection
from aep_tui.domain.existing import ExistingConnection, existing_connection
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.existing_connections import (
    connection_specs,
    dataflows_of,
    runs_by_id,
    source_connections_of,
)
from aep_tui.session.open_sandboxes import OpenedSandbox


@dataclass(frozen=True, slots=True)
class UsedBy:
    """What rides on a connection, as far as the caller may see it: access labels hide dataflows without a word.

    Attributes:
        dataflows: those that were found; with a `problem` they say nothing about the rest.
        source_connections: those that were found, also without a dataflow.
        problem: why dataflows could not be read; None when they were.
        run_problem: why more than the state of the last runs could not be read; None when it was.
    """

    dataflows: tuple[Dataflow, ...] = ()
    source_connections: tuple[SourceConnection, ...] = ()
    problem: Problem | None = None
    run_problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ConnectionDetails:
    """One connection.

    Attributes:
        connection: the connection.
        is_offered: whether the platform still offers its auth method, None when that could not be read.
        used_by: what rides on it.
    """

    connection: ExistingConnection
    is_offered: bool | None
    used_by: UsedBy


async def connection_details(
    sandbox: OpenedSandbox, connection_id: str, *, catalog: Catalog, clock: Clock
) -> ConnectionDetails:
    """Return one connection with what can be learnt about it; about five requests, the independent ones side by side.

    Args:
        sandbox: where the connection is.
        connection_id: the connection.
        catalog: knows its source and what is announced about it.
        clock: for what is overdue today.

    Raises:
        PlatformError: the connection itself could not be read.
    """
    status = await sandbox.service.connection_status(connection_id)
    specs, used_by = await asyncio.gather(
        _specs(sandbox, status.connection_spec_id), used_by_dataflows(sandbox, status.connection_id)
    )
    row = existing_connection(status, sandbox.sandbox_name, catalog=catalog, specs=specs or {}, now=clock.now())
    return ConnectionDetails(row, None if specs is None else is_offered(status, specs), used_by)


def is_offered(status: ConnectionStatus, specs: Mapping[str, ConnectionSpec]) -> bool | None:
    """Return whether the platform still offers the auth method of a connection; None when it has none.

    Args:
        status: of the connection.
        specs: what the platform offers now, by `connectionSpec.id`.
    """
    if not status.auth_spec_name:
        return None
    spec = specs.get(status.connection_spec_id)
    return spec is not None and status.auth_spec_name in spec.auth_spec_names


async def used_by_dataflows(sandbox: OpenedSandbox, connection_id: str) -> UsedBy:
    """Return what rides on a connection, by source connections, dataflows and their last runs; never raises a problem.

    Args:
        sandbox: where the connection is.
        connection_id: of a connection that is known to exist: of one that does not, nothing would be found either.
    """
    try:
        sources = await source_connections_of(sandbox.service, [connection_id])
        flows = await dataflows_of(sandbox.service, [source.source_connection_id for source in sources])
    except PlatformError as error:
        return UsedBy(problem=error)
    try:
        runs = await runs_by_id(sandbox.service, [flow.last_run.run_id for flow in flows if flow.last_run])
    except PlatformError as error:
        return UsedBy(flows, sources, run_problem=error)
    return UsedBy(tuple(_with_run(flow, runs) for flow in flows), sources)


def _with_run(flow: Dataflow, runs: Mapping[str, DataflowRun]) -> Dataflow:
    """Return a dataflow with all that is known of its last run; the run itself knows its errors, the dataflow more."""
    if flow.last_run is None or flow.last_run.run_id not in runs:
        return flow
    run = runs[flow.last_run.run_id]
    return replace(
        flow,
        last_run=replace(
            run,
            flow_id=flow.flow_id,
            status=run.status or flow.last_run.status,
            started_at=run.started_at or flow.last_run.started_at,
            completed_at=run.completed_at or flow.last_run.completed_at,
        ),
    )


async def _specs(sandbox: OpenedSandbox, spec_id: str) -> dict[str, ConnectionSpec] | None:
    try:
        return await connection_specs(sandbox.service, [spec_id])
    except PlatformError:
        return None
