"""When a dataflow runs, what became of its last run, and how many ride on a connection."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aep_tui.domain.dataflow import Dataflow, DataflowRun, Schedule
from aep_tui.domain.problem import Problem
from aep_tui.pages.dataflow_words import run_words, schedule_words, used_by_lines, uses_in_short
from aep_tui.session.connection_details import UsedBy
from tests.kit.clock import START


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(), "no schedule known"),
        (Schedule("once"), "once"),
        (Schedule("once", starts_at=START), "once, on 2026-11-22 12:00 UTC"),
        (Schedule("minute", 15), "every 15 minutes"),
        (Schedule("hour"), "every hour"),
        (Schedule("day", 1), "every day"),
        (Schedule("week", 2), "every 2 weeks"),
        (Schedule("fortnight", 3), "fortnight 3"),
        (Schedule("fortnight"), "fortnight"),
    ],
)
def test_a_schedule_is_told_and_an_unknown_word_shown_as_it_is(schedule: Schedule, words: str) -> None:
    assert schedule_words(schedule) == words


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (None, "no run known"),
        (DataflowRun("r", status="success"), "last run: succeeded"),
        (DataflowRun("r", status="inProgress", started_at=START), "last run 2026-11-22 12:00 UTC: under way"),
        (
            DataflowRun("r", status="failed", started_at=START, completed_at=START + timedelta(minutes=5)),
            "last run 2026-11-22 12:05 UTC: failed",
        ),
        (
            DataflowRun("r", status="success", errors=("No table.", "Other."), failed_records=1),
            "last run: succeeded with errors, 1 record was lost (No table.)",
        ),
        (DataflowRun("r", status="parked"), "last run: parked"),
        (DataflowRun("r"), "last run: result not known"),
    ],
)
def test_a_run_is_told_with_its_end_and_what_was_lost(run: DataflowRun | None, words: str) -> None:
    assert run_words(run) == words


def test_what_could_not_be_read_is_told_in_short_and_at_length() -> None:
    unread = UsedBy(problem=Problem("No", "You may not look.", "Ask an admin."))
    assert uses_in_short(unread) == "could not be read"
    assert used_by_lines(unread)[:2] == [
        "The dataflows could not be read: You may not look.",
        "What to do: Ask an admin.",
    ]
    runs = used_by_lines(UsedBy((Dataflow("f-1"),), run_problem=Problem("No", "Runs are hidden.")))
    assert runs[-1] == "More about the last runs could not be read: Runs are hidden."
