"""The journal of a session: what is on its way is remembered, and a rehearsal writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.session.keeping_journal import KeepingJournal
from aep_tui.state.journal import Journal

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLACE = ("https://p", "o@AdobeOrg", "dev")
INTENT = Intent("1" * 32, AT, *PLACE, "key", "s", "m", "spec", "ACME", "0" * 64, AT)
CHANGE = ChangeIntent("2" * 32, AT, *PLACE, "id-1", ChangeKind.CHANGE, "ACME", '"1"')
OTHER = replace(INTENT, id="3" * 32)
CREATED = IntentOutcome(OutcomeKind.CREATED, "new-1")
CANNOT_TELL = IntentOutcome(OutcomeKind.CANNOT_TELL)


class Damaged(Journal):
    """Cannot be read, and takes nothing."""

    def begin(self, intent: Intent) -> None:
        raise SettingsProblem("full", "No space left on device", "")

    def begin_change(self, intent: ChangeIntent) -> None:
        raise SettingsProblem("full", "No space left on device", "")

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        raise SettingsProblem("full", "No space left on device", "")

    def others_like(self, intent: Intent) -> OtherIntents:
        raise SettingsProblem("damaged", "It cannot be read", "")

    def open_intents(self) -> tuple[Intent, ...]:
        raise SettingsProblem("damaged", "It cannot be read", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_what_begins_is_on_the_disk_and_open_until_its_end_is_known(path: Path) -> None:
    journal = KeepingJournal(Journal(path))
    assert journal.last_intent is None
    assert not journal.is_open
    assert journal.open_intents() == ()
    journal.begin(INTENT)
    assert Journal(path).open_intents() == journal.open_intents() == (INTENT,)
    assert journal.last_intent == INTENT
    assert journal.is_open
    journal.finish(INTENT.id, CANNOT_TELL)
    assert journal.is_open, "somebody has to look again"
    assert Journal(path).open_intents() == (INTENT,)
    journal.finish(INTENT.id, CREATED)
    assert not journal.is_open
    assert Journal(path).open_intents() == ()
    assert journal.last_intent == INTENT


def test_what_another_window_has_open_under_the_name_is_known(path: Path) -> None:
    Journal(path).begin(OTHER)
    assert KeepingJournal(Journal(path)).others_like(INTENT) == OtherIntents(unclear=(OTHER,))


def test_what_a_person_has_seen_is_not_told_again(path: Path) -> None:
    journal = KeepingJournal(Journal(path))
    journal.begin(INTENT)
    journal.conclude(INTENT.id)
    assert Journal(path).open_intents() == ()


def test_a_rehearsal_remembers_and_writes_nothing(path: Path) -> None:
    journal = KeepingJournal(None)
    journal.begin(INTENT)
    assert (journal.last_intent, journal.is_open) == (INTENT, True)
    assert journal.others_like(OTHER) == OtherIntents()
    assert journal.open_intents() == ()
    journal.conclude(INTENT.id)
    journal.finish(INTENT.id, CANNOT_TELL)
    assert journal.is_open
    journal.finish(INTENT.id, CREATED)
    assert not journal.is_open
    assert Journal(path).open_intents() == ()


def test_what_could_not_be_written_has_not_begun(path: Path) -> None:
    """Nothing is sent then, so nothing is on its way."""
    journal, changes = KeepingJournal(Damaged(path)), KeepingJournal(Damaged(path))
    with pytest.raises(SettingsProblem, match="No space left"):
        journal.begin(INTENT)
    assert (journal.last_intent, journal.is_open) == (None, False)
    with pytest.raises(SettingsProblem, match="No space left"):
        changes.begin_change(CHANGE)
    assert not changes.is_open


def test_what_is_known_is_not_on_its_way_though_the_disk_does_not_take_it(path: Path) -> None:
    journal = KeepingJournal(Damaged(path))
    journal.is_open = True
    with pytest.raises(SettingsProblem, match="No space left"):
        journal.finish(INTENT.id, CREATED)
    assert not journal.is_open


def test_what_cannot_be_read_is_not_known(path: Path) -> None:
    journal = KeepingJournal(Damaged(path))
    assert journal.others_like(INTENT) == OtherIntents()
    assert journal.open_intents() == ()


def test_a_change_is_open_until_its_end_is_known_with_a_journal_and_without(path: Path) -> None:
    for changes in (KeepingJournal(Journal(path)), KeepingJournal(None)):
        assert not changes.is_open
        changes.begin_change(CHANGE)
        assert changes.is_open
        changes.finish(CHANGE.id, CANNOT_TELL)
        assert changes.is_open
        changes.finish(CHANGE.id, IntentOutcome(OutcomeKind.CHANGED, "id-1"))
        assert not changes.is_open


def test_a_change_is_on_the_disk_before_it_leaves(path: Path) -> None:
    changes = KeepingJournal(Journal(path))
    changes.begin_change(CHANGE)
    assert Journal(path).unfinished().open_changes == (CHANGE,)
    changes.finish(CHANGE.id, IntentOutcome(OutcomeKind.NOT_CHANGED))
    assert Journal(path).unfinished().open_changes == ()
