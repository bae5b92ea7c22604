"""What the platform echoes to a session never reaches the screens."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from aep_tui.domain.draft import Draft
from aep_tui.domain.redaction import Redactor
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.session.outcome import Created
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.watch import StateSeen
from aep_tui.settings.launch import Launch
from tests.flow_service.helpers import CONNECTION_ID, FakeClock, a_request, item
from tests.secrets import CANARY

pytestmark = pytest.mark.anyio

TARGET = Target(Mode.PRACTICE, "http://practice", "ACME@AdobeOrg", "dev", "acme-key", Secret("a-practice-token"))
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
    launch = Launch(
        mode=Mode.PRACTICE,
        practice_target=TARGET,
        live_target=TARGET,
        scenarios=(),
        scenario_id="",
        practice_application=lambda _scenario_id: echoing,
        practice_token="a-practice-token",  # no secret, by its own description
        clock=FakeClock(),
    )
    session = PlatformSession(launch, TARGET, "")
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
    correct = session.for_correction(CONNECTION_ID, a_request()).create
    assert correct is not None
    outcome = await correct(lambda _sentence: None)
    assert CANARY not in repr([outcome, await first_state(session)])


async def test_the_secrets_of_earlier_sessions_are_hidden_when_they_are_handed_over(session: PlatformSession) -> None:
    session.hide(Redactor({"password": CANARY}))
    assert (await first_state(session)).status.state == "state «redacted:password»"
