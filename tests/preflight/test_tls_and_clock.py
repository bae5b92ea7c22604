from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.check import CheckState
from aep_tui.flow_service.probe import Probe
from aep_tui.flow_service.proxies import ProxyChoice
from aep_tui.preflight.reach import Host
from aep_tui.preflight.tls_and_clock import clock_verdict, tls_verdict

HOST = Host("https://acme.example", "acme.example", "acme.example", 443, ProxyChoice())
BEHIND_PROXY = replace(HOST, proxy=ProxyChoice("proxy.example", 3128, "https_proxy"))


def test_a_handshake_is_told_with_version_authority_and_end() -> None:
    found = Probe(True, True, tls_version="TLSv1.3", issuer="ACME Authority", valid_until="2031-05-01")
    verdict = tls_verdict(HOST, found)
    assert verdict.state is CheckState.OK
    assert verdict.reason == "TLSv1.3; the certificate was issued by ACME Authority and is valid until 2031-05-01."


def test_a_certificate_is_blamed_before_the_proxy_and_the_proxy_before_the_host() -> None:
    not_trusted = tls_verdict(BEHIND_PROXY, Probe(tls_problem="self-signed certificate.", trouble="it ended"))
    assert not_trusted.reason == (
        "The certificate of acme.example is not trusted, or TLS does not work: self-signed certificate."
    )
    assert "SSL_CERT_FILE" in not_trusted.what_to_do
    refused = tls_verdict(BEHIND_PROXY, Probe(trouble="407 Proxy Authentication Required."))
    assert refused.reason.endswith("does not open the way to acme.example: 407 Proxy Authentication Required.")
    assert "proxy.example:3128" in refused.reason
    assert "https_proxy" in refused.what_to_do
    ended = tls_verdict(HOST, Probe(trouble="the server closed the connection."))
    assert ended.reason == "TLS with acme.example did not come about: the server closed the connection."
    assert {each.state for each in (not_trusted, refused, ended)} == {CheckState.FAILED}


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (Probe(trouble="it took too long."), "acme.example did not say what time it is: it took too long."),
        (Probe(has_answer=True), "The answer of acme.example has no readable Date."),
    ],
)
def test_a_clock_that_nobody_can_compare_is_not_judged(found: Probe, reason: str) -> None:
    verdict = clock_verdict(HOST, found)
    assert (verdict.state, verdict.reason) == (CheckState.SKIPPED, reason)


@pytest.mark.parametrize(
    ("seconds", "state", "reason"),
    [
        (0, CheckState.OK, "This machine and acme.example differ by 0 s."),
        (-59, CheckState.OK, "This machine and acme.example differ by 59 s."),
        (60, CheckState.WARNING, "This machine is 60 s behind acme.example."),
        (-299, CheckState.WARNING, "This machine is 299 s ahead of acme.example."),
        (300, CheckState.FAILED, "This machine is 300 s behind acme.example."),
    ],
)
def test_the_clock_warns_from_60_s_and_fails_from_300_s(seconds: int, state: CheckState, reason: str) -> None:
    verdict = clock_verdict(HOST, Probe(has_answer=True, offset=timedelta(seconds=seconds)))
    assert (verdict.state, verdict.reason) == (state, reason)
