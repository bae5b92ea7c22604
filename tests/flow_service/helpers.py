"""What the tests of this room share: a clock that jumps, a request with secrets, a service over a mock transport."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import format_datetime

import httpx

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Parameter
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.retry import RetryWait
from tests.kit.canary import CANARY, knowing
from tests.kit.clock import FakeClock
from tests.kit.wire import a_wire

TOKEN = f"{CANARY}-of-the-token"
SPEC_ID = "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5"
CONNECTION_ID = "4cb0c374-d3bb-4557-b139-5712880adc55"
CONNECTIONS = "/data/foundation/flowservice/connections"

Handler = Callable[[httpx.Request], httpx.Response]


def secret_parameter(name: str) -> Parameter:
    return Parameter(name, name, "", "", "", is_required=True, is_secret=True)


def plain_parameter(name: str) -> Parameter:
    return Parameter(name, name, "", "", "", is_required=True)


def a_request(name: str = "ACME Salesforce", secret: str = CANARY) -> ConnectionRequest:
    return ConnectionRequest(
        name=name,
        description="",
        connection_spec_id=SPEC_ID,
        connection_spec_version="1.0",
        auth_spec_name="OAuth2 Client Credential",
        parameters=(
            (plain_parameter("environmentUrl"), "https://acme.my.salesforce.com"),
            (plain_parameter("clientId"), "acme-client"),
            (secret_parameter("clientSecret"), Secret(secret)),
            (plain_parameter("apiVersion"), "60.0"),
        ),
    )


def a_target(base_url: str = "https://platform.adobe.io", token: str | None = TOKEN) -> Target:
    return Target(
        mode=Mode.LIVE,
        base_url=base_url,
        organization_id="ACME@AdobeOrg",
        sandbox_name="dev",
        api_key="acme-key",
        access_token=Secret(token) if token is not None else None,
    )


def a_service(
    handler: Handler,
    clock: FakeClock | None = None,
    target: Target | None = None,
    on_retry: Callable[[RetryWait], None] | None = None,
    authentication: httpx.Auth | None = None,
    secrets: Secrets | None = None,
    tells_date: bool = True,
) -> FlowService:
    """Return a client whose answers come from `handler`, with the `Date` of `clock` as servers send it."""
    clock = clock or FakeClock()
    secrets = secrets or knowing({"clientSecret": CANARY, "accessToken": TOKEN})
    wire = a_wire(clock=clock, answers=_dated(handler, clock) if tells_date else handler, secrets=secrets)
    return FlowService(target or a_target(), wire, on_retry=on_retry, authentication=authentication)


def _dated(handler: Handler, clock: FakeClock) -> Handler:
    def answer_with_date(request: httpx.Request) -> httpx.Response:
        response = handler(request)
        if "Date" not in response.headers or "is_dated_here" in response.extensions:
            response.headers["Date"] = format_datetime(clock.now(), usegmt=True)
            response.extensions["is_dated_here"] = True
        return response

    return answer_with_date


def item(state: str = "enabled", **more: object) -> dict[str, object]:
    return {"id": CONNECTION_ID, "state": state, "name": "ACME Salesforce", **more}


def answer(status: int, value: object, **headers: str) -> httpx.Response:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.Response(status, content=json.dumps(value).encode(), headers=names)


def flow_error(code: str, text: str = "as documented") -> httpx.Response:
    status = int(code[-3:])
    return answer(
        status,
        {
            "type": f"https://ns.adobe.com/aep/errors/FLOW-{code}",
            "title": "Title",
            "status": status,
            "report": {"detailed-message": text, "request-id": "request-1"},
        },
    )


class Answers:
    """A handler that gives one answer after the other and remembers the requests; an exception is raised."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        given = self._answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    @property
    def methods(self) -> list[str]:
        return [request.method for request in self.requests]


def everything_said_by(error: BaseException) -> str:
    """Return all that an exception and those chained to it show: str, repr, args and attributes."""
    texts: list[str] = []
    current: BaseException | None = error
    while current is not None:
        texts += [str(current), repr(current), repr(current.args), repr(vars(current))]
        current = current.__cause__ or current.__context__
    return "\n".join(texts)


def a_replacement(connection_id: str, etag: str) -> tuple[ConnectionStatus, ConnectionChange]:
    """Return a connection as it was seen, and the replacement of all its parameters."""
    request = a_request()
    seen = ConnectionStatus(connection_id, "", etag=etag, connection_spec_id=request.connection_spec_id)
    return seen, ConnectionChange(credentials=request)
