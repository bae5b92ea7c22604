"""What a 412 says: who changed the connection, when, and every field that differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.pages.changed_since import ChangedField, changed_fields, changed_since_lines

SEEN = ConnectionStatus(
    "id-1",
    "enabled",
    name="ACME",
    etag='"1"',
    description="Ours",
    auth_spec_name="Basic Authentication",
    parameters={"username": "one", "environmentUrl": "https://a.example"},
    updated_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    updated_by="we@acme",
)
NOW = replace(SEEN, etag='"2"', updated_at=datetime(2026, 11, 28, 9, 30, tzinfo=UTC), updated_by="she@acme")


def test_each_field_that_differs_is_a_line_with_before_and_after() -> None:
    now = replace(NOW, name="ACME EU", description="", parameters={"username": "two", "host": "h"})
    assert changed_since_lines(SEEN, now) == (
        "Changed 2026-11-28 09:30 UTC by she@acme.",
        "name: ACME → ACME EU",
        "description: Ours → none",
        "username: one → two",
        "environmentUrl: https://a.example → none",
        "host: none → h",
    )


def test_another_version_in_which_all_that_is_shown_is_the_same_may_have_another_secret() -> None:
    head, words = changed_since_lines(SEEN, NOW)
    assert head == "Changed 2026-11-28 09:30 UTC by she@acme."
    assert words == (
        "Nothing that the platform shows is different. A secret may have been replaced; none is ever shown."
    )


def test_what_the_later_reading_leaves_out_is_no_change() -> None:
    now = replace(NOW, name="", state="initializing", auth_spec_name="", parameters={}, etag="")
    assert changed_fields(SEEN, now) == (ChangedField("state", "enabled", "initializing"),)


def test_nobody_and_no_time_are_not_made_up() -> None:
    now = replace(NOW, updated_by="", updated_at=None)
    assert changed_since_lines(SEEN, now)[0] == (
        "Changed by somebody whom the platform does not name; when is not told."
    )
    assert changed_since_lines(SEEN, None) == ("What has changed could not be read.",)
