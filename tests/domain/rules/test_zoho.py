from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.zoho import (
    DATA_CENTRES,
    DataCentre,
    data_centre_of_accounts_url,
    data_centre_of_endpoint,
    region_findings,
)
from aep_tui.domain.validation import answers_with_errors, findings_for_text, offer_for
from tests.domain.forms import NOW, ZOHO, are, judge, parameter, suggestions, verdict, words


def beside(answers: dict[str, str]) -> tuple[Finding, ...]:
    """What is said at the endpoint when the form holds these answers."""
    return findings_for_text(RuleContext(parameter(ZOHO, "endpoint"), ZOHO, NOW, answers), answers.get("endpoint", ""))


def test_the_five_documented_data_centres_are_the_catalog_s_first_suggestions_zoho_tutorial() -> None:
    documented = [centre.accounts_url for centre in DATA_CENTRES if centre.is_documented]
    suggested = [suggestion.value for suggestion in parameter(ZOHO, "accountsUrl").suggestions]
    assert len(documented) == 5
    assert suggested[:5] == documented
    assert len(documented) == 5
    for url in documented:
        assert judge(ZOHO, "accountsUrl", url) == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://accounts.zoho.jp",
        "https://accounts.zohocloud.ca",
        "https://accounts.zoho.sa",
        "https://accounts.zoho.uk",
        "https://accounts.zoho.ae",
    ],
)
def test_data_centres_that_adobe_does_not_document_warn_facts_section_6(url: str) -> None:
    findings = judge(ZOHO, "accountsUrl", url)
    assert verdict(findings) == "warning"
    assert "Adobe does not document" in words(findings)


@pytest.mark.parametrize(
    "typed",
    [
        "http://accounts.zoho.eu",
        "accounts.zoho.eu",
        "https://accounts.zoho.eu/",
        "https://accounts.zoho.eu/oauth/v2/token",
        "https://accounts.zoho.eu:443",
        "https:/accounts.zoho.eu",
        " https://accounts.zoho.eu",
    ],
)
def test_a_wrong_form_of_a_known_host_is_corrected(typed: str) -> None:
    findings = judge(ZOHO, "accountsUrl", typed)
    assert verdict(findings) == "error"
    assert suggestions(findings) == {"https://accounts.zoho.eu"}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://accounts.zoho.example", "warning"),
        ("http://accounts.zoho.example", "error"),
        ("zoho", "error"),
        ("ftp://accounts.zoho.com", "error"),
        ("https://somebody@accounts.zoho.com", "error"),
        ("https://accounts_zoho!com", "error"),
        ("https://-accounts.zoho.com", "error"),
    ],
)
def test_anything_else_needs_https(url: str, kind: str) -> None:
    assert verdict(judge(ZOHO, "accountsUrl", url)) == kind


@pytest.mark.parametrize("centre", DATA_CENTRES, ids=lambda centre: centre.ending)
def test_every_data_centre_is_found_by_either_of_its_addresses(centre: DataCentre) -> None:
    assert data_centre_of_accounts_url(centre.accounts_url) is centre
    assert data_centre_of_endpoint(centre.endpoint) is centre
    assert judge(ZOHO, "endpoint", centre.endpoint) == ()


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("https://www.zohoapis.com", "ok"),
        ("crm.zoho.com/crm/private", "ok"),  # Microsoft's sample for the connector beneath
        ("www.zohoapis.eu", "ok"),
        ("http://www.zohoapis.eu", "warning"),
        ("https://accounts.zoho.eu", "warning"),
        ("https://api.acme.com", "warning"),
        ("https://www.zoho apis.eu", "error"),
        ("zoho", "error"),
    ],
)
def test_the_form_of_the_endpoint_is_not_enforced_facts_section_6(endpoint: str, kind: str) -> None:
    assert verdict(judge(ZOHO, "endpoint", endpoint)) == kind


def test_different_data_centres_are_said_at_the_endpoint_and_do_not_block() -> None:
    answers = {"endpoint": "https://www.zohoapis.com", "accountsUrl": "https://accounts.zoho.eu"}
    findings = beside(answers)
    assert verdict(findings) == "warning"
    assert suggestions(findings) == {"https://www.zohoapis.eu"}
    assert "endpoint" not in answers_with_errors(ZOHO, answers, NOW)


@pytest.mark.parametrize(
    "answers",
    [
        {"endpoint": "https://www.zohoapis.com.au", "accountsUrl": "https://accounts.zoho.com.au"},
        {"endpoint": "https://www.zohoapis.ca", "accountsUrl": "https://accounts.zohocloud.ca"},
        {"endpoint": "https://api.acme.com", "accountsUrl": "https://accounts.zoho.eu"},
        {"endpoint": "https://www.zohoapis.com"},
        {},
    ],
)
def test_the_same_or_an_unknown_data_centre_is_not_compared(answers: dict[str, str]) -> None:
    assert "data centre" not in words(beside(answers))


def test_com_and_com_au_are_different_data_centres() -> None:
    answers = {"endpoint": "https://www.zohoapis.com.au", "accountsUrl": "https://accounts.zoho.com"}
    assert verdict(beside(answers)) == "warning"


def test_the_offer_of_an_endpoint_names_the_data_centre() -> None:
    answers = {"accountsUrl": "https://accounts.zoho.eu"}
    offer = offer_for(RuleContext(parameter(ZOHO, "endpoint"), ZOHO, NOW, answers), "")
    assert offer is not None
    assert "Europe" in offer.words
    elsewhere = {"accountsUrl": "https://accounts.zoho.example"}
    assert offer_for(RuleContext(parameter(ZOHO, "endpoint"), ZOHO, NOW, elsewhere), "") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gets_an_answer(endpoint: str, accounts_url: str) -> None:
    judge(ZOHO, "endpoint", endpoint)
    judge(ZOHO, "accountsUrl", accounts_url)
    beside({"endpoint": endpoint, "accountsUrl": accounts_url})


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "https://www.zohoapis.eu"),
        ("https://www.zohoapis.com", "https://www.zohoapis.eu"),
        ("https://www.zohoapis.eu", None),
    ],
)
def test_the_endpoint_of_the_data_centre_is_offered_until_it_stands_there(typed: str, offered: str | None) -> None:
    answers = {"accountsUrl": "https://accounts.zoho.eu"}
    offer = offer_for(RuleContext(parameter(ZOHO, "endpoint"), ZOHO, NOW, answers), typed)
    assert (offer.value if offer else None) == offered


def test_an_endpoint_of_253_characters_is_an_address_and_a_longer_one_is_none() -> None:
    longest = ".".join(["a" * 62, "a" * 63, "a" * 63, "b" * 58, "com"])
    assert len(longest) == 253
    assert verdict(judge(ZOHO, "endpoint", f"https://{longest}")) == "warning"
    assert verdict(judge(ZOHO, "endpoint", f"https://a{longest}")) == "error"


@pytest.mark.parametrize(
    ("address", "findings"),
    [
        ("https://accounts.zoho.eu", []),
        ("https://accounts.zoho.eu.", ["error full stop"]),
        ("https://accounts .zoho.eu", ["error blanks"]),
        ("http://accounts.zoho.eu", ["error has to start with https"]),
        ("https:/accounts.zoho.eu", ["error has to start with https"]),
        ("https://accounts.zoho.eu/x", ["error everything after the host"]),
        ("https://accounts.zoho.eu/", ["error slash"]),
        ("https://accounts.zoho.eu:443", ["error port"]),
        ("https://Accounts.zoho.eu", ["warning small letters"]),
        ("https://accounts.zoho.example", ["warning not an accounts server of Zoho that we know"]),
        ("https://accounts.zoho.ca", ["error not Zoho's accounts server for Canada"]),
        ("https://accounts.zoho.jp", ["warning Adobe does not document this data centre"]),
        ("https://me@accounts.zoho.eu", ["error not a web address"]),
        ("https://accounts", ["error not a web address"]),
    ],
)
def test_each_fault_of_an_accounts_url_is_said_once(address: str, findings: list[str]) -> None:
    assert are(judge(ZOHO, "accountsUrl", address), *findings)


@pytest.mark.parametrize(
    ("address", "findings", "meant"),
    [
        ("https://www.zoho apis.eu", ["error blanks"], {"https://www.zohoapis.eu"}),
        ("https://me@www.zohoapis.eu", ["error not a web address"], set()),
        ("https://www.zohoapis.eu./x", ["error full stop"], {"https://www.zohoapis.eu/x"}),
        ("https://accounts.zoho.eu", ["warning belongs into the field below"], {"https://www.zohoapis.eu"}),
        ("http://www.zohoapis.eu/x", ["warning over https"], {"https://www.zohoapis.eu/x"}),
        ("https:/www.zohoapis.eu", ["warning over https"], {"https://www.zohoapis.eu"}),
        ("https://api.acme.com", ["warning usually called www.zohoapis.com"], set()),
    ],
)
def test_of_an_endpoint_the_first_fault_is_said(address: str, findings: list[str], meant: set[str]) -> None:
    found = judge(ZOHO, "endpoint", address)
    assert are(found, *findings)
    assert suggestions(found) == meant


def test_an_endpoint_of_its_own_making_is_not_replaced_by_another_region_s() -> None:
    findings = judge(ZOHO, "endpoint", "https://sandbox.zohoapis.com/x", accountsUrl="https://accounts.zoho.eu")
    assert are(findings, "warning The endpoint is in the data centre United States, the accounts URL in Europe.")
    assert suggestions(findings) == set()


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_documented_endpoint_of_another_region_is_replaced_with_or_without_a_slash(slash: str) -> None:
    findings = region_findings(f"https://www.zohoapis.com{slash}", "https://accounts.zoho.eu")
    assert suggestions(findings) == {"https://www.zohoapis.eu"}
