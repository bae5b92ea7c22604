"""Salesforce's own clock stands twice, because rules read no catalog: this holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.lifecycle import NoticePhase
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.salesforce_api_version import FIRST_WITHOUT_SOAP_LOGIN, SUMMER_27
from aep_tui.domain.rules.zoho import DATA_CENTRES
from aep_tui.domain.source import Cloud
from aep_tui.domain.validation import findings_for_text


def test_notice_and_rule_about_soap_login_have_the_same_day_and_version() -> None:
    catalog = load_catalog()
    (notice,) = [notice for notice in catalog.notices if notice.id == "salesforce-soap-login"]
    assert notice.effective_on == SUMMER_27
    assert f"{FIRST_WITHOUT_SOAP_LOGIN}.0" in notice.before
    assert f"{FIRST_WITHOUT_SOAP_LOGIN}.0" in notice.near
    assert f"{FIRST_WITHOUT_SOAP_LOGIN - 1}.0" in notice.way_out
    assert not notice.needs_acknowledgement


def test_which_login_the_platform_makes_is_documented_nowhere_and_claimed_nowhere() -> None:
    catalog = load_catalog()
    (notice,) = [notice for notice in catalog.notices if notice.id == "salesforce-soap-login"]
    for words in (notice.before, notice.near, notice.after):
        assert words.startswith("Basic authentication may use Salesforce's OAuth username-password flow, ")
        assert ", or SOAP login()" in words
        assert ": no document says which." in words
    source = catalog.source("salesforce")
    assert source is not None
    method = source.auth_method(Cloud.AZURE, "basic-authentication")
    assert method is not None
    parameter = method.parameter("apiVersion")
    assert parameter is not None
    (step,) = [each.step for each in method.prerequisites if "SOAP login()" in each.step]
    assert "SOAP login(), which the platform may use, is allowed" in step
    for days in (-1, 0):
        context = RuleContext(parameter, method, datetime.combine(SUMMER_27, time.min, UTC) + timedelta(days))
        for text in ("", "65.0", "65") if days else ("", "65.0"):
            (finding,) = findings_for_text(context, text)
            assert "Basic authentication may use Salesforce's SOAP login()" in finding.message, text


def test_both_change_their_words_on_the_same_day() -> None:
    catalog = load_catalog()
    source = catalog.source("salesforce")
    assert source is not None
    method = source.auth_method(Cloud.AZURE, "basic-authentication")
    assert method is not None
    parameter = method.parameter("apiVersion")
    assert parameter is not None
    (notice,) = [notice for notice in catalog.notices if notice.id == "salesforce-soap-login"]

    first = datetime.combine(SUMMER_27, time.min, UTC)

    def rule_words(days: int) -> str:
        now = first + timedelta(days)
        (finding,) = findings_for_text(RuleContext(parameter, method, now), "65.0")
        return finding.message

    assert notice.phase(SUMMER_27 - timedelta(1)) is NoticePhase.NEAR
    assert notice.phase(SUMMER_27) is NoticePhase.AFTER
    assert rule_words(-1) != rule_words(0) == rule_words(1)
    (blank,) = findings_for_text(RuleContext(parameter, method, first), "")
    assert blank.message == rule_words(0)


def test_the_offered_accounts_servers_are_the_data_centres_that_the_rule_knows() -> None:
    source = load_catalog().source("zoho-crm")
    assert source is not None
    parameter = source.auth_methods[0].parameter("accountsUrl")
    assert parameter is not None
    assert [suggestion.value for suggestion in parameter.suggestions] == [each.accounts_url for each in DATA_CENTRES]
    for suggestion, centre in zip(parameter.suggestions, DATA_CENTRES, strict=True):
        is_marked = "undocumented" in suggestion.label
        assert (suggestion.label.partition(":")[0], is_marked) == (centre.label, not centre.is_documented)


def test_every_auth_method_has_a_checklist_whose_lines_say_how_to_notice() -> None:
    for source in load_catalog().sources:
        for method in source.auth_methods:
            assert len(method.prerequisites) >= 4, method
            assert all(each.step and each.when_missing for each in method.prerequisites), method
            assert all(not each.address or each.address.startswith("https://") for each in method.prerequisites)
