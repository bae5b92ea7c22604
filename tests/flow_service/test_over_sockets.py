from __future__ import annotations

import asyncio
import logging
import socket
from dataclasses import replace

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.sandbox import cloud_of_region
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import ClientCredential
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import (
    ConnectionFailed,
    NotFound,
    PlatformError,
    RequestRefused,
    UnreadableAnswer,
)
from aep_tui.flow_service.exchange import TimeLimits
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import EVERYTHING_FINE, SCENARIOS
from aep_tui.session.outcome import CannotTell, Created, NotCreated
from aep_tui.session.watch import (
    StateSeen,
    TokenRefused,
    WatchEnd,
    WatchEnded,
    WatchEvent,
    watch_connection,
)
from tests.flow_service.helpers import SPEC_ID, a_replacement, a_request, a_target
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.faults import FAULTS, FaultShape
from tests.kit.practice_server import PracticeServer
from tests.kit.wire import a_wire
from tests.session.creating import create_with

pytestmark = pytest.mark.anyio

ONE_SECOND = TimeLimits(read=1.0, whole=1.0)
"""For the shapes that end by a limit only; a look that a busy machine does not answer in time is repeated."""


def a_real_service(
    server: PracticeServer, clock: FakeClock | None = None, timeouts: TimeLimits | None = None
) -> FlowService:
    return FlowService(a_target(), a_wire(server.base_url, clock=clock, limits=timeouts))


async def test_the_whole_life_of_a_connection(server: PracticeServer) -> None:
    async with a_real_service(server) as service:
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
            await service.change_connection(*a_replacement(created.connection_id, '"stale"'))
        assert stale.value.status == 412
        current = await service.connection_status(created.connection_id)
        replaced = await service.change_connection(*a_replacement(created.connection_id, current.etag))
        assert replaced.etag != current.etag
        current = await service.connection_status(created.connection_id)
        await service.delete_connection(created.connection_id, current.etag)
        with pytest.raises(NotFound):
            await service.connection_status(created.connection_id)


async def test_what_the_platform_offers(server: PracticeServer) -> None:
    async with a_real_service(server) as service:
        assert "OAuth2 Client Credential" in await service.auth_spec_names(SPEC_ID)
        sandboxes = {sandbox.name: sandbox for sandbox in await service.sandboxes()}
    assert sandboxes["prod"].is_production
    assert cloud_of_region(sandboxes["aws-dev"].region) is Cloud.AWS


async def test_a_token_comes_from_the_identity_service(server: PracticeServer) -> None:
    credential = ClientCredential(Secret(CANARY), ims_base_url=server.base_url)
    wire = a_wire(server.base_url)
    authentication = ImsAuthentication("client", credential, wire)
    async with FlowService(a_target(), wire, authentication=authentication) as service:
        assert (await service.create(a_request())).connection_id


async def test_practice_in_the_same_process() -> None:
    application = create_practice_application(
        scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), clock=SystemClock()
    )
    async with FlowService(a_target(), a_wire(application=application)) as service:
        created = await service.create(a_request())
        assert (await service.connection_status(created.connection_id)).is_enabled


async def test_a_token_that_expires_while_watching_is_replaced_and_nothing_is_lost() -> None:
    scenario = replace(next(each for each in SCENARIOS if each.id == "expired-token"), initializing_seconds=0.0)
    application = create_practice_application(scenario=scenario, clock=SystemClock())
    clock = FakeClock()
    async with FlowService(a_target(), a_wire(application=application, clock=clock)) as service:
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


async def test_a_closed_port_means_that_nothing_left() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    async with FlowService(a_target(), a_wire(f"http://127.0.0.1:{port}")) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert not caught.value.request_left


async def test_a_tls_handshake_that_fails_means_that_nothing_left(server: PracticeServer) -> None:
    base_url = server.base_url.replace("http://", "https://")
    async with FlowService(a_target(), a_wire(base_url)) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert not caught.value.request_left
    assert server.store.count() == 0


async def test_ten_megabytes_are_not_read(server: PracticeServer) -> None:
    async with a_real_service(server) as service:
        created = await service.create(a_request())
        server.faults.put(RequestKind.READ, FAULTS["big-body"])
        with pytest.raises(UnreadableAnswer) as caught:
            await service.connection_status(created.connection_id)
    assert "longer than any answer" in caught.value.message


async def test_a_wait_for_the_network_can_be_left_long_before_its_limit(server: PracticeServer) -> None:
    async with a_real_service(server) as service:
        server.faults.put(RequestKind.CREATE, FAULTS["silence"])
        task = asyncio.create_task(service.create(a_request()))
        while not server.faults.happened:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 10)  # the limit of the wait itself is 30 s


async def test_a_wait_before_a_retry_can_be_left_at_once(server: PracticeServer) -> None:
    server.faults.put(RequestKind.CREATE, replace(FAULTS["429-with-seconds"], retry_after_seconds=60))
    is_waiting = asyncio.Event()
    service = FlowService(
        a_target(), a_wire(server.base_url, clock=SystemClock()), on_retry=lambda wait: is_waiting.set()
    )
    async with service:
        task = asyncio.create_task(service.create(a_request()))
        await asyncio.wait_for(is_waiting.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)


async def test_logs_at_debug_level_hold_neither_token_nor_secret(
    server: PracticeServer, caplog: pytest.LogCaptureFixture
) -> None:
    credential = ClientCredential(Secret(CANARY), ims_base_url=server.base_url)
    loggers = ["", "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "asyncio"]
    for name in loggers:
        caplog.set_level(logging.DEBUG, logger=name or None)
    wire = a_wire(server.base_url)
    for authentication in (None, ImsAuthentication("client", credential, wire)):
        async with FlowService(a_target(), wire, authentication=authentication) as service:
            created = await service.create(a_request())
            await service.connection_status(created.connection_id)
            server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
            with pytest.raises(PlatformError):
                await service.create(a_request())
    said = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert CANARY not in said
    assert "practice-" not in said
    assert "x-api-key" not in said


BY_SHAPE = {fault.shape: fault for fault in reversed(list(FAULTS.values()))}
"""One fault of each shape; `test_faults` plays all of them in process."""


@pytest.mark.parametrize("shape", sorted(BY_SHAPE))
async def test_a_create_over_a_socket_tells_the_truth_about_each_shape_of_fault(
    server: PracticeServer, shape: FaultShape
) -> None:
    fault = replace(BY_SHAPE[shape], seconds_between_bytes=0.5)
    server.faults.put(RequestKind.CREATE, fault)
    clock = FakeClock()
    ends_by_limit = shape in {FaultShape.SILENCE, FaultShape.SLOW_DRIP}
    async with a_real_service(server, clock, ONE_SECOND if ends_by_limit else None) as service:
        outcome = await create_with(service, clock)
    ids = [record.id for record in server.store.connections()]
    if shape is FaultShape.ECHO:
        assert isinstance(outcome, NotCreated)
        assert ids == []
    elif fault.is_committed or shape is FaultShape.TOO_MANY_REQUESTS:
        assert isinstance(outcome, Created)
        assert ids == [outcome.connection.connection_id]
        assert bool(outcome.found_words) is fault.is_committed
    else:
        assert isinstance(outcome, CannotTell)
        assert ids == []
