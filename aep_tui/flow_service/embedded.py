"""An ASGI application that answers in the same process, in the place of the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final

import httpx

_Message = MutableMapping[str, Any]
_CALLER: Final = ("127.0.0.1", 123)


class EmbeddedService(httpx.AsyncBaseTransport):
    """Hands requests to an ASGI application, one call each, and returns its answer when that is whole.

    That of the library does the same for any kind of loop, and looks through the whole search path of Python for the
    packages of another kind at each request; that takes longer than the answer.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        """Take the application, by the ASGI specification, version 3."""
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of the application; 500 when it breaks before it answers."""
        url = request.url
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": _CALLER,
            "root_path": "",
        }
        exchange = _Exchange(await request.aread())
        with suppress(Exception):  # as behind a network: what it raises counts as an internal error of the service
            await self._application(scope, exchange.receive, exchange.send)
        return httpx.Response(exchange.status, headers=exchange.headers, stream=httpx.ByteStream(bytes(exchange.body)))


class _Exchange:
    """What one call of the application reads and writes."""

    def __init__(self, content: bytes) -> None:
        self._content: bytes | None = content
        self._ended = asyncio.Event()
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()

    async def receive(self) -> _Message:
        """Return the content of the request; afterwards, that nobody waits for the answer any more."""
        if self._content is None:
            await self._ended.wait()
            return {"type": "http.disconnect"}
        content, self._content = self._content, None
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(self, message: _Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                self._ended.set()
