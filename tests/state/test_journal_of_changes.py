"""The journal knows changes and deletes: what is open is told, old journals stay readable, no value stands there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind, digests_of_change
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.state.journal import Journal
from aep_tui.state.paths import state_directory
from aep_tui.state.unfinished import Unfinished, find_unfinished
from tests.pages.support import INTENT

CHANGE = ChangeIntent(
    id="1" * 32,
    started_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    base_url="https://platform.adobe.io",
    organization_id="ACME@AdobeOrg",
    sandbox_name="dev",
    connection_id="id-1",
    kind=ChangeKind.CHANGE,
    name="ACME",
    etag='"1"',
    digests=digests_of_change("1" * 32, {"name": "ACME EU", "params.username": "somebody"}),
    secret_names=("password",),
    is_seen_in_result=True,
    not_before=datetime(2026, 11, 28, 8, 59, 58, tzinfo=UTC),
)
DELETE = replace(CHANGE, id="2" * 32, kind=ChangeKind.DELETE, digests=(), not_before=None, is_seen_in_result=False)


def outcome(kind: OutcomeKind) -> IntentOutcome:
    return IntentOutcome(kind, "id-1", "words")


def text() -> str:
    return (state_directory() / "journal.jsonl").read_text()


def test_what_has_begun_is_open_with_all_that_a_look_needs_and_without_a_value() -> None:
    journal = Journal()
    journal.begin_change(CHANGE)
    journal.begin_change(DELETE)
    assert find_unfinished().open_changes == (CHANGE, DELETE)
    assert find_unfinished() != Unfinished()
    for value in ("ACME EU", "somebody"):
        assert value not in text()
    (intent, _delete) = find_unfinished().open_changes
    changed = ConnectionStatus("id-1", "enabled", "ACME EU", parameters={"username": "somebody"})
    assert intent.is_proved_by(changed)
    assert not intent.is_proved_by(replace(changed, name="ACME"))


@pytest.mark.parametrize("kind", [OutcomeKind.CHANGED, OutcomeKind.NOT_CHANGED])
def test_what_was_told_is_not_open(kind: OutcomeKind) -> None:
    journal = Journal()
    journal.begin_change(CHANGE)
    journal.finish(CHANGE.id, outcome(kind))
    assert find_unfinished() == Unfinished()


def test_what_nobody_knows_stays_open_until_somebody_does_not_want_to_hear_of_it() -> None:
    journal = Journal()
    journal.begin_change(CHANGE)
    journal.finish(CHANGE.id, outcome(OutcomeKind.CANNOT_TELL))
    assert find_unfinished().open_changes == (CHANGE,)
    journal.conclude(CHANGE.id)
    assert find_unfinished() == Unfinished()


def test_a_change_that_is_written_down_twice_is_open_once() -> None:
    journal = Journal()
    journal.begin_change(CHANGE)
    journal.begin_change(CHANGE)
    assert find_unfinished().open_changes == (CHANGE,)


def test_creates_and_changes_stand_beside_each_other() -> None:
    journal = Journal()
    journal.begin(INTENT)
    journal.begin_change(CHANGE)
    journal.finish(INTENT.id, IntentOutcome(OutcomeKind.NOT_CREATED))
    found = find_unfinished()
    assert (found.open_intents, found.open_changes, found.notes) == ((), (CHANGE,), ())
    assert [entry.intent for entry in journal.entries()] == [INTENT]


@pytest.mark.parametrize("key", ["started_at", "kind", "etag", "connection_id", "id"])
def test_a_change_that_cannot_be_read_is_told(key: str) -> None:
    Journal().begin_change(CHANGE)
    path = state_directory() / "journal.jsonl"
    record = json.loads(path.read_text())
    record["change"][key] = 7
    path.write_text(json.dumps(record) + "\n")
    found = find_unfinished()
    assert found.open_changes == ()
    assert "a create or a change may stand in it" in found.notes[0]


def test_a_change_without_its_digests_is_proved_by_nothing() -> None:
    Journal().begin_change(CHANGE)
    path = state_directory() / "journal.jsonl"
    record = json.loads(path.read_text())
    record["change"]["digests"] = "rubbish"
    path.write_text(json.dumps(record) + "\n")
    (intent,) = find_unfinished().open_changes
    assert not intent.is_proved_by(ConnectionStatus("id-1", "enabled", "ACME EU"))


def test_a_line_that_was_cut_off_was_never_sent_after() -> None:
    Journal().begin_change(CHANGE)
    path = state_directory() / "journal.jsonl"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        found = find_unfinished()
        assert found.open_changes == ((CHANGE,) if length == len(whole) - 1 else ())
        assert not found.notes
