"""The words for what failed: what it was, whether anything was sent, and who can do something about it."""

from __future__ import annotations

import httpx
import pytest

from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import PlatformError, RequestRefused, ServiceUnavailable, is_failed_test
from aep_tui.session.outcome import CannotTell, Created, NotCreated
from tests.flow_service.helpers import CONNECTION_ID, Answers, a_request, a_service, answer, flow_error, item
from tests.session.creating import create, twice
from tests.session.made_up_platform import a_list, listed

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "failure", [answer(503, {}), httpx.ConnectError("x"), answer(401, {"error_code": "401013"}), answer(502, {})]
)
async def test_a_look_that_fails_before_the_create_says_first_that_nothing_was_sent(failure: httpx.Response) -> None:
    answers = Answers(*[failure] * 4)
    outcome = await create(answers)
    assert isinstance(outcome, NotCreated)
    assert outcome.error.message.startswith("Nothing was sent. ")
    assert "Look first" not in outcome.error.next_step
    assert "POST" not in answers.methods


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (httpx.ReadTimeout("x"), "found: it was created, and the answer was lost"),
        (httpx.ReadError("reset"), "found: it was created, and the answer was lost"),
        (answer(202, {"id": "new"}), "the answer could not be used (HTTP 202)"),
        (answer(201, {}), "the answer could not be used (HTTP 201)"),
        (answer(504, {}), "the answer could not be used (HTTP 504)"),
        (httpx.Response(204), "the answer could not be used (HTTP 204)"),
    ],
)
async def test_only_what_was_lost_is_called_lost(failure: httpx.Response | Exception, words: str) -> None:
    outcome = await create(Answers(a_list(), failure, *twice(listed())))
    assert isinstance(outcome, Created)
    assert words in outcome.found_words


async def test_a_page_of_a_proxy_is_the_network_administrators() -> None:
    page = b"<html><head><title>Zscaler - Access denied</title></head><body>blocked by policy</body></html>"

    def platform(request: httpx.Request) -> httpx.Response:
        return a_list() if request.method == "GET" else httpx.Response(403, content=page)

    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert outcome.error.message.startswith("This answer is not the platform's")
    assert outcome.error.who_can_fix == "your network administrator"
    assert "Zscaler" in outcome.error.server_said


async def test_a_create_that_was_sent_several_times_says_so() -> None:
    told: list[str] = []
    outcome = await create(
        Answers(a_list(), *[answer(429, {"error_code": "429050"}) for _attempt in range(4)]), on_progress=told.append
    )
    assert isinstance(outcome, NotCreated)
    assert outcome.error.message.endswith("The request was sent 4 times.")


@pytest.mark.parametrize("code", ["1100-400", "1101-404", "1308-400"])
async def test_an_error_of_the_test_is_a_failed_test_with_the_sources_words(code: str) -> None:
    said = "Error from flow provider: 401 Unauthorized"
    async with a_service(Answers(flow_error(code, said))) as service:
        with pytest.raises(PlatformError) as caught:
            await service.test_connection(CONNECTION_ID)
    assert is_failed_test(caught.value)
    assert caught.value.server_said == said


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 502])
async def test_a_test_without_the_platforms_own_error_has_not_failed(status: int) -> None:
    async with a_service(lambda _request: httpx.Response(status)) as service:
        with pytest.raises(Problem) as caught:
            await service.test_connection(CONNECTION_ID)
    assert not is_failed_test(caught.value)


async def test_the_advice_about_a_test_knows_the_source_of_the_connection() -> None:
    seen = answer(200, {"items": [item(connectionSpec={"id": "929e4450-0237-4ed2-9404-b7e1e0a00309"})]})
    async with a_service(Answers(seen, flow_error("1100-400", "Zoho: invalid_client"))) as service:
        await service.connection_status(CONNECTION_ID)
        with pytest.raises(RequestRefused) as caught:
            await service.test_connection(CONNECTION_ID)
    assert "accounts URL" in caught.value.next_step


async def test_a_failed_read_is_not_told_to_look_for_the_connection() -> None:
    async with a_service(Answers(flow_error("1400-500"))) as service:
        with pytest.raises(ServiceUnavailable) as caught:
            await service.connection_status(CONNECTION_ID)
        assert caught.value.next_step.startswith("Wait a little")
    async with a_service(Answers(flow_error("1400-500"))) as service:
        with pytest.raises(ServiceUnavailable) as caught:
            await service.create(a_request())
        assert caught.value.next_step.startswith("Look first whether the connection exists")
