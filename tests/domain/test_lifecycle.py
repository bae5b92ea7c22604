"""Each notice on each side of each of its boundaries, in the words that a person reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.lifecycle import LifecycleNotice, NoticePhase
from aep_tui.domain.source import Cloud

DATED = tuple(notice for notice in load_catalog().notices if notice.effective_on is not None)
SALESFORCE_BEFORE = (
    "Adobe has announced that Basic authentication for the Salesforce source will be deprecated in January 2026."
)
SALESFORCE_NEAR = SALESFORCE_BEFORE + " That month is over {days} days from now."
SALESFORCE_AFTER = (
    "Adobe announced that Basic authentication for the Salesforce source would be deprecated in January 2026; that "
    "date has passed. The platform may refuse it."
)
SOURCE_BEFORE = "Adobe has announced that the {source} source will be deprecated at the end of June 2025."
SOURCE_NEAR = (
    "Adobe has announced that the {source} source will be deprecated at the end of June 2025: {days} from now."
)
SOURCE_AFTER = (
    "Adobe announced that the {source} source would be deprecated at the end of June 2025; that date has passed. The "
    "platform may refuse the connection."
)
ANNOUNCED, PASSED = "deprecation announced", "deprecation date passed"


def notice_with_id(notice_id: str) -> LifecycleNotice:
    return next(notice for notice in load_catalog().notices if notice.id == notice_id)


@pytest.mark.parametrize(
    ("today", "wording", "badge"),
    [
        (date(2025, 11, 2), SALESFORCE_BEFORE, ANNOUNCED),
        (date(2025, 11, 3), SALESFORCE_NEAR.format(days=90), ANNOUNCED),
        (date(2026, 1, 30), SALESFORCE_NEAR.format(days=2), ANNOUNCED),
        (date(2026, 2, 1), SALESFORCE_AFTER, PASSED),
        (date(2026, 2, 2), SALESFORCE_AFTER, PASSED),
    ],
)
def test_salesforce_basic_authentication_on_each_side_of_its_dates(today: date, wording: str, badge: str) -> None:
    notice = notice_with_id("salesforce-basic-authentication")
    assert notice.wording(today) == wording
    assert notice.badge(today) == badge


@pytest.mark.parametrize(
    ("notice_id", "source"),
    [("oracle-service-cloud-retired", "Oracle Service Cloud"), ("zoho-crm-retired", "Zoho CRM")],
)
@pytest.mark.parametrize(
    ("today", "wording", "badge"),
    [
        (date(2025, 4, 1), SOURCE_BEFORE, ANNOUNCED),
        (date(2025, 4, 2), SOURCE_NEAR.replace("{days}", "90 days"), ANNOUNCED),
        (date(2025, 6, 29), SOURCE_NEAR.replace("{days}", "2 days"), ANNOUNCED),
        (date(2025, 7, 1), SOURCE_AFTER, PASSED),
        (date(2025, 7, 2), SOURCE_AFTER, PASSED),
    ],
)
def test_a_retired_source_on_each_side_of_its_dates(
    notice_id: str, source: str, today: date, wording: str, badge: str
) -> None:
    notice = notice_with_id(notice_id)
    assert notice.wording(today) == wording.format(source=source)
    assert notice.badge(today) == badge


@pytest.mark.parametrize("notice", DATED, ids=[notice.id for notice in DATED])
def test_the_last_day_before_the_date_still_says_what_will_come(notice: LifecycleNotice) -> None:
    assert notice.effective_on is not None
    last_day = notice.effective_on - timedelta(days=1)
    assert notice.phase(last_day) is NoticePhase.NEAR
    assert notice.wording(last_day).endswith(" 1 day from now.")


@pytest.mark.parametrize("today", [date(1999, 1, 1), date(2026, 11, 22), date(2099, 12, 31)])
def test_limited_availability_has_no_date_and_needs_no_acknowledgement(today: date) -> None:
    notice = notice_with_id("aws-limited-availability")
    assert notice.wording(today) == "Experience Platform on AWS is available to a limited number of customers."
    assert notice.badge(today) == "limited"
    assert not notice.needs_acknowledgement
    assert notice.address.startswith("https://experienceleague.adobe.com/")


@pytest.mark.parametrize("notice", load_catalog().notices, ids=lambda notice: notice.id)
def test_no_wording_says_more_than_was_announced(notice: LifecycleNotice) -> None:
    words = " ".join((notice.title, notice.badge_before, notice.badge_after, notice.before, notice.near, notice.after))
    for claim in ("Adobe retired", "is retired", "Adobe deprecated", "is deprecated", "has retired", "most are"):
        assert claim not in words + notice.way_out


@pytest.mark.parametrize("notice", DATED, ids=[notice.id for notice in DATED])
def test_what_was_taken_is_not_said_to_be_at_risk_use_28(notice: LifecycleNotice) -> None:
    today = date(2099, 1, 1)
    assert "may refuse" not in notice.statement(today)
    assert notice.wording(today) == f"{notice.statement(today)} {notice.risk}".strip()


@given(st.dates(), st.sampled_from(load_catalog().notices))
def test_on_any_day_the_wording_is_one_finished_sentence(today: date, notice: LifecycleNotice) -> None:
    wording = notice.wording(today)
    assert "{" not in wording
    assert wording.endswith(".")


@pytest.mark.parametrize(
    ("cloud", "source_id", "auth_method_id", "expected"),
    [
        (None, "", "", []),
        (Cloud.AZURE, "salesforce", "oauth2-client-credential", []),
        (Cloud.AZURE, "salesforce", "", []),
        (
            Cloud.AZURE,
            "salesforce",
            "basic-authentication",
            ["salesforce-basic-authentication", "salesforce-soap-login"],
        ),
        (Cloud.AZURE, "oracle-service-cloud", "", ["oracle-service-cloud-retired"]),
        (Cloud.AZURE, "zoho-crm", "basic-authentication", ["zoho-crm-retired"]),
        (Cloud.AWS, "", "", ["aws-limited-availability"]),
        (Cloud.AWS, "salesforce", "oauth2-jwt-token-credential", ["aws-limited-availability"]),
    ],
)
def test_a_choice_has_the_notices_that_speak_of_it(
    cloud: Cloud | None, source_id: str, auth_method_id: str, expected: list[str]
) -> None:
    assert [notice.id for notice in load_catalog().notices_for(cloud, source_id, auth_method_id)] == expected


@pytest.mark.parametrize("notice", DATED, ids=lambda notice: notice.id)
def test_the_days_that_are_left_end_at_nothing(notice: LifecycleNotice) -> None:
    assert notice.effective_on is not None
    for days, left, phase in (
        (91, 91, NoticePhase.BEFORE),
        (90, 90, NoticePhase.NEAR),
        (1, 1, NoticePhase.NEAR),
        (0, 0, NoticePhase.AFTER),
        (-1, 0, NoticePhase.AFTER),
    ):
        today = notice.effective_on - timedelta(days=days)
        assert notice.days_left(today) == left
        assert notice.phase(today) is phase


def test_a_notice_without_a_date_has_no_days_left() -> None:
    dateless = next(notice for notice in load_catalog().notices if notice.effective_on is None)
    assert dateless.days_left(date(2000, 1, 1)) == 0


@pytest.mark.parametrize("notice", DATED, ids=lambda notice: notice.id)
def test_a_risk_is_said_from_the_date_on_only(notice: LifecycleNotice) -> None:
    assert notice.effective_on is not None
    before = notice.effective_on - timedelta(days=1)
    assert notice.wording(before) == notice.statement(before)
    after = notice.wording(notice.effective_on)
    assert after == f"{notice.statement(notice.effective_on)} {notice.risk}".strip()
