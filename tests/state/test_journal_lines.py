"""Lines of the journal: what is written is read whole, and of a damaged line nothing is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent, IntentOutcome, OutcomeKind
from aep_tui.state.journal_lines import (
    JournalLine,
    begin_change_record,
    begin_record,
    change_from,
    change_record,
    intent_from,
    intent_record,
    is_cut_off,
    line_said,
)

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLACE = ("https://p", "o@AdobeOrg", "dev")
INTENT = Intent(
    "i-1", AT, *PLACE, "key", "s", "m", "spec", "ACME", "0" * 64, AT, "OAuth2", ("a",), False, (("name", "1" * 64),)
)
CHANGE = ChangeIntent(
    "c-1", AT, *PLACE, "id-1", ChangeKind.CHANGE, "ACME", '"1"', (("name", "1" * 64),), ("password",), True, AT
)


def as_read(record: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(record)))


def line(record: object) -> bytes:
    return json.dumps(record).encode() + b"\n"


@pytest.mark.parametrize("known", [None, (), ("a", "b")])
@pytest.mark.parametrize("knows_all", [True, False])
def test_an_intent_to_create_is_read_as_it_was_written(known: tuple[str, ...] | None, knows_all: bool) -> None:
    intent = replace(INTENT, known_connection_ids=known, knows_all_before=knows_all)
    assert intent_from(as_read(intent_record(intent))) == intent
    assert line_said(line(begin_record(intent))) == JournalLine("i-1", intent=intent)


@pytest.mark.parametrize(
    "change",
    [
        CHANGE,
        replace(CHANGE, not_before=None, secret_names=()),
        replace(CHANGE, is_seen_in_result=False),
        replace(CHANGE, kind=ChangeKind.DELETE, digests=(), is_seen_in_result=False),
    ],
)
def test_an_intent_to_change_is_read_as_it_was_written(change: ChangeIntent) -> None:
    assert change_from(as_read(change_record(change))) == change
    assert line_said(line(begin_change_record(change))) == JournalLine("c-1", change=change)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": 1},
        {"digest": None},
        {"started_at": "noon"},
        {"not_before": "2026-11-28T12:00:00"},
        {"not_before": None},
        {"known_connection_ids": "a"},
        {"known_connection_ids": [1]},
        {"known_connection_ids": {}},
    ],
)
def test_a_damaged_intent_to_create_is_none(damage: dict[str, object]) -> None:
    assert intent_from(as_read(intent_record(INTENT)) | damage) is None


@pytest.mark.parametrize(
    "damage", [{"etag": None}, {"id": 5}, {"kind": "sell"}, {"kind": None}, {"started_at": "noon"}, {"started_at": 0}]
)
def test_a_damaged_intent_to_change_is_none(damage: dict[str, object]) -> None:
    assert change_from(as_read(change_record(CHANGE)) | damage) is None


@pytest.mark.parametrize("record", [None, [], "text", 5])
def test_what_is_no_object_is_no_intent(record: object) -> None:
    assert intent_from(record) is None
    assert change_from(record) is None


@pytest.mark.parametrize(
    "digests", [None, "text", ["name"], [["name"]], [["name", "1", "2"]], [["name", 1]], [["ab", "cd"], 5], ["ab"]]
)
def test_digests_that_cannot_be_read_leave_nothing_that_could_be_proved(digests: object) -> None:
    intent = intent_from(as_read(intent_record(INTENT)) | {"sent_digests": digests})
    assert intent == replace(INTENT, sent_digests=())
    change = change_from(as_read(change_record(CHANGE)) | {"digests": digests})
    assert change == replace(CHANGE, digests=(), is_seen_in_result=False), "a change without digests fits everything"


@pytest.mark.parametrize("names", [None, "password", ["password", 1]])
def test_names_of_secrets_that_cannot_be_read_are_left_out(names: object) -> None:
    assert change_from(as_read(change_record(CHANGE)) | {"secret_names": names}) == replace(CHANGE, secret_names=())


@pytest.mark.parametrize("said", [None, 1, "true", False])
def test_only_a_plain_yes_is_taken_for_one(said: object) -> None:
    intent = intent_from(as_read(intent_record(INTENT)) | {"knows_all_before": said})
    assert intent is not None
    assert intent.knows_all_before is False
    change = change_from(as_read(change_record(CHANGE)) | {"is_seen_in_result": said})
    assert change is not None
    assert change.is_seen_in_result is False


def test_an_instant_of_the_server_that_cannot_be_read_is_not_known() -> None:
    for text in ("noon", 5, "2026-11-28T12:00:00"):
        assert change_from(as_read(change_record(CHANGE)) | {"not_before": text}) == replace(CHANGE, not_before=None)


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_every_outcome_is_read(kind: OutcomeKind) -> None:
    record = {"event": "finish", "id": "i-1", "kind": kind.value, "connection_id": "c", "explanation": "words"}
    assert line_said(line(record)) == JournalLine("i-1", outcome=IntentOutcome(kind, "c", "words"))


def test_the_end_that_a_person_has_seen_is_read() -> None:
    assert line_said(line({"event": "conclude", "id": "i-1"})) == JournalLine("i-1")


FINISH = {"event": "finish", "id": "i-1", "kind": "created", "connection_id": "c", "explanation": "words"}


@pytest.mark.parametrize(
    "record",
    [
        FINISH | {"id": 1},
        FINISH | {"kind": "sold"},
        FINISH | {"kind": None},
        FINISH | {"connection_id": None},
        FINISH | {"explanation": 1},
        {"event": "conclude"},
        {"event": "conclude", "id": 5},
        {"event": "other", "id": "i-1"},
        {"event": "begin", "intent": {}},
        {"event": "begin", "change": change_record(CHANGE)},
        {"event": "begin-change", "intent": intent_record(INTENT)},
        [],
        "text",
        None,
    ],
)
def test_a_line_that_says_nothing_of_ours_is_not_believed(record: object) -> None:
    assert line_said(line(record)) is None


def test_what_is_no_json_says_nothing() -> None:
    for text in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        assert line_said(text) is None


def test_only_the_first_part_of_one_of_our_lines_counts_as_cut_off() -> None:
    """A line that was cut off by a failure hides no outcome; any other that cannot be read may hide one."""
    whole = line(begin_record(INTENT))
    assert all(is_cut_off(whole[:length]) for length in range(len(whole)))
    for text in (b"x", b"{x", b'{"event" :', b'{"id": "1"', b'x{"event": "'):
        assert not is_cut_off(text)
