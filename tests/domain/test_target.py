from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import (
    DOCUMENTED_SCOPES,
    LIVE_BASE_URL,
    Mode,
    Target,
    checked_base_url,
    is_address_of_adobe,
    is_loopback_host,
)
from tests.kit.canary import CANARY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://platform.adobe.io", "https://platform.adobe.io"),
        (" https://Platform.Adobe.IO/ \n", "https://platform.adobe.io"),
        ("HTTPS://platform.adobe.io:443", "https://platform.adobe.io:443"),
        ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
        ("http://127.9.8.7", "http://127.9.8.7"),
        ("http://[::1]:8787", "http://[::1]:8787"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://practice.localhost", "http://practice.localhost"),
    ],
)
def test_an_acceptable_base_url_is_scheme_host_and_port(text: str, expected: str) -> None:
    assert checked_base_url(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "platform.adobe.io",
        "ftp://platform.adobe.io",
        "http://platform.adobe.io",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://[::]",
        "http://127.1",
        "https://user@platform.adobe.io",
        f"https://user:{CANARY}@platform.adobe.io",
        "https://platform.adobe.io/data",
        "https://platform.adobe.io?x=1",
        "https://platform.adobe.io?",
        "https://platform.adobe.io#",
        "https://platform.adobe.io:0",
        "https://platform.adobe.io:99999",
        "https://platform.adobe.io:port",
        "https://plat form.adobe.io",
        "https://platform\n.adobe.io",
        "https://platform.adobe.io\\@evil.example",
        "https://plätform.adobe.io",
        "https://[::1",
        "https://-",
        "https://",
        "https://a..b",
    ],
)
def test_any_other_base_url_is_refused_in_words_that_do_not_repeat_it(text: str) -> None:
    with pytest.raises(SettingsProblem) as refusal:
        checked_base_url(text)
    assert CANARY not in str(refusal.value)
    assert refusal.value.next_step


@given(st.text() | st.text().map("https://".__add__) | st.text().map("http://".__add__))
def test_whatever_is_accepted_is_https_or_stays_on_this_machine(text: str) -> None:
    try:
        url = checked_base_url(text)
    except SettingsProblem:
        return
    assert url.startswith("https://") or is_loopback_host(url.removeprefix("http://").rpartition(":")[0] or url[7:])
    assert checked_base_url(url) == url


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://platform.adobe.io", True),
        ("https://platform.adobe.io:443", True),
        ("https://platform-stage.adobe.io", True),
        ("https://platform-int-va7.adobe.io", True),
        ("https://ims-na1.adobelogin.com", True),
        ("https://ims-na1-stg1.adobelogin.com", True),
        ("https://platform.adobe.io:8443", False),
        ("https://platform-.adobe.io", False),
        ("https://platform-x.evil.adobe.io", False),
        ("https://platform.adobe.io.evil.example", False),
        ("https://platform-stage.adobe.io.evil.example", False),
        ("https://evilplatform.adobe.io", False),
        ("https://adobe.io", False),
        ("http://platform.adobe.io", False),
        ("http://127.0.0.1:8787", False),
        ("", False),
    ],
)
def test_only_documented_hosts_are_addresses_of_adobe(address: str, expected: bool) -> None:
    assert is_address_of_adobe(address) is expected


@pytest.mark.parametrize(
    ("mode", "base_url", "words"),
    [
        (Mode.LIVE, LIVE_BASE_URL, "LIVE"),
        (Mode.LIVE, "http://127.0.0.1:8899", "LIVE 127.0.0.1:8899"),
        (Mode.LIVE, "https://platform-stage.adobe.io", "LIVE platform-stage.adobe.io"),
        (Mode.LIVE, "https://platform.adobe.io." + "a" * 40 + ".evil.example", "LIVE …aaaaaaaaaaaaaaaaaa.evil.example"),
        (Mode.PRACTICE, "http://127.0.0.1:8899", "PRACTICE"),
    ],
)
def test_the_target_line_names_every_host_but_the_documented_one(mode: Mode, base_url: str, words: str) -> None:
    assert Target(mode, base_url).mode_and_host == words
    assert len(Target(mode, base_url).mode_and_host) <= 37


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("a" * 24 + ".example", "a" * 24 + ".example"),
        ("a" * 25 + ".example", "…" + "a" * 23 + ".example"),
    ],
)
def test_a_host_of_32_characters_is_shown_whole_and_of_a_longer_one_its_end(host: str, shown: str) -> None:
    assert Target(Mode.LIVE, f"https://{host}").mode_and_host == f"LIVE {shown}"


@pytest.mark.parametrize(("mode", "words"), [(Mode.PRACTICE, "PRACTICE READ-ONLY"), (Mode.LIVE, "LIVE READ-ONLY")])
def test_a_target_that_is_only_read_says_so_beside_its_mode(mode: Mode, words: str) -> None:
    assert Target(mode, LIVE_BASE_URL, is_read_only=True).mode_and_host == words


def test_a_token_is_asked_for_with_the_documented_scopes() -> None:
    assert DOCUMENTED_SCOPES.split(",") == [
        "openid",
        "session",
        "AdobeID",
        "read_organizations",
        "additional_info.projectedProductContext",
    ]
