"""Read-only: whatever asks, nothing leaves but what reads and what obtains a token to read with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest

from aep_tui.domain.secret import Secret
from aep_tui.domain.target import ClientCredential
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.flow_service.reading_only import ReadOnly, refuse_a_change
from aep_tui.flow_service.salesforce_login import LoginAttempts, SalesforceCredentials, check_salesforce_login
from tests.flow_service.helpers import CONNECTION_ID, a_replacement, a_request, a_target, answer, item
from tests.kit.canary import CANARY, knowing
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


class Platform:
    """Answers everything, and remembers what has left."""

    def __init__(self) -> None:
        self.left: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.left.append((request.method, request.url.path))
        if request.url.path == "/ims/token/v3":
            return answer(200, {"access_token": "obtained-token", "expires_in": 86399})
        return answer(200, {"items": [item()], "id": CONNECTION_ID, "etag": '"2"'})

    def wire(self, base_url: str = "https://platform.adobe.io") -> Wire:
        wire = a_wire(base_url, answers=self, secrets=knowing({"clientSecret": CANARY}))
        return replace(wire, is_read_only=True)


async def public(_host: str) -> list[str]:
    return ["136.146.0.1"]


CHANGES: dict[str, Callable[[FlowService], Awaitable[object]]] = {
    "create": lambda service: service.create(a_request()),
    "replace": lambda service: service.change_connection(*a_replacement(CONNECTION_ID, '"1"')),
    "delete": lambda service: service.delete_connection(CONNECTION_ID, '"1"'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_change_does_not_leave(change: Callable[[FlowService], Awaitable[object]]) -> None:
    platform = Platform()
    async with FlowService(a_target(), platform.wire()) as service:
        with pytest.raises(ReadOnly) as caught:
            await change(service)
        assert not caught.value.request_left
        assert caught.value.attempts == 1
        assert CANARY not in str(vars(caught.value))
        await service.connection_status(CONNECTION_ID)
    assert [method for method, _path in platform.left] == ["GET"]


async def test_a_token_is_obtained_to_read_with() -> None:
    platform = Platform()
    credential = ClientCredential(Secret(CANARY), ims_base_url="https://ims.example")
    authentication = ImsAuthentication("client", credential, platform.wire("https://ims.example"))
    async with FlowService(a_target(token=None), platform.wire(), authentication=authentication) as service:
        await service.connection_status(CONNECTION_ID)
        with pytest.raises(ReadOnly):
            await service.delete_connection(CONNECTION_ID, '"1"')
    assert [method for method, _path in platform.left] == ["POST", "GET"]


async def test_a_source_is_not_asked_about_credentials() -> None:
    platform = Platform()
    credentials = SalesforceCredentials("https://acme.my.salesforce.com", "3MVG9acme", Secret(CANARY))
    with pytest.raises(ReadOnly):
        await check_salesforce_login(credentials, LoginAttempts(), platform.wire(), resolve=public)
    assert platform.left == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "UNHEARD-OF"])
async def test_what_is_not_known_to_read_is_refused(method: str) -> None:
    # httpx writes every method in capital letters; whatever does not come so is not what we know.
    request = httpx.Request("GET", "https://platform.adobe.io/ims/token/v3/x")
    request.method = method
    with pytest.raises(ReadOnly):
        await refuse_a_change(request)
