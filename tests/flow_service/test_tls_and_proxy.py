from __future__ import annotations

import shutil
import socketserver
import ssl
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import ConnectionFailed
from tests.flow_service.helpers import CONNECTION_ID, a_request, a_target
from tests.kit.canary import CANARY
from tests.kit.serving import serving
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio

BODY = b'{"items": [{"state": "enabled"}]}'


class Platform(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name in the base class
        """Say nothing."""


class Proxy(socketserver.StreamRequestHandler):
    """Writes down what it is asked for and refuses to open the tunnel."""

    asked: list[str]

    def handle(self) -> None:
        self.asked.append(self.rfile.readline().decode())
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own, with its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run(
        [openssl, "req", *kind, *name, "-keyout", str(file), "-out", f"{file}.crt"], check=True, capture_output=True
    )
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def tls_port(certificate: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    # The handshake belongs into the thread of the connection, where its failure disturbs nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]  # refused handshakes
    with serving(server) as port:
        yield port


async def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(tls_port: int) -> None:
    async with FlowService(a_target(), a_wire(f"https://localhost:{tls_port}")) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert "certificate" in caught.value.reported.lower()
    assert not caught.value.server_said
    assert not caught.value.request_left


async def test_a_certificate_in_ssl_cert_file_is_trusted(
    tls_port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    async with FlowService(a_target(), a_wire(f"https://localhost:{tls_port}")) as service:
        assert (await service.connection_status(CONNECTION_ID)).is_enabled


async def test_the_proxy_of_the_environment_is_used_and_its_refusal_means_that_nothing_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("ThisProxy", (Proxy,), {"asked": asked}))
    with serving(server) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{CANARY}@127.0.0.1:{port}")
        async with FlowService(a_target(), a_wire()) as service:
            with pytest.raises(ConnectionFailed) as caught:
                await service.create(a_request())
    assert asked[0].startswith("CONNECT platform.adobe.io:443 ")
    assert not caught.value.request_left
    assert "407" in caught.value.reported
    assert CANARY not in str(vars(caught.value))
