"""One connection of a migration against a service and a record in memory."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import cast

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.migration_plan import MigrationRow, Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, read_together
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import ConnectionFailed, PlatformError, RequestRefused
from aep_tui.practice.organization import practice_target
from aep_tui.session.migration_events import MigrationEvent, RowSays
from aep_tui.session.migration_keeper import Keeper
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_row import RowWork
from tests.kit.clock import START, FakeClock
from tests.session.migrating import CREDENTIALS, METHODS, SECRETS

GROUP = "https://acme.my.salesforce.com"
ROW = MigrationRow("old-1", "ACME", "dev", '"1"', group=GROUP, new_name="ACME (OAuth2)")
NEW = ConnectionStatus(
    "new-1",
    "enabled",
    name="ACME (OAuth2)",
    etag='"9"',
    connection_spec_id=METHODS.source.connection_spec_id,
    auth_spec_name=METHODS.new.spec_name,
    parameters={"environmentUrl": GROUP, "clientId": "3MVG9acme", "username": "somebody", "clientSecret": "*****"},
)
OLD = replace(NEW, connection_id="old-1", etag='"1"', name="ACME", auth_spec_name=METHODS.old.spec_name)
BESIDE = (
    Entry(RecordedStep.SENDING, START, "old-1", Road.BESIDE),
    Entry(RecordedStep.MADE, START, "old-1", new_id="new-1"),
)
IN_PLACE = (
    Entry(RecordedStep.SENDING, START, "old-1", Road.IN_PLACE, parameters=(("username", "somebody"),)),
    Entry(RecordedStep.MADE, START, "old-1"),
)
BROKEN = ConnectionFailed("No network", "Nothing came back.")


def refused(kind: type[PlatformError] = RequestRefused, said: str = "", *, proves: bool = True) -> PlatformError:
    error = kind("Refused", "The source says no.", status=400, server_said=said)
    error.proves_refusal = proves
    return error


@dataclass
class Service:
    """A service in memory; what is an error is raised.

    Attributes:
        states: what looks show, one after the other, the last again and again.
        test: what the test of the connection says.
        change: why a change is not made, None when it is.
        asked: the ids that were asked for, or what was done with them.
        listed: why the list is not read.
        changes: what was sent.
    """

    states: list[ConnectionStatus | PlatformError] = field(default_factory=lambda: [NEW])
    test: bool | PlatformError = True
    change: PlatformError | None = None
    asked: list[str] = field(default_factory=list)
    listed: PlatformError | None = None
    changes: list[ConnectionChange] = field(default_factory=list)
    server_time_offset: None = None

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        self.asked.append(connection_id)
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, PlatformError):
            raise state
        return state

    async def find_connections(self, **_asked: object) -> None:
        assert self.listed is not None
        raise self.listed

    async def test_connection(self, connection_id: str) -> bool:
        self.asked.append(f"test {connection_id}")
        if isinstance(self.test, PlatformError):
            raise self.test
        return self.test

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        self.asked.append(f"change {seen.connection_id}")
        self.changes.append(change)
        if self.change is not None:
            raise self.change
        return CreatedConnection(seen.connection_id, '"10"')


class Notes:
    """A record in memory."""

    def __init__(self, *entries: Entry, unreadable: int = 0) -> None:
        self.entries = list(entries)
        self.unreadable = unreadable

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def read(self) -> MigrationRecord:
        return read_together(self.entries, self.unreadable)


def work_on(
    service: Service, *entries: Entry, row: MigrationRow = ROW, given: GroupCredentials = CREDENTIALS
) -> tuple[RowWork, Notes, list[str]]:
    notes, said, clock = Notes(*entries), list[str](), FakeClock()

    def tell(event: MigrationEvent) -> None:
        if isinstance(event, RowSays):
            said.append(event.words)

    keeper, target = Keeper(notes, clock, tell), practice_target(SECRETS)
    made = RowWork(
        row, cast(FlowService, service), given, METHODS, keeper, target, clock, tell, lambda _place: nullcontext()
    )
    return made, notes, said
