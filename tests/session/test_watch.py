from __future__ import annotations

import asyncio

import httpx
import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.session.watch import (
    PollFailed,
    StateSeen,
    TokenRefused,
    Watch,
    WatchEnd,
    WatchEnded,
    WatchEvent,
    watch_connection,
)
from tests.flow_service.helpers import CONNECTION_ID, Answers, Handler, a_service, answer, flow_error, item
from tests.kit.clock import FakeClock

pytestmark = pytest.mark.anyio


def seen(state: str) -> httpx.Response:
    return answer(200, {"items": [item(state)]})


async def watched(handler: Handler, clock: FakeClock, *, is_new: bool = False) -> list[WatchEvent]:
    async with a_service(handler, clock) as service:
        return [event async for event in watch_connection(service, CONNECTION_ID, clock=clock, is_new=is_new)]


async def test_polls_come_after_1_2_and_5_seconds_and_then_every_10_until_enabled() -> None:
    clock = FakeClock()
    states = ["initializing", "initializing", "initializing", "initializing", "initializing", "enabled"]
    events = await watched(Answers(*map(seen, states)), clock)
    assert clock.slept == [1.0, 2.0, 5.0, 10.0, 10.0, 10.0]
    assert [event.is_change for event in events if isinstance(event, StateSeen)] == [True, *[False] * 4, True]
    assert events[-1] == WatchEnded(WatchEnd.ENABLED)


@pytest.mark.parametrize("state", ["failed", "disabled", "something-new"])
async def test_a_state_that_nobody_knows_to_pass_ends_the_watching_and_is_shown_as_it_is(state: str) -> None:
    events = await watched(Answers(seen("initializing"), seen(state)), FakeClock())
    shown = events[-2]
    assert isinstance(shown, StateSeen)
    assert shown.status.state == state
    assert events[-1] == WatchEnded(WatchEnd.UNKNOWN_STATE)


async def test_an_answer_without_a_state_does_not_end_the_watching() -> None:
    events = await watched(Answers(seen("initializing"), seen(""), seen("enabled")), FakeClock())
    assert events[-1] == WatchEnded(WatchEnd.ENABLED)


async def test_watching_gives_up_after_ten_minutes() -> None:
    clock = FakeClock()
    events = await watched(lambda request: seen("initializing"), clock)
    assert events[-1] == WatchEnded(WatchEnd.GAVE_UP)
    assert clock.elapsed == 600


async def test_a_failed_poll_is_told_at_once_backs_off_and_goes_on() -> None:
    clock = FakeClock()
    answers = Answers(answer(503, {}), httpx.ReadTimeout("x"), answer(502, {}), seen("initializing"), seen("enabled"))
    events = await watched(answers, clock)
    failures = [event for event in events if isinstance(event, PollFailed)]
    assert [failure.next_poll_in for failure in failures] == [2.0, 10.0, 40.0]
    assert len(answers.requests) == 5
    assert clock.slept == [1.0, 2.0, 10.0, 40.0, 10.0]
    assert events[-1] == WatchEnded(WatchEnd.ENABLED)


NOT_FOUND = {"errorMessage": "connections not found with id = [x]", "errorDetails": ""}


@pytest.mark.parametrize("missing", [answer(404, NOT_FOUND), answer(200, {"items": []}), flow_error("1439-404")])
async def test_a_new_connection_that_is_not_found_is_not_visible_yet(missing: httpx.Response) -> None:
    events = await watched(Answers(missing, seen("enabled")), FakeClock(), is_new=True)
    assert isinstance(events[0], PollFailed)
    assert events[0].error.title == "Not visible yet"
    assert events[-1] == WatchEnded(WatchEnd.ENABLED)


async def test_what_was_seen_before_or_is_not_new_or_stays_away_is_not_found() -> None:
    known = await watched(Answers(answer(404, NOT_FOUND), seen("enabled")), FakeClock())
    gone = await watched(
        Answers(seen("initializing"), answer(404, NOT_FOUND), seen("enabled")), FakeClock(), is_new=True
    )
    away = await watched(lambda _request: answer(404, NOT_FOUND), FakeClock(), is_new=True)
    failures = [event for event in (*known, *gone, away[-2]) if isinstance(event, PollFailed)]
    assert [failure.error.title for failure in failures] == ["Not found"] * 3


async def test_the_wait_after_failures_is_doubled_up_to_a_minute() -> None:
    events = await watched(lambda _request: answer(503, {}), FakeClock())
    waits = [event.next_poll_in for event in events if isinstance(event, PollFailed)]
    assert waits[:6] == [2.0, 10.0, 40.0, 60.0, 60.0, 60.0]


async def test_after_a_new_token_the_next_poll_comes_at_once_and_the_waits_begin_anew() -> None:
    clock = FakeClock()
    answers = Answers(
        seen("initializing"), answer(401, {"error_code": "401013"}), *map(seen, ["initializing", "enabled"])
    )
    async with a_service(answers, clock) as service:
        watch = watch_connection(service, CONNECTION_ID, clock=clock)
        async for event in watch:
            if isinstance(event, TokenRefused):
                watch.use_access_token(Secret("second"))
    assert clock.slept == [1.0, 2.0, 0.0, 2.0]


async def test_a_failed_poll_waits_at_least_as_long_as_the_platform_asks() -> None:
    clock = FakeClock()
    await watched(Answers(answer(429, {}, Retry_After="90"), seen("enabled")), clock)
    assert clock.slept == [1.0, 90.0]


async def test_a_platform_that_asks_for_less_does_not_shorten_the_wait_after_failures() -> None:
    clock = FakeClock()
    await watched(Answers(*[answer(503, {}, Retry_After="1") for _poll in range(3)], seen("enabled")), clock)
    assert clock.slept == [1.0, 2.0, 10.0, 40.0]


async def test_a_refused_token_pauses_the_watching_until_there_is_another() -> None:
    clock = FakeClock()
    clock.advance(5_000)
    accepted: list[str] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        token = request.headers["authorization"]
        accepted.append(token)
        return seen("enabled") if token == "Bearer second" else answer(401, {"error_code": "401013"})

    async with a_service(gateway, clock) as service:
        watch = Watch(service, CONNECTION_ID, clock=clock)
        events: list[WatchEvent] = []

        async def collect() -> None:
            async for event in watch:
                events.append(event)

        task = asyncio.create_task(collect())
        while not events:
            await asyncio.sleep(0)
        polls = len(accepted)
        for _turn in range(20):
            await asyncio.sleep(0)
        assert len(accepted) == polls, "no request leaves during the pause"
        clock.advance(3600)
        watch.use_access_token(Secret("second"))
        await task
    assert isinstance(events[0], TokenRefused)
    assert events[-1] == WatchEnded(WatchEnd.ENABLED), "the hour of the pause does not count"


async def test_a_token_that_is_given_while_the_event_is_handled_is_not_lost() -> None:
    clock = FakeClock()

    def gateway(request: httpx.Request) -> httpx.Response:
        is_new = request.headers["authorization"] == "Bearer second"
        return seen("enabled") if is_new else answer(401, {"error_code": "401013"})

    kinds: list[type[WatchEvent]] = []
    async with a_service(gateway, clock) as service:
        watch = watch_connection(service, CONNECTION_ID, clock=clock)
        async for event in watch:
            kinds.append(type(event))
            if isinstance(event, TokenRefused):
                with pytest.raises(SettingsProblem):
                    watch.use_access_token(Secret("not\nsendable"))
                watch.use_access_token(Secret("second"))
    assert kinds == [TokenRefused, StateSeen, WatchEnded]


async def test_cancelling_ends_a_wait_at_once() -> None:
    clock = FakeClock()
    clock.hold()
    async with a_service(Answers(), clock) as service:

        async def first_event() -> WatchEvent:
            return await anext(aiter(watch_connection(service, CONNECTION_ID, clock=clock)))

        task = asyncio.create_task(first_event())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 1)


async def test_the_last_look_comes_when_the_ten_minutes_end() -> None:
    clock = FakeClock()
    answers = Answers(answer(429, {}, Retry_After="598"), seen("initializing"), seen("initializing"))
    events = await watched(answers, clock)
    assert clock.slept == [1.0, 598.0, 1.0]
    assert events[-1] == WatchEnded(WatchEnd.GAVE_UP)


async def test_after_a_minute_a_new_connection_that_is_not_found_is_not_found() -> None:
    for seconds, title in (("58", "Not visible yet"), ("59", "Not found")):
        clock = FakeClock()
        clock.advance(5_000)
        answers = Answers(answer(429, {}, Retry_After=seconds), answer(404, NOT_FOUND), seen("enabled"))
        _limited, missing, *_rest = await watched(answers, clock, is_new=True)
        assert isinstance(missing, PollFailed)
        assert missing.error.title == title


async def test_a_second_refusal_pauses_the_watching_again() -> None:
    refused = answer(401, {"error_code": "401013"})
    clock = FakeClock()
    answers = Answers(refused, refused, seen("enabled"))
    async with a_service(answers, clock) as service:
        watch = watch_connection(service, CONNECTION_ID, clock=clock)
        events: list[WatchEvent] = []

        async def collect() -> None:
            async for event in watch:
                events.append(event)

        task = asyncio.create_task(collect())
        for refusals in (1, 2):
            while len(events) < refusals:
                await asyncio.sleep(0)
            for _turn in range(20):
                await asyncio.sleep(0)
            assert len(events) == len(answers.requests) == refusals, "nothing happens during the pause"
            watch.resume()
        await task
    assert [type(event) for event in events] == [TokenRefused, TokenRefused, StateSeen, WatchEnded]


async def test_after_a_poll_that_worked_the_doubling_begins_anew() -> None:
    answers = Answers(answer(503, {}), answer(503, {}), seen("initializing"), answer(503, {}), seen("enabled"))
    events = await watched(answers, FakeClock())
    assert [event.next_poll_in for event in events if isinstance(event, PollFailed)] == [2.0, 10.0, 10.0]
