"""What the page of one existing connection asks the platform, a part at a time. GET only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec, ExploredColumn, ExploredTable
from aep_tui.domain.existing import ExistingConnection, existing_connection
from aep_tui.flow_service.existing_connections import (
    connection_specs,
    connection_with_answer,
    explored_columns,
    explored_tables,
)
from aep_tui.session.connection_details import UsedBy, used_by_dataflows
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.watch import Watch, watch_connection


@dataclass(frozen=True, slots=True)
class ConnectionLook:
    """One connection, and the sandbox that it is asked for in.

    Attributes:
        sandbox: where the connection is.
        connection_id: of the connection.
        catalog: the sources that we know by heart.
        clock: the time.
    """

    sandbox: OpenedSandbox
    connection_id: str
    catalog: Catalog
    clock: Clock

    async def read(self) -> tuple[ConnectionStatus, str]:
        """Return what the platform says of the connection, and its answer as text, secrets replaced by marks.

        Raises:
            PlatformError: it could not be read.
        """
        return await connection_with_answer(self.sandbox.service, self.connection_id)

    async def specs(self, status: ConnectionStatus) -> dict[str, ConnectionSpec]:
        """Return what the platform offers now for the source of the connection, by `connectionSpec.id`.

        Raises:
            PlatformError: it could not be read.
        """
        return await connection_specs(self.sandbox.service, [status.connection_spec_id])

    def row(self, status: ConnectionStatus, specs: Mapping[str, ConnectionSpec]) -> ExistingConnection:
        """Return the connection with its source, what is announced about it, and what deserves attention now."""
        now = self.clock.now()
        return existing_connection(status, self.sandbox.sandbox_name, catalog=self.catalog, specs=specs, now=now)

    async def used_by(self) -> UsedBy:
        """Return what rides on the connection; what could not be read is said there."""
        return await used_by_dataflows(self.sandbox, self.connection_id)

    async def test(self, connection_spec_id: str) -> bool:
        """Return whether the platform can use the credentials; the id of the source serves the advice in an error.

        Raises:
            PlatformError: the test has no answer, or failed and says why (`is_failed_test`).
        """
        return await self.sandbox.service.test_connection(self.connection_id, connection_spec_id)

    async def tables(self, connection_spec_id: str) -> tuple[ExploredTable, ...]:
        """Return the tables and folders that the connection shows.

        Raises:
            PlatformError: they could not be read.
        """
        return await explored_tables(self.sandbox.service, self.connection_id, connection_spec_id)

    async def columns(self, table_path: str, connection_spec_id: str) -> tuple[ExploredColumn, ...]:
        """Return the columns of a table.

        Raises:
            PlatformError: they could not be read.
        """
        return await explored_columns(self.sandbox.service, self.connection_id, table_path, connection_spec_id)

    def watch(self) -> Watch:
        """Return the watching of the connection."""
        return watch_connection(self.sandbox.service, self.connection_id, clock=self.clock)
