"""What happens before a handler runs: the header checks of the gateway and of the Flow Service, and reading a body.

Codes and messages: the platform's troubleshooting guide, and the identity part of the Flow Service error catalogue.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from starlette.requests import Request

from aep_tui.practice.answers import Refusal, flow_error, gateway_error, problem_error, quoted
from aep_tui.practice.organization import (
    EXPIRED_TOKEN,
    INVALID_API_KEY,
    ORGANIZATION_WITHOUT_PROFILE,
    PracticeSandbox,
    sandbox_by_name,
)

_ORGANIZATION_ID = re.compile(r"[A-Za-z0-9]+@AdobeOrg")
_LARGEST_BODY = 1_000_000
"""Bytes; a create has one or two thousand."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        token: the bearer token; never kept.
        client_id: the API key.
        organization_id: with "@AdobeOrg".
    """

    token: str
    client_id: str
    organization_id: str

    def __repr__(self) -> str:
        return f"Caller({self.organization_id})"


def caller_of(request: Request) -> Caller:
    """Return who asks.

    Raises:
        Refusal: a header is missing or refused by the gateway (403010, 401013, 403000, 403003, 400003, 403025, 403027).
    """
    authorization = request.headers.get("authorization", "").strip()
    if not authorization:
        raise gateway_error("403010", "Oauth token is missing.")
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or " " in token or token == EXPIRED_TOKEN:
        raise gateway_error("401013", "Oauth token is not valid")
    client_id = request.headers.get("x-api-key", "").strip()
    if not client_id:
        raise gateway_error("403000", "Api Key is required")
    if client_id == INVALID_API_KEY:
        raise gateway_error("403003", "Api Key is invalid")
    organization_id = request.headers.get("x-gw-ims-org-id", "").strip()
    if not organization_id:
        raise gateway_error("400003", "Missing header")
    if not _ORGANIZATION_ID.fullmatch(organization_id):
        raise gateway_error("403027", "User region is missing")
    if organization_id == ORGANIZATION_WITHOUT_PROFILE:
        raise gateway_error("403025", "Profile is not valid")
    return Caller(token, client_id, organization_id)


def sandbox_of(request: Request, refuses_every_sandbox: bool) -> PracticeSandbox:
    """Return the sandbox that a Flow Service request is about.

    Raises:
        Refusal: the header is missing, "*" or unknown (2105-400, 2111-403, 2101-404), or `x-sandbox-id` is sent with a
            user's token (2110-400).
    """
    if "x-sandbox-id" in request.headers:
        raise flow_error("2110-400", "The x-sandbox-id header is not allowed with a user token.")
    name = request.headers.get("x-sandbox-name", "").strip()
    if not name:
        raise flow_error("2105-400", "The x-sandbox-name header is missing.")
    if name == "*":
        raise flow_error("2111-403", "The wildcard sandbox name is restricted.")
    sandbox = None if refuses_every_sandbox else sandbox_by_name(name)
    if sandbox is None:
        raise flow_error(
            "2101-404",
            "Sandbox not found.",
            f"Error from Sandbox Management: sandbox with name [{quoted(name)}] was not found for this organization.",
        )
    return sandbox


async def json_of(request: Request) -> object:
    """Return the JSON value in the body.

    A body that is not JSON is answered with 1000-400 ("bad request" in the connector layer's catalogue): no document
    says what the platform answers.

    Raises:
        Refusal: wrong content type (problem JSON), empty (1405-400), too large or not JSON.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise problem_error(400, "BadRequestError", "A valid content-type must be specified")
    content = await body_of(request)
    if not content.strip():
        raise flow_error("1405-400", "The request body is empty.")
    try:
        value: object = json.loads(content, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair parses, but cannot be sent or kept
    except (ValueError, RecursionError) as reason:
        raise _not_json() from reason
    return value


async def body_of(request: Request) -> bytes:
    """Return the body.

    Raises:
        Refusal: 413 for a body of more than a million bytes.
    """
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _LARGEST_BODY:
            raise problem_error(413, "PayloadTooLarge", "The request body is too large")
    return bytes(content)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _not_json() -> Refusal:
    return flow_error("1000-400", "The request body is not valid JSON.")
