"""Network faults by script: what a test lets happen to the next requests of a kind.

A fault happens after the whole request was read. "Committed" means that the practice service carried the request out
and only the answer suffers. Resets need a real socket, that is `tests.kit.practice_server`; everything else works in
process too. Refused connections need no fault: a closed port refuses.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from enum import StrEnum
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aep_tui.domain.clock import Clock
from aep_tui.practice.request_kind import RequestKind, kind_of_request

RESET_EXTENSION: Final = "tests.kit.reset"
"""Key in the ASGI scope's `extensions`: a function that resets the connection (TCP RST)."""

_BIG_BODY_BYTES: Final = 10 * 1024 * 1024
_CHUNK: Final = b"x" * 65_536
_HTML_PAGE: Final = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class FaultShape(StrEnum):
    """What the client sees."""

    RESET = "reset"
    CUT_OFF = "cut-off"
    SILENCE = "silence"
    SLOW_DRIP = "slow-drip"
    EMPTY_ANSWER = "empty-answer"
    HTML_PAGE = "html-page"
    BIG_BODY = "big-body"
    INVALID_JSON = "invalid-json"
    TOO_MANY_REQUESTS = "too-many-requests"
    ECHO = "echo"


class RetryAfter(StrEnum):
    """How a 429 says when to come back."""

    ABSENT = "absent"
    SECONDS = "seconds"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        name: for reports.
        shape: what the client sees.
        is_committed: the request was carried out before.
        status: HTTP status of an empty answer.
        retry_after: the `Retry-After` of a 429.
        retry_after_seconds: how long that is, as seconds or as a date of the service's clock.
        seconds_between_bytes: the pace of a slow drip.
    """

    name: str
    shape: FaultShape
    is_committed: bool = False
    status: int = 502
    retry_after: RetryAfter = RetryAfter.ABSENT
    retry_after_seconds: int = 2
    seconds_between_bytes: float = 0.01


_ALL = (
    Fault("reset-before-headers", FaultShape.RESET),
    Fault("reset-after-commit", FaultShape.RESET, is_committed=True),
    Fault("cut-off-after-commit", FaultShape.CUT_OFF, is_committed=True),
    Fault("silence", FaultShape.SILENCE),
    Fault("silence-after-commit", FaultShape.SILENCE, is_committed=True),
    Fault("slow-drip", FaultShape.SLOW_DRIP, is_committed=True),
    *(Fault(f"{status}-before-commit", FaultShape.EMPTY_ANSWER, status=status) for status in (502, 503, 504)),
    *(Fault(f"{status}-after-commit", FaultShape.EMPTY_ANSWER, True, status) for status in (502, 503, 504)),
    Fault("html-error-page", FaultShape.HTML_PAGE),
    Fault("html-error-page-after-commit", FaultShape.HTML_PAGE, is_committed=True),
    Fault("big-body", FaultShape.BIG_BODY, is_committed=True),
    Fault("invalid-json", FaultShape.INVALID_JSON, is_committed=True),
    Fault("429-with-seconds", FaultShape.TOO_MANY_REQUESTS, retry_after=RetryAfter.SECONDS),
    Fault("429-with-date", FaultShape.TOO_MANY_REQUESTS, retry_after=RetryAfter.DATE),
    Fault("429-without-header", FaultShape.TOO_MANY_REQUESTS),
    Fault("echoed-body", FaultShape.ECHO),
)

FAULTS: Final[Mapping[str, Fault]] = {fault.name: fault for fault in _ALL}
"""Every ready-made fault by its name. "echoed-body" is a 400 whose message quotes the whole request."""


class FaultPlan:
    """Which fault happens to which request; may be changed while the service runs, from any thread.

    Attributes:
        happened: the faults that happened, with the kind of request, in order.
    """

    def __init__(self, script: Mapping[RequestKind, Iterable[Fault | None]] | None = None) -> None:
        """Take, for each kind of request, what happens to the next ones; None stands for one that goes well.

        A kind that is not named, or whose list has come to its end, goes well.
        """
        self._lock = threading.Lock()
        self._script = {kind: deque(faults) for kind, faults in (script or {}).items()}
        self.happened: list[tuple[RequestKind, Fault]] = []

    def put(self, kind: RequestKind, *faults: Fault | None) -> None:
        """Replace what happens to the next requests of this kind."""
        with self._lock:
            self._script[kind] = deque(faults)

    def clear(self) -> None:
        """Forget all that has not happened yet, and the record of what has."""
        with self._lock:
            self._script.clear()
            self.happened.clear()

    def next_fault(self, kind: RequestKind) -> Fault | None:
        """Take the fault for a request of this kind from the list, or return None."""
        with self._lock:
            waiting = self._script.get(kind)
            fault = waiting.popleft() if waiting else None
            if fault is not None:
                self.happened.append((kind, fault))
            return fault


@dataclass(slots=True)
class _Answer:
    """What the application would have answered."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def receive_from_application(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        else:
            self.body += message.get("body", b"")


class FaultMiddleware:
    """Lets the faults of a plan happen."""

    def __init__(self, app: ASGIApp, plan: FaultPlan, clock: Clock) -> None:
        """Stand in front of `app`."""
        self._app = app
        self._plan = plan
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or let its fault happen."""
        fault = self._plan.next_fault(kind_of_request(scope["method"], scope["path"])) if "method" in scope else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        request_body = await _read_all(receive)
        answer = _Answer()
        if fault.is_committed:
            await self._app(scope, _replayed(request_body), answer.receive_from_application)
        await self._play(fault, answer, request_body, scope, receive, send)

    async def _play(
        self, fault: Fault, answer: _Answer, request_body: bytes, scope: Scope, receive: Receive, send: Send
    ) -> None:
        match fault.shape:
            case FaultShape.RESET:
                await _reset(scope, receive)
            case FaultShape.CUT_OFF:
                await _start(send, answer.status, answer.headers)
                await send({"type": "http.response.body", "body": bytes(answer.body[:7]), "more_body": True})
                await _reset(scope, receive)
            case FaultShape.SILENCE:
                await _until_disconnected(receive)
            case FaultShape.SLOW_DRIP:
                await self._drip(fault, answer, send)
            case FaultShape.EMPTY_ANSWER:
                await _send_all(send, fault.status, b"", "")
            case FaultShape.HTML_PAGE:
                await _send_all(send, 502, _HTML_PAGE, "text/html")
            case FaultShape.BIG_BODY:
                await _send_big_body(send, answer.status)
            case FaultShape.INVALID_JSON:
                await _send_all(send, answer.status, b'{"id": "4cb0c374-d3bb-4557-b1', "application/json")
            case FaultShape.TOO_MANY_REQUESTS:
                body = json.dumps({"error_code": "429050", "message": "Too many requests"}).encode()
                await _send_all(send, 429, body, "application/json", self._retry_after(fault))
            case FaultShape.ECHO:
                message = f"The request could not be processed: {request_body.decode('utf-8', errors='replace')}"
                said = {"type": "https://ns.adobe.com/aep/errors/FLOW-1100-400", "title": "Bad Request", "status": 400}
                body = json.dumps({**said, "errorMessage": message, "errorDetails": message}).encode()
                await _send_all(send, 400, body, "application/json")

    def _retry_after(self, fault: Fault) -> str:
        match fault.retry_after:
            case RetryAfter.SECONDS:
                return str(fault.retry_after_seconds)
            case RetryAfter.DATE:
                return format_datetime(self._clock.now() + timedelta(seconds=fault.retry_after_seconds), usegmt=True)
            case RetryAfter.ABSENT:
                return ""

    async def _drip(self, fault: Fault, answer: _Answer, send: Send) -> None:
        await _start(send, answer.status, answer.headers)
        for byte in answer.body:
            await self._clock.sleep(fault.seconds_between_bytes)
            await send({"type": "http.response.body", "body": bytes((byte,)), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _read_all(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _reset(scope: Scope, receive: Receive) -> None:
    reset: Callable[[], None] | None = scope.get("extensions", {}).get(RESET_EXTENSION)
    if reset is None:
        raise RuntimeError("A reset needs a real socket: run the practice service in a PracticeServer.")
    reset()
    await _until_disconnected(receive)


async def _start(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})


async def _send_all(send: Send, status: int, body: bytes, content_type: str, retry_after: str = "") -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    if content_type:
        headers.append((b"content-type", content_type.encode()))
    if retry_after:
        headers.append((b"retry-after", retry_after.encode()))
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def _send_big_body(send: Send, status: int) -> None:
    await _start(send, status, [(b"content-type", b"application/json")])
    await send({"type": "http.response.body", "body": b'{"padding": "', "more_body": True})
    for _ in range(_BIG_BODY_BYTES // len(_CHUNK)):
        await send({"type": "http.response.body", "body": _CHUNK, "more_body": True})
    await send({"type": "http.response.body", "body": b'"}'})
