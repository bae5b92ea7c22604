"""A whole run of a migration: its order, its counts, what it refuses to begin over, and the look afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.migration_plan import MigrationPlan, PlannedDataflow, Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, RowRecord, Stage
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import NotFound
from aep_tui.practice.organization import practice_target
from aep_tui.session.migration_checking import check_migration
from aep_tui.session.migration_events import MigrationEvent, RowBegan, RowSays, RunEnded, StopReason
from aep_tui.session.migration_run import MigrationRun, Orders, RunPlace
from aep_tui.session.open_sandboxes import OpenedSandbox
from tests.kit.clock import START, FakeClock
from tests.session.migrating import CREDENTIALS, METHODS, SECRETS
from tests.session.migration_in_memory import (
    BROKEN,
    GROUP,
    NEW,
    OLD,
    ROW,
    Notes,
    Service,
    refused,
)
from tests.session.test_migration_rules import INTENT

pytestmark = pytest.mark.anyio

CHANGE = ChangeIntent("c-1", START, "https://p", "o@AdobeOrg", "dev", "old-4", ChangeKind.CHANGE, "ACME", '"1"')
ROWS = tuple(replace(ROW, connection_id=f"old-{number}") for number in range(1, 5))
PLAN = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", rows=ROWS)


def run_of(
    notes: Notes, told: list[MigrationEvent], orders: Orders | None = None, service: Service | None = None
) -> tuple[MigrationRun, FakeClock]:
    clock = FakeClock()
    clock.advance(1_000)
    sandbox = OpenedSandbox("dev", cast(FlowService, service or Service([BROKEN])))
    place = RunPlace(PLAN, "abc", METHODS, {"dev": sandbox}, practice_target(SECRETS), clock)

    def tell(event: MigrationEvent) -> None:
        told.append(event)
        if isinstance(event, RowBegan):
            clock.advance(30)

    return MigrationRun(place, notes, {GROUP: CREDENTIALS}, orders or Orders(), tell), clock


async def test_what_is_left_out_is_written_down_and_counted_with_its_pace() -> None:
    told: list[MigrationEvent] = []
    notes = Notes(Entry(RecordedStep.PLAN, START, digest="first"), Entry(RecordedStep.DONE, START, "old-2"))
    run, _clock = run_of(notes, told, Orders(left_out=frozenset({"old-1", "old-3", "old-4"})))
    end = await run.run()
    began = [event for event in told if isinstance(event, RowBegan)]
    assert [(each.number, each.count, each.left) for each in began] == [(1, 4, 3), (3, 4, 2), (4, 4, 1)]
    assert [each.seconds_a_row for each in began] == [None, 30.0, 30.0]
    assert end == told[-1] == RunEnded(done=1, left=0)
    assert notes.entries[-1].words == "left out by a person"
    assert [entry.event for entry in notes.entries].count(RecordedStep.PLAN) == 1, "the first plan counts"


async def test_what_nobody_knows_comes_first_and_what_was_begun_next() -> None:
    told: list[MigrationEvent] = []
    notes = Notes(
        Entry(RecordedStep.MADE, START, "old-3", new_id="new-3"),
        Entry(RecordedStep.SENDING, START, "old-4", Road.BESIDE),
        Entry(RecordedStep.STOPPED, START, "old-4", words="nobody knows"),
    )
    orders = Orders(left_out=frozenset(row.connection_id for row in ROWS), settled={"old-4": "no"})
    run, _clock = run_of(notes, told, orders)
    await run.run()
    began = [event.row.connection_id for event in told if isinstance(event, RowBegan)]
    assert began == ["old-4", "old-3", "old-1", "old-2"]
    assert any(entry.event is RecordedStep.PLAN and entry.digest == "abc" for entry in notes.entries)


@pytest.mark.parametrize(
    ("sent", "answer", "words"),
    [
        ({"intent": INTENT}, "yes", "=NEW_ID"),
        ({"change": CHANGE}, "new-4", "=yes"),
        ({"change": CHANGE}, "Yes", "=yes"),
    ],
)
async def test_an_answer_that_does_not_fit_the_request_is_said_and_nobody_is_asked(
    sent: dict[str, object], answer: str, words: str
) -> None:
    notes = Notes(
        Entry(RecordedStep.SENDING, START, "old-4", Road.BESIDE, **sent),  # type: ignore[arg-type]  # names of Entry
        Entry(RecordedStep.STOPPED, START, "old-4", words="nobody knows"),
    )
    service = Service([BROKEN])
    end = await run_of(notes, [], Orders(settled={"old-4": answer}), service)[0].run()
    assert (end.reason, service.asked) == (StopReason.NEEDS_A_WORD, [])
    assert not [entry for entry in notes.entries if entry.event in {RecordedStep.MADE, RecordedStep.NOT_MADE}]
    assert end.problem is not None
    assert f"--settle old-4{words}" in end.problem.next_step


async def test_the_first_surprise_ends_the_run_and_is_written_down() -> None:
    told: list[MigrationEvent] = []
    notes = Notes()
    run, _clock = run_of(notes, told)
    end = await run.run()
    assert end == RunEnded(0, 4, StopReason.FAILED, ROWS[0], BROKEN)
    assert (notes.entries[-1].event, notes.entries[-1].words) == (
        RecordedStep.STOPPED,
        "No network. Nothing came back.",
    )
    assert [event.words for event in told if isinstance(event, RowSays)] == ["Reading the connection again."]


@pytest.mark.parametrize("road", [Road.BESIDE, Road.IN_PLACE])
async def test_a_road_is_written_down_where_it_is_another_or_was_refused(road: Road) -> None:
    notes = Notes()
    await run_of(notes, [], Orders(road=road, probe_may_feed=True))[0].run()
    decided = [entry.road for entry in notes.entries if entry.event is RecordedStep.ROAD]
    assert decided == ([] if road is Road.BESIDE else [Road.IN_PLACE]), "the plan itself says beside"
    notes = Notes(Entry(RecordedStep.ROAD_REFUSED, START, "old-1", words="no"))
    end = await run_of(notes, [], Orders(road=road, probe_may_feed=True))[0].run()
    decided = [entry.road for entry in notes.entries if entry.event is RecordedStep.ROAD]
    assert decided == ([road] if road is Road.BESIDE else []), "what was refused stays refused, whoever says it again"
    assert (end.reason is StopReason.ROAD_REFUSED) is (road is Road.IN_PLACE)
    notes = Notes()
    await run_of(notes, [])[0].run()
    assert not [entry for entry in notes.entries if entry.event is RecordedStep.ROAD]


@pytest.mark.parametrize(
    ("event", "answer", "written"),
    [
        (RecordedStep.SENDING, "no", RecordedStep.NOT_MADE),
        (RecordedStep.SENDING, "yes", RecordedStep.MADE),
        (RecordedStep.PUTTING_BACK, "no", RecordedStep.NOT_PUT_BACK),
        (RecordedStep.PUTTING_BACK, "yes", RecordedStep.PUT_BACK),
    ],
)
async def test_what_a_person_has_found_out_counts(event: RecordedStep, answer: str, written: RecordedStep) -> None:
    unknown = Entry(event, START, "old-1", Road.IN_PLACE)
    notes = Notes(
        Entry(RecordedStep.PLAN, START, digest="a"),
        unknown,
        Entry(RecordedStep.UNKNOWN, START, "old-1", words="unknown"),
    )
    run, _clock = run_of(notes, [], Orders(settled={"old-1": answer}))
    await run.run()
    assert notes.entries[3].event is written
    assert notes.entries[3].words.startswith("a person has looked: it was ")
    assert ("not" in notes.entries[3].words) is (answer == "no")


async def test_a_pause_ends_the_run_before_the_next_connection() -> None:
    told: list[MigrationEvent] = []
    run, _clock = run_of(Notes(Entry(RecordedStep.DONE, START, "old-1")), told)
    run.pause()
    assert await run.run() == RunEnded(1, 3, StopReason.PAUSED, ROWS[1])
    assert len(told) == 1


def test_a_run_does_not_begin_over_what_it_cannot_read_or_does_not_know() -> None:
    with pytest.raises(Problem, match="cannot be read") as refusal:
        run_of(Notes(unreadable=2), [])
    assert "2 lines of it are unreadable" in refusal.value.message
    with pytest.raises(Problem, match="1 line of it is unreadable, and a change may stand in it"):
        run_of(Notes(unreadable=1), [])
    with pytest.raises(Problem, match="lacks a connection that was begun") as refusal:
        run_of(Notes(Entry(RecordedStep.SENDING, START, "old-9"), Entry(RecordedStep.DONE, START, "old-8")), [])
    assert "The record speaks of old-9, and" in refusal.value.message
    assert not isinstance(refusal.value, SettingsProblem)


def test_nothing_is_put_back_and_no_feeding_connection_tried_unless_a_person_says_so() -> None:
    assert (Orders().puts_back, Orders().probe_may_feed, Orders().road) == (False, False, None)
    assert (dict(Orders().settled), Orders().left_out) == ({}, frozenset())


# --- looking afterwards -----------------------------------------------------------------------------------------------


async def test_after_a_migration_each_connection_is_told_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    flows = {"old-1": ((), ""), "new-1": ((PlannedDataflow("f-1"),), ""), "old-2": ((), "old"), "new-2": ((), "new")}

    async def planned(_sandbox: object, connection_id: str, _clock: object) -> object:
        return flows[connection_id]

    monkeypatch.setattr("aep_tui.session.migration_checking.planned_dataflows", planned)
    gone, foreign = refused(NotFound), refused(NotFound, proves=False)
    service, said = Service([OLD, NEW, OLD, NEW, gone, foreign, BROKEN]), list[str]()
    sandbox = OpenedSandbox("dev", cast(FlowService, service))
    rows = (*ROWS, replace(ROW, connection_id="old-5"))
    plan = replace(PLAN, rows=rows)
    record = MigrationRecord(
        {
            "old-1": RowRecord(Stage.DONE, Road.BESIDE, new_id="new-1"),
            "old-2": RowRecord(Stage.DONE, Road.BESIDE, new_id="new-2"),
        }
    )
    checked = await check_migration(plan, record, {"dev": sandbox}, FakeClock(), said.append)
    assert said[0] == "Looking at connection 1 of 5."
    assert [each.old_is_there for each in checked] == [True, True, False, None, None]
    assert [each.new_is_there for each in checked] == [True, True, None, None, None]
    assert [each.problem for each in checked] == ["", "old", "", "", "Nothing came back."]
    assert [each.new_flows for each in checked] == [(PlannedDataflow("f-1"),), (), (), (), ()]
    assert [each.could_go for each in checked] == [True, False, False, False, False]
    flows["old-2"] = ((), "")
    service.states = [OLD]
    checked = await check_migration(replace(plan, rows=rows[:2]), record, {"dev": sandbox}, FakeClock(), said.append)
    assert checked[1].problem == "new"
    service.states = [OLD, gone]
    checked = await check_migration(replace(plan, rows=rows[:1]), record, {"dev": sandbox}, FakeClock(), said.append)
    assert (checked[0].old_is_there, checked[0].new_is_there, checked[0].could_go) == (True, False, False)
