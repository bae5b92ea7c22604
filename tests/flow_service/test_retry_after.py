from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import RateLimited, ServiceUnavailable
from aep_tui.flow_service.failures import error_of_answer
from aep_tui.flow_service.retry import ATTEMPTS, LONGEST_WAIT, seconds_before
from aep_tui.flow_service.retry_after import LONGEST_SECONDS, http_date, seconds_to_wait
from tests.kit.clock import START


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("1.5", 1.5),
        ("86400", 86_400.0),
        ("86401", 86_400.0),
        ("999999999999", LONGEST_SECONDS),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 86_400.0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 13:00:30 +0100", 30.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e3", None),
        ("٣", None),
        ("nan", None),
    ],
)
def test_seconds_and_dates_are_read(header: str, seconds: float | None) -> None:
    assert seconds_to_wait(header, START) == seconds


@given(st.text() | st.from_regex(r"\A\w{3}, \d{1,2} \w{3} \d{1,5} \d\d:\d\d:\d\d [A-Z+-]{1,4}\d{0,4}\Z"))
def test_any_header_is_a_wait_between_nothing_and_a_day_or_none(header: str) -> None:
    seconds = seconds_to_wait(header, START)
    assert seconds is None or 0 <= seconds <= LONGEST_SECONDS


ONE_AT_A_TIME = "Sun, 22 Nov 2026 12:00:%02d GMT"


@pytest.mark.parametrize(
    "our_error", [timedelta(minutes=-5), timedelta(0), timedelta(seconds=10), timedelta(minutes=5)]
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_date_is_read_against_the_clock_of_the_answer(status: int, our_error: timedelta) -> None:
    headers = {"retry-after": ONE_AT_A_TIME % 2, "date": ONE_AT_A_TIME % 0}
    error = error_of_answer(status, headers, b"", Secrets(), START + our_error)
    assert isinstance(error, RateLimited | ServiceUnavailable)
    assert error.retry_after == 2.0


@pytest.mark.parametrize("date", [None, "", "soon"])
def test_without_a_date_of_the_answer_ours_counts(date: str | None) -> None:
    headers = {"retry-after": ONE_AT_A_TIME % 30} | ({} if date is None else {"date": date})
    error = error_of_answer(429, headers, b"", Secrets(), START + timedelta(seconds=10))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 20.0


def test_a_date_is_aware() -> None:
    date = http_date("Sun, 22 Nov 2026 12:00:30 GMT")
    assert date == START + timedelta(seconds=30)


def test_waits_double_from_half_a_second_and_end_at_the_cap() -> None:
    assert [seconds_before(attempt, None, 0.0) for attempt in range(2, ATTEMPTS + 1)] == [0.5, 1.0, 2.0]
    assert seconds_before(100, None, 1.0) == LONGEST_WAIT
    assert seconds_before(2, None, 1.0) == pytest.approx(0.7)
    assert seconds_before(2, 7.0, 1.0) == 7.0
