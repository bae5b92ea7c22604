"""What the tests of the practice service share: a clock set by hand, headers, and the five documented bodies."""

from __future__ import annotations

import json
from typing import Any

import httpx
from starlette.applications import Starlette

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, Cloud, Parameter, ParameterKind, Source
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID, PRACTICE_BASE_URL, PRACTICE_TOKEN
from aep_tui.practice.request_kind import CONNECTIONS_PATH
from tests.kit.canary import CANARY
from tests.kit.loud_service import LoudService

JsonObject = dict[str, Any]

HEADERS = {
    "Authorization": f"Bearer {PRACTICE_TOKEN}",
    "x-api-key": API_KEY,
    "x-gw-ims-org-id": ORGANIZATION_ID,
    "x-sandbox-name": "rehearsal",
    "Accept": "application/json",
}
FIVE_METHODS = [(source, method) for source in load_catalog().sources for method in source.auth_methods]
FIVE_NAMES = [f"{method.cloud}, {source.id}, {method.id}" for source, method in FIVE_METHODS]


def method_of(source_id: str, method_id: str, cloud: Cloud = Cloud.AZURE) -> tuple[Source, AuthMethod]:
    source = load_catalog().source(source_id)
    assert source is not None
    method = source.auth_method(cloud, method_id)
    assert method is not None
    return source, method


def request_for(source: Source, method: AuthMethod, name: str = "ACME account") -> ConnectionRequest:
    draft = Draft(
        cloud=method.cloud,
        source_id=source.id,
        auth_method_id=method.id,
        answers={parameter.api_name: _answer(parameter) for parameter in method.parameters},
        name=name,
        description="A connection of the tests",
    )
    return build_connection_request(draft, source, method)


def _answer(parameter: Parameter) -> Answer:
    if parameter.kind is ParameterKind.BOOLEAN:
        return True
    return Secret(CANARY) if parameter.is_secret else parameter.example


def body_for(source: Source, method: AuthMethod, name: str = "ACME account") -> JsonObject:
    body: JsonObject = json.loads(request_for(source, method, name).body_to_send())
    return body


def salesforce_body(name: str = "ACME account") -> JsonObject:
    return body_for(*method_of("salesforce", "oauth2-client-credential"), name)


def aws_body(name: str = "ACME account on AWS") -> JsonObject:
    return body_for(*method_of("salesforce", "oauth2-jwt-token-credential", Cloud.AWS), name)


def create(client: httpx.Client, name: str = "ACME account") -> JsonObject:
    answer = client.post(CONNECTIONS_PATH, json=salesforce_body(name))
    assert answer.status_code == 201, answer.text
    created: JsonObject = answer.json()
    return created


def only_item(answer: httpx.Response) -> JsonObject:
    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    assert isinstance(item, dict)
    return item


def code_of(answer: httpx.Response) -> str:
    """Return the FLOW or gateway code of a refusal, for example "1413-400" or "403010"."""
    body = answer.json()
    if "error_code" in body:
        return str(body["error_code"])
    code: str = body["type"].rpartition("FLOW-")[2]
    assert code.endswith(str(answer.status_code))
    assert body["status"] == answer.status_code
    assert body["report"]["request-id"] == answer.headers["x-request-id"]
    assert body["errorMessage"]
    return code


def in_process(application: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=LoudService(application), base_url=PRACTICE_BASE_URL, headers=HEADERS)
