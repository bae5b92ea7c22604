from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import checked_base_url, is_loopback_host
from tests.secrets import CANARY


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
