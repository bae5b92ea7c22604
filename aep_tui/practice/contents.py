"""What is in the practice organization: what the store keeps, and the connections of a big one, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.practice.dataflows import Dataflows, dataflows_of
from aep_tui.practice.lived_in import ROWS, connections_of
from aep_tui.practice.migration_rows import migration_rows
from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import Life, Scenario
from aep_tui.practice.store import ConnectionRecord, PracticeStore

_BIG_ID: Final = "b16b16b1-0000-4000-8000-"
_MINUTE: Final = 60_000


class Contents:
    """The connections of the organization and what rides on them.

    Attributes:
        dataflows: what rides on the connections that were there in the beginning.
    """

    def __init__(self, scenario: Scenario, store: PracticeStore, catalog: Catalog, now: int) -> None:
        """Put into an empty store what is there in the beginning.

        Args:
            scenario: says what is in the organization.
            store: what is kept.
            catalog: the documented sources.
            now: epoch milliseconds at which the service begins.
        """
        self._store = store
        self.dataflows = Dataflows()
        self._models: tuple[ConnectionRecord, ...] = ()
        self._began_at = now
        self._taken: set[str] = set()
        self._size = scenario.big_size
        if scenario.life is not Life.NONE:
            rows = migration_rows(scenario.migration_size) if scenario.life is Life.MIGRATION else ROWS
            connections = list(connections_of(rows, catalog, now))
            if scenario.life is Life.BIG:
                self._models = tuple(record for row, record in connections if record.auth_spec_name and not row.state)
                # What was made and then changed is in the store; what was deleted is in neither.
                self._taken = {record.id for record in store.connections() if record.id.startswith(_BIG_ID)}
            else:
                self.dataflows = dataflows_of(connections, now)
                if not store.count():
                    store.add_all(record for _row, record in connections)

    def from_position(
        self, organization_id: str, sandbox_name: str, start: int
    ) -> Iterator[tuple[int, ConnectionRecord]]:
        """Yield the connections of a sandbox with their positions, oldest first, from the position `start` on."""
        made = self._size if self._models and organization_id == ORGANIZATION_ID else 0
        for position in range(start, made):
            if _big_id(sandbox_name, position) not in self._taken:
                yield position, self._made(sandbox_name, position)
        kept = self._store.in_sandbox(organization_id, sandbox_name)
        first = max(0, start - made)
        yield from ((made + number, record) for number, record in enumerate(kept[first:], first))

    def find(self, organization_id: str, sandbox_name: str, connection_id: str) -> ConnectionRecord | None:
        """Return the connection with this id in this sandbox, or None."""
        found = self._store.find(organization_id, sandbox_name, connection_id)
        if found is not None or not self._models or organization_id != ORGANIZATION_ID:
            return found
        tail = connection_id.removeprefix(_big_id(sandbox_name, 0)[:-6])
        if (
            len(tail) != 6
            or not (tail.isascii() and tail.isdigit())
            or int(tail) >= self._size
            or connection_id in self._taken
        ):
            return None
        return self._made(sandbox_name, int(tail))

    def kept(self) -> tuple[ConnectionRecord, ...]:
        """Return what the store keeps, of all sandboxes, oldest first."""
        return self._store.connections()

    def add(self, record: ConnectionRecord) -> None:
        """Keep a new connection."""
        self._store.add(record)

    def replace(self, record: ConnectionRecord, expected_etag: str) -> bool:
        """Put `record` in the place of the one with its id; return False when that has another etag by now."""
        if record.id.startswith(_BIG_ID) and record.id not in self._taken:
            self._taken.add(record.id)
            self._store.add(record)
            return True
        return self._store.replace(record, expected_etag)

    def delete(self, connection_id: str) -> None:
        """Forget one connection."""
        if connection_id.startswith(_BIG_ID):
            self._taken.add(connection_id)
        self._store.delete(connection_id)

    def _made(self, sandbox_name: str, position: int) -> ConnectionRecord:
        model = self._models[position % len(self._models)]
        made_id = _big_id(sandbox_name, position)
        age = (self._size - position) * 60 * _MINUTE
        return replace(
            model,
            id=made_id,
            sandbox_name=sandbox_name,
            name=f"{model.name} {position + 1}",
            created_at=self._began_at - age,
            updated_at=self._began_at - age // 3,
            enabled_at=self._began_at - age + 3_000,
            initial_etag=f'"{made_id}"',
            etag=f'"{made_id}"',
        )


def _big_id(sandbox_name: str, position: int) -> str:
    return f"{_BIG_ID}{sum(sandbox_name.encode()) % 1_000_000:06d}{position:06d}"
