from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.snippet import read_snippet
from aep_tui.domain.stand_in import StandIn, stand_in
from aep_tui.domain.validation import (
    findings_for_access_token,
    findings_for_client_secret,
    findings_for_description,
    findings_for_organization_id,
    findings_for_sandbox_name,
)
from tests.domain.forms import ALL, BASIC, CLIENT_CREDENTIAL, judge, verdict, words
from tests.kit.canary import CANARY

REFERENCES = (
    "{{vault:aep-secret}}",
    "{{CLIENT_SECRET}}",
    "{{ client secret }}",
    "op://Work/aep/secret",
    "vault:secret/aep#password",
    "ref+vault://secret/aep",
    "${CLIENT_SECRET}",
    "${{ secrets.CLIENT_SECRET }}",
    "$CLIENT_SECRET",
    "$(pass show aep)",
    "%CLIENT_SECRET%",
)
PLACEHOLDERS = (
    "{CLIENT_SECRET}",
    "{your client secret}",
    "<client secret>",
    "<YOUR-SECRET>",
    "REPLACE ME",
    "replace_me",
    "xxxxxxxx",
    "XXXX",
    "****",
    "•••••",
    "...",
    "…",
    "changeme",
    "ChangeMe",
    "TODO",
    "your client secret",
    "YOUR_SECRET",
    "insert-your-key-here",
)


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_is_known_as_one(text: str) -> None:
    assert stand_in(f" {text}\n") is StandIn.REFERENCE


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_placeholder_is_known_as_one(text: str) -> None:
    assert stand_in(text) is StandIn.PLACEHOLDER


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        "",
        "p${HOME}#x",
        "$ecret",
        "$Secret1",
        "$ecretWord",
        "xxx",
        "a<b>",
        "{}",
        "https://x.example",
        "yourself",
        "100%",
    ],
)
def test_a_value_is_none(text: str) -> None:
    assert stand_in(text) is None


@pytest.mark.parametrize("text", [*REFERENCES, *PLACEHOLDERS])
def test_the_same_list_counts_in_snippets_and_in_fields(text: str) -> None:
    snippet = read_snippet(f"password='{text}'\nusername=me", ALL)
    assert snippet.values == {"username": "me"}
    assert snippet.placeholders == ("password",)
    findings = judge(BASIC, "password", text)
    assert verdict(findings) == "error"
    assert text not in words(findings)


def test_a_placeholder_blocks_in_each_field_and_only_warns_in_a_text_of_one_s_own() -> None:
    assert verdict(judge(CLIENT_CREDENTIAL, "clientId", "{CLIENT_ID}")) == "error"
    assert verdict(findings_for_organization_id("{IMS_ORG}")) == "error"
    assert verdict(findings_for_sandbox_name("{SANDBOX_NAME}")) == "error"
    assert verdict(findings_for_description("...")) == "warning"


def test_a_field_tells_how_to_use_a_reference() -> None:
    about_secret = words(judge(CLIENT_CREDENTIAL, "clientSecret", "op://Work/aep/secret"))
    assert "what its own command prints" in about_secret
    assert "F8" not in about_secret
    assert "Write the value." in words(judge(CLIENT_CREDENTIAL, "clientId", "op://Work/aep/id"))


@pytest.mark.parametrize("text", ["op://Team/aep/secret", "{{vault:aep}}", "{ACCESS_TOKEN}", "xxxxxxxx", "REPLACE ME"])
def test_no_secret_of_the_platform_is_taken_from_what_stands_for_it(text: str) -> None:
    for findings in (
        findings_for_client_secret(text),
        findings_for_access_token(text),
        findings_for_access_token(f"Bearer {text}"),
    ):
        assert verdict(findings) == "error"
        assert text not in words(findings)
    assert "--secret-command 'op read ...'" in words(findings_for_client_secret("op://Team/aep/secret"))
    assert findings_for_client_secret(CANARY) == ()


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert stand_in(text) in {None, *StandIn}
