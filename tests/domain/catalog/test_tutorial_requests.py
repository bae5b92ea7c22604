"""Each of the five requests, from the catalog to the bytes that a server receives, is the one of its tutorial."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.flow_service.client import FlowService
from tests.domain.catalog.tutorials import ALL, HEADERS, SALESFORCE_OAUTH2, URL, TutorialRequest
from tests.kit.canary import CANARY
from tests.kit.wire import a_wire

SAMPLES = pytest.mark.parametrize("sample", ALL, ids=[sample.id for sample in ALL])


def request_for(sample: TutorialRequest, **changes: Answer) -> ConnectionRequest:
    """The request that the answers of a sample make."""
    source = load_catalog().source(sample.source_id)
    assert source is not None
    method = source.auth_method(Cloud(sample.cloud), sample.auth_method_id)
    assert method is not None
    answers: dict[str, Answer] = {}
    for parameter in method.parameters:
        value = sample.body["auth"]["params"].get(parameter.api_name, "")
        answers[parameter.api_name] = Secret(value) if parameter.is_secret else value
    draft = Draft(
        cloud=Cloud(sample.cloud),
        source_id=sample.source_id,
        auth_method_id=sample.auth_method_id,
        answers=answers | changes,
        name=sample.body["name"],
        description=sample.body["description"],
    )
    return build_connection_request(draft, source, method)


class RecordingApplication:
    """An ASGI application that keeps what it received and answers 201."""

    def __init__(self) -> None:
        self.scope: MutableMapping[str, Any] = {}
        self.body = b""

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        self.scope = scope
        while True:
            message = await receive()
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b'{"id": "4cb0c374", "etag": "\\"9e05\\""}'})


@pytest.mark.anyio
@SAMPLES
async def test_a_server_receives_the_request_of_the_tutorial(sample: TutorialRequest) -> None:
    server = RecordingApplication()
    target = Target(Mode.LIVE, LIVE_BASE_URL, "{ORG_ID}", "{SANDBOX_NAME}", "{API_KEY}", Secret("{ACCESS_TOKEN}"))
    service = FlowService(target, a_wire(application=server))
    try:
        await service.create(request_for(sample))
    finally:
        await service.aclose()
    headers = {name.decode().lower(): value.decode() for name, value in server.scope["headers"]}
    assert server.scope["method"] == "POST"
    assert f"https://{headers['host']}{server.scope['path']}" == URL
    assert {name: headers.get(name.lower()) for name in HEADERS} == HEADERS
    assert json.loads(server.body) == sample.body


@SAMPLES
def test_parameters_stand_in_the_order_of_the_tutorial(sample: TutorialRequest) -> None:
    sent = json.loads(request_for(sample).body_to_send())
    assert list(sent["auth"]["params"]) == list(sample.body["auth"]["params"])
    assert list(sent) == list(sample.body)


@SAMPLES
def test_the_shown_body_has_placeholders_where_the_sent_one_has_secrets(sample: TutorialRequest) -> None:
    request = request_for(sample)
    shown = json.dumps(request.body_with_placeholders())
    assert CANARY not in shown
    assert CANARY in request.body_to_send().decode()
    for api_name in request.secret_names:
        assert request.body_with_placeholders()["auth"]["params"][api_name].startswith("{")


@SAMPLES
def test_a_request_never_shows_a_secret_in_its_repr(sample: TutorialRequest) -> None:
    assert CANARY not in repr(request_for(sample))


def test_a_switch_that_is_off_is_not_sent() -> None:
    body = json.loads(request_for(SALESFORCE_OAUTH2, includeDeletedObjects=False).body_to_send())
    assert "includeDeletedObjects" not in body["auth"]["params"]
