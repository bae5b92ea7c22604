"""A set-up to check, servers that misbehave, and certificates of this machine's own."""

from __future__ import annotations

import asyncio
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.check import CheckResult, CheckState, PreflightReport
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Source
from aep_tui.domain.target import ClientCredential, Mode, Target
from aep_tui.preflight.run import Preflight, PreflightLimits
from aep_tui.preflight.terminal_facts import TerminalFacts
from tests.kit.canary import CANARY, knowing
from tests.kit.serving import serving
from tests.kit.wire import a_wire

A_TERMINAL = TerminalFacts(is_terminal=True, width=80, height=24, term="xterm-256color", colours="256 colours")
CLOSED_PORT_URL = "http://127.0.0.1:9"
SOURCES: tuple[Source, ...] = load_catalog().sources


def live_target(base_url: str, **changes: str) -> Target:
    return Target(
        Mode.LIVE,
        base_url,
        changes.get("organization_id", "ACME@AdobeOrg"),
        changes.get("sandbox_name", "dev"),
        changes.get("api_key", "acme-key"),
        Secret(changes.get("token", CANARY)),
    )


def target_with_secret(base_url: str, ims_base_url: str = "", secret: str = CANARY, key: str = "acme-key") -> Target:
    credential = ClientCredential(Secret(secret), ims_base_url=ims_base_url or base_url)
    return Target(Mode.LIVE, base_url, "ACME@AdobeOrg", "dev", key, client_credential=credential)


def a_preflight(
    target: Target, limits: PreflightLimits | None = None, clock: SystemClock | None = None, source_id: str = ""
) -> Preflight:
    sources = tuple(source for source in SOURCES if source_id in {"", source.id})
    secrets = knowing({"accessToken": CANARY, "clientSecret": CANARY})
    return Preflight(
        target,
        a_wire(target.base_url, clock=clock or SystemClock(), secrets=secrets),
        sources=sources,
        notices=load_catalog().notices,
        is_source_chosen=bool(source_id),
        terminal=A_TERMINAL,
        limits=limits,
    )


async def check(
    target: Target, limits: PreflightLimits | None = None, clock: SystemClock | None = None, source_id: str = ""
) -> PreflightReport:
    """Make all checks, and look for the secret in everything that came out."""
    preflight = a_preflight(target, limits, clock, source_id)
    told: list[CheckResult] = []
    report = await preflight.run(told.append)
    assert CANARY not in repr(report)
    assert [result.id for result in report.results] == [planned.id for planned in preflight.planned]
    assert {result.id for result in told} == {result.id for result in report.results}
    assert len(told) == len(report.results)
    for result in report.results:
        assert result.reason
        assert result.seconds >= 0
        assert result.what_to_do or result.state is not CheckState.FAILED, result
        assert result.who_can_do_it or result.state is not CheckState.FAILED, result
    return report


def state(report: PreflightReport, check_id: str) -> CheckState:
    return found(report, check_id).state


def found(report: PreflightReport, check_id: str) -> CheckResult:
    result = report.result(check_id)
    assert result is not None
    return result


@contextmanager
def closed_doors() -> Iterator[int]:
    """Take connections and close them at once; yield the port."""
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)) as port:
        yield port


class LoopTime:
    """The time of the running loop, which a test puts forward: nobody waits for a time limit to pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._loop = asyncio.get_running_loop()
        self._ahead = 0.0
        time = self._loop.time
        monkeypatch.setattr(self._loop, "time", lambda: time() + self._ahead)

    def put_forward(self, seconds: float) -> None:
        """Let so much time have passed; any thread may say so."""
        self._loop.call_soon_threadsafe(self._add, seconds)

    def _add(self, seconds: float) -> None:
        self._ahead += seconds


@contextmanager
def silence(on_request: Callable[[], object] = lambda: None) -> Iterator[int]:
    """Take connections and never answer; yield the port. `on_request` hears of each request that has come."""
    end = threading.Event()

    class Silent(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if self.request.recv(1):
                on_request()
                end.wait(30)

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silent)) as port:
        try:
            yield port
        finally:
            end.set()


@contextmanager
def proxy(asked: list[str], status: str = "407 Proxy Authentication Required") -> Iterator[int]:
    """Write down what is asked for and refuse it; yield the port."""

    class Refusing(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode()
            if not line:
                return  # somebody looked whether the port is open
            asked.append(line)
            while self.rfile.readline().strip():
                pass
            self.wfile.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing)) as port:
        yield port


@contextmanager
def tls_server(certificate: Path) -> Iterator[int]:
    """Answer 404 to everything over TLS; yield the port."""

    class Platform(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name in the base class
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    ignore: Callable[[object, object], None] = lambda request, address: None  # noqa: E731  # a refused handshake
    server.handle_error = ignore  # type: ignore[method-assign,assignment]  # the server's own way to say nothing
    with serving(server) as port:
        yield port


def write_certificate(folder: Path, now: datetime) -> Path:
    """Write a certificate for 127.0.0.1, signed by itself, with its key; return the file, which both can read."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "ACME Test Authority")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
