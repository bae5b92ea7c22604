from __future__ import annotations

import asyncio
import os
import socket
import threading
from pathlib import Path

import pytest

from aep_tui.domain.check import CheckState
from aep_tui.domain.clock import SystemClock
from aep_tui.flow_service.proxies import proxy_for
from aep_tui.preflight.proxy import certificates_verdict, proxy_verdict
from aep_tui.preflight.run import PreflightLimits
from tests.kit.canary import CANARY
from tests.kit.clock import WrongClock
from tests.kit.practice_server import PracticeServer
from tests.preflight.helpers import (
    CLOSED_PORT_URL,
    LoopTime,
    a_preflight,
    check,
    closed_doors,
    found,
    live_target,
    proxy,
    silence,
    state,
    target_with_secret,
    tls_server,
    write_certificate,
)

pytestmark = pytest.mark.anyio

ASKS_THE_PLATFORM = (
    "api-key",
    "organization",
    "sandbox",
    "view-sources",
    "manage-sources",
    "connection-spec.salesforce",
)
PATIENT = PreflightLimits(check=60.0, whole=36_000.0)
"""More than any test takes, however busy the machine is."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def test_a_closed_port_fails_the_network_and_skips_what_needs_it() -> None:
    report = await check(live_target(CLOSED_PORT_URL))
    assert state(report, "platform-network") is CheckState.FAILED
    assert found(report, "platform-network").reason.startswith(
        "127.0.0.1:9 refuses the connection: Connect call failed"
    )
    for check_id in ("platform-tls", "clock", *ASKS_THE_PLATFORM):
        assert state(report, check_id) is CheckState.SKIPPED
        assert "cannot be reached" in found(report, check_id).reason


async def test_a_name_that_does_not_exist_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _fail)
    report = await check(live_target("https://nowhere.invalid"))
    assert "nowhere.invalid cannot be resolved" in found(report, "platform-network").reason


def _fail(*_arguments: object, **_named: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


async def test_a_server_that_never_answers_ends_in_time_and_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    time = LoopTime(monkeypatch)
    with silence(lambda: time.put_forward(PATIENT.check)) as port:
        report = await check(live_target(f"http://127.0.0.1:{port}"), PATIENT)
    assert state(report, "platform-network") is CheckState.OK
    assert state(report, "clock") is CheckState.SKIPPED
    for check_id in ("sandbox", "view-sources", "connection-spec.salesforce"):
        assert state(report, check_id) is CheckState.FAILED
        assert "in time" in found(report, check_id).reason or "60 s" in found(report, check_id).reason
    assert state(report, "api-key") is CheckState.SKIPPED


async def test_when_the_time_for_all_is_up_every_check_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    time, limits = LoopTime(monkeypatch), PreflightLimits(check=600.0, whole=60.0)
    with silence(lambda: time.put_forward(limits.whole)) as port:
        report = await check(live_target(f"http://127.0.0.1:{port}"), limits)
    assert state(report, "platform-network") is CheckState.OK
    assert "60 s" in found(report, "clock").reason
    assert state(report, "sandbox") is CheckState.SKIPPED
    assert report.count(CheckState.FAILED) > 0


async def test_a_cancel_ends_everything_before_its_time_limit_and_keeps_what_is_known() -> None:
    with silence() as port:
        preflight = a_preflight(live_target(f"http://127.0.0.1:{port}"), PATIENT)
        reached = asyncio.Event()
        task = asyncio.create_task(
            preflight.run(lambda result: reached.set() if result.id == "platform-network" else None)
        )
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    known = {result.id for result in preflight.report().results}
    assert "platform-network" in known
    assert "sandbox" not in known


async def test_a_dead_dns_server_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    end, time = threading.Event(), LoopTime(monkeypatch)

    def hang(*_arguments: object, **_named: object) -> list[object]:
        time.put_forward(PATIENT.check)
        end.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        report = await check(live_target("https://platform.invalid"), PATIENT)
    finally:
        end.set()
    assert "was not resolved" in found(report, "platform-network").reason


async def test_a_certificate_that_nobody_vouches_for_fails_and_ssl_cert_file_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = write_certificate(tmp_path, SystemClock().now())
    with tls_server(certificate) as port:
        target = live_target(f"https://127.0.0.1:{port}")
        refused = await check(target)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted = await check(target)
    assert state(refused, "platform-tls") is CheckState.FAILED
    assert "self-signed" in found(refused, "platform-tls").reason
    assert "SSL_CERT_FILE" in found(refused, "platform-tls").what_to_do
    assert "certifi" in found(refused, "certificates").reason
    assert state(refused, "sandbox") is CheckState.SKIPPED
    assert state(trusted, "platform-tls") is CheckState.OK
    assert "ACME Test Authority" in found(trusted, "platform-tls").reason
    assert str(certificate) in found(trusted, "certificates").reason
    assert state(trusted, "clock") is CheckState.OK


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
async def test_certificates_that_are_not_there_are_named(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "/nowhere/at/all")
    time, handshake = LoopTime(monkeypatch), 0.95 * PATIENT.check  # httpx ends it, which closes the connection
    with silence(lambda: time.put_forward(handshake)) as port:
        report = await check(live_target(f"https://127.0.0.1:{port}"), PATIENT)
    assert state(report, "certificates") is CheckState.FAILED
    assert "/nowhere/at/all" in found(report, "certificates").reason
    assert variable in found(report, "certificates").reason
    assert state(report, "platform-tls") is CheckState.FAILED


async def test_behind_a_proxy_the_proxy_is_checked_and_its_password_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    with proxy(asked) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{CANARY}@127.0.0.1:{port}")
        report = await check(live_target("https://platform.invalid"))
    assert f"127.0.0.1:{port} (HTTPS_PROXY)" in found(report, "proxy").reason
    assert state(report, "platform-network") is CheckState.OK
    assert asked
    assert asked[0].startswith("CONNECT platform.invalid:443 ")
    assert state(report, "platform-tls") is CheckState.FAILED
    assert "407" in found(report, "platform-tls").reason
    assert state(report, "sandbox") is CheckState.SKIPPED


async def test_no_proxy_lets_a_host_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with closed_doors() as port:
        report = await check(live_target(f"https://127.0.0.1:{port}"))
    assert "NO_PROXY lets" in found(report, "proxy").reason
    assert state(report, "platform-network") is CheckState.OK
    assert found(report, "platform-network").reason == f"127.0.0.1:{port} takes connections."


def test_a_proxy_that_an_empty_variable_switches_off_is_not_blamed_on_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "")
    verdict = proxy_verdict({"acme.example": proxy_for("https://acme.example")})
    assert verdict.state is CheckState.WARNING
    assert "https_proxy is empty, which switches HTTPS_PROXY off" in verdict.reason
    assert "Remove https_proxy" in verdict.what_to_do
    assert "NO_PROXY" not in verdict.reason


async def test_a_bad_entry_of_no_proxy_warns_and_the_checks_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,fe80::/10")
    with closed_doors() as port:
        report = await check(live_target(f"https://127.0.0.1:{port}"))
    assert state(report, "proxy") is CheckState.WARNING
    assert "fe80::/10" in found(report, "proxy").reason
    assert state(report, "platform-network") is CheckState.OK


async def test_a_proxy_that_cannot_be_used_fails_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"ftp://user:{CANARY}@proxy.invalid")
    report = await check(live_target("https://platform.invalid"))
    assert state(report, "proxy") is CheckState.FAILED
    assert state(report, "platform-network") is CheckState.SKIPPED


async def test_the_identity_service_is_checked_when_a_token_has_to_be_obtained(server: PracticeServer) -> None:
    report = await check(target_with_secret(server.base_url, CLOSED_PORT_URL))
    assert state(report, "identity-network") is CheckState.FAILED
    assert state(report, "platform-network") is CheckState.OK
    assert state(report, "access-token") is CheckState.SKIPPED
    given = await check(live_target(server.base_url))
    assert state(given, "identity-network") is CheckState.SKIPPED
    assert state(given, "identity-tls") is CheckState.SKIPPED


@pytest.mark.parametrize(
    ("seconds", "expected", "words"),
    [
        (0, CheckState.OK, "differ by"),
        (55, CheckState.OK, "differ by"),
        (90, CheckState.WARNING, "ahead of"),
        (-90, CheckState.WARNING, "behind"),
        (-310, CheckState.FAILED, "behind"),
        (3600, CheckState.FAILED, "ahead of"),
    ],
)
async def test_a_wrong_clock_warns_from_60_s_and_fails_from_300_s(
    server: PracticeServer, seconds: int, expected: CheckState, words: str
) -> None:
    report = await check(live_target(server.base_url), clock=WrongClock(seconds))
    assert state(report, "clock") is expected
    assert words in found(report, "clock").reason
    assert state(report, "sandbox") is CheckState.OK


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "NO_CERTIFICATE_OR_CRL_FOUND"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate in it"),
    ],
)
def test_a_file_without_a_certificate_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, reason: str
) -> None:
    file = tmp_path / "authority.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert certificates_verdict().reason.endswith("(SSL_CERT_FILE) cannot be read: it is no file.")
    file.write_text(content)
    verdict = certificates_verdict()
    assert verdict.state is CheckState.FAILED
    assert verdict.reason.endswith(f"(SSL_CERT_FILE) cannot be read: {reason}.")


def test_several_folders_of_certificates_are_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "authority.pem").write_text("")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(str(folder) for folder in folders))
    verdict = certificates_verdict()
    assert verdict.state is CheckState.OK
    assert "2 files" in verdict.reason
