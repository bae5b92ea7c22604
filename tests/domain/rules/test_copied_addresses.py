"""Addresses and identifiers as people copy them: from a sentence, from a header line, from another region."""

from __future__ import annotations

import pytest

from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.source import AuthMethod
from aep_tui.domain.validation import (
    findings_for_api_key,
    findings_for_organization_id,
    findings_for_sandbox_name,
    value_after_name,
)
from tests.domain.forms import CLIENT_CREDENTIAL, ORACLE, ZOHO, are, judge, suggestions, verdict, words


@pytest.mark.parametrize(
    ("method", "name", "text", "meant"),
    [
        (CLIENT_CREDENTIAL, "environmentUrl", "https://shop.my.salesforce.com.", "https://shop.my.salesforce.com"),
        (CLIENT_CREDENTIAL, "environmentUrl", "https://shop.my.salesforce.com,", "https://shop.my.salesforce.com"),
        (CLIENT_CREDENTIAL, "environmentUrl", "https://crm.example.org.", "https://crm.example.org"),
        (ZOHO, "accountsUrl", "https://accounts.zoho.eu.", "https://accounts.zoho.eu"),
        (ZOHO, "endpoint", "https://www.zohoapis.eu.", "https://www.zohoapis.eu"),
        (ORACLE, "host", "shop.custhelp.com.", "shop.custhelp.com"),
    ],
)
def test_what_ends_a_sentence_is_no_part_of_an_address(method: AuthMethod, name: str, text: str, meant: str) -> None:
    findings = judge(method, name, text)
    assert verdict(findings) == "error"
    assert "full stop" in words(findings)
    assert suggestions(findings) == {meant}


@pytest.mark.parametrize("scheme", ["htps", "htttps", "hhtps", "ttps"])
def test_a_misspelt_https_is_corrected(scheme: str) -> None:
    for method, name, rest in ((CLIENT_CREDENTIAL, "environmentUrl", "shop.my.salesforce.com"),):
        findings = judge(method, name, f"{scheme}://{rest}")
        assert verdict(findings) == "error"
        assert suggestions(findings) == {f"https://{rest}"}
    assert verdict(judge(ORACLE, "host", f"{scheme}://shop.custhelp.com")) == "error"


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("accounts.zoho.ca", "https://accounts.zohocloud.ca"),
        ("accounts.zoho.cn", "https://accounts.zoho.com.cn"),
        ("accounts.zoho.au", "https://accounts.zoho.com.au"),
        ("accounts.zoho.co.uk", "https://accounts.zoho.uk"),
    ],
)
def test_an_accounts_url_of_somebody_else_is_corrected(host: str, meant: str) -> None:
    findings = judge(ZOHO, "accountsUrl", f"https://{host}")
    assert verdict(findings) == "error"
    assert suggestions(findings) == {meant}


def test_an_unknown_accounts_url_names_the_known_ones() -> None:
    assert "accounts.zohocloud.ca" in words(judge(ZOHO, "accountsUrl", "https://accounts.zoho.example"))


@pytest.mark.parametrize("host", ["sandbox.zohoapis.com", "developer.zohoapis.com", "www.zohoapis.com"])
def test_two_regions_are_told_whatever_the_kind_of_endpoint(host: str) -> None:
    findings = judge(ZOHO, "endpoint", f"https://{host}", accountsUrl="https://accounts.zoho.in")
    assert verdict(findings) == "warning"
    assert "United States" in words(findings)
    assert "India" in words(findings)


@pytest.mark.parametrize(
    "line",
    [
        "x-gw-ims-org-id: ACME@AdobeOrg",
        "-H 'x-gw-ims-org-id: ACME@AdobeOrg'",
        "X-GW-IMS-ORG-ID:ACME@AdobeOrg",
        "IMS_ORG=ACME@AdobeOrg",
        'IMS_ORG="ACME@AdobeOrg"',
    ],
)
def test_the_name_in_front_of_a_value_is_left_out(line: str) -> None:
    assert value_after_name(line) == "ACME@AdobeOrg"
    for judged in (findings_for_organization_id, findings_for_api_key, findings_for_sandbox_name):
        findings = judged(line)
        assert verdict(findings) == "error"
        assert suggestions(findings) == {"ACME@AdobeOrg"}


def test_beside_a_name_in_front_nothing_else_is_said_of_the_value() -> None:
    assert are(findings_for_organization_id("IMS_ORG=ACME"), "error Leave out the name in front")
    assert are(findings_for_sandbox_name("SANDBOX_NAME=Dev"), "error Leave out the name in front")
    assert are(findings_for_api_key("API_KEY = x"), "error Leave out the name in front")


@pytest.mark.parametrize("text", ["ACME@AdobeOrg", "0a1b2c3d", "dev", "a=b", ""])
def test_a_value_has_no_name_in_front(text: str) -> None:
    assert value_after_name(text) == ""


@pytest.mark.parametrize("name", ["prod#1", "dev/1", "dev_1", "dev.1"])
def test_a_sandbox_name_with_other_characters_warns(name: str) -> None:
    assert verdict(findings_for_sandbox_name(name)) == "warning"


def test_an_api_key_has_no_blanks() -> None:
    assert verdict(findings_for_api_key("0a1b 2c3d")) == "error"
    assert verdict(findings_for_api_key("0a1b2c3d")) == "ok"
    assert verdict(findings_for_api_key(" ")) == "error"


@pytest.mark.parametrize(
    ("method", "name", "host"),
    [
        (CLIENT_CREDENTIAL, "environmentUrl", "acme.my.salesforce.com"),
        (ORACLE, "host", "acme.custhelp.com"),
        (ZOHO, "accountsUrl", "accounts.zoho.eu"),
    ],
)
def test_a_slash_at_the_end_and_a_page_behind_the_host_are_told_apart(method: AuthMethod, name: str, host: str) -> None:
    assert "Leave out the slash at the end" in words(judge(method, name, f"https://{host}/"))
    about_page = words(judge(method, name, f"https://{host}/page"))
    assert "Leave out everything after the host" in about_page
    assert "slash" not in about_page
    assert "after the host" not in words(judge(method, name, f"https://{host}"))


@pytest.mark.parametrize("typed", ["htps", "htpps", "htttps", "HTPS"])
def test_a_misspelt_https_is_meant_as_https_and_another_scheme_is_not(typed: str) -> None:
    address = read_web_address(f"{typed}://acme.custhelp.com")
    assert (address.scheme, address.is_scheme_mistyped, address.host) == ("https", True, "acme.custhelp.com")
    assert read_web_address("ftp://acme.custhelp.com").scheme == "ftp"
    assert read_web_address("htp://acme.custhelp.com").scheme == "https"
    assert read_web_address("ht://acme.custhelp.com").scheme == "ht", "two letters say too little"
    assert not read_web_address("http://acme.custhelp.com").is_scheme_mistyped
