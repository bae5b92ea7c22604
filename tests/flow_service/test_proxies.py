from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.flow_service.exchange import TimeLimits, make_http_client
from aep_tui.flow_service.proxies import proxy_for
from tests.kit.canary import CANARY

PLATFORM = "https://platform.adobe.io"
LIMITS = TimeLimits()


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.anyio
@pytest.mark.parametrize("has_proxy", [False, True])
@pytest.mark.parametrize("entry", ["fd00::/8", "fe80::/10", "[::1"])
async def test_a_bad_entry_of_no_proxy_is_passed_over_and_named(
    entry: str, has_proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", f"localhost,{entry},example.com")
    if has_proxy:
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    choice = proxy_for(PLATFORM)
    assert choice.problem == ""
    assert choice.address == ("proxy.invalid:3128" if has_proxy else "")
    assert len(choice.ignored) == 1
    assert choice.ignored[0] in entry or entry in choice.ignored[0]
    assert proxy_for("https://www.example.com").address == "", "the good entries count"
    await make_http_client(PLATFORM, LIMITS).aclose()


@pytest.mark.anyio
async def test_a_bad_variable_that_the_request_does_not_need_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1080")
    choice = proxy_for(PLATFORM)
    assert (choice.problem, choice.variable) == ("", "HTTPS_PROXY")
    await make_http_client(PLATFORM, LIMITS).aclose()


@pytest.mark.parametrize("address", ["socks://127.0.0.1:1080", f"ftp://user:{CANARY}@proxy.invalid"])
def test_the_variable_that_cannot_be_used_is_named_and_its_value_is_not(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", address)
    assert "ALL_PROXY" in proxy_for(PLATFORM).problem
    with pytest.raises(SettingsProblem, match="ALL_PROXY") as refusal:
        make_http_client(PLATFORM, LIMITS)
    assert CANARY not in str(vars(refusal.value))


def test_a_program_and_its_own_machine_have_no_proxy_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1080")
    assert proxy_for("http://127.0.0.1:8787").address == ""


def test_certificates_that_cannot_be_used_are_not_blamed_on_a_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = tmp_path / "certificates.pem"
    certificates.write_text("no certificate", encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates))
    with pytest.raises(SettingsProblem, match="SSL_CERT_FILE") as refusal:
        make_http_client(PLATFORM, LIMITS)
    assert "PROXY" not in refusal.value.message


def test_an_empty_variable_in_small_letters_is_what_switches_the_proxy_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("https_proxy", "")
    choice = proxy_for(PLATFORM)
    assert (choice.address, choice.is_exempt, choice.switched_off_by) == ("", False, "https_proxy")
    monkeypatch.setenv("ALL_PROXY", "http://other.invalid:3128")
    assert proxy_for(PLATFORM).variable == "ALL_PROXY"
    monkeypatch.setenv("NO_PROXY", "platform.adobe.io")
    assert proxy_for(PLATFORM).is_exempt


def test_without_any_proxy_nothing_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "")
    assert proxy_for(PLATFORM).switched_off_by == ""
