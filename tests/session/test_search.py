"""What looks at the list prove, and what is said when they prove nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.connection import ConnectionList, ConnectionStatus, CreatedConnection
from aep_tui.domain.intent import OtherIntents
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    PermissionRefused,
    PlatformError,
    ServiceUnavailable,
    UnreadableAnswer,
)
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.search import Search, cannot_tell
from tests.kit.clock import START
from tests.kit.intents import LOST, an_intent

INTENT = an_intent({"host": "acme"}, api_key="acme-key", auth_spec_name="Basic")
OURS = ConnectionStatus(
    "new",
    "enabled",
    name="ACME",
    etag='"1"',
    created_at=START + timedelta(seconds=1),
    created_client="acme-key",
    sandbox_name="dev",
    auth_spec_name="Basic",
    parameters={"host": "acme"},
)
FOREIGN = replace(OURS, connection_id="foreign", created_client="another-key")
OLD = replace(OURS, connection_id="old")
LATER = START + timedelta(seconds=5)
REFUSED = PermissionRefused("Refused", "You may not list.", status=403)


def a_list(*connections: ConnectionStatus, is_complete: bool = True) -> ConnectionList:
    return ConnectionList(connections, is_complete, LATER)


def search(
    *looks: ConnectionList, others: OtherIntents | None = None, cause: PlatformError | None = LOST
) -> tuple[Search, list[bool]]:
    made = Search(INTENT, others or OtherIntents(), cause)
    return made, [made.note(look) for look in looks]


def found_by(*looks: ConnectionList, others: OtherIntents | None = None) -> Created | CannotTell:
    made, settled = search(*looks, others=others)
    assert settled[-1]
    return made.conclusion()


def test_two_whole_looks_in_a_row_that_show_the_same_settle_it() -> None:
    ours, none, cut = a_list(OURS), a_list(), a_list(OURS, is_complete=False)
    assert search(none, none)[1] == [False, False], "nothing seen proves nothing"
    assert search(ours, ours)[1] == [False, True]
    assert search(ours, none, ours, ours)[1] == [False, False, False, True]
    assert search(ours, cut, ours)[1] == [False, False, True]
    assert search(cut, cut)[1] == [False, False]
    assert search(ours, a_list(OURS, replace(OURS, connection_id="new-2")))[1] == [False, False]


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (None, "found: it was created, and the answer was lost"),
        (ServiceUnavailable("Lost", "Nothing came back."), "found: it was created, and the answer was lost"),
        (LOST, "found by looking: it was created; the answer could not be used (HTTP 502)"),
    ],
)
def test_what_is_certainly_ours_was_created(cause: PlatformError | None, words: str) -> None:
    made, _settled = search(a_list(OURS, OLD, FOREIGN), a_list(OURS, OLD, FOREIGN), cause=cause)
    assert made.conclusion() == Created(CreatedConnection("new", '"1"'), words)


def test_what_may_be_ours_is_named_and_not_claimed() -> None:
    undecided = [
        found_by(*[a_list(replace(OURS, created_client=""))] * 2),
        found_by(*[ConnectionList((OURS,))] * 2),
        found_by(a_list(OURS), ConnectionList((OURS,))),
        found_by(*[ConnectionList((OURS,), told_at=START - timedelta(seconds=5))] * 2),
        found_by(*[a_list(OURS)] * 2, others=OtherIntents(unclear=(replace(INTENT, id="i-2", sent_digests=()),))),
    ]
    for outcome in undecided:
        assert isinstance(outcome, CannotTell)
        assert outcome.possible_ids == ("new",)
        assert outcome.what_to_do.startswith("Probably this is the connection: new. ")
        assert outcome.error.next_step == outcome.what_to_do
    another = OtherIntents(unclear=(replace(INTENT, id="i-2", api_key="another-key", sent_digests=()),))
    assert isinstance(found_by(*[a_list(OURS)] * 2, others=another), Created), "that one's key is another"
    two = found_by(*[a_list(replace(OURS, connection_id="b"), replace(OURS, connection_id="a"))] * 2)
    assert isinstance(two, CannotTell)
    assert two.possible_ids == ("a", "b")
    assert two.what_to_do.startswith("Several connections have the name and may be the new one: a, b. ")


def test_what_is_taken_already_is_nobodys() -> None:
    made, settled = search(a_list(OURS), a_list(OURS), others=OtherIntents(frozenset({"new"})))
    assert settled == [False, False]
    assert (made.candidates, made.foreign_ids) == ({}, set())


def test_what_was_seen_once_is_not_forgotten() -> None:
    made, _settled = search(a_list(OURS), a_list())
    assert made.given_up().possible_ids == ("new",)
    assert made.interrupted(REFUSED).possible_ids == ("new",)


def test_a_list_that_may_not_be_read_is_told_with_its_reason() -> None:
    made, _settled = search()
    told = made.interrupted(REFUSED)
    assert told.what_to_do == "The list of connections cannot be read: You may not list."
    assert (told.possible_ids, told.error.cause) == ((), LOST)
    made, _settled = search(cause=None)
    assert made.interrupted(REFUSED).error.cause is REFUSED


def test_who_may_not_read_the_list_is_told_what_to_do_before_looking_again() -> None:
    refused = AuthenticationRequired("Refused", "It is expired.", "Get a new one.", status=401, who_can_fix="you")
    made, _settled = search()
    told = made.interrupted(refused)
    assert told.what_to_do == "The list of connections cannot be read: It is expired. Get a new one. Then look again."
    assert told.error.who_can_fix == "you"


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        ((), "The list of connections could not be read for a minute."),
        ((a_list(is_complete=False),), "The list of connections could not be read to its end for a minute,"),
        ((a_list(OLD),), "The connection was not in the list, at one look within a minute."),
        (
            (a_list(), a_list(is_complete=False), a_list(OLD)),
            "The connection was not in the list, at 2 looks within a minute.",
        ),
        (
            (a_list(FOREIGN, replace(FOREIGN, connection_id="b"), OLD),),
            "New connections of this name are in the list, but with another API key or other values than were sent: "
            "b, foreign.",
        ),
    ],
)
def test_what_was_not_seen_is_said_as_it_was_not_seen(looks: tuple[ConnectionList, ...], words: str) -> None:
    made, _settled = search(*looks)
    told = made.given_up()
    assert told.what_to_do.startswith(words)
    assert told.possible_ids == ()


def test_without_a_list_of_before_every_foreign_one_may_be_new() -> None:
    made = Search(replace(INTENT, known_connection_ids=None), OtherIntents())
    made.note(a_list(FOREIGN))
    assert made.foreign_ids == {"foreign"}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (201, "The platform said that it was created (HTTP 201), but its id could not be read."),
        (202, "The platform has accepted the request (HTTP 202) and has not said more."),
        (200, "The connection was not in the list,"),
    ],
)
def test_what_the_platform_has_said_is_repeated(status: int, words: str) -> None:
    made, _settled = search(a_list(), cause=UnreadableAnswer("Unreadable", "No JSON.", status=status))
    assert made.given_up().what_to_do.startswith(words)
    made, _settled = search(a_list(), cause=ServiceUnavailable("Lost", "No answer.", status=status))
    assert made.given_up().what_to_do.startswith("The connection was not in the list,")


def test_what_hid_the_outcome_is_told_with_all_that_support_asks_for() -> None:
    error = cannot_tell(LOST, "Look.", ("new",)).error
    assert (error.title, error.message) == ("It is not known whether the connection was created", "A gateway gave up.")
    assert (error.next_step, error.status, error.code, error.request_id) == ("Look.", 502, "X-1", "r-1")
    assert (error.server_said, error.who_can_fix, error.cause) == ("Bad gateway", "Adobe", LOST)
    alone = cannot_tell(None, "Look.")
    assert alone.error.message == "The request was sent and no clear answer came back."
    assert (alone.error.status, alone.error.code, alone.error.cause, alone.possible_ids) == (None, "", None, ())
    assert (alone.error.request_id, alone.error.server_said, alone.error.who_can_fix) == ("", "", "")
