"""An application in the same process answers as one behind a network would."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from aep_tui.flow_service.embedded import EmbeddedService
from tests.kit.loud_service import LoudService

pytestmark = pytest.mark.anyio


def a_request(content: bytes = b"") -> httpx.Request:
    return httpx.Request("POST", "http://localhost:8000/a%20b?x=1", headers={"X-One": "1"}, content=content)


async def test_the_application_sees_the_request_and_its_answer_arrives_in_one_piece() -> None:
    seen: list[Any] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.extend((scope, await receive()))
        await send({"type": "http.response.start", "status": 207, "headers": [(b"x-two", b"2"), (b"x-two", b"3")]})
        await send({"type": "http.response.body", "body": b"one ", "more_body": True})
        await send({"type": "http.response.body", "body": b"two"})
        seen.append(await receive())

    answer = await EmbeddedService(application).handle_async_request(a_request(b"content"))
    assert (answer.status_code, answer.headers["x-two"], await answer.aread()) == (207, "2, 3", b"one two")
    scope, first, last = seen
    assert scope["type"] == "http"
    assert scope["method"] == "POST"
    assert (scope["path"], scope["raw_path"], scope["query_string"]) == ("/a b", b"/a%20b", b"x=1")
    assert (scope["scheme"], scope["server"]) == ("http", ("localhost", 8000))
    assert (b"x-one", b"1") in scope["headers"]
    assert first == {"type": "http.request", "body": b"content", "more_body": False}
    assert last == {"type": "http.disconnect"}


async def test_what_breaks_before_it_answers_is_an_internal_error() -> None:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("a fault of the service")

    assert (await EmbeddedService(application).handle_async_request(a_request())).status_code == 500
    with pytest.raises(LookupError):
        await LoudService(application).handle_async_request(a_request())
