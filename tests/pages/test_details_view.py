"""What the page of one connection says after each event, without a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import Dataflow, SourceConnection
from aep_tui.domain.existing import ExistingConnection, existing_connection
from aep_tui.flow_service.errors import AuthenticationRequired, NotFound, RequestRefused, ServiceUnavailable
from aep_tui.pages.details_view import (
    CheckBegan,
    CheckEnded,
    ConnectionEvent,
    ConnectionRead,
    ConnectionUnread,
    ConnectionView,
    LookBegan,
    OfferRead,
    OfferUnread,
    ReadingBegan,
    StateLooked,
    UsesRead,
    after,
)
from aep_tui.session.connection_details import UsedBy
from aep_tui.session.watch import PollFailed, TokenRefused, WatchEnd, WatchEnded
from tests.pages.support import NOW

BUSY = ServiceUnavailable("The platform could not answer", "It answered 503.", "Wait a little.")
STATUS = ConnectionStatus(
    "id-1",
    "enabled",
    "ACME",
    etag='"e1"',
    created_at=NOW - timedelta(days=9),
    updated_at=NOW - timedelta(days=2),
    connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
    auth_spec_name="Basic Authentication",
    parameters={"username": "anna", "password": "set"},
    created_by="anna@acme.example",
)


def row(**changes: object) -> ExistingConnection:
    status = replace(STATUS, **changes)  # type: ignore[arg-type]
    return existing_connection(status, "dev", catalog=load_catalog(), specs={}, now=NOW)


FIRST = ConnectionView(row(), NOW)
READ = (ReadingBegan(), ConnectionRead(row(), "{}"))


def seen(*events: ConnectionEvent, start: ConnectionView = FIRST) -> ConnectionView:
    for event in events:
        start = after(start, event, NOW)
    return start


def value(view: ConnectionView, name: str) -> str:
    return dict(view.rows)[name]


def test_the_page_stands_at_once_with_what_the_list_knew_and_says_that_each_part_is_being_read() -> None:
    assert FIRST.activity == "Reading the connection. What stands here is what the list knew."
    assert value(FIRST, "source") == "Salesforce"
    assert value(FIRST, "auth method") == "Basic authentication (asking whether the platform still offers it)"
    assert FIRST.uses_lines == ("Reading which dataflows use it...",)
    assert FIRST.is_under_way


def test_what_was_read_takes_its_place_part_by_part() -> None:
    view = seen(*READ)
    assert view.activity == ""
    assert value(view, "state").startswith("enabled, unchanged since ")
    assert value(view, "created").endswith("UTC by anna@acme.example")
    assert (value(view, "username"), value(view, "password")) == ("anna", "set")
    assert view.uses_lines == ("Reading which dataflows use it...",)
    offered = seen(OfferRead(row(), False), start=view)
    assert value(offered, "auth method") == "Basic authentication (the platform does not offer it any more)"
    assert all(each.startswith("Warning: ") for each in offered.warnings)
    assert any("that date has passed" in each for each in offered.warnings)


def test_nothing_that_could_not_be_read_looks_like_nothing() -> None:
    none, unreadable = seen(*READ, UsesRead(UsedBy())), seen(*READ, UsesRead(UsedBy(problem=BUSY)))
    assert none.uses_lines[0].startswith("No dataflow that you can see uses it. Access labels may hide some")
    assert unreadable.uses_lines == (
        "The dataflows could not be read: It answered 503.",
        "What to do: Wait a little.",
    )
    unknown = seen(*READ, OfferUnread(BUSY))
    assert value(unknown, "auth method").endswith("(whether the platform still offers it could not be read)")


def test_dataflows_stand_with_what_they_read_from_and_source_connections_without_one_are_named() -> None:
    sources = (SourceConnection("s1", "id-1", "Accounts"), SourceConnection("s2", "id-1", "Leads"))
    used = UsedBy((Dataflow("f1", "Nightly", "enabled", ("s1",)),), sources, run_problem=BUSY)
    assert seen(*READ, UsesRead(used)).uses_lines == (
        "1 dataflow that you can see uses it.",
        "- Nightly: enabled, no schedule known, no run known; reads from Accounts",
        "1 source connection without a dataflow that you can see: Leads",
        "More about the last runs could not be read: It answered 503.",
    )


@pytest.mark.parametrize(
    ("events", "meaning"),
    [
        ((ConnectionUnread(BUSY),), "What stands below is only what the list knew."),
        ((*READ, ReadingBegan(), ConnectionUnread(BUSY)), "What stands below was read before and may have changed"),
        ((ConnectionUnread(NotFound("Not found", "It is not there.")),), "The platform does not know this connection"),
    ],
)
def test_a_connection_that_cannot_be_read_says_so_and_what_its_page_is_worth(
    events: tuple[ConnectionEvent, ...], meaning: str
) -> None:
    view = seen(*events)
    assert view.trouble.startswith("Error: ")
    assert meaning in view.trouble
    assert not view.is_reading
    assert not any("No dataflow" in each for each in view.uses_lines)
    assert "asking" not in value(view, "auth method")


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        (CheckEnded(True), ("OK: The platform's test of ACME was passed. (12:00:00 UTC)",)),
        (CheckEnded(False), ("Warning: The test of ACME has failed.", "The platform gives no reason.")),
        (
            CheckEnded(False, RequestRefused("Refused", "It cannot.", server_said="invalid_grant")),
            ("Warning: The test of ACME has failed.", "The server said: invalid_grant"),
        ),
        (CheckEnded(None, BUSY), ("which says nothing about the connection.", "It answered 503.")),
    ],
)
def test_a_test_says_what_it_found_and_why(event: CheckEnded, lines: tuple[str, ...]) -> None:
    assert seen(*READ, CheckBegan()).activity == "The platform tests the connection..."
    view = seen(*READ, CheckBegan(), event)
    said = "\n".join(view.test_lines)
    assert all(each in said for each in lines)
    assert view.activity == ""
    assert seen(CheckBegan(), start=view).test_lines == (), "an old result is no result of the new test"
    assert seen(ReadingBegan(), ConnectionRead(row(), ""), start=view).test_lines == view.test_lines
    changed = seen(ReadingBegan(), ConnectionRead(row(etag='"e2"'), ""), start=view)
    assert changed.test_lines == (), "it was another version that was tested"


def test_one_that_initializes_for_long_is_told_as_in_the_list_and_can_be_watched() -> None:
    stuck = row(state="initializing", updated_at=NOW - timedelta(hours=3), etag="")
    view = seen(ReadingBegan(), ConnectionRead(stuck, ""))
    assert "initializing for 3 hours" in value(view, "attention")
    assert view.can_be_watched
    assert not FIRST.can_be_watched

    watched = seen(LookBegan(), start=view)
    assert (watched.activity, watched.can_be_watched) == ("Watching until the state changes...", False)
    failed = seen(PollFailed(BUSY, 9.6), start=watched)
    assert failed.activity == "The state could not be read: It answered 503. Looking again in 10 s."
    ended = seen(StateLooked(row()), WatchEnded(WatchEnd.ENABLED), start=failed)
    assert ended.activity == "OK: the connection is enabled."
    assert "initializing" not in dict(ended.rows).get("attention", "")
    assert not ended.is_under_way
    gave_up = seen(WatchEnded(WatchEnd.GAVE_UP), start=watched)
    assert gave_up.activity == "Watching has ended; the last state was initializing."
    refused = seen(TokenRefused(AuthenticationRequired("The access token was not accepted", "Expired.")), start=watched)
    assert "was not accepted" in refused.trouble
    assert not refused.is_watching


def test_a_source_outside_the_catalog_keeps_its_name_while_it_is_read_again() -> None:
    known = replace(row(connection_spec_id="other"), source="MySQL", source_id="mysql")
    view = seen(ConnectionRead(row(connection_spec_id="other"), ""), start=ConnectionView(known, NOW))
    assert value(view, "source") == "MySQL"


def test_the_whole_page_is_one_text() -> None:
    text = seen(*READ, OfferRead(row(), True), UsesRead(UsedBy()), CheckEnded(True)).plain_text("ACME")
    for words in ("ACME\n\nid: id-1\n", "\nWarning: ", "\nOK: The platform's test", "\nNo dataflow that you can see"):
        assert words in text


def test_what_went_wrong_before_is_not_said_of_what_was_read_now() -> None:
    assert seen(*READ, ConnectionUnread(BUSY), *READ).trouble == ""


def test_nothing_is_said_to_be_watched_once_the_token_was_refused() -> None:
    refusal = AuthenticationRequired("Signed out", "Your access token has ended.")
    assert seen(*READ, LookBegan(), TokenRefused(refusal)).activity == ""


def test_reading_again_takes_the_place_of_watching_which_can_begin_anew_then() -> None:
    waiting = row(state="initializing")
    view = seen(ReadingBegan(), ConnectionRead(waiting, "{}"), LookBegan(), StateLooked(waiting))
    assert view.is_watching
    view = seen(ReadingBegan(), ConnectionRead(waiting, "{}"), start=view)
    assert (view.is_watching, view.is_under_way, view.can_be_watched) == (False, False, True)
