"""The road beside: what became of a create is written down, and what nobody knows stops the run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.intent import Intent, OtherIntents
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, RecordedStep, Stage
from aep_tui.domain.place import Place
from aep_tui.flow_service.errors import OutcomeUnknown
from aep_tui.session.creation import ConnectionAppeared
from aep_tui.session.migration_beside import create_beside, settle_create
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_in_place import change_in_place
from aep_tui.session.migration_keeper import RowJournal
from aep_tui.session.migration_requests import new_request
from aep_tui.session.migration_row import RowWork
from aep_tui.session.migration_shared import SharedJournal
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome, NotCreated, outcome_for_journal
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLockTaken
from tests.kit.clock import START
from tests.session.migrating import CREDENTIALS, METHODS
from tests.session.migration_in_memory import BROKEN, OLD, ROW, Service, refused, work_on

pytestmark = pytest.mark.anyio

INTENT = Intent("1" * 32, START, "https://p", "o@AdobeOrg", "dev", "key", "s", "m", "spec", "ACME", "0" * 64, START)
SENDING = Entry(RecordedStep.SENDING, START, "old-1", Road.BESIDE, intent=INTENT)
OTHER = Entry(RecordedStep.MADE, START, "old-2", new_id="new-2")
UNKNOWN = CannotTell(OutcomeUnknown("Unknown", "Nothing came back.", ""), "Look at it.", ("new-1",))
REQUEST = new_request(ROW, OLD.parameters, "", METHODS, CREDENTIALS, START)


def made(**more: str) -> Created:
    words = more.pop("found_words", "")
    return Created(CreatedConnection("new-1", **more), words)  # type: ignore[arg-type]  # texts only


class Creating:
    """Takes the place of what creates or looks: it writes down what it is told became of it."""

    def __init__(self, outcome: CreationOutcome | ConnectionAppeared, *, is_written: bool = True) -> None:
        self.outcome = outcome
        self.is_written = is_written
        self.asked: dict[str, object] = {}
        self.was_locked: Place | None = None

    async def create_once(
        self, _service: object, request: object, journal: RowJournal, _clock: object, **more: object
    ) -> CreationOutcome:
        self.asked = more | {"request": request, "locked": self.was_locked}
        if isinstance(self.outcome, ConnectionAppeared):
            raise self.outcome
        journal.begin(INTENT)
        if self.is_written:
            journal.finish(INTENT.id, outcome_for_journal(self.outcome))
        return self.outcome

    async def reconcile(self, _service: object, intent: object, _clock: object, **more: object) -> CreationOutcome:
        self.asked = more | {"intent": intent}
        assert not isinstance(self.outcome, ConnectionAppeared)
        return self.outcome

    @contextmanager
    def lock(self, place: Place) -> Iterator[None]:
        self.was_locked = place
        yield
        self.was_locked = None


def in_place_of(monkeypatch: pytest.MonkeyPatch, creating: Creating) -> Creating:
    monkeypatch.setattr("aep_tui.session.migration_beside.create_once", creating.create_once)
    monkeypatch.setattr("aep_tui.session.migration_beside.reconcile", creating.reconcile)
    return creating


async def stopped(work: RowWork, *, settles: bool = False) -> StopHere:
    with pytest.raises(StopHere) as stop:
        await (settle_create(work) if settles else create_beside(work, REQUEST))
    return stop.value


@pytest.mark.parametrize(
    ("outcome", "answered"),
    [
        (made(), []),
        (made(request_id="r-1"), [("r-1", "")]),
        (made(found_words="found by looking"), [("", "found by looking")]),
        (made(request_id="r-1", found_words="found by looking"), [("r-1", "found by looking")]),
    ],
)
async def test_what_was_created_is_written_down_with_what_the_answer_told(
    monkeypatch: pytest.MonkeyPatch, outcome: Created, answered: list[tuple[str, str]]
) -> None:
    creating = in_place_of(monkeypatch, Creating(outcome))
    work, notes, _said = work_on(Service(), OTHER)
    await create_beside(replace(work, lock=creating.lock), REQUEST)
    sending, entry, *rest = notes.entries[1:]
    assert (sending.event, sending.road, sending.intent) == (RecordedStep.SENDING, Road.BESIDE, INTENT)
    assert (entry.event, entry.new_id) == (RecordedStep.MADE, "new-1")
    assert [(each.event, each.request_id, each.words) for each in rest] == [
        (RecordedStep.ANSWERED, *each) for each in answered
    ]
    asked = creating.asked
    assert (asked["request"], asked["seen_ids"]) == (REQUEST, ())
    assert (asked["source_id"], asked["auth_method_id"]) == (METHODS.source.id, METHODS.new.id)
    assert asked["target"] == replace(work.target, sandbox_name="dev")
    assert asked["locked"] == work.place, "one submitter at a time"
    others = asked["others"]
    assert callable(others)
    assert others(INTENT) == OtherIntents(frozenset({"new-1", "new-2"})), "what this migration created is no other's"


@pytest.mark.parametrize(
    ("error", "reason"),
    [(refused(), StopReason.REFUSED), (refused(proves=False), StopReason.FAILED), (BROKEN, StopReason.FAILED)],
)
async def test_what_was_not_created_stops_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, error: OutcomeUnknown, reason: StopReason
) -> None:
    in_place_of(monkeypatch, Creating(NotCreated(error)))
    work, notes, _said = work_on(Service())
    stop = await stopped(work)
    assert (stop.reason, stop.problem) == (reason, error)
    assert notes.entries[-1].event is RecordedStep.NOT_MADE


async def test_what_nobody_knows_stops_and_asks_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    in_place_of(monkeypatch, Creating(UNKNOWN))
    work, notes, _said = work_on(Service())
    stop = await stopped(work)
    assert stop.reason is StopReason.UNKNOWN
    assert (stop.problem.title, stop.problem.message) == ("Unknown", "Nothing came back.")
    assert stop.problem.next_step == (
        "Look at it. The next run looks again; if you have found out, say so: --settle old-1=NEW_ID or "
        "--settle old-1=no."
    )
    assert notes.entries[-1].event is RecordedStep.UNKNOWN
    in_place_of(monkeypatch, Creating(replace(UNKNOWN, what_to_do="")))
    stop = await stopped(work_on(Service())[0])
    assert stop.problem.next_step.startswith("The next run looks again;")


async def test_a_create_that_the_disk_did_not_take_is_told_with_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    in_place_of(monkeypatch, Creating(made(request_id="r-1"), is_written=False))
    work, notes, _said = work_on(Service())
    stop = await stopped(work)
    assert stop.reason is StopReason.UNKNOWN
    assert stop.problem.message == (
        "Connection new-1 was created, and the record does not say so. The next run looks for it."
    )
    assert [entry.event for entry in notes.entries] == [RecordedStep.SENDING]


async def test_a_connection_of_the_name_that_has_come_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    in_place_of(monkeypatch, Creating(ConnectionAppeared("ACME (OAuth2)", ["new-7"])))
    work, notes, _said = work_on(Service())
    stop = await stopped(work)
    assert stop.reason is StopReason.NEEDS_A_WORD
    assert "new-7" in stop.problem.message
    assert "--settle old-1=NEW_ID" in stop.problem.next_step
    assert notes.entries == []


async def test_an_earlier_create_is_looked_for_once_and_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    creating = in_place_of(monkeypatch, Creating(made(found_words="found by looking")))
    work, notes, _said = work_on(Service(), OTHER, SENDING)
    await settle_create(work)
    assert creating.asked["intent"] == INTENT
    assert creating.asked["others"] == OtherIntents(frozenset({"new-2"}))
    assert [(each.event, each.words) for each in notes.entries[2:]] == [
        (RecordedStep.MADE, ""),
        (RecordedStep.ANSWERED, "found by looking"),
    ]
    assert work.keeper.of(ROW).stage is Stage.MADE
    in_place_of(monkeypatch, Creating(UNKNOWN))
    work, notes, _said = work_on(Service(), SENDING)
    assert (await stopped(work, settles=True)).reason is StopReason.UNKNOWN
    assert notes.entries[-1].event is RecordedStep.UNKNOWN


async def test_without_an_earlier_create_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    creating = in_place_of(monkeypatch, Creating(UNKNOWN))
    work, notes, _said = work_on(Service())
    await settle_create(work)
    assert (creating.asked, notes.entries) == ({}, [])


async def test_while_another_window_submits_nothing_is_sent_and_the_run_stops_at_this_connection() -> None:
    service = Service()
    work, notes, _said = work_on(service)
    taken = SubmitLockTaken(work.place, 4711)

    def lock(_place: Place) -> AbstractContextManager[object]:
        raise taken

    work = replace(work, lock=lock)
    for send in (create_beside(work, REQUEST), change_in_place(work, OLD, REQUEST)):
        with pytest.raises(StopHere) as stop:
            await send
        assert (stop.value.reason, stop.value.problem) == (StopReason.FAILED, taken)
    assert (notes.entries, service.asked) == ([], [])


async def test_what_another_window_has_sent_before_it_gave_the_lock_back_is_seen(tmp_path: Path) -> None:
    service, journal = Service(), Journal(tmp_path / "journal.jsonl")
    work, notes, _said = work_on(service)
    place, sent = work.place, replace(INTENT, name=ROW.new_name)
    sent = replace(
        sent, base_url=place.base_url, organization_id=place.organization_id, sandbox_name=place.sandbox_name
    )
    work.keeper.shared = SharedJournal(journal)

    def lock(_place: Place) -> AbstractContextManager[object]:
        journal.begin(sent)
        return nullcontext()

    stop = await stopped(replace(work, lock=lock))
    assert stop.reason is StopReason.NEEDS_A_WORD
    assert "nobody knows whether it made the connection" in stop.problem.message
    assert (notes.entries, service.asked) == ([], [])
