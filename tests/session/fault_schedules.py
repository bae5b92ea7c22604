"""Random schedules of faults around a create: 0 second connections and 0 false statements.

`python -m tests.session.fault_schedules 10000` runs that many against a made-up platform, which also shows new
connections late, and against the practice service.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import httpx

from aep_tui.domain.intent import Intent, IntentOutcome
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.store import PracticeStore
from aep_tui.session.creation import create_once
from aep_tui.session.outcome import Created, CreationOutcome, NotCreated
from tests.flow_service.helpers import (
    SPEC_ID,
    START,
    FakeClock,
    a_request,
    a_service,
    a_target,
    answer,
    flow_error,
)

Given = httpx.Response | Exception
SENT = {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "acme-client", "apiVersion": "60.0"}
"""What `a_request` sends in clear."""


class Journal:
    """Remembers in the order of the calls; `log` is shared with the platform, so that the order shows."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = log if log is not None else []
        self.intents: list[Intent] = []
        self.outcomes: dict[str, IntentOutcome] = {}

    def begin(self, intent: Intent) -> None:
        self.log.append("begin")
        self.intents.append(intent)

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        self.log.append("finish")
        self.outcomes[intent_id] = outcome


def listed(connection_id: str = "new", after: float = 1, **more: object) -> dict[str, object]:
    return {
        "id": connection_id,
        "name": "ACME Salesforce",
        "state": "initializing",
        "createdAt": (START + timedelta(seconds=after)).timestamp() * 1000,
        "createdClient": "acme-key",
        "sandboxName": "dev",
        "connectionSpec": {"id": SPEC_ID},
        "auth": {"specName": "OAuth2 Client Credential", "params": dict(SENT)},
        **more,
    }


def a_list(*items: dict[str, object]) -> httpx.Response:
    return answer(200, {"items": list(items)})


UNCLEAR: list[Given] = [
    httpx.ReadTimeout("silence"),
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.RemoteProtocolError("cut"),
    answer(500, {"message": "x"}),
    answer(502, {}),
    answer(503, {}),
    answer(504, {}),
    answer(408, {"type": "https://ns.adobe.com/aep/errors/FLOW-1006-408", "title": "x"}),
    answer(409, {"message": "conflict"}),
    httpx.Response(201, content=b"<html>"),
    httpx.Response(201, content=b"{}"),
    httpx.Response(200, content=b""),
    httpx.Response(201, content=b"x" * 1_100_000),
    httpx.Response(302, headers={"Location": "https://sign-in.example"}),
    httpx.Response(403, content=b"<html>a proxy</html>"),
]


NEVER_CARRIED_OUT: list[Given] = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    answer(429, {"error_code": "429050"}, Retry_After="3"),
    answer(429, {"error_code": "429050"}),
    flow_error("1415-400"),
    answer(401, {"error_code": "401013"}),
]
FAILED_LISTS: list[Given] = [
    *UNCLEAR[:8],
    answer(429, {}, Retry_After="2"),
    httpx.ConnectError("x"),
    httpx.Response(200, content=b"<"),
    flow_error("2120-403"),
]


def given(what: Given) -> httpx.Response:
    if isinstance(what, Exception):
        raise what
    return httpx.Response(what.status_code, content=what.content, headers=what.headers)


class RandomPlatform:
    """Commits or not, answers or not, shows new connections late or at once, holds older ones of the same name."""

    def __init__(self, seed: int, clock: FakeClock) -> None:
        self.random = random.Random(seed)
        self.clock = clock
        self.connections: list[tuple[float, dict[str, object]]] = [
            (0.0, listed(f"old-{number}", after=self.random.uniform(-400, -1)))
            for number in range(self.random.choice([0, 0, 1, 3]))
        ]
        self.created: list[str] = []
        self.posts = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return self._listing(request)
        self.posts += 1
        if self.random.random() < 0.4:
            return given(self.random.choice(NEVER_CARRIED_OUT))
        if self.random.random() < 0.5:
            self._commit(self.random.choice([0.0, 0.0, 5.0, 70.0]))
            if self.random.random() < 0.3:
                return answer(201, {"id": self.created[-1], "etag": '"1"'})
        return given(self.random.choice(UNCLEAR))

    def _commit(self, late: float) -> None:
        connection_id = f"new-{len(self.created)}"
        self.created.append(connection_id)
        now = self.clock.monotonic()
        self.connections.append((now + late, listed(connection_id, after=now)))

    def _listing(self, request: httpx.Request) -> httpx.Response:
        if self.random.random() < 0.3:
            return given(self.random.choice(FAILED_LISTS))
        now = self.clock.monotonic()
        return a_list(*[found for visible_from, found in self.connections if visible_from <= now])


class FaultyTransport(httpx.AsyncBaseTransport):
    """Stands before the practice service: a request is carried out or not, and its answer arrives or not."""

    def __init__(self, seed: int, application: httpx.ASGITransport) -> None:
        self._random = random.Random(seed)
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            if self._random.random() < 0.3:
                return given(self._random.choice(FAILED_LISTS))
            return await self._application.handle_async_request(request)
        if self._random.random() < 0.4:
            return given(self._random.choice(NEVER_CARRIED_OUT))
        if self._random.random() < 0.5:
            response = await self._application.handle_async_request(request)
            if self._random.random() < 0.3:
                return response
            await response.aread()
        return given(self._random.choice(UNCLEAR))


async def statements_about_a_made_up_platform(seed: int) -> str:
    """Run one schedule; return the kind of its outcome."""
    clock = FakeClock()
    platform = RandomPlatform(seed, clock)
    async with a_service(platform, clock) as service:
        outcome = await _create(service, clock, Journal())
    assert platform.posts <= 4
    return _checked(outcome, platform.created, seed)


async def statements_about_practice(seed: int) -> str:
    """Run one schedule; return the kind of its outcome."""
    clock = FakeClock()
    with PracticeStore() as store:
        application = httpx.ASGITransport(create_practice_application(store=store, clock=clock))
        async with FlowService(a_target(), clock=clock, transport=application) as service:
            for _older in range(seed % 3):
                await service.create(a_request())
        older = {record.id for record in store.connections()}
        clock.advance(seed % 400)
        async with FlowService(a_target(), clock=clock, transport=FaultyTransport(seed, application)) as service:
            outcome = await _create(service, clock, Journal())
        return _checked(outcome, [each.id for each in store.connections() if each.id not in older], seed)


async def _create(service: FlowService, clock: FakeClock, journal: Journal) -> CreationOutcome:
    outcome = await create_once(
        service, a_request(), journal, clock, target=a_target(), source_id="salesforce", auth_method_id="oauth2"
    )
    assert set(journal.outcomes) == {intent.id for intent in journal.intents}
    return outcome


def _checked(outcome: CreationOutcome, created: Sequence[str], seed: int) -> str:
    assert len(created) <= 1, f"seed {seed}: two connections"
    if isinstance(outcome, Created):
        assert list(created) == [outcome.connection.connection_id], f"seed {seed}: another connection"
    if isinstance(outcome, NotCreated):
        assert not created, f"seed {seed}: it was created"
    return type(outcome).__name__


async def _main(count: int) -> None:
    for statements in (statements_about_a_made_up_platform, statements_about_practice):
        kinds = Counter([await statements(seed) for seed in range(count)])
        print(f"{statements.__name__}: {count} schedules, 0 second connections, 0 false statements; {dict(kinds)}")


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
