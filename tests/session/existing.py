"""Existing connections of the practice organization, asked over the session, every request noted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from starlette.types import Receive, Scope, Send

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.existing import ConnectionFilter, ExistingConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import practice_target
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION, scenario_by_id
from aep_tui.session.connection_listing import ListingEvent, RowsArrived, list_connections
from aep_tui.session.open_sandboxes import OpenedSandbox, open_sandboxes
from tests.kit.clock import FakeClock
from tests.kit.wire import a_wire


@dataclass
class Organization:
    """The practice organization in a scenario.

    Attributes:
        big_size: how many connections each sandbox of a big organization has.
        requests: method, sandbox and path of each request, in order.
    """

    scenario_id: str = LIVED_IN_ORGANIZATION.id
    clock: FakeClock = field(default_factory=FakeClock)
    big_size: int = LIVED_IN_ORGANIZATION.big_size
    requests: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        scenario = scenario_by_id(self.scenario_id)
        assert scenario is not None
        scenario = replace(scenario, big_size=self.big_size)
        self._application = create_practice_application(scenario=scenario, clock=self.clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        self.requests.append((scope["method"], headers.get(b"x-sandbox-name", b"").decode(), scope["path"]))
        await self._application(scope, receive, send)

    @asynccontextmanager
    async def opened(self, *sandbox_names: str) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
        wire = a_wire(clock=self.clock, application=self)
        async with open_sandboxes(practice_target(Secrets()), sandbox_names, wire) as sandboxes:
            yield sandboxes


@dataclass
class Listed:
    """All that a listing has said: rows by sandbox, how many were read, and why not all."""

    rows: dict[str, list[ExistingConnection]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    problems: dict[str, Problem | None] = field(default_factory=dict)

    def take(self, event: ListingEvent) -> None:
        if isinstance(event, RowsArrived):
            assert event.sandbox_name not in self.problems, "nothing comes after the end"
            self.rows.setdefault(event.sandbox_name, []).extend(event.rows)
        else:
            assert event.sandbox_name not in self.problems
            self.read[event.sandbox_name] = event.read
            self.problems[event.sandbox_name] = event.problem

    @property
    def names(self) -> list[str]:
        return [row.status.name for rows in self.rows.values() for row in rows]


async def listed(organization: Organization, *sandbox_names: str, wanted: ConnectionFilter | None = None) -> Listed:
    found = Listed()
    async with organization.opened(*sandbox_names) as sandboxes:
        async for event in list_connections(
            sandboxes, wanted or ConnectionFilter(), catalog=load_catalog(), clock=organization.clock
        ):
            found.take(event)
    return found
