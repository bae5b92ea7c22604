from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.rules.salesforce_url import is_production_host, is_sandbox_host, my_domain_host
from tests.domain.forms import BASIC, CLIENT_CREDENTIAL, JWT, are, judge, suggestions, verdict, words

ACME = "https://acme.my.salesforce.com"


@pytest.mark.parametrize(
    "address",
    [
        ACME,
        "https://acme-enterprise-3126.my.salesforce.com",  # the tutorials' own sample
        "https://adb8-dev-ed.develop.my.salesforce.com",  # the tutorial's answer on AWS
        "https://acme--uat.sandbox.my.salesforce.com",
        "https://acme-dev-ed.scratch.my.salesforce.com",
        "https://acme.trailblaze.my.salesforce.com",
        "https://acme.demo.my.salesforce.com",
        "https://acme.free.my.salesforce.com",
        "https://acme.patch.my.salesforce.com",
    ],
)
def test_documented_my_domain_hosts_are_fine_on_both_clouds(address: str) -> None:
    assert judge(CLIENT_CREDENTIAL, "environmentUrl", address) == ()
    assert judge(BASIC, "environmentUrl", address) == ()
    assert judge(JWT, "instanceUrl", address) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://acme.lightning.force.com/lightning/page/home", ACME),
        ("acme.lightning.force.com", ACME),
        (
            "https://acme--uat.sandbox.lightning.force.com/lightning/o/Account/list",
            "https://acme--uat.sandbox.my.salesforce.com",
        ),
        ("https://acme-dev-ed.develop.lightning.force.com", "https://acme-dev-ed.develop.my.salesforce.com"),
        ("https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home", ACME),
        ("https://acme.my.salesforce-setup.com", ACME),
        ("http://acme.my.salesforce.com", ACME),
        ("https://acme.my.salesforce.com/", ACME),
        ("https://acme.my.salesforce.com/services/data?x=1#y", ACME),
        ("https://acme.my.salesforce.com:443", ACME),
        ("https:/acme.my.salesforce.com", ACME),
        ("https//acme.my.salesforce.com", ACME),
        ("https://acme. my.salesforce.com", ACME),
        ("  https://ACME.lightning.force.com/x ", ACME),
        ("acme.my.salesforce.com", ACME),
    ],
)
def test_a_certain_correction_is_offered_and_is_itself_fine_issue_4_section_2(typed: str, meant: str) -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", typed)
    assert verdict(findings) == "error"
    assert suggestions(findings) == {meant}
    assert judge(CLIENT_CREDENTIAL, "environmentUrl", meant) == ()


def test_capitals_warn_and_are_corrected_issue_4_section_2() -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", "https://Acme.My.Salesforce.com")
    assert verdict(findings) == "warning"
    assert suggestions(findings) == {ACME}


@pytest.mark.parametrize("host", ["login.salesforce.com", "test.salesforce.com"])
def test_a_login_host_blocks_oauth_and_warns_basic_facts_section_5(host: str) -> None:
    assert verdict(judge(CLIENT_CREDENTIAL, "environmentUrl", f"https://{host}")) == "error"
    assert verdict(judge(JWT, "instanceUrl", f"https://{host}")) == "error"
    assert verdict(judge(BASIC, "environmentUrl", f"https://{host}")) == "warning"
    assert verdict(judge(BASIC, "environmentUrl", host)) == "warning", "Adobe's update tutorial has it without scheme"


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.my.salesforce.mil",
        "https://acme.my.sfcrmproducts.cn",
        "https://acme.other.my.salesforce.com",
        "https://crm.acme.com",
        "https://na123.salesforce.com",
        "https://acme--uat.my.salesforce.com",
        "https://acme.sandbox.my.salesforce.com",
    ],
)
def test_a_host_that_no_document_names_warns_and_does_not_block(address: str) -> None:
    assert verdict(judge(CLIENT_CREDENTIAL, "environmentUrl", address)) == "warning"


def test_the_old_lightning_host_of_a_sandbox_has_no_certain_correction() -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", "https://acme--uat.lightning.force.com")
    assert verdict(findings) == "error"
    assert suggestions(findings) == set()


@pytest.mark.parametrize(
    "text", ["acme", "https://", "not an address", "https://me@acme.my.salesforce.com", "https://.com", "::", "@"]
)
def test_what_is_no_address_blocks_without_a_correction(text: str) -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", text)
    assert verdict(findings) == "error"
    assert suggestions(findings) == set()


def test_an_address_with_a_user_does_not_pass_as_the_host_before_the_at_sign() -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", "https://acme.my.salesforce.com@evil.example")
    assert verdict(findings) == "error"
    assert suggestions(findings) == set()


def test_the_required_field_is_named_when_it_is_empty() -> None:
    assert words(judge(CLIENT_CREDENTIAL, "environmentUrl", "")) == "Enter the environment URL."
    assert words(judge(CLIENT_CREDENTIAL, "environmentUrl", "   ")) == "Enter the environment URL."


@pytest.mark.parametrize(
    ("address", "is_sandbox", "is_production"),
    [
        ("https://acme.my.salesforce.com", False, True),
        ("https://acme--uat.sandbox.my.salesforce.com", True, False),
        ("https://acme--uat.my.salesforce.com", True, False),
        ("https://acme.develop.my.salesforce.com", False, False),
        ("https://example.com", False, False),
        ("", False, False),
    ],
)
def test_sandbox_and_production_are_told_by_the_host(address: str, is_sandbox: bool, is_production: bool) -> None:
    assert is_sandbox_host(address) is is_sandbox
    assert is_production_host(address) is is_production


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(
            r"(?i)(https?:/{0,2})?[a-z0-9@.:/-]{0,20}(\.lightning\.force\.com|\.my\.salesforce\.com)?[/?# ]?.?"
        ),
    )
)
def test_any_text_gets_an_answer_and_any_suggestion_is_free_of_errors(text: str) -> None:
    for suggestion in suggestions(judge(CLIENT_CREDENTIAL, "environmentUrl", text)):
        assert verdict(judge(CLIENT_CREDENTIAL, "environmentUrl", suggestion)) != "error" or suggestion == text.strip()


@pytest.mark.parametrize(
    ("host", "finding"),
    [
        ("acme.my.salesforce.mil", "warning government or China"),
        ("acme.my.sfcrmproducts.cn", "warning government or China"),
        ("acme.other.my.salesforce.com", "warning not a form of My Domain"),
        ("crm.acme.com", "warning Compare yours with Setup"),
        ("acme--uat.my.salesforce.com", "warning old form of a sandbox's address"),
        ("acme.sandbox.my.salesforce.com", "warning two hyphens"),
        ("acme.lightning.force.com", "error Salesforce pages in the browser"),
        ("acme.my.salesforce-setup.com", "error Salesforce Setup"),
        ("login.salesforce.com", "error OAuth does not work on it"),
    ],
)
def test_each_kind_of_host_has_its_own_words_and_no_others(host: str, finding: str) -> None:
    assert are(judge(CLIENT_CREDENTIAL, "environmentUrl", f"https://{host}"), finding)


@pytest.mark.parametrize(
    ("address", "findings"),
    [
        ("acme.my.salesforce.com", ["error has to start with https"]),
        ("https:/acme.my.salesforce.com", ["error in exactly this form"]),
        ("http://acme.my.salesforce.com", ["error over https only"]),
        ("https://acme.my.salesforce.com.", ["error full stop"]),
        ("https://acme.my.salesforce.com:443", ["error port"]),
        ("https://acme.my.salesforce.com/x", ["error everything after the host"]),
        ("https://acme.my.salesforce.com/", ["error slash"]),
        ("https://acme .my.salesforce.com", ["error blanks in the address"]),
        ("https://Acme.my.salesforce.com", ["warning small letters"]),
        (
            "Acme. my.salesforce.com:1/",
            ["error blanks", "error start with", "error port", "error slash", "warning small"],
        ),
    ],
)
def test_each_fault_of_the_form_is_said_once(address: str, findings: list[str]) -> None:
    assert are(judge(CLIENT_CREDENTIAL, "environmentUrl", address), *findings)


def test_the_old_address_of_a_sandbox_is_corrected_to_the_one_of_today() -> None:
    findings = judge(CLIENT_CREDENTIAL, "environmentUrl", "https://acme--uat.my.salesforce.com")
    assert suggestions(findings) == {"https://acme--uat.sandbox.my.salesforce.com"}


@pytest.mark.parametrize(
    ("address", "host"),
    [(f"{ACME}/x", "acme.my.salesforce.com"), ("https://acme.lightning.force.com", ""), ("", "")],
)
def test_the_host_of_a_my_domain_is_had_from_an_address_that_names_it(address: str, host: str) -> None:
    assert my_domain_host(address) == host
