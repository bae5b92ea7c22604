"""Serves the practice service on this machine only, for `aep-tui practice-server`."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable, Generator
from typing import Final

import uvicorn
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.practice.store import PracticeStore

LOOPBACK: Final = "127.0.0.1"
"""The only address that is ever listened on."""


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
    with PracticeStore(store_path) as store, listening_socket(port) as listener:
        server = LoopbackServer(create_practice_application(scenario=scenario, store=store, clock=clock))
        if on_ready is not None:
            base_url = base_url_of(listener)
            server.when_ready(lambda: on_ready(base_url))
        server.run(sockets=[listener])


class LoopbackServer(uvicorn.Server):
    """uvicorn without logs, that says when it is ready and does not wait for requests that hang when it stops."""

    def __init__(self, application: ASGIApp, protocol: type[H11Protocol] = H11Protocol) -> None:
        super().__init__(
            uvicorn.Config(
                # A web page may point a name of its own at this machine; it gets no answer.
                TrustedHostMiddleware(application, allowed_hosts=[LOOPBACK, "localhost"]),
                host=LOOPBACK,
                http=protocol,
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
        """Listen, and say so."""
        await super().startup(sockets=sockets)
        for callback in self._callbacks:
            callback()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End without waiting for anybody."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets=sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End quietly on SIGINT and SIGTERM: the signal is not raised again after the server has stopped."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def listening_socket(port: int) -> socket.socket:
    """Return a socket that listens on loopback; 0 takes a free port.

    Raises:
        PracticeServerProblem: the port is taken or not allowed.
    """
    # With its protocol named, asyncio turns Nagle's algorithm off, which otherwise costs 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except OverflowError as reason:
        listener.close()
        raise cannot_listen(port, _("a port is a number from 0 to 65535")) from reason
    except OSError as reason:
        listener.close()
        raise cannot_listen(port, str(reason)) from reason
    return listener


def base_url_of(listener: socket.socket) -> str:
    """Return the address of what listens there."""
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def cannot_listen(port: int, reason: str) -> PracticeServerProblem:
    """Return the problem of a port that cannot be used."""
    return PracticeServerProblem(
        _("The practice server cannot start"),
        _("Port {port} on this machine cannot be used: {reason}.").format(port=port, reason=reason),
        _("Choose another port with --port; 0 takes any free one."),
    )
