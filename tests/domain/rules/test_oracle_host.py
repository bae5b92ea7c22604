from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.forms import ORACLE, are, judge, suggestions, verdict


@pytest.mark.parametrize(
    "host",
    ["acme.custhelp.com", "https://acme.custhelp.com", "https://acme.rightnowtech.com", "acme--tst.custhelp.com"],
)
def test_usual_hosts_are_fine_with_and_without_scheme_facts_section_6(host: str) -> None:
    assert judge(ORACLE, "host", host) == ()


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("https://acme.custhelp.com/app/home", "error", "https://acme.custhelp.com"),
        ("acme.custhelp.com/", "error", "acme.custhelp.com"),
        ("acme. custhelp.com", "error", "acme.custhelp.com"),
        ("https:/acme.custhelp.com", "error", "https://acme.custhelp.com"),
        ("http://acme.custhelp.com", "warning", "https://acme.custhelp.com"),
        ("ACME.custhelp.com", "warning", "acme.custhelp.com"),
        ("acme.custhelp.com:443", "warning", "acme.custhelp.com"),
    ],
)
def test_a_path_blocks_and_the_rest_warns_facts_section_6(typed: str, kind: str, meant: str) -> None:
    findings = judge(ORACLE, "host", typed)
    assert verdict(findings) == kind
    assert suggestions(findings) == {meant}
    assert judge(ORACLE, "host", meant) == ()


@pytest.mark.parametrize("host", ["service.acme.com", "https://custhelp.com.example.org"])
def test_an_unusual_host_warns(host: str) -> None:
    assert verdict(judge(ORACLE, "host", host)) == "warning"


@pytest.mark.parametrize("host", ["acme", "me@acme.custhelp.com", "https://"])
def test_what_is_no_host_blocks(host: str) -> None:
    assert verdict(judge(ORACLE, "host", host)) == "error"


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    judge(ORACLE, "host", text)


@pytest.mark.parametrize(
    ("host", "findings"),
    [
        ("me@acme.custhelp.com", ["error fields of its own below"]),
        ("acme", ["error not a host"]),
        ("acme .custhelp.com", ["error blanks"]),
        ("https:/acme.custhelp.com", ["error in exactly this form"]),
        ("http://acme.custhelp.com", ["warning over https"]),
        ("acme.custhelp.com.", ["error full stop"]),
        ("acme.custhelp.com/x", ["error everything after the host"]),
        ("acme.custhelp.com/", ["error slash"]),
        ("Acme.custhelp.com", ["warning small letters"]),
        ("acme.custhelp.com:443", ["warning port is unusual"]),
        ("acme.example.com", ["warning usually end in custhelp.com"]),
    ],
)
def test_each_fault_of_a_host_is_said_once(host: str, findings: list[str]) -> None:
    assert are(judge(ORACLE, "host", host), *findings)
