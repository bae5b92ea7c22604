"""A practice server in a thread, whose next requests may go wrong as a plan says."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from asyncio import Transport
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self, cast

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from aep_tui.domain.clock import Clock
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.practice.server import (
    LoopbackServer,
    PracticeServerProblem,
    base_url_of,
    cannot_listen,
    listening_socket,
)
from aep_tui.practice.store import PracticeStore
from tests.kit.faults import RESET_EXTENSION, FaultMiddleware, FaultPlan

_READY_SECONDS: Final = 10
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class PracticeServer:
    """A practice service on a free loopback port, in a thread of its own; use it with `with`.

    Attributes:
        base_url: for example "http://127.0.0.1:40123".
        store: what the service remembers.
        faults: what happens to the next requests; may be changed at any time.
    """

    def __init__(
        self,
        *,
        scenario: Scenario = EVERYTHING_FINE,
        store: PracticeStore | None = None,
        clock: Clock,
        faults: FaultPlan | None = None,
        port: int = 0,
    ) -> None:
        """Prepare a server; it listens from `__enter__` on.

        Args:
            scenario: how the service behaves.
            store: whoever hands one in closes it; otherwise one in memory that ends with the server.
            clock: the service's time.
            faults: network faults by script.
            port: 0 takes a free one.
        """
        self.store = store or PracticeStore()
        self.faults = faults or FaultPlan()
        self.base_url = ""
        self._owns_store = store is None
        self._port = port
        self._ready = threading.Event()
        faults_happen = Middleware(FaultMiddleware, plan=self.faults, clock=clock)
        application = create_practice_application(
            scenario=scenario, store=self.store, clock=clock, middleware=(faults_happen,)
        )
        self._server = _PromptServer(application, _ResettableProtocol)
        self._server.when_ready(self._ready.set)
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        try:
            listener = listening_socket(self._port)
        except PracticeServerProblem:
            self._close_own_store()
            raise
        self.base_url = base_url_of(listener)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="practice-server", daemon=True
        )
        self._thread.start()
        if not self._ready.wait(_READY_SECONDS):
            raise cannot_listen(self._port, "it did not get ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.end()
        if self._thread is not None:
            self._thread.join()
        self._close_own_store()

    @property
    def requests(self) -> int:
        """How many requests have come."""
        return self._server.server_state.total_requests

    def _close_own_store(self) -> None:
        if self._owns_store:
            self.store.close()


class _PromptServer(LoopbackServer):
    """Ends when it is told to, which uvicorn looks at ten times a second, and then sleeps a tenth of a second more."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._told, self._loop = asyncio.Event(), asyncio.get_running_loop()
        await super().startup(sockets=sockets)

    async def main_loop(self) -> None:
        await self.on_tick(0)  # makes the headers of all answers
        if not self.should_exit:
            await self._told.wait()

    def end(self) -> None:
        """End, from another thread."""
        self.should_exit = True
        if self.started:
            with suppress(RuntimeError):  # it has ended by itself, and its loop with it
                self._loop.call_soon_threadsafe(self._told.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listener in self.servers:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for request in list(self.server_state.tasks):
            request.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)


class _ResettableProtocol(H11Protocol):
    """HTTP/1.1 whose requests carry a function that resets their connection."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as in the base class
        super().connection_made(transport)
        self.app = cast(Any, _with_reset(cast(ASGIApp, self.app), transport))


def _with_reset(application: ASGIApp, transport: Transport) -> ASGIApp:
    def reset() -> None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        transport.abort()

    async def with_reset(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[RESET_EXTENSION] = reset
        await application(scope, receive, send)

    return with_reset
