"""The neighbours of the Flow Service: sandbox list, Adobe IMS, and Salesforce's token endpoint."""

from __future__ import annotations

import uuid
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aep_tui.practice.answers import JsonObject, Refusal
from aep_tui.practice.gateway import body_of
from aep_tui.practice.organization import (
    BOUND_SCOPES,
    NO_RUN_AS_USER_CLIENT_ID,
    NOT_APPROVED_CLIENT_ID,
    SANDBOXES,
    USER_ID,
    WRONG_CLIENT_ID,
    WRONG_CLIENT_SECRET,
    WRONG_DOMAIN_CLIENT_ID,
    PracticeSandbox,
)
from aep_tui.practice.service import PracticeService

_TOKEN_SECONDS: Final = 86399
"""`expires_in`, about a day (Adobe's page on server-to-server authentication)."""

_FORM_TYPE: Final = "application/x-www-form-urlencoded"
_SALESFORCE_REFUSALS: Final = {
    WRONG_CLIENT_ID: ("invalid_client_id", "client identifier invalid"),
    NO_RUN_AS_USER_CLIENT_ID: ("invalid_grant", "no client credentials user enabled"),
    WRONG_DOMAIN_CLIENT_ID: ("invalid_grant", "request not supported on this domain"),
    NOT_APPROVED_CLIENT_ID: ("invalid_grant", "user hasn't approved this consumer"),
}


async def list_sandboxes(service: PracticeService, request: Request) -> Response:
    """Answer `GET /data/foundation/sandbox-management/`, the sandboxes that the caller can use.

    Raises:
        Refusal: the caller is refused, or a header or a parameter is missing or wrong.
    """
    service.admit(request)
    if "application/json" not in request.headers.get("accept", ""):
        raise _sandbox_error("The Accept header has to be application/json.")
    sandboxes = [] if service.scenario.refuses_every_sandbox else list(SANDBOXES)
    limit, offset = request.query_params.get("limit"), request.query_params.get("offset")
    if (limit is None) != (offset is None):
        raise _sandbox_error("The parameters limit and offset have to be given together.")
    page_size, start = _number(limit, 50), _number(offset, 0)
    page = sandboxes[start : start + page_size]
    return JSONResponse(
        {
            "sandboxes": [_sandbox_item(sandbox) for sandbox in page],
            "_page": {"limit": page_size, "count": len(page)},
            "_links": {
                "page": {
                    "href": f"{request.url.replace(query='')}?limit={{limit}}&offset={{offset}}",
                    "templated": True,
                }
            },
        }
    )


async def issue_access_token(service: PracticeService, request: Request) -> Response:
    """Answer `POST /ims/token/v3` of Adobe IMS: a new access token for every client but the magic wrong ones.

    Raises:
        Refusal: the form cannot be read, or has no client, secret and scopes that are known.
    """
    form = await _form_of(request)
    if form.get("grant_type") != "client_credentials":
        raise _oauth_error("unsupported_grant_type", "unsupported grant_type parameter")
    if form.get("client_id", "") in ("", WRONG_CLIENT_ID):
        raise _oauth_error("invalid_client", "invalid client_id parameter")
    if form.get("client_secret", "") in ("", WRONG_CLIENT_SECRET):
        raise _oauth_error("invalid_client", "invalid client_secret parameter")
    scopes = {scope.strip() for scope in form.get("scope", "").split(",") if scope.strip()}
    if not scopes or scopes - BOUND_SCOPES:
        raise _oauth_error("invalid_scope", "scope is not bound to this credential")
    return JSONResponse(
        {"access_token": f"practice-{uuid.uuid4()}", "token_type": "bearer", "expires_in": _TOKEN_SECONDS}
    )


async def issue_salesforce_token(service: PracticeService, request: Request) -> Response:
    """Answer `POST /services/oauth2/token` as Salesforce does; magic client ids rehearse its refusals.

    Raises:
        Refusal: the form cannot be read, or Salesforce would refuse this client.
    """
    form = await _form_of(request)
    if form.get("grant_type") != "client_credentials":
        raise _oauth_error("unsupported_grant_type", "grant type not supported")
    client_id = form.get("client_id", "")
    if client_id in _SALESFORCE_REFUSALS:
        raise _oauth_error(*_SALESFORCE_REFUSALS[client_id])
    if not client_id:
        raise _oauth_error("invalid_client_id", "client identifier invalid")
    if form.get("client_secret", "") in ("", WRONG_CLIENT_SECRET):
        raise _oauth_error("invalid_client", "invalid client credentials")
    return JSONResponse(
        {
            "access_token": f"practice-salesforce-{uuid.uuid4()}",
            "scope": "api",
            "instance_url": "https://acme.my.salesforce.com",
            "id": "https://login.salesforce.com/id/00DdL000001iPRxUAM/005dL000001AbCdQAK",
            "token_type": "Bearer",
            "issued_at": str(service.now()),
        }
    )


async def _form_of(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise _oauth_error("invalid_request", f"the content type has to be {_FORM_TYPE}")
    content = (await body_of(request)).decode("utf-8", errors="replace")
    try:
        return {name: values[-1] for name, values in parse_qs(content, max_num_fields=50).items()}
    except ValueError as reason:
        raise _oauth_error("invalid_request", "too many parameters") from reason


def _oauth_error(error: str, description: str) -> Refusal:
    return Refusal(400, {"error": error, "error_description": description})


def _sandbox_error(title: str) -> Refusal:
    # The documents show this number once, as a sample of the form; what it means is not said.
    return Refusal(400, {"status": 400, "title": title, "type": "http://ns.adobe.com/aep/errors/SMS-2074-400"})


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise _sandbox_error("The parameters limit and offset have to be numbers.")
    return int(text)


def _sandbox_item(sandbox: PracticeSandbox) -> JsonObject:
    return {
        "name": sandbox.name,
        "title": sandbox.title,
        "state": "active",
        "type": sandbox.type,
        "region": sandbox.region,
        "isDefault": sandbox.is_default,
        "eTag": 2,
        "createdDate": "2019-09-04 04:57:24",
        "lastModifiedDate": "2019-09-04 04:57:24",
        "createdBy": USER_ID,
        "modifiedBy": USER_ID,
    }
