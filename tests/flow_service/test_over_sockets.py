from __future__ import annotations

import asyncio
import logging
import random
import socket
import time
from dataclasses import replace

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.sandbox import cloud_of_region
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import (
    ConnectionFailed,
    NotFound,
    PlatformError,
    RequestRefused,
    ServiceUnavailable,
    UnreadableAnswer,
)
from aep_tui.flow_service.exchange import TimeLimits
from aep_tui.flow_service.ims import ImsAuthentication, ImsCredential
from aep_tui.flow_service.retry import RetryWait
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.faults import FAULTS, Fault, FaultShape
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import EVERYTHING_FINE, SCENARIOS
from aep_tui.practice.server import PracticeServer
from aep_tui.session.creation import create_once
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome, NotCreated
from aep_tui.session.watch import (
    PollFailed,
    StateSeen,
    TokenRefused,
    WatchEnd,
    WatchEnded,
    WatchEvent,
    watch_connection,
)
from tests.flow_service.helpers import SPEC_ID, FakeClock, a_request, a_target, everything_said_by
from tests.secrets import CANARY
from tests.session.fault_schedules import Journal

pytestmark = pytest.mark.anyio

SHORT = TimeLimits(connect=1.0, read=0.15, whole=0.4)


def a_real_service(server: PracticeServer, clock: FakeClock | None = None, **more: object) -> FlowService:
    on_retry = more.get("on_retry")
    return FlowService(
        a_target(server.base_url),
        clock=clock or FakeClock(),
        timeouts=SHORT if more.get("is_short", True) else None,
        on_retry=on_retry if callable(on_retry) else None,
    )


async def create(service: FlowService, clock: FakeClock) -> CreationOutcome:
    return await create_once(
        service, a_request(), Journal(), clock, target=a_target(), source_id="salesforce", auth_method_id="oauth2"
    )


async def test_the_whole_life_of_a_connection(server: PracticeServer) -> None:
    async with a_real_service(server, is_short=False) as service:
        created = await service.create(a_request())
        assert created.etag.startswith('"')
        assert created.location
        events = [event async for event in watch_connection(service, created.connection_id, clock=FakeClock())]
        assert events[-1] == WatchEnded(WatchEnd.ENABLED)
        found = await service.find_connections(connection_spec_id=SPEC_ID, name="ACME Salesforce")
        (status,) = found.connections
        assert status.connection_id == created.connection_id
        assert status.created_client == "acme-key"
        assert status.parameters["clientSecret"] == "set"
        assert status.parameters["environmentUrl"] == "https://acme.my.salesforce.com"
        assert await service.test_connection(created.connection_id) is True
        with pytest.raises(RequestRefused) as stale:
            await service.replace_parameters(created.connection_id, '"stale"', a_request())
        assert stale.value.status == 412
        current = await service.connection_status(created.connection_id)
        replaced = await service.replace_parameters(created.connection_id, current.etag, a_request())
        assert replaced.etag != current.etag
        current = await service.connection_status(created.connection_id)
        await service.delete_connection(created.connection_id, current.etag)
        with pytest.raises(NotFound):
            await service.connection_status(created.connection_id)


async def test_what_the_platform_offers(server: PracticeServer) -> None:
    async with a_real_service(server, is_short=False) as service:
        assert "OAuth2 Client Credential" in await service.auth_spec_names(SPEC_ID)
        sandboxes = {sandbox.name: sandbox for sandbox in await service.sandboxes()}
    assert sandboxes["prod"].is_production
    assert cloud_of_region(sandboxes["aws-dev"].region) is Cloud.AWS


async def test_a_list_of_more_than_one_page_is_read_to_its_end(server: PracticeServer) -> None:
    async with a_real_service(server, is_short=False) as service:
        for _number in range(101):
            await service.create(a_request())
        found = await service.find_connections(connection_spec_id=SPEC_ID, name="ACME Salesforce")
    assert len(found.connections) == 101


async def test_a_token_comes_from_the_identity_service(server: PracticeServer) -> None:
    credential = ImsCredential("client", Secret(CANARY), ims_host=server.base_url)
    async with FlowService(a_target(server.base_url), authentication=ImsAuthentication(credential)) as service:
        assert (await service.create(a_request())).connection_id


async def test_practice_in_the_same_process() -> None:
    application = create_practice_application(scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0))
    target = a_target("http://practice.localhost")
    async with FlowService(target, embedded_application=application) as service:
        created = await service.create(a_request())
        assert (await service.connection_status(created.connection_id)).is_enabled


COMMITTED = sorted(name for name, fault in FAULTS.items() if fault.is_committed and name != "slow-drip")
HIDDEN = [name for name in sorted(FAULTS) if not FAULTS[name].is_committed and "429" not in name and "echo" not in name]


@pytest.mark.parametrize("name", [*COMMITTED, "slow-drip"])
async def test_a_create_whose_answer_was_lost_is_found_and_not_repeated(server: PracticeServer, name: str) -> None:
    server.faults.put(RequestKind.CREATE, replace(FAULTS[name], seconds_between_bytes=0.1))
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        outcome = await create(service, clock)
    assert isinstance(outcome, Created), name
    assert outcome.was_reconciled
    assert [record.id for record in server.store.connections()] == [outcome.connection.connection_id]


@pytest.mark.parametrize("name", HIDDEN)
async def test_a_create_that_was_not_carried_out_is_not_claimed_and_not_repeated(
    server: PracticeServer, name: str
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS[name])
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        outcome = await create(service, clock)
    assert isinstance(outcome, CannotTell), name
    assert server.store.count() == 0


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_a_look_that_fails_does_not_lose_the_connection(server: PracticeServer, name: str) -> None:
    fault = replace(FAULTS[name], seconds_between_bytes=0.1)
    server.faults.put(RequestKind.CREATE, FAULTS["504-after-commit"])
    server.faults.put(RequestKind.LIST, None, fault, fault)
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        outcome = await create(service, clock)
    assert isinstance(outcome, Created), name
    assert server.store.count() == 1


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_a_poll_that_fails_is_told_and_watching_goes_on(server: PracticeServer, name: str) -> None:
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        created = await service.create(a_request())
        server.faults.put(RequestKind.READ, replace(FAULTS[name], seconds_between_bytes=0.1))
        events = [event async for event in watch_connection(service, created.connection_id, clock=clock)]
    assert [type(event) for event in events] == [PollFailed, StateSeen, WatchEnded]


@pytest.mark.parametrize("name", ["429-with-seconds", "429-with-date", "429-without-header"])
async def test_a_create_waits_after_429_and_is_carried_out_once(server: PracticeServer, name: str) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS[name])
    waits: list[RetryWait] = []
    clock = FakeClock()
    async with a_real_service(server, clock, on_retry=waits.append) as service:
        outcome = await create(service, clock)
    assert isinstance(outcome, Created)
    assert not outcome.was_reconciled
    assert server.store.count() == 1
    assert [wait.status for wait in waits] == [429]


async def test_a_token_that_expires_while_watching_is_replaced_and_nothing_is_lost() -> None:
    scenario = replace(next(each for each in SCENARIOS if each.id == "expired-token"), initializing_seconds=0.0)
    application = create_practice_application(scenario=scenario)
    clock = FakeClock()
    target = a_target("http://practice.localhost")
    async with FlowService(target, embedded_application=application, clock=clock) as service:
        created = await service.create(a_request())
        watch = watch_connection(service, created.connection_id, clock=clock)
        events: list[WatchEvent] = []
        async for event in watch:
            events.append(event)
            if isinstance(event, TokenRefused):
                watch.use_access_token(Secret("another-token"))
    assert [type(event) for event in events] == [TokenRefused, StateSeen, WatchEnded]
    assert isinstance(events[0], TokenRefused)
    assert events[0].error.code == "401013"


async def test_an_echo_of_the_request_is_shown_without_its_secrets(server: PracticeServer) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        outcome = await create(service, clock)
    assert isinstance(outcome, NotCreated)
    assert "ACME Salesforce" in outcome.error.server_said
    assert CANARY not in everything_said_by(outcome.error)


async def test_a_closed_port_means_that_nothing_left() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    async with FlowService(a_target(f"http://127.0.0.1:{port}"), clock=FakeClock()) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert not caught.value.request_left


async def test_a_tls_handshake_that_fails_means_that_nothing_left(server: PracticeServer) -> None:
    base_url = server.base_url.replace("http://", "https://")
    async with FlowService(a_target(base_url), clock=FakeClock()) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert not caught.value.request_left
    assert server.store.count() == 0


async def test_ten_megabytes_are_not_read(server: PracticeServer) -> None:
    async with a_real_service(server, is_short=False) as service:
        created = await service.create(a_request())
        server.faults.put(RequestKind.READ, FAULTS["big-body"])
        with pytest.raises(UnreadableAnswer) as caught:
            await service.connection_status(created.connection_id)
    assert "longer than any answer" in caught.value.message


async def test_a_wait_for_the_network_can_be_left_at_once(server: PracticeServer) -> None:
    durations: list[float] = []
    async with a_real_service(server, is_short=False) as service:
        for _attempt in range(3):  # the shortest counts, because the machine may be busy
            server.faults.clear()
            server.faults.put(RequestKind.CREATE, FAULTS["silence"])
            task = asyncio.create_task(service.create(a_request()))
            while not server.faults.happened:
                await asyncio.sleep(0)
            started = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            durations.append(time.monotonic() - started)
    assert min(durations) < 0.2


async def test_a_wait_before_a_retry_can_be_left_at_once(server: PracticeServer) -> None:
    server.faults.put(RequestKind.CREATE, replace(FAULTS["429-with-seconds"], retry_after_seconds=60))
    is_waiting = asyncio.Event()
    service = FlowService(a_target(server.base_url), clock=SystemClock(), on_retry=lambda wait: is_waiting.set())
    async with service:
        task = asyncio.create_task(service.create(a_request()))
        await asyncio.wait_for(is_waiting.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)


async def test_logs_at_debug_level_hold_neither_token_nor_secret(
    server: PracticeServer, caplog: pytest.LogCaptureFixture
) -> None:
    credential = ImsCredential("client", Secret(CANARY), ims_host=server.base_url)
    loggers = ["", "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "asyncio"]
    for name in loggers:
        caplog.set_level(logging.DEBUG, logger=name or None)
    for authentication in (None, ImsAuthentication(credential)):
        async with FlowService(a_target(server.base_url), authentication=authentication) as service:
            created = await service.create(a_request())
            await service.connection_status(created.connection_id)
            server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
            with pytest.raises(PlatformError):
                await service.create(a_request())
    said = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert CANARY not in said
    assert "practice-" not in said
    assert "x-api-key" not in said


def random_fault(chance: random.Random) -> Fault | None:
    fault = chance.choice([None, None, *FAULTS.values()])
    if fault is not None and fault.shape is FaultShape.SLOW_DRIP:
        return replace(fault, seconds_between_bytes=0.1)
    return fault


@pytest.mark.parametrize("seed", range(20))
async def test_random_faults_make_no_second_connection_and_no_false_statement(
    server: PracticeServer, seed: int
) -> None:
    chance = random.Random(seed)
    server.faults.put(RequestKind.CREATE, *[random_fault(chance) for _each in range(4)])
    server.faults.put(RequestKind.LIST, None, *[random_fault(chance) for _each in range(6)])
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        outcome = await create(service, clock)
    ids = [record.id for record in server.store.connections()]
    assert len(ids) <= 1
    if isinstance(outcome, Created):
        assert ids == [outcome.connection.connection_id]
    if isinstance(outcome, NotCreated):
        assert ids == []


async def test_a_service_that_is_down_is_told_after_the_retries(server: PracticeServer) -> None:
    server.faults.put(RequestKind.SANDBOXES, *[FAULTS["503-before-commit"]] * 4)
    clock = FakeClock()
    async with a_real_service(server, clock) as service:
        with pytest.raises(ServiceUnavailable):
            await service.sandboxes()
    assert len(clock.slept) == 3
