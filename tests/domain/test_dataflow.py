"""When a dataflow runs next, and what its runs mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aep_tui.domain.dataflow import DataflowRun, RunResult, Schedule
from tests.kit.clock import START


@pytest.mark.parametrize(
    ("frequency", "interval", "minutes_ago", "minutes_ahead"),
    [
        ("minute", 15, 0, 15),
        ("minute", 15, 14, 1),
        ("minute", 15, 15, 15),
        ("MINUTE", 15, 16, 14),
        ("hour", 1, 90, 30),
        ("hour", 1, 50, 10),
        ("day", 2, 60, 2 * 24 * 60 - 60),
        ("week", 1, 24 * 60, 6 * 24 * 60),
        ("once", 1, 10, None),
        ("once", 1, -10, 10),
        ("", None, -10, 10),
        ("day", None, 10, None),
        ("day", 0, 10, None),
        ("fortnight", 1, 10, None),
    ],
)
def test_the_next_run_is_the_first_that_is_due_after_now(
    frequency: str, interval: int | None, minutes_ago: int, minutes_ahead: int | None
) -> None:
    schedule = Schedule(frequency, interval, START - timedelta(minutes=minutes_ago))
    expected = None if minutes_ahead is None else START + timedelta(minutes=minutes_ahead)
    assert schedule.next_run(START) == expected


def test_without_a_first_run_nobody_can_tell_the_next() -> None:
    assert Schedule("day", 1).next_run(START) is None


@pytest.mark.parametrize(
    ("run", "result"),
    [
        (DataflowRun("1", status="success"), RunResult.SUCCEEDED),
        (DataflowRun("1", status="SUCCESS", failed_records=0), RunResult.SUCCEEDED),
        (DataflowRun("1", status="success", failed_records=1), RunResult.WITH_ERRORS),
        (DataflowRun("1", status="success", errors=("x",)), RunResult.WITH_ERRORS),
        (DataflowRun("1", status="failed", errors=("x",), failed_records=1), RunResult.FAILED),
        (DataflowRun("1", status="brand new"), RunResult.OTHER),
        *((DataflowRun("1", status=word), RunResult.SUCCEEDED) for word in ("succeeded", "completed")),
        *((DataflowRun("1", status=word), RunResult.WITH_ERRORS) for word in ("partialSuccess", "partial_failure")),
        *((DataflowRun("1", status=word), RunResult.FAILED) for word in ("failure", "Failed")),
        *(
            (DataflowRun("1", status=word), RunResult.UNDER_WAY)
            for word in ("inProgress", "in progress", "processing", "waiting", "queued", "scheduled")
        ),
    ],
)
def test_a_run_that_lost_records_has_errors_although_it_succeeded(run: DataflowRun, result: RunResult) -> None:
    assert run.result is result
