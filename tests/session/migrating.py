"""A practice organization that is migrated: plans, runs and their records, in process on a clock that jumps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import httpx
from starlette.applications import Starlette

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord
from aep_tui.domain.migration_text import plan_text, read_plan
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.exchange import Wire
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import practice_target
from aep_tui.practice.scenarios import Scenario, scenario_by_id
from aep_tui.practice.store import ConnectionRecord, PracticeStore
from aep_tui.session.migration_events import MigrationEvent, RunEnded
from aep_tui.session.migration_planning import Methods, make_plan, methods_to_migrate
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_run import MigrationRun, Orders, RunPlace
from aep_tui.session.open_sandboxes import OpenedSandbox, open_sandboxes
from aep_tui.state.journal import Journal
from aep_tui.state.migration_files import open_record, read_record
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.clock import START, FakeClock
from tests.kit.loud_service import LoudService
from tests.kit.wire import a_wire

SANDBOXES: Final = ("dev", "rehearsal", "prod")
(METHODS,) = methods_to_migrate(load_catalog())
SECRETS: Final = Secrets()
_NEW: Final[Mapping[str, str | Secret]] = {
    "clientId": "3MVG9acme",
    "clientSecret": SECRETS.hold(CANARY, "clientSecret"),
    "apiVersion": "60.0",
}
_OLD: Final[Mapping[str, str | Secret]] = {
    "password": SECRETS.hold(f"{CANARY}-password", "password"),
    "securityToken": SECRETS.hold(f"{CANARY}-token", "securityToken"),
}
_PLANS: Final[dict[str, MigrationPlan]] = {}
CREDENTIALS: Final = GroupCredentials(new=_NEW, old=_OLD)
SIGNED: Final = next(each for each in METHODS.source.auth_methods if each.id == "oauth2-jwt-token-credential")
_TOKENS: Final = tuple(each for each in SIGNED.parameters if each.api_name == "jwtToken")
WITH_TOKEN: Final = replace(METHODS, new=replace(METHODS.new, parameters=(*_TOKENS, *METHODS.new.parameters)))
"""To a method that asks for a token as well, which ends at an instant; no method that is migrated to does so yet."""
ENDED: Final[Mapping[str, str | Secret]] = {
    **_NEW,
    "jwtToken": SECRETS.hold(token(iss="3MVG9acme", exp=int(START.timestamp()) - 3_600), "jwtToken"),
}
"""Credentials with a token that ended an hour before the clock of the tests begins."""


def scenario_of(name: str, **changes: object) -> Scenario:
    scenario = scenario_by_id(name)
    assert scenario is not None
    return replace(scenario, **changes)  # type: ignore[arg-type]  # names of its fields


class Transport(httpx.AsyncBaseTransport):
    """Hands requests to the practice service, and remembers them."""

    def __init__(self, application: Starlette) -> None:
        self.application = application
        self._service = LoudService(application)
        self.requests: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append((request.method, request.url.path))
        return await self._service.handle_async_request(request)


@dataclass
class World:
    """An organization, a plan of it, and its record.

    Attributes:
        folder: where plan and record lie.
        scenario: how the practice service behaves.
        clock: its time and ours.
        journal: of all creates and changes, None for none.
        methods: from which auth method to which.
    """

    folder: Path
    scenario: Scenario = field(default_factory=lambda: scenario_of("migration"))
    clock: FakeClock = field(default_factory=FakeClock)
    store: PracticeStore = field(default_factory=PracticeStore)
    journal: Journal | None = None
    methods: Methods = METHODS
    transport: Transport = field(init=False)

    def __post_init__(self) -> None:
        application = create_practice_application(scenario=self.scenario, store=self.store, clock=self.clock)
        self.transport = Transport(application)

    @property
    def path(self) -> Path:
        return self.folder / "plan.toml"

    @property
    def wire(self) -> Wire:
        return a_wire(clock=self.clock, secrets=SECRETS, answers=self.transport)

    @asynccontextmanager
    async def sandboxes(self) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
        async with open_sandboxes(practice_target(SECRETS), SANDBOXES, self.wire) as opened:
            yield opened

    async def plan(self, road: Road = Road.BESIDE, most: int | None = None) -> MigrationPlan:
        """Write the plan down that `new_plan` makes; for the same organization at the same time it is made once.

        Making one only reads: but for the requests, all is the same afterwards.
        """
        organization = repr((self.scenario, road, self.clock.now(), self.store.connections()))
        if organization not in _PLANS:
            _PLANS[organization] = await self.new_plan(road)
        plan = _PLANS[organization]
        plan = replace(plan, rows=plan.rows[:most])
        self.path.write_text(plan_text(plan))
        return plan

    async def new_plan(self, road: Road = Road.BESIDE) -> MigrationPlan:
        """Make a plan by asking for everything, and write it down."""
        async with self.sandboxes() as sandboxes:
            plan = await make_plan(
                sandboxes,
                METHODS,
                target=practice_target(SECRETS),
                catalog=load_catalog(),
                clock=self.clock,
                road=road,
                on_progress=lambda _words: None,
            )
        self.path.write_text(plan_text(plan))
        return plan

    async def run(
        self,
        orders: Orders | None = None,
        given: GroupCredentials = CREDENTIALS,
        on_event: Callable[[MigrationEvent], None] | None = None,
        given_by_group: Mapping[str, GroupCredentials] | None = None,
        *,
        says_road: bool = True,
    ) -> RunEnded:
        """Run the plan that lies in the folder; a person says the plan's road unless `says_road` is off."""
        read = read_plan(self.path.read_text())
        orders = orders or Orders()
        if says_road and orders.road is None:
            orders = replace(orders, road=read.plan.road)
        by_group = given_by_group or dict.fromkeys(read.plan.groups(), given)
        async with self.sandboxes() as sandboxes:
            place = RunPlace(
                read.plan,
                read.digest,
                self.methods,
                {each.sandbox_name: each for each in sandboxes},
                practice_target(SECRETS),
                self.clock,
                journal=self.journal,
            )
            with open_record(self.path, SECRETS) as record:
                tell = on_event or (lambda _event: None)
                try:
                    return await MigrationRun(place, record, by_group, orders, tell).run()
                except BaseExceptionGroup as group:  # killed in requests that run side by side
                    raise group.exceptions[0] from None

    @property
    def record(self) -> MigrationRecord:
        return read_record(self.path, SECRETS)

    @property
    def new_ones(self) -> list[ConnectionRecord]:
        return [each for each in self.store.connections() if each.auth_spec_name == METHODS.new.spec_name]
