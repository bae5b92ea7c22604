"""The practice service without a socket: the shapes of faults that need a network are played by the transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import httpx
from starlette.applications import Starlette

from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.retry import RetryWait
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import kind_of_request
from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.practice.store import PracticeStore
from tests.flow_service.helpers import a_target
from tests.kit.clock import FakeClock
from tests.kit.faults import Fault, FaultMiddleware, FaultPlan, FaultShape
from tests.kit.loud_service import LoudService
from tests.kit.wire import a_wire

BREAKS: dict[FaultShape, Callable[[], httpx.TransportError]] = {
    FaultShape.RESET: lambda: httpx.ReadError("reset"),
    FaultShape.CUT_OFF: lambda: httpx.ReadError("reset"),
    FaultShape.SILENCE: lambda: httpx.ReadTimeout("silence"),
    FaultShape.SLOW_DRIP: lambda: httpx.ReadTimeout("the time for the whole answer is over"),
}
"""What httpx raises for the shapes that only a network has; `test_over_sockets` sees each of them over a socket."""


class _Broken(httpx.AsyncByteStream):
    def __init__(self, start: bytes, failure: httpx.TransportError) -> None:
        self._start = start
        self._failure = failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._start
        raise self._failure


class FaultyTransport(httpx.AsyncBaseTransport):
    """Hands requests to the practice service and lets the faults of a plan happen."""

    def __init__(self, application: Starlette, plan: FaultPlan, clock: FakeClock) -> None:
        self._application = application
        self._plan = plan
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        kind = kind_of_request(request.method, request.url.path)
        fault = self._plan.next_fault(kind)
        if fault is None:
            return await LoudService(self._application).handle_async_request(request)
        if fault.shape in BREAKS:
            return await self._broken(request, fault)
        middleware = FaultMiddleware(self._application, FaultPlan({kind: [fault]}), self._clock)
        return await LoudService(middleware).handle_async_request(request)

    async def _broken(self, request: httpx.Request, fault: Fault) -> httpx.Response:
        response = httpx.Response(200)
        if fault.is_committed:
            response = await LoudService(self._application).handle_async_request(request)
            await response.aread()
        failure = BREAKS[fault.shape]()
        if fault.shape in {FaultShape.RESET, FaultShape.SILENCE}:
            raise failure
        headers = [(name, value) for name, value in response.headers.items() if name != "content-length"]
        return httpx.Response(response.status_code, headers=headers, stream=_Broken(response.content[:7], failure))


@dataclass
class InProcess:
    """A practice service with faults by script, and its clients; one fake clock for all."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: PracticeStore = field(default_factory=PracticeStore)
    faults: FaultPlan = field(default_factory=FaultPlan)

    def service(self, on_retry: Callable[[RetryWait], None] | None = None) -> FlowService:
        """Return a client."""
        application = create_practice_application(
            scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), store=self.store, clock=self.clock
        )
        transport = FaultyTransport(application, self.faults, self.clock)
        return FlowService(a_target(), a_wire(clock=self.clock, answers=transport), on_retry=on_retry)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.store.close()
