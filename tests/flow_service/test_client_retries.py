from __future__ import annotations

from contextlib import suppress

import httpx
import pytest

from aep_tui.flow_service.errors import (
    ConnectionFailed,
    PlatformError,
    RateLimited,
    ServiceUnavailable,
)
from aep_tui.flow_service.retry import RetryWait
from tests.flow_service.helpers import CONNECTION_ID, Answers, a_request, a_service, answer, flow_error, item
from tests.kit.clock import FakeClock

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("failure", "request_left"),
    [
        (httpx.ConnectError("refused"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("full"), False),
        (httpx.ProxyError("407"), False),
        (httpx.ReadTimeout("silence"), True),
        (httpx.WriteError("reset"), True),
        (httpx.WriteTimeout("slow"), True),
        (httpx.ReadError("reset"), True),
        (httpx.RemoteProtocolError("closed"), True),
    ],
)
async def test_a_failure_says_whether_the_request_left_and_a_post_is_repeated_only_when_it_did_not(
    failure: httpx.HTTPError, request_left: bool
) -> None:
    answers = Answers(*[failure] * 4)
    async with a_service(answers) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert caught.value.request_left is request_left
    assert len(answers.requests) == (1 if request_left else 4)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_a_post_is_never_repeated_after_a_status_that_hides_what_happened(status: int) -> None:
    answers = Answers(answer(status, {}))
    async with a_service(answers) as service:
        with pytest.raises(PlatformError):
            await service.create(a_request())
    assert answers.methods == ["POST"]


async def test_a_post_waits_as_told_after_429_and_shows_the_wait() -> None:
    clock, waits = FakeClock(), list[RetryWait]()
    answers = Answers(answer(429, {"error_code": "429050"}, Retry_After="45"), answer(201, {"id": CONNECTION_ID}))
    async with a_service(answers, clock, on_retry=waits.append) as service:
        await service.create(a_request())
    assert clock.slept == [45.0]
    assert (waits[0].seconds, waits[0].attempt, waits[0].attempts, waits[0].status) == (45.0, 2, 4, 429)


async def test_a_429_page_of_something_in_between_does_not_repeat_a_post() -> None:
    answers = Answers(httpx.Response(429, content=b"<html>slow down</html>"))
    async with a_service(answers) as service:
        with pytest.raises(RateLimited) as caught:
            await service.create(a_request())
    assert answers.methods == ["POST"]
    assert not caught.value.is_from_platform


@pytest.mark.parametrize("refusal", [flow_error("1000-429"), answer(429, {"code": "429050", "message": "x"})])
async def test_a_post_is_repeated_after_no_other_429_than_the_gateways_documented_one(refusal: httpx.Response) -> None:
    answers = Answers(refusal)
    async with a_service(answers) as service:
        with pytest.raises(RateLimited):
            await service.create(a_request())
    assert answers.methods == ["POST"]


async def test_a_post_that_was_sent_several_times_says_how_often() -> None:
    async with a_service(Answers(*[answer(429, {"error_code": "429050"})] * 4)) as service:
        with pytest.raises(RateLimited) as caught:
            await service.create(a_request())
    assert caught.value.message.endswith("The request was sent 4 times.")


async def test_a_wait_of_an_hour_is_not_waited_but_told() -> None:
    clock = FakeClock()
    async with a_service(Answers(answer(429, {}, Retry_After="3600")), clock) as service:
        with pytest.raises(RateLimited) as caught:
            await service.connection_status(CONNECTION_ID)
    assert clock.slept == []
    assert caught.value.retry_after == 3600


async def test_a_date_in_retry_after_is_followed() -> None:
    clock = FakeClock()
    answers = Answers(answer(503, {}, Retry_After="Sun, 22 Nov 2026 12:00:07 GMT"), answer(200, {"items": [item()]}))
    async with a_service(answers, clock) as service:
        await service.connection_status(CONNECTION_ID)
    assert clock.slept == [7.0]


@pytest.mark.parametrize("first", [answer(429, {}), answer(502, {}), answer(503, {}), answer(504, {})])
async def test_a_read_is_repeated_after_a_passing_status(first: httpx.Response) -> None:
    clock = FakeClock()
    answers = Answers(first, httpx.ReadTimeout("x"), httpx.ConnectError("y"), answer(200, {"items": [item()]}))
    async with a_service(answers, clock) as service:
        assert (await service.connection_status(CONNECTION_ID)).is_enabled
    for slept, least in zip(clock.slept, (0.5, 1.0, 2.0), strict=True):
        assert least <= slept <= least + 0.2


async def test_a_read_gives_up_after_four_attempts_and_a_single_attempt_can_be_asked_for() -> None:
    answers = Answers(*[answer(503, {}) for _attempt in range(5)])
    async with a_service(answers) as service:
        with pytest.raises(ServiceUnavailable):
            await service.connection_status(CONNECTION_ID)
        assert len(answers.requests) == 4
        with pytest.raises(ServiceUnavailable):
            await service.connection_status(CONNECTION_ID, with_retries=False)
    assert len(answers.requests) == 5


@pytest.mark.parametrize(("seconds", "attempts"), [("30", 2), ("31", 1)])
async def test_a_read_waits_up_to_30_seconds(seconds: str, attempts: int) -> None:
    answers = Answers(answer(429, {}, Retry_After=seconds), answer(200, {"items": [item()]}))
    async with a_service(answers) as service:
        with suppress(RateLimited):
            await service.connection_status(CONNECTION_ID)
    assert len(answers.requests) == attempts


@pytest.mark.parametrize(("seconds", "attempts"), [("120", 2), ("121", 1)])
async def test_a_create_waits_up_to_two_minutes(seconds: str, attempts: int) -> None:
    refused = answer(429, {"error_code": "429050"}, Retry_After=seconds)
    answers = Answers(refused, answer(201, {"id": CONNECTION_ID}))
    async with a_service(answers) as service:
        with suppress(RateLimited):
            await service.create(a_request())
    assert len(answers.requests) == attempts
