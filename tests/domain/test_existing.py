"""What deserves attention, and which rows a filter keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from aep_tui.domain.catalog.catalog import Catalog, Documented, load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec
from aep_tui.domain.existing import (
    AttentionKind,
    ConnectionFilter,
    ExistingConnection,
    existing_connection,
    token_end,
)
from aep_tui.domain.source import Cloud
from tests.kit.clock import START

SALESFORCE = "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5"
ZOHO = "929e4450-0237-4ed2-9404-b7e1e0a00309"


def row(
    spec_id: str = SALESFORCE,
    auth_spec_name: str = "OAuth2 Client Credential",
    *,
    state: str = "enabled",
    now: datetime = START,
    age: timedelta | None = timedelta(hours=1),
    **parameters: str,
) -> ExistingConnection:
    at = START - age if age is not None else None
    status = ConnectionStatus(
        "id",
        state,
        created_at=at,
        updated_at=at,
        connection_spec_id=spec_id,
        auth_spec_name=auth_spec_name,
        parameters=parameters,
    )
    specs = {"other": ConnectionSpec("other", "my-sql", "My SQL")}
    return existing_connection(status, "dev", catalog=load_catalog(), specs=specs, now=now)


def kinds(found: ExistingConnection) -> set[AttentionKind]:
    return {each.kind for each in found.attention}


def test_a_row_is_named_by_the_catalog_or_by_the_specification_or_not_at_all() -> None:
    assert (row().source_id, row().source, row().auth_method_id) == (
        "salesforce",
        "Salesforce",
        "oauth2-client-credential",
    )
    method = load_catalog().source("salesforce").auth_methods[0]  # type: ignore[union-attr]  # it is there
    assert row(auth_spec_name=method.spec_name).auth_method == method.label
    other = row("other", "Access Key")
    assert (other.source_id, other.source, other.auth_method_id, other.auth_method) == (
        "my-sql",
        "My SQL",
        "",
        "Access Key",
    )
    unknown = row("nobody knows", "")
    assert (unknown.source_id, unknown.source, unknown.auth_method) == ("", "", "")
    assert row(auth_spec_name="Brand new").auth_method == "Brand new"


def test_a_notice_of_one_cloud_is_told_at_the_connections_of_that_cloud_only() -> None:
    catalog = load_catalog()
    notice = replace(catalog.notices[0], cloud=Cloud.AWS, auth_method_id="")
    assert notice.source_id == "salesforce"
    told = {
        spec_name: existing_connection(
            ConnectionStatus("id", "enabled", connection_spec_id=SALESFORCE, auth_spec_name=spec_name),
            "dev",
            catalog=Catalog(lambda: Documented(catalog.sources, (notice,))),
            specs={},
            now=START,
        ).notices
        for spec_name in ("OAuth2 JWT Token Credential", "OAuth2 Client Credential", "Brand new")
    }
    assert told == {"OAuth2 JWT Token Credential": (notice,), "OAuth2 Client Credential": (), "Brand new": ()}


def test_what_is_announced_is_worded_for_the_day() -> None:
    basic = row(auth_spec_name="Basic Authentication")
    assert kinds(basic) == {AttentionKind.DEPRECATED_METHOD}
    assert [each.words for each in basic.attention] == ["deprecation date passed"]
    before = row(auth_spec_name="Basic Authentication", now=datetime(2025, 7, 1, tzinfo=UTC))
    assert [each.words for each in before.attention] == ["deprecation announced"]
    assert {notice.id for notice in basic.notices} == {"salesforce-basic-authentication", "salesforce-soap-login"}
    assert kinds(row(ZOHO, "Basic Authentication")) == {AttentionKind.RETIRED_SOURCE}
    assert row().attention == ()


@pytest.mark.parametrize(("minutes", "is_stuck"), [(10, False), (10.1, True), (90, True)])
def test_initializing_for_more_than_ten_minutes_is_stuck(minutes: float, is_stuck: bool) -> None:
    found = row(state="initializing", age=timedelta(minutes=minutes))
    assert kinds(found) == ({AttentionKind.STUCK} if is_stuck else set())
    assert row(state="initializing", age=None).attention == ()
    assert row(state="updating", age=timedelta(days=2)).attention == ()


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2026-12-10", "token ends on 2026-12-10"),
        ("2026-12-10T08:00:00+01:00", "token ends on 2026-12-10"),
        ("2026-11-01", "token ended on 2026-11-01"),
        ("2026-11-22T12:00:00+00:00", "token ended on 2026-11-22"),
        ("2026-11-22T12:00:01+00:00", "token ends on 2026-11-22"),
        ("2026-12-22T11:59:59+00:00", "token ends on 2026-12-22"),
        ("2026-12-22T12:00:00+00:00", ""),
        ("2027-03-01", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_token_whose_end_is_known_is_told_thirty_days_before(end: str, words: str) -> None:
    found = row("other", "OAuth2 Refresh Code", expirationDate=end)
    assert [each.words for each in found.attention] == ([words] if words else [])
    assert kinds(found) == ({AttentionKind.TOKEN_ENDS} if words else set())


def test_the_end_of_a_token_is_known_only_where_it_stands() -> None:
    assert token_end(row().status) is None
    end = token_end(row(expirationDate="2026-12-10").status)
    assert end is not None
    assert end.date() == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("wanted", "is_wanted"),
    [
        (ConnectionFilter(), True),
        (ConnectionFilter(auth_method="oauth2-client-credential"), True),
        (ConnectionFilter(auth_method="OAuth2 Client Credential"), True),
        (ConnectionFilter(auth_method="basic-authentication"), False),
        (ConnectionFilter(source="salesforce"), True),
        (ConnectionFilter(source=SALESFORCE), True),
        (ConnectionFilter(source="my-sql"), False),
        (ConnectionFilter(state="enabled"), True),
        (ConnectionFilter(state="disabled"), False),
        (ConnectionFilter(created_before=START), True),
        (ConnectionFilter(created_before=START - timedelta(hours=1)), False),
        (ConnectionFilter(needs_attention=True), False),
    ],
)
def test_a_filter_keeps_what_all_of_it_says(wanted: ConnectionFilter, is_wanted: bool) -> None:
    assert wanted.holds_for(row()) is is_wanted


def test_a_row_that_does_not_say_its_age_is_not_older() -> None:
    assert not ConnectionFilter(created_before=START).holds_for(row(age=None))
    assert ConnectionFilter(needs_attention=True).holds_for(row(ZOHO, "Basic Authentication"))


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(days=2), "initializing for 2 days"),
        (timedelta(days=2, seconds=-1), "initializing for 47 hours"),
        (timedelta(hours=2), "initializing for 2 hours"),
        (timedelta(hours=2, seconds=-1), "initializing for 119 minutes"),
    ],
)
def test_how_long_a_connection_is_stuck_is_told_in_the_unit_that_says_it(age: timedelta, words: str) -> None:
    found = row(state="initializing", age=age)
    assert [each.words for each in found.attention if each.kind is AttentionKind.STUCK] == [words]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-12-01T02:00:00+02:00", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T02:00:00", datetime(2026, 12, 1, 2, tzinfo=UTC)),
        (" 2026-12-01 ", datetime(2026, 12, 1, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_the_end_of_a_token_is_read_in_its_own_time_zone(text: str, end: datetime | None) -> None:
    assert token_end(ConnectionStatus("id", "enabled", parameters={"expirationDate": text})) == end
