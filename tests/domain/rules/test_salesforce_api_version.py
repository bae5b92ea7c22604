from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.source import AuthMethod, Login
from aep_tui.domain.validation import findings_for_text
from tests.domain.forms import BASIC, CLIENT_CREDENTIAL, NOW, are, judge, parameter, suggestions, verdict, words


@pytest.mark.parametrize(
    ("typed", "written"),
    [("52", "52.0"), ("v60.0", "60.0"), ("60,0", "60.0"), ("60.", "60.0"), ("60.00", "60.0"), ("060.0", "60.0")],
)
def test_a_version_without_its_decimal_is_answered_with_the_right_writing_issue_2_section_2(
    typed: str, written: str
) -> None:
    findings = judge(CLIENT_CREDENTIAL, "apiVersion", typed)
    assert verdict(findings) == "error"
    assert words(findings) == f"Write {written}."
    assert suggestions(findings) == {written}


@pytest.mark.parametrize("text", ["latest", "60.5", "6O.0", "60.0.0", "-60.0", "٦٠.0", "9" * 5000 + ".0", "."])
def test_what_is_no_version_blocks_without_a_suggestion(text: str) -> None:
    findings = judge(CLIENT_CREDENTIAL, "apiVersion", text)
    assert verdict(findings) == "error"
    assert suggestions(findings) == set()


@pytest.mark.parametrize("version", ["7.0", "20.0", "21.0", "30.0", "0.0"])
def test_versions_that_salesforce_has_retired_block_salesforce_article_000354473(version: str) -> None:
    assert verdict(judge(CLIENT_CREDENTIAL, "apiVersion", version)) == "error"
    assert verdict(judge(BASIC, "apiVersion", version)) == "error"


@pytest.mark.parametrize("version", ["9", "30", "v12"])
def test_a_retired_version_is_never_suggested(version: str) -> None:
    findings = judge(CLIENT_CREDENTIAL, "apiVersion", version)
    assert verdict(findings) == "error"
    assert suggestions(findings) == set()


@pytest.mark.parametrize(
    ("version", "basic", "client_credential"),
    [
        ("31.0", "warning", "warning"),  # Salesforce article 005321531
        ("40.0", "warning", "warning"),
        ("41.0", "ok", "warning"),  # Bulk API 2.0 connector: 47.0 or newer
        ("46.0", "ok", "warning"),
        ("47.0", "ok", "ok"),
        ("60.0", "ok", "ok"),  # the tutorial's sample
        ("64.0", "ok", "ok"),
        ("65.0", "warning", "ok"),  # SOAP login() is missing from 65.0 on
        ("99.0", "warning", "ok"),
        ("100.0", "warning", "warning"),
        ("999999.0", "warning", "warning"),  # a high number never blocks
    ],
)
def test_the_boundaries_of_versions_by_method(version: str, basic: str, client_credential: str) -> None:
    assert verdict(judge(BASIC, "apiVersion", version)) == basic
    assert verdict(judge(CLIENT_CREDENTIAL, "apiVersion", version)) == client_credential


def test_blank_is_required_for_client_credential_and_warns_for_basic_design_table() -> None:
    assert words(judge(CLIENT_CREDENTIAL, "apiVersion", "")) == "Enter the API version."
    findings = judge(BASIC, "apiVersion", "")
    assert verdict(findings) == "warning"
    assert "SOAP login()" in words(findings)


def test_the_wording_follows_the_date_of_summer_27() -> None:
    last_day, first_day = date(2027, 5, 31), date(2027, 6, 1)
    assert "64.0 or lower" in words(judge(BASIC, "apiVersion", "65.0", today=last_day))
    assert "64.0 or lower" not in words(judge(BASIC, "apiVersion", "65.0", today=first_day))
    assert "only until" in words(judge(BASIC, "apiVersion", "31.0", today=last_day))
    assert "does not support" in words(judge(BASIC, "apiVersion", "31.0", today=first_day))
    assert verdict(judge(BASIC, "apiVersion", "31.0", today=first_day)) == "warning"
    assert verdict(judge(BASIC, "apiVersion", "65.0", today=first_day)) == "warning"


@pytest.mark.parametrize("typed", ["65", "v66", "70,0"])
def test_a_correction_leads_to_no_further_warning_use_15(typed: str) -> None:
    (finding,) = judge(BASIC, "apiVersion", typed)
    assert finding.suggested_value == "64.0"
    assert judge(BASIC, "apiVersion", finding.suggested_value) == ()
    assert suggestions(judge(CLIENT_CREDENTIAL, "apiVersion", typed)) != {"64.0"}


def test_an_inferred_bound_is_no_fact_fidelity_16() -> None:
    assert "may need version 47.0" in words(judge(CLIENT_CREDENTIAL, "apiVersion", "46.0"))


@given(st.integers(min_value=65, max_value=10**9 - 1))
def test_a_high_number_never_blocks(number: int) -> None:
    assert verdict(judge(CLIENT_CREDENTIAL, "apiVersion", f"{number}.0")) != "error"


@pytest.mark.parametrize(
    ("method", "text", "findings"),
    [
        (BASIC, "", ["warning Write 64.0 or lower"]),
        (CLIENT_CREDENTIAL, "", []),
        (BASIC, "30.0", ["error has retired"]),
        (BASIC, "40.0", ["warning only until Summer '27"]),
        (CLIENT_CREDENTIAL, "40.0", ["warning only until Summer '27", "warning may need version 47.0"]),
        (CLIENT_CREDENTIAL, "46.0", ["warning may need version 47.0"]),
        (CLIENT_CREDENTIAL, "47.0", []),
        (CLIENT_CREDENTIAL, "99.0", []),
        (CLIENT_CREDENTIAL, "100.0", ["warning unusually high"]),
        (BASIC, "64.0", []),
        (BASIC, "65.0", ["warning Write 64.0 or lower"]),
        (BASIC, "100.0", ["warning unusually high", "warning Write 64.0 or lower"]),
        (BASIC, "52", ["error Write 52.0."]),
        (BASIC, "64", ["error Write 64.0."]),
        (BASIC, "65", ["error Write 64.0: Basic authentication"]),
        (CLIENT_CREDENTIAL, "65", ["error Write 65.0."]),
        (CLIENT_CREDENTIAL, "30", ["error take one that Salesforce has not retired"]),
        (CLIENT_CREDENTIAL, "31", ["error Write 31.0."]),
        (CLIENT_CREDENTIAL, "060.0", ["error Write 60.0."]),
        (CLIENT_CREDENTIAL, "0.0", ["error has retired"]),
        (CLIENT_CREDENTIAL, "x", ["error a number with a decimal"]),
    ],
)
def test_each_version_is_told_what_speaks_against_it_and_nothing_else(
    method: AuthMethod, text: str, findings: list[str]
) -> None:
    optional = replace(parameter(method, "apiVersion"), is_required=False)
    assert are(findings_for_text(RuleContext(optional, method, NOW), text), *findings)


@pytest.mark.parametrize("login", [None, *Login])
def test_what_a_version_means_follows_from_the_login_and_from_no_name(login: Login | None) -> None:
    method = replace(BASIC, spec_name="Everything", login=login)
    assert ("SOAP login()" in words(judge(method, "apiVersion", "65.0"))) is (login is Login.USER_NAME)
    assert ("With OAuth 2" in words(judge(method, "apiVersion", "46.0"))) is (login is Login.CLIENT_CREDENTIALS)
    named = replace(BASIC, login=login)
    assert judge(named, "apiVersion", "") == judge(method, "apiVersion", "")
