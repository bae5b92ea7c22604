"""A practice platform behind a server that repeats each secret it has been sent, in every form and in every place."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.parse
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

from aep_tui.domain.clock import SystemClock
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from tests.canaries.forms import ECHOES
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer

CONNECTIONS: Final = "/data/foundation/flowservice/connections"
MINTED: Final = f"{CANARY}.minted"
"""The access token that it gives for a client secret."""

_KEPT_HEADERS: Final = ("content-type", "date", "retry-after", "etag")
_WORDS: Final = frozenset({"description", "message", "title", "version", "createdBy", "updatedBy"})


class EchoingPlatform:
    """Answers as the practice platform does, and echoes; refuses the first create or change with words full of echoes.

    Attributes:
        base_url: where it listens.
        refusals_left: how many creates or changes are refused before one is carried out.
        losses_left: how many changes are carried out and answered by a gateway that has given up.
    """

    def __init__(self, *secrets: str, refusals: int = 1, scenario: Scenario = EVERYTHING_FINE) -> None:
        """Take the secrets that it repeats from the moment on at which they have been sent to it."""
        self._scenario = scenario
        self.refusals_left = refusals
        self.losses_left = 0
        self._secrets = [*secrets, MINTED]
        self._sent: list[str] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        practice = self._stack.enter_context(PracticeServer(scenario=self._scenario, clock=SystemClock()))
        server = _Server(("127.0.0.1", 0), _handler(self, practice.base_url))
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.base_url = f"http://127.0.0.1:{server.server_address[1]}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def forget(self) -> None:
        """Repeat nothing of what was sent before: another run of the program begins."""
        self._sent.clear()

    def learn(self, headers: str, body: bytes) -> None:
        """Look which secrets a request brings."""
        text = headers + body.decode("utf-8", "replace")
        heard = f"{text} {urllib.parse.unquote_plus(text)}"
        for secret in self._secrets:
            if secret not in self._sent and (secret in heard or json.dumps(secret)[1:-1] in heard):
                self._sent.append(secret)

    def refusal(self) -> bytes:
        """Return the body of an answer that says why a create was refused."""
        echoes = self._echoes()
        told = " | ".join(echoes)
        return json.dumps(
            {
                "type": "https://ns.adobe.com/aep/errors/FLOW-1415-400",
                "title": f"Bad Request {echoes[0]}",
                "status": 400,
                "detail": told,
                "report": {"detailed-message": told, "request-id": f"id-{echoes[0]}", "more": echoes},
            }
        ).encode()

    def with_echoes(self, body: bytes) -> bytes:
        """Return a JSON answer with echoes beside and in its values; another one as it is."""
        try:
            value = json.loads(body)
        except ValueError:
            return body
        if isinstance(value, dict) and "access_token" in value:
            value["access_token"] = MINTED
        return json.dumps(_enriched(value, self._echoes())).encode()

    @property
    def header(self) -> str:
        """What stands in headers, where only one line of ASCII can."""
        return urllib.parse.quote(" ".join(self._sent), safe="-_. ") or "nothing"

    def _echoes(self) -> list[str]:
        return [make(secret) for secret in self._sent for make in ECHOES.values()]


def _enriched(value: object, echoes: list[str]) -> object:
    """Return a value of an answer with echoes in its words, and beside them under names that nobody knows."""
    if isinstance(value, list):
        return [_enriched(each, echoes) for each in value]
    if not isinstance(value, dict):
        return value
    told = {f"note{number}": echo for number, echo in enumerate(echoes)}
    return {
        key: f"{each} {' '.join(echoes)}" if key in _WORDS and isinstance(each, str) else _enriched(each, echoes)
        for key, each in value.items()
    } | told


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_arguments: object) -> None:
        """Say nothing of a program that has gone away."""


def _handler(platform: EchoingPlatform, behind: str) -> Callable[..., BaseHTTPRequestHandler]:
    address = behind.removeprefix("http://")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            platform.learn(str(self.headers), body)
            is_change = self.command in {"POST", "PATCH"} and self.path.startswith(CONNECTIONS)
            if is_change and platform.refusals_left:
                platform.refusals_left -= 1
                return self._send(400, platform.refusal(), {"Content-Type": "application/json"})
            connection = http.client.HTTPConnection(address, timeout=30)
            try:
                sent = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                connection.request(self.command, self.path, body, {**sent, "Host": address})
                answer = connection.getresponse()
                kept = {name: value for name, value in answer.getheaders() if name.lower() in _KEPT_HEADERS}
                told = platform.with_echoes(answer.read())
                if is_change and platform.losses_left:
                    platform.losses_left -= 1
                    return self._send(504, told, kept)
                self._send(answer.status, told, kept)
            finally:
                connection.close()

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response_only(status)
            for name, value in {**headers, "x-request-id": platform.header, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def log_request(self, *_arguments: object) -> None:
            """Write nothing."""

    return Handler
