"""What the platform echoes to a session never reaches the screens."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.draft import Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.errors import PlatformError
from aep_tui.session.changes import ConnectionChanged
from aep_tui.session.outcome import Created
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.watch import StateSeen
from tests.flow_service.helpers import CONNECTION_ID, a_request, flow_error, item
from tests.kit.canary import CANARY, knowing
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio

TARGET = Target(
    Mode.PRACTICE, "http://practice.localhost", "ACME@AdobeOrg", "dev", "acme-key", Secret("a-practice-token")
)
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def echoing(scope: dict[str, Any], _receive: object, send: Send) -> None:
    """Answer as the platform would, with the secret of the create in every place."""
    body: dict[str, Any]
    if scope["method"] == "POST":
        status, body = 201, {"id": CONNECTION_ID, "etag": '"1"'}
    elif scope["method"] == "PATCH":
        status, body = 200, {"id": CONNECTION_ID, "etag": '"2"'}
    else:
        shown = item(f"state {CANARY}", etag='"1"', version=CANARY, auth={"params": {"note": CANARY.upper()}})
        status, body = 200, {"items": [shown]}
    headers = [(b"location", f"/x/{CANARY}".encode()), (b"x-request-id", CANARY.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


@pytest.fixture
async def session() -> AsyncIterator[PlatformSession]:
    session = PlatformSession(TARGET, a_wire(application=echoing, secrets=knowing({"clientSecret": CANARY})))
    yield session
    await session.close()


async def first_state(session: PlatformSession) -> StateSeen:
    async for event in session.for_watch(CONNECTION_ID).watch(CONNECTION_ID):
        if isinstance(event, StateSeen):
            return event
    raise AssertionError


async def test_the_secret_of_a_create_is_in_nothing_that_the_platform_says_before_or_after(
    session: PlatformSession,
) -> None:
    request = a_request()
    similar = await session.similar_connections(request, lambda _sentence: None)
    create = session.for_create(request, Draft()).create
    assert create is not None
    outcome = await create(lambda _sentence: None)
    assert isinstance(outcome, Created)
    assert outcome.connection.request_id == "«redacted:clientSecret»"
    seen = await first_state(session)
    assert seen.status.state == "state «redacted:clientSecret»"
    assert seen.status.parameters == {"note": "«redacted:clientSecret»"}
    assert CANARY not in repr([similar, outcome, seen])


async def test_the_secret_of_a_correction_is_in_nothing_that_the_platform_says(session: PlatformSession) -> None:
    correct = session.for_correction(CONNECTION_ID, '"1"', a_request()).create
    assert correct is not None
    outcome = await correct(lambda _sentence: None)
    assert CANARY not in repr([outcome, await first_state(session)])


class Recorder:
    """An application that answers with what it is given and keeps method, query and If-Match of each request."""

    def __init__(self, answers: Callable[[dict[str, Any]], tuple[int, object]]) -> None:
        self._answers = answers
        self.requests: list[tuple[str, str, str]] = []

    async def __call__(self, scope: dict[str, Any], _receive: object, send: Send) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.requests.append((scope["method"], unquote(scope["query_string"].decode()), headers.get("if-match", "")))
        status, body = self._answers(scope)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(body).encode() if body is not None else b""})

    @property
    def methods(self) -> list[str]:
        return [method for method, _query, _etag in self.requests]


def a_session(application: Callable[..., Any]) -> PlatformSession:
    return PlatformSession(TARGET, a_wire(application=application))


async def test_a_correction_sends_the_etag_that_the_person_saw_and_reads_no_other() -> None:
    recorder = Recorder(lambda _scope: (200, {"id": CONNECTION_ID, "etag": '"3"'}))
    session = a_session(recorder)
    correct = session.for_correction(CONNECTION_ID, '"seen"', a_request()).create
    assert correct is not None
    told: list[str] = []
    await correct(told.append)
    await session.close()
    assert told == ["Replacing the credentials of the connection."]
    assert [(method, etag) for method, _query, etag in recorder.requests] == [("PATCH", '"seen"')]


SEEN = ConnectionStatus(CONNECTION_ID, "enabled", name="ACME Salesforce", etag='"1"')


async def deleted(now: dict[str, object], seen: ConnectionStatus = SEEN) -> Recorder:
    def answers(scope: dict[str, Any]) -> tuple[int, object]:
        if scope["method"] == "DELETE":
            return 204, None
        if "DELETE" in recorder.methods:
            return 404, json.loads(flow_error("1439-404").content)
        return 200, {"items": [now]}

    recorder = Recorder(answers)
    session = a_session(recorder)
    try:
        with suppress(ConnectionChanged):
            await session.delete(seen)
    finally:
        await session.close()
    return recorder


async def test_a_connection_that_is_as_it_was_seen_is_deleted_in_that_version() -> None:
    recorder = await deleted(item("enabled", etag='"1"'))
    sent = [(method, etag) for method, _query, etag in recorder.requests]
    assert sent == [("GET", ""), ("DELETE", '"1"'), ("GET", "")], "the last one sees that it is gone"


@pytest.mark.parametrize(
    "now",
    [
        item("enabled", etag='"2"'),
        item("disabled", etag='"1"'),
        item("enabled", etag='"1"', name="Another"),
        item("enabled"),
    ],
)
async def test_a_connection_that_has_changed_since_it_was_seen_is_not_deleted(now: dict[str, object]) -> None:
    assert (await deleted(now)).methods == ["GET"]


async def test_a_connection_without_a_version_is_not_deleted() -> None:
    assert (await deleted(item("initializing"), ConnectionStatus(CONNECTION_ID, "initializing"))).methods == ["GET"]


async def test_a_list_that_is_too_long_is_asked_for_the_name_and_says_how_far_it_is() -> None:
    pages = iter(range(1, 10_000))

    def answers(scope: dict[str, Any]) -> tuple[int, object]:
        if "name==ACME Salesforce" in unquote(scope["query_string"].decode()):
            return 200, {"items": [item("enabled", id="of-the-name")]}
        number = next(pages)
        following = {"next": {"href": f"/connections?continuationToken={number}"}}
        return 200, {"items": [item("enabled", id=f"c-{number}", name="Another")], "_links": following}

    session = a_session(Recorder(answers))
    told: list[str] = []
    similar = await session.similar_connections(a_request(), told.append)
    await session.close()
    assert [each.status.connection_id for each in similar] == ["of-the-name"]
    assert "Looking for connections that exist already (99 read)..." in told


async def test_a_look_that_fails_before_the_create_says_that_nothing_was_sent() -> None:
    session = a_session(Recorder(lambda _scope: (500, {"message": "x"})))
    with pytest.raises(PlatformError) as caught:
        await session.similar_connections(a_request(), lambda _words: None)
    await session.close()
    assert caught.value.message.startswith("Nothing was sent. ")
