"""Serves the practice service on this machine only: for `aep-tui practice-server`, and for tests over real sockets."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from asyncio import Transport
from collections.abc import Callable, Generator
from types import TracebackType
from typing import Any, Final, Self, cast

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.faults import RESET_EXTENSION, FaultPlan
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.practice.store import PracticeStore

LOOPBACK: Final = "127.0.0.1"
"""The only address that is ever listened on."""

_READY_SECONDS: Final = 10
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class PracticeServerProblem(Problem):
    """The practice server cannot listen."""


def serve(
    port: int,
    scenario: Scenario = EVERYTHING_FINE,
    store_path: str = ":memory:",
    *,
    clock: Clock,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve on 127.0.0.1 until SIGINT or SIGTERM, then return. Writes nothing by itself.

    Args:
        port: 0 takes a free one.
        scenario: how the service behaves.
        store_path: a SQLite file, or ":memory:".
        clock: the service's time.
        on_ready: called with the base URL once requests are answered.

    Raises:
        PracticeServerProblem: the port is taken or not allowed.
        PracticeStoreProblem: the file cannot be used.
    """
    with PracticeStore(store_path) as store, _listening_socket(port) as listener:
        server = _Server(create_practice_application(scenario=scenario, store=store, clock=clock))
        if on_ready is not None:
            base_url = _base_url(listener)
            server.when_ready(lambda: on_ready(base_url))
        server.run(sockets=[listener])


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
        self._server = _Server(
            create_practice_application(scenario=scenario, store=self.store, clock=clock, faults=self.faults)
        )
        self._server.when_ready(self._ready.set)
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        try:
            listener = _listening_socket(self._port)
        except PracticeServerProblem:
            self._close_own_store()
            raise
        self.base_url = _base_url(listener)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="practice-server", daemon=True
        )
        self._thread.start()
        if not self._ready.wait(_READY_SECONDS):
            raise _cannot_listen(self._port, "it did not get ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
        self._close_own_store()

    def _close_own_store(self) -> None:
        if self._owns_store:
            self.store.close()


class _Server(uvicorn.Server):
    """uvicorn without logs, that says when it is ready and does not wait for requests that hang when it stops."""

    def __init__(self, application: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                # A web page may point a name of its own at this machine; it gets no answer.
                TrustedHostMiddleware(application, allowed_hosts=[LOOPBACK, "localhost"]),
                host=LOOPBACK,
                http=_PracticeProtocol,
                ws="none",
                lifespan="off",
                access_log=False,
                log_config=None,
                log_level="critical",
                server_header=False,
                date_header=False,  # the application says it, by its own clock
                timeout_graceful_shutdown=2,
            )
        )
        self._callbacks: list[Callable[[], None]] = []

    def when_ready(self, callback: Callable[[], None]) -> None:
        """Call `callback` once the server listens."""
        self._callbacks.append(callback)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        for callback in self._callbacks:
            callback()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets=sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End quietly on SIGINT and SIGTERM: the signal is not raised again after the server has stopped."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


class _PracticeProtocol(H11Protocol):
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


def _listening_socket(port: int) -> socket.socket:
    # With its protocol named, asyncio turns Nagle's algorithm off, which otherwise costs 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except (OSError, OverflowError) as reason:
        listener.close()
        raise _cannot_listen(port, str(reason)) from reason
    return listener


def _base_url(listener: socket.socket) -> str:
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def _cannot_listen(port: int, reason: str) -> PracticeServerProblem:
    return PracticeServerProblem(
        _("The practice server cannot start"),
        _("Port {port} on this machine cannot be used: {reason}.").format(port=port, reason=reason),
        _("Choose another port with --port; 0 takes any free one."),
    )
