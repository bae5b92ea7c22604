"""What a migration sends is heard by every other door: it stands in their journal until its end is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.migration_record import Entry, RecordedStep, RowRecord, Stage
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.session.migration_keeper import Keeper, RowJournal
from aep_tui.session.migration_shared import SharedJournal
from aep_tui.state.journal import Journal
from tests.kit.clock import START, FakeClock
from tests.session.migration_in_memory import ROW, Notes

PLACE = ("https://p", "o@AdobeOrg", "dev")
INTENT = Intent("1" * 32, START, *PLACE, "key", "s", "m", "spec", "ACME", "0" * 64, START)
CHANGE = ChangeIntent("2" * 32, START, *PLACE, "old-1", ChangeKind.CHANGE, "ACME", '"1"')
CREATING = RowRecord(Stage.SENDING, intent=INTENT)
CHANGING = RowRecord(Stage.SENDING, change=CHANGE)
PUTTING_BACK = RowRecord(Stage.PUTTING_BACK, intent=INTENT, change=CHANGE)


class Full(Journal):
    """Takes nothing and cannot be read."""

    def begin(self, intent: Intent) -> None:
        raise SettingsProblem("full", "No space left on device", "")

    def begin_change(self, intent: ChangeIntent) -> None:
        raise SettingsProblem("full", "No space left on device", "")

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        raise OSError("No space left on device")

    def unfinished(self) -> None:  # type: ignore[override]  # it never returns
        raise SettingsProblem("damaged", "It cannot be read", "")

    def others_like(self, intent: Intent) -> OtherIntents:
        raise SettingsProblem("damaged", "It cannot be read", "")

    def open_intents(self) -> tuple[Intent, ...]:
        raise SettingsProblem("damaged", "It cannot be read", "")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl", Secrets())


@pytest.fixture
def finished(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, IntentOutcome]]:
    """What is written down as the end of an intent, in order."""
    ends, finish = list[tuple[str, IntentOutcome]](), journal.finish

    def noted(intent_id: str, outcome: IntentOutcome) -> None:
        ends.append((intent_id, outcome))
        finish(intent_id, outcome)

    monkeypatch.setattr(journal, "finish", noted)
    return ends


def left_open(journal: Journal) -> list[str]:
    unfinished = journal.unfinished()
    assert not unfinished.unconcluded_connections, "what is left to do about it is the migration's"
    return [*(each.id for each in unfinished.open_intents), *(each.id for each in unfinished.open_changes)]


def test_a_request_that_is_about_to_leave_is_open_for_everybody(journal: Journal) -> None:
    shared = SharedJournal(journal)
    for known in (RowRecord(), RowRecord(Stage.MADE, intent=INTENT), RowRecord(Stage.SENDING)):
        shared.begin(known)
    assert left_open(journal) == []
    shared.begin(CREATING)
    shared.begin(PUTTING_BACK)
    assert left_open(journal) == [INTENT.id, CHANGE.id]
    SharedJournal().begin(CREATING)


def test_a_connection_of_this_plan_or_another_door_is_not_taken_for_that_of_a_create(journal: Journal) -> None:
    unclear = replace(INTENT, id="3" * 32)
    journal.begin(unclear)
    made = Entry(RecordedStep.MADE, START, "old-2", new_id="new-2")
    keeper = Keeper(Notes(made), FakeClock(), lambda _event: None, SharedJournal(journal))
    assert RowJournal(keeper, ROW).others(INTENT) == OtherIntents(frozenset({"new-2"}), (unclear,))


@pytest.mark.parametrize(
    ("before", "known", "end"),
    [
        (
            CREATING,
            RowRecord(Stage.MADE, intent=INTENT, new_id="new-1"),
            IntentOutcome(OutcomeKind.CREATED, "new-1"),
        ),
        (
            CREATING,
            RowRecord(Stage.WAITING, intent=INTENT, new_id="x", stopped="no"),
            IntentOutcome(OutcomeKind.NOT_CREATED, explanation="no"),
        ),
        (CHANGING, RowRecord(Stage.MADE, change=CHANGE), IntentOutcome(OutcomeKind.CHANGED)),
        (
            CHANGING,
            RowRecord(Stage.WAITING, change=CHANGE, stopped="no"),
            IntentOutcome(OutcomeKind.NOT_CHANGED, explanation="no"),
        ),
        (PUTTING_BACK, RowRecord(Stage.PUT_BACK, change=CHANGE), IntentOutcome(OutcomeKind.CHANGED)),
        (PUTTING_BACK, RowRecord(Stage.MADE, change=CHANGE), IntentOutcome(OutcomeKind.NOT_CHANGED)),
    ],
)
def test_what_became_of_it_closes_it(
    journal: Journal,
    finished: list[tuple[str, IntentOutcome]],
    before: RowRecord,
    known: RowRecord,
    end: IntentOutcome,
) -> None:
    shared = SharedJournal(journal)
    shared.begin(before)
    shared.settle(before, known)
    sent = CHANGE if before.change else INTENT
    assert finished == [(sent.id, end)]
    assert left_open(journal) == []


@pytest.mark.parametrize(
    ("before", "known"),
    [
        (CREATING, replace(CREATING, stopped="nobody knows")),
        (CREATING, RowRecord(Stage.LEFT_OUT, intent=INTENT)),
        (RowRecord(Stage.MADE, intent=INTENT), RowRecord(Stage.DONE, intent=INTENT)),
    ],
)
def test_what_nobody_knows_stays_open(
    journal: Journal, finished: list[tuple[str, IntentOutcome]], before: RowRecord, known: RowRecord
) -> None:
    shared = SharedJournal(journal)
    shared.begin(CREATING)
    shared.settle(before, known)
    assert (left_open(journal), finished) == ([INTENT.id], [])


def test_a_rehearsal_and_a_disk_that_takes_nothing_hide_no_outcome(tmp_path: Path) -> None:
    made = RowRecord(Stage.MADE, intent=INTENT, new_id="new-1")
    for shared in (SharedJournal(), SharedJournal(Full(tmp_path / "journal.jsonl", Secrets()))):
        shared.settle(CREATING, made)
        shared.catch_up([made])
        assert shared.others_like(INTENT) == OtherIntents()
        assert shared.unclear(INTENT.place, "ACME", None) is None


@pytest.mark.parametrize(
    ("begun", "known", "ends"),
    [
        (CREATING, RowRecord(Stage.DONE, intent=INTENT, new_id="new-1"), [OutcomeKind.CREATED]),
        (CREATING, RowRecord(Stage.WAITING, intent=INTENT), [OutcomeKind.NOT_CREATED]),
        (CREATING, CREATING, []),
        (CREATING, RowRecord(Stage.LEFT_OUT, intent=INTENT), []),
        (CREATING, RowRecord(Stage.DONE, intent=replace(INTENT, id="3" * 32)), []),
        (CREATING, RowRecord(), []),
        (CHANGING, RowRecord(Stage.DONE, change=CHANGE), [OutcomeKind.CHANGED]),
        (CHANGING, RowRecord(Stage.PUT_BACK, change=CHANGE), [OutcomeKind.CHANGED]),
        (CHANGING, RowRecord(Stage.WAITING, change=CHANGE), [OutcomeKind.NOT_CHANGED]),
    ],
)
def test_what_a_kill_has_left_open_is_closed_when_the_record_knows_its_end(
    journal: Journal,
    finished: list[tuple[str, IntentOutcome]],
    begun: RowRecord,
    known: RowRecord,
    ends: list[OutcomeKind],
) -> None:
    shared = SharedJournal(journal)
    shared.begin(begun)
    shared.catch_up([known])
    assert [outcome.kind for _id, outcome in finished] == ends
    assert bool(left_open(journal)) is not bool(ends)
    shared.catch_up([known])
    assert len(finished) == len(ends), "what is closed is not closed again"


@pytest.mark.parametrize(
    ("change", "own", "is_found"),
    [
        (lambda intent: intent, None, True),
        (lambda intent: intent, replace(INTENT, id="3" * 32), True),
        (lambda intent: intent, INTENT, False),
        (lambda intent: replace(intent, name="Other"), None, False),
        (lambda intent: replace(intent, sandbox_name="prod"), None, False),
    ],
)
def test_a_create_of_another_door_is_found_by_place_and_name(
    journal: Journal, change: Callable[[Intent], Intent], own: Intent | None, is_found: bool
) -> None:
    shared = SharedJournal(journal)
    assert shared.unclear(INTENT.place, INTENT.name, None) is None
    sent = change(INTENT)
    journal.begin(sent)
    assert shared.unclear(INTENT.place, INTENT.name, own) == (sent if is_found else None)


def test_what_else_was_to_be_created_is_known(journal: Journal) -> None:
    journal.begin(INTENT)
    other = replace(INTENT, id="3" * 32)
    assert SharedJournal(journal).others_like(other) == journal.others_like(other) != OtherIntents()


@pytest.mark.parametrize(
    ("puts_back", "sends", "otherwise"),
    [
        (False, INTENT, RecordedStep.NOT_MADE),
        (False, CHANGE, RecordedStep.NOT_MADE),
        (True, CHANGE, RecordedStep.NOT_PUT_BACK),
    ],
)
def test_a_request_of_which_no_other_door_could_hear_does_not_leave(
    journal: Journal, tmp_path: Path, puts_back: bool, sends: Intent | ChangeIntent, otherwise: RecordedStep
) -> None:
    def begin(shared: SharedJournal) -> None:
        notes = Notes()
        keeper = Keeper(notes, FakeClock(), lambda _event: None, shared)
        row_journal = RowJournal(keeper, ROW, puts_back=puts_back)
        begun.append((keeper, notes))
        row_journal.begin(sends) if isinstance(sends, Intent) else row_journal.begin_change(sends)

    begun = list[tuple[Keeper, Notes]]()
    begin(SharedJournal(journal))
    assert left_open(journal) == [sends.id]
    assert len(begun[0][1].entries) == 1
    with pytest.raises(SettingsProblem):
        begin(SharedJournal(Full(tmp_path / "full.jsonl", Secrets())))
    keeper, notes = begun[1]
    assert (notes.entries[-1].event, notes.entries[-1].words) == (otherwise, "full. No space left on device")
    assert not keeper.of(ROW).is_unknown
