"""What is said after a migration of the old connections: nothing that is not so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.pages.migration_questions import road_question, sandbox_confirmation, start_question, stop_question
from aep_tui.pages.migration_view import MigrationEnd
from aep_tui.pages.migration_words import check_lines, check_summary, flow_words, plan_lines, row_words, so_far_lines
from aep_tui.session.migration_checking import CheckedRow
from aep_tui.session.migration_events import RunEnded, StopReason
from tests.kit.clock import START

RUNNING, OFF = PlannedDataflow("f-1", state="enabled"), PlannedDataflow("f-2", state="disabled")
DONE = RowRecord(Stage.DONE, Road.BESIDE, new_id="new-1")
ROW = MigrationRow("old-1", "ACME", "dev", '"1"', dataflows=(RUNNING,))
REPLACED = CheckedRow(ROW, DONE, True, (), True, (RUNNING,))


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (REPLACED, "old: could go"),
        (replace(REPLACED, old_flows=(RUNNING, OFF)), "old: 1 dataflow still runs"),
        (replace(REPLACED, old_flows=(OFF,)), "old: 1 dataflow is there, switched off"),
        (replace(REPLACED, old_flows=(OFF, OFF)), "old: 2 dataflows are there, switched off"),
        (replace(REPLACED, new_flows=()), "old: no dataflow runs, and the new one has none"),
        (
            replace(REPLACED, new_flows=(), row=replace(ROW, dataflows=(), dataflows_problem="No permission.")),
            "old: no dataflow runs, and the new one has none",
        ),
        (replace(REPLACED, row=replace(ROW, dataflows=(), dataflows_problem="No permission.")), "old: could go"),
        (replace(REPLACED, new_flows=(), row=replace(ROW, dataflows=())), "old: could go"),
        (replace(REPLACED, record=replace(DONE, stage=Stage.MADE)), "old: not replaced yet"),
        (
            replace(REPLACED, new_is_there=False, new_flows=()),
            "new: GONE; old: no dataflow runs, and the new one has none",
        ),
        (replace(REPLACED, new_is_there=None, row=replace(ROW, dataflows=())), "new: not known; old: not replaced yet"),
        (replace(REPLACED, old_is_there=False), "old: gone"),
        (replace(REPLACED, old_is_there=None), "old: not known"),
        (replace(REPLACED, problem="No permission."), "not read: No permission."),
    ],
)
def test_of_an_old_connection_only_what_was_seen_is_said(checked: CheckedRow, words: str) -> None:
    line, *_others = check_lines((checked,))
    assert line.endswith(f"; {words}")


def test_who_may_take_an_old_connection_away_is_said_and_nothing_more_where_none_could_go() -> None:
    first, labels = check_summary((REPLACED,))
    assert first == (
        "1 old connection could go. A migration deletes none: a person does, on the page of each, or with aep-tui "
        "connections delete."
    )
    assert "the platform then refuses the delete" in labels
    unread = replace(ROW, dataflows=(), dataflows_problem="No permission.")
    for row in (ROW, unread):
        assert list(check_summary((replace(REPLACED, row=row, new_flows=()),))) == ["0 old connections could go."]


def test_how_many_dataflows_are_made_anew_is_said_of_one_of_none_and_of_what_could_not_be_read() -> None:
    unread = replace(ROW, dataflows=(), dataflows_problem="No permission.")
    anew = "A dataflow cannot be re-pointed: 1 dataflow has to be made anew by hand on the new connection."
    unknown = "The dataflows of 1 connection could not be read: if there are any, they have to be made anew by hand"
    for rows, beginnings in (
        ((ROW,), [anew]),
        ((replace(ROW, dataflows=()),), ["No dataflow that you can see has to be made anew."]),
        ((unread,), [unknown]),
        ((ROW, unread), [anew, unknown]),
    ):
        plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", Road.BESIDE, rows)
        lines = [line for line in plan_lines(plan) if "anew" in line]
        assert len(lines) == len(beginnings)
        assert all(line.startswith(begin) for line, begin in zip(lines, beginnings, strict=True)), lines


@pytest.mark.parametrize(
    ("flow", "end"),
    [
        (PlannedDataflow("f", frequency="once", starts_at=START), "once, on 2026-11-22 12:00 UTC, no run known"),
        (
            PlannedDataflow("f", frequency="hour", interval=6, starts_at=START, last_run_state="success"),
            "every 6 hours from 2026-11-22 12:00 UTC, last run: succeeded",
        ),
        (
            PlannedDataflow("f", last_run_id="r", last_run_state="failed", last_run_at=START),
            "no schedule known, last run 2026-11-22 12:00 UTC: failed",
        ),
    ],
)
def test_when_a_dataflow_runs_and_how_its_last_run_went_is_said_once_and_in_the_words_of_every_page(
    flow: PlannedDataflow, end: str
) -> None:
    assert flow_words(flow).endswith(f"dataset not known, {end}")


def test_a_connection_of_a_plan_is_told_with_what_rides_on_it_and_when_that_runs_next() -> None:
    soon = replace(RUNNING, next_run_at=START)
    for row, words in (
        (ROW, "ACME: dev (PRODUCTION), no-address, test not known, 1 dataflow"),
        (replace(ROW, name="", dataflows=(soon, OFF)), "2 dataflows, next run 2026-11-22 12:00 UTC"),
        (replace(ROW, dataflows=(), dataflows_problem="No permission."), "dataflows not known"),
        (replace(ROW, sandbox_type="development"), "ACME: dev, "),
    ):
        assert words in row_words(row)


def test_what_earlier_runs_have_begun_left_out_or_decided_is_said_before_the_next() -> None:
    rows = tuple(replace(ROW, connection_id=f"old-{number}", name=f"ACME {number}") for number in range(1, 5))
    plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", Road.IN_PLACE, rows)
    known = {
        "old-1": DONE,
        "old-2": RowRecord(Stage.MADE, Road.BESIDE, new_id="new-2"),
        "old-3": RowRecord(Stage.LEFT_OUT),
    }
    assert len(list(so_far_lines(plan, MigrationRecord(known, Road.IN_PLACE, digest="a"), "a"))) == 3, "no other road"
    assert list(so_far_lines(plan, MigrationRecord(known, Road.BESIDE, digest="a"), "a")) == [
        "Earlier runs: 1 of 4 done.",
        "ACME 2, sandbox dev: created, not done yet.",
        "The record says that ACME 3, sandbox dev, was left out: nothing is done with it.",
        "An earlier run went on beside the old connections, and so does the next one.",
    ]
    plan, over = replace(plan, rows=rows[:1]), MigrationRecord(known, Road.BESIDE, digest="a")
    assert list(so_far_lines(plan, over, "a"))[1:] == ["An earlier run went on beside the old connections."]


def test_after_a_run_that_went_on_beside_the_plan_tells_that_road_and_what_it_leaves_to_be_done_by_hand() -> None:
    rows = tuple(replace(ROW, connection_id=f"old-{number}") for number in range(1, 5))
    plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", Road.IN_PLACE, rows)
    known = {"old-1": RowRecord(Stage.DONE, Road.IN_PLACE), "old-2": DONE, "old-3": RowRecord(Stage.LEFT_OUT)}
    before, after = (list(plan_lines(plan, each)) for each in (None, MigrationRecord(known, Road.BESIDE)))
    assert any(line.startswith("Road in place") for line in before)
    assert any("cannot be undone" in line for line in before)
    assert any(line.startswith("Road beside") for line in after)
    assert not any("in place" in line for line in after)
    assert any(": 2 dataflows have to be made anew by hand" in line for line in after), after


@pytest.mark.parametrize(
    ("reason", "road", "choices"),
    [
        (StopReason.NEEDS_A_WORD, Road.BESIDE, ["report", "go-on", "made-as", "leave-out"]),
        (StopReason.NEEDS_A_WORD, Road.IN_PLACE, ["report", "beside", "probe"]),
        (StopReason.PUT_BACK, Road.IN_PLACE, ["report", "credentials", "go-on", "beside"]),
        (StopReason.PAUSED, Road.BESIDE, ["report", "go-on"]),
        (StopReason.TEST_FAILED, Road.IN_PLACE, ["report", "go-on", "leave-out"]),
        (StopReason.REFUSED, Road.BESIDE, ["report", "credentials", "go-on", "leave-out"]),
        (StopReason.ROAD_REFUSED, Road.IN_PLACE, ["report", "beside"]),
        (StopReason.UNKNOWN, Road.BESIDE, ["report", "go-on", "made-as", "not-made"]),
    ],
)
def test_at_a_stop_only_what_fits_is_offered(reason: StopReason, road: Road, choices: list[str]) -> None:
    end = MigrationEnd(RunEnded(0, 1, reason, ROW))
    assert [each.id for each in stop_question(end, MigrationRecord(), road).choices] == choices


def test_a_changed_connection_whose_test_fails_can_have_its_old_credentials_back_and_a_lost_change_is_answered() -> (
    None
):
    change = ChangeIntent("1", START, "https://p", "o@AdobeOrg", "dev", "old-1", ChangeKind.CHANGE, "ACME", '"1"')
    for known, reason, choices in (
        (RowRecord(Stage.MADE, Road.IN_PLACE), StopReason.TEST_FAILED, ["report", "go-on", "put-back", "leave-out"]),
        (RowRecord(Stage.MADE, Road.BESIDE), StopReason.TEST_FAILED, ["report", "go-on", "leave-out"]),
        (RowRecord(Stage.SENDING, change=change), StopReason.UNKNOWN, ["report", "go-on", "made", "not-made"]),
    ):
        end, record = MigrationEnd(RunEnded(0, 1, reason, ROW)), MigrationRecord({"old-1": known})
        assert [each.id for each in stop_question(end, record, Road.IN_PLACE).choices] == choices


def test_what_a_plan_is_about_is_said_with_the_road_and_that_it_changes_nothing() -> None:
    assert road_question(2, ("dev",)).text == "2 selected connections. A plan changes nothing."
    assert "None is selected: all connections in dev, prod" in road_question(0, ("dev", "prod")).text


def test_the_last_word_before_a_run_counts_what_is_left_and_a_confirmation_what_its_sandbox_has() -> None:
    rows = (ROW, replace(ROW, connection_id="old-2"), replace(ROW, connection_id="old-3", sandbox_name="prod"))
    plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", Road.BESIDE, rows)
    begin = start_question(plan, MigrationRecord({"old-1": DONE}), Road.BESIDE, "Salesforce", can_check=True)
    assert begin.text.startswith("2 connections, one after the other. Road ")
    assert begin.choices[0].id == "not-yet", "an Enter too many begins nothing"
    asked = sandbox_confirmation("prod", plan)
    assert asked.text.startswith("1 connection in sandbox prod, of ")
    assert (asked.expected, "sandbox prod of o@AdobeOrg at p" in asked.text) == ("prod", True)
