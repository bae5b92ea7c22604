from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aep_tui.domain.rules
from aep_tui.domain import validation
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule_names
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, ParameterKind, ValueDescription
from aep_tui.domain.validation import (
    answers_with_errors,
    findings_for,
    findings_for_access_token,
    findings_for_base_url,
    findings_for_description,
    findings_for_name,
    findings_for_organization_id,
    findings_for_sandbox_name,
    findings_for_text,
    offer_for,
)
from tests.domain.forms import ALL, BASIC, CLIENT_CREDENTIAL, JWT, NOW, ZOHO, parameter, suggestions, verdict, words
from tests.domain.tokens import token
from tests.kit.canary import CANARY


def examples(method: AuthMethod) -> dict[str, Answer]:
    texts: dict[str, Answer] = {
        entry.api_name: Secret(CANARY) if entry.is_secret else entry.example
        for entry in method.parameters
        if entry.kind.value == "text"
    }
    if "jwtToken" in texts:
        texts["jwtToken"] = Secret(token(iss=texts["clientId"]))
    return texts


DESCRIBED = "described-value"
"""The rule for what only the platform describes; `test_auth_schema` has it."""


def test_every_rule_that_the_catalog_names_exists() -> None:
    named = {
        entry.rule
        for source in load_catalog().sources
        for method in source.auth_methods
        for entry in method.parameters
        if entry.rule
    }
    assert named == rule_names() - {DESCRIBED}


def test_every_rule_that_may_be_named_judges() -> None:
    for name in rule_names() - {DESCRIBED}:
        named = replace(parameter(ZOHO, "clientId"), rule=name)
        text = "integration@acme.com" if name == "client-id" else "no such thing"
        assert verdict(findings_for_text(RuleContext(named, ZOHO, NOW), text)) != "ok"


@pytest.mark.parametrize("method", ALL, ids=lambda method: f"{method.cloud}-{method.documentation}")
def test_the_catalog_s_own_examples_are_free_of_errors(method: AuthMethod) -> None:
    answers = examples(method)
    assert answers_with_errors(method, answers, NOW) == ()


@pytest.mark.parametrize("method", ALL, ids=lambda method: f"{method.cloud}-{method.documentation}")
def test_an_empty_form_blocks_at_every_required_parameter_in_the_order_of_the_form(method: AuthMethod) -> None:
    required = tuple(entry.api_name for entry in method.parameters if entry.is_required)
    assert answers_with_errors(method, {}, NOW) == required
    for entry in method.parameters:
        for empty in (None, "", Secret("")) if entry.is_secret else (None, ""):
            blocks = any(found.is_error for found in findings_for(RuleContext(entry, method, NOW), empty))
            assert blocks is entry.is_required


def test_the_empty_field_is_named_by_its_label() -> None:
    findings = findings_for(RuleContext(parameter(CLIENT_CREDENTIAL, "clientId"), CLIENT_CREDENTIAL, NOW), "")
    assert words(findings) == "Enter the client ID."
    findings = findings_for(RuleContext(parameter(JWT, "jwtToken"), JWT, NOW), None)
    assert words(findings) == "Enter the JWT token."


def test_a_value_that_is_typed_as_json_may_have_lines_and_is_judged_by_its_rule_alone() -> None:
    typed = replace(
        parameter(ZOHO, "clientId"),
        kind=ParameterKind.JSON,
        rule=DESCRIBED,
        described=ValueDescription(types=("object",)),
    )
    for text in ('{\n"a": 1}', ' {"a": 1}\n'):
        assert findings_for_text(RuleContext(typed, ZOHO, NOW), text) == ()
    assert findings_for_text(RuleContext(replace(typed, rule=""), ZOHO, NOW), "no JSON") == ()
    assert verdict(findings_for_text(RuleContext(typed, ZOHO, NOW), "no JSON")) == "error"


def test_of_a_wrapped_secret_that_is_no_token_only_its_presence_is_judged() -> None:
    nonsense = Secret("nothing that anybody would type")
    assert findings_for(RuleContext(parameter(JWT, "clientSecret"), JWT, NOW), nonsense) == ()


@pytest.mark.parametrize("answer", [True, False, None])
def test_a_switch_is_always_right(answer: bool | None) -> None:
    switch = parameter(CLIENT_CREDENTIAL, "includeDeletedObjects")
    assert findings_for(RuleContext(switch, CLIENT_CREDENTIAL, NOW), answer) == ()


def test_a_wrong_answer_blocks_and_a_doubtful_one_does_not() -> None:
    answers = examples(CLIENT_CREDENTIAL)
    assert answers_with_errors(CLIENT_CREDENTIAL, {**answers, "apiVersion": "52"}, NOW) == ("apiVersion",)
    assert answers_with_errors(CLIENT_CREDENTIAL, {**answers, "apiVersion": "46.0"}, NOW) == ()


def test_blanks_around_a_secret_warn_without_showing_it() -> None:
    secret = parameter(BASIC, "password")
    findings = findings_for_text(RuleContext(secret, BASIC, NOW), f" {CANARY}")
    assert verdict(findings) == "warning"
    assert suggestions(findings) == set()
    assert CANARY not in words(findings)


def test_a_password_of_blanks_may_be_one() -> None:
    assert verdict(findings_for_text(RuleContext(parameter(BASIC, "password"), BASIC, NOW), "  ")) == "warning"


@pytest.mark.parametrize("text", ["{CLIENT_ID}", "xxxx", "****", "<client id>"])
def test_a_tutorial_s_placeholder_blocks(text: str) -> None:
    findings = findings_for_text(RuleContext(parameter(ZOHO, "clientId"), ZOHO, NOW), text)
    assert verdict(findings) == "error"
    assert "placeholder" in words(findings)


@pytest.mark.parametrize(
    ("text", "kind"), [("a\u200bb", "warning"), ("a\nb", "warning"), ("a\ud800b", "error"), ("é漢", "ok")]
)
def test_invisible_characters_warn_and_what_cannot_be_sent_blocks(text: str, kind: str) -> None:
    findings = findings_for_text(RuleContext(parameter(BASIC, "username"), BASIC, NOW), text)
    assert verdict(findings) == kind


def test_errors_come_first_and_share_one_correction() -> None:
    findings = findings_for_text(
        RuleContext(parameter(CLIENT_CREDENTIAL, "environmentUrl"), CLIENT_CREDENTIAL, NOW),
        " https://ACME.lightning.force.com/lightning/page ",
    )
    assert [finding.is_error for finding in findings] == sorted((f.is_error for f in findings), reverse=True)
    assert suggestions(findings) == {"https://acme.my.salesforce.com"}


def test_an_unknown_rule_judges_nothing() -> None:
    strange = replace(parameter(ZOHO, "clientId"), rule="nobody-knows")
    assert findings_for_text(RuleContext(strange, ZOHO, NOW), "x") == ()


@given(st.sampled_from([(m, p) for m in ALL for p in m.parameters]), st.text(max_size=40))
def test_any_text_in_any_field_gets_an_answer_and_a_secret_gets_no_correction(
    field: tuple[AuthMethod, object], text: str
) -> None:
    method, entry = field
    entry = next(p for p in method.parameters if p is entry)
    findings = findings_for_text(RuleContext(entry, method, NOW), text)
    if entry.is_secret:
        assert suggestions(findings) == set()


def test_a_name_is_needed_and_a_description_is_not() -> None:
    assert verdict(findings_for_name("")) == "error"
    assert verdict(findings_for_name(" \t")) == "error"
    assert findings_for_name("ACME Salesforce – Übung") == ()
    assert verdict(findings_for_name("n" * 255)) == "ok"
    assert verdict(findings_for_name("n" * 256)) == "warning"
    assert findings_for_description("") == ()
    assert verdict(findings_for_description("one\ntwo")) == "warning"


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x85", "\x9d", "\u202e", "\u200b", "\u2066", "\ufeff", "\t"])
def test_what_steers_a_terminal_is_no_part_of_a_name_or_a_description(character: str) -> None:
    for judge in (findings_for_name, findings_for_description):
        (finding,) = judge(f"a{character}b")
        assert finding.is_error
        assert finding.message.endswith("Type the text instead of copying it.")
    assert verdict(findings_for_name("one\ntwo")) == "error"


def judged(findings: tuple[Finding, ...]) -> tuple[str, set[str]]:
    return verdict(findings), suggestions(findings)


@pytest.mark.parametrize(
    ("text", "kind", "suggested"),
    [
        ("prod", "ok", set()),
        ("", "error", set()),
        ("Prod", "warning", {"prod"}),  # facts section 2: sandbox names are all lower case
        ("*", "warning", set()),
        ("my sandbox", "warning", set()),
        ("prod\nx: y", "error", set()),
        ("übung", "error", set()),
        (" prod", "error", {"prod"}),
    ],
)
def test_sandbox_names(text: str, kind: str, suggested: set[str]) -> None:
    assert judged(findings_for_sandbox_name(text)) == (kind, suggested)


@pytest.mark.parametrize(
    ("text", "kind", "suggested"),
    [
        ("1234567890ABCDEF@AdobeOrg", "ok", set()),
        ("", "error", set()),
        ("1234567890ABCDEF", "warning", {"1234567890ABCDEF@AdobeOrg"}),
        ("1234567890ABCDEF@adobeorg", "warning", {"1234567890ABCDEF@AdobeOrg"}),
        ("me@acme.com", "warning", set()),
        ("12 34", "warning", set()),
        ("1234\r\n@AdobeOrg", "error", set()),
    ],
)
def test_organization_ids_facts_section_1(text: str, kind: str, suggested: set[str]) -> None:
    assert judged(findings_for_organization_id(text)) == (kind, suggested)


def test_no_rule_unwraps_a_secret() -> None:
    files = [Path(validation.__file__), *Path(aep_tui.domain.rules.__path__[0]).glob("*.py")]
    assert len(files) > 5
    for file in files:
        names = {node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)}
        assert "get_secret_value" not in names


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("htps://platform.adobe.io", "https://platform.adobe.io"),
        ("http://platform.adobe.io", "https://platform.adobe.io"),
        ("platform.adobe.io", "https://platform.adobe.io"),
        ("https://platform.adobe.io:8443/data/foundation?x=1", "https://platform.adobe.io:8443"),
        ("https://user:secret@platform.adobe.io", "https://platform.adobe.io"),
        ("https://platform.adobe.io:99999", ""),
        ("platform", ""),
        ("", ""),
    ],
)
def test_a_slip_in_the_base_url_is_mended(text: str, suggested: str) -> None:
    (finding,) = findings_for_base_url(text)
    assert finding.is_error
    assert finding.suggested_value == suggested


@pytest.mark.parametrize("text", ["https://platform.adobe.io", "http://127.0.0.1:8080"])
def test_a_good_base_url_is_left_alone(text: str) -> None:
    assert findings_for_base_url(text) == ()


def test_a_switch_is_never_wrong() -> None:
    switch = parameter(CLIENT_CREDENTIAL, "includeDeletedObjects")
    for text in ("", "true", " ", "\u200b"):
        assert findings_for_text(RuleContext(switch, CLIENT_CREDENTIAL, NOW), text) == ()


def test_the_star_is_no_name_of_a_sandbox() -> None:
    (finding,) = findings_for_sandbox_name("*")
    assert not finding.is_error
    assert "only for special requests" in finding.message


@pytest.mark.parametrize("text", ["", " ", "Bearer ", "Authorization: Bearer"])
def test_an_access_token_is_asked_for_while_there_is_none(text: str) -> None:
    assert [finding.message for finding in findings_for_access_token(text)] == ["Paste the access token."]


def test_blanks_around_a_name_warn_with_the_name_alone() -> None:
    for judge in (findings_for_name, findings_for_description):
        (finding,) = judge(" ACME ")
        assert (finding.is_error, finding.suggested_value) == (False, "ACME")


def test_a_parameter_that_suggests_nothing_has_no_offer() -> None:
    named = parameter(ZOHO, "clientId")
    assert named.suggests == ""
    assert offer_for(RuleContext(named, ZOHO, NOW, {}), "") is None


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_base_url_is_asked_for(text: str) -> None:
    assert words(findings_for_base_url(text)) == "Enter the base URL."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Paste the access token."),
        (" Bearer ", "Paste the access token."),
        ("two words", "no blanks in it"),
        ("Bearer abc", ""),
    ],
)
def test_an_access_token_is_told_what_is_wrong_with_it(text: str, expected: str) -> None:
    findings = findings_for_access_token(text)
    assert bool(findings) is bool(expected)
    assert expected in words(findings)


def test_a_correction_is_kept_beside_a_later_finding_that_has_none() -> None:
    findings = findings_for_text(
        RuleContext(parameter(ZOHO, "accountsUrl"), ZOHO, NOW, {}), "https://accounts.acme.example./x"
    )
    assert suggestions(findings) == {"https://accounts.acme.example"}


@pytest.mark.parametrize("text", [token(), f"Bearer {token()}"], ids=["token", "header"])
@pytest.mark.parametrize("method", ALL)
def test_a_token_is_refused_in_every_field_that_everybody_sees_and_is_not_repeated(
    method: AuthMethod, text: str
) -> None:
    shown = [each for each in method.parameters if not each.is_secret and each.kind is not ParameterKind.BOOLEAN]
    assert shown
    for each in shown:
        (found,) = findings_for_text(RuleContext(each, method, NOW), text)
        assert found.is_error
        assert not found.suggested_value
        assert "eyJ" not in found.message


def test_a_source_that_the_platform_describes_may_take_a_token_in_clear() -> None:
    described = replace(parameter(JWT, "clientId"), rule="", described=ValueDescription())
    assert findings_for_text(RuleContext(described, JWT, NOW), token()) == ()
