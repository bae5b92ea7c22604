"""What the page of a running migration shows, event by event."""

from __future__ import annotations

from functools import reduce

import pytest

from aep_tui.domain.migration_plan import MigrationRow, Road
from aep_tui.domain.migration_record import RowRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.migration_view import Happening, MigrationEnd, MigrationView, after
from aep_tui.session.migration_events import RowBegan, RowChanged, RowSays, RunEnded, StopReason

FIRST = MigrationRow("id-1", "Accounts", "dev", "1")
SECOND = MigrationRow("id-2", "Leads", "prod", "1")
DONE = RowRecord(stage=Stage.DONE, road=Road.BESIDE, new_id="new-1")
TIME_LEFT = "About 12 minutes are left at this pace."


def shown(*events: Happening) -> MigrationView:
    return reduce(after, events, MigrationView((FIRST, SECOND)))


def test_before_the_first_connection_the_page_says_what_is_asked() -> None:
    view = shown("Asking acme.my.salesforce.com whether it takes the new credentials.")
    assert view.activity == "Asking acme.my.salesforce.com whether it takes the new credentials."
    assert view.counts == "0 connections are done, 2 left."
    assert view.cells(0) == ("Accounts", "dev", "waiting")


def test_counts_pace_and_the_row_at_work_follow_the_events() -> None:
    view = shown(
        RowBegan(FIRST, 1, 2, 2, None),
        RowSays(FIRST, "Reading the connection again."),
        RowChanged(FIRST, DONE),
        RowBegan(SECOND, 2, 2, 1, 720.0),
        RowSays(SECOND, "Watching until the connection is enabled."),
    )
    assert view.counts == f"1 connection is done, 1 left. {TIME_LEFT}"
    assert view.activity == "Leads: Watching until the connection is enabled."
    assert view.cells(0)[2] == "done: new connection new-1"
    assert view.cells(1)[2] == "at work"
    assert view.details(0) == ("Accounts · id-1 → new-1", "")
    assert view.index == 1


def test_a_stop_says_what_was_found_without_the_options_of_a_command_and_nothing_is_at_work_any_more() -> None:
    problem = Problem("The connection is not what was planned", "Somebody was here.", "Leave it out with --leave id-1.")
    stopped = RowRecord(stopped="The connection is not what was planned. Somebody was here.")
    view = shown(
        RowBegan(FIRST, 1, 2, 2, None),
        RowChanged(FIRST, stopped),
        MigrationEnd(RunEnded(0, 2, StopReason.CHANGED, FIRST, problem)),
    )
    assert view.outcome == (
        "Stopped at Accounts, sandbox dev: The connection is not what was planned. Somebody was here. "
        "(0 connections are done, 2 left.)"
    )
    assert view.cells(0)[2] == "stopped, nothing changed"
    assert view.details(0)[1] == stopped.stopped
    assert (view.activity, view.counts) == ("", "")


def test_what_a_person_can_do_elsewhere_is_still_said() -> None:
    problem = Problem("Not allowed", "Your permissions do not suffice.", "Ask for them.")
    view = shown(MigrationEnd(RunEnded(0, 2, StopReason.FAILED, FIRST, problem)))
    assert "Ask for them." in view.outcome
    assert "Ask for them." in shown(MigrationEnd(problem=problem)).trouble


@pytest.mark.parametrize(
    ("reason", "tone"),
    [(None, Tone.GOOD), (StopReason.PAUSED, Tone.NEUTRAL), (StopReason.TEST_FAILED, Tone.WARNING)],
)
def test_an_end_says_what_it_means(reason: StopReason | None, tone: Tone) -> None:
    view = shown(MigrationEnd(RunEnded(2, 0, reason, FIRST)))
    assert (view.tone, view.trouble) == (tone, "")
    assert shown().tone is Tone.NEUTRAL
