"""Practice service and request builder against Adobe's own OpenAPI document of the Flow Service.

The document's place is given by `AEP_OPENAPI_FLOW_SERVICE`. Where it disagrees with the tutorials, the tutorials win;
each such place stands in EXCEPTIONS with its reason, and an exception that is no longer needed fails the test.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.connection_request import header_fields
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from aep_tui.practice.request_kind import (
    CONNECTION_SPECS_PATH,
    CONNECTIONS_PATH,
    FLOW_SERVICE_PATH,
    FLOW_SPECS_PATH,
    FLOWS_PATH,
    RUNS_PATH,
    SOURCE_CONNECTIONS_PATH,
)
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from tests.contract.openapi_document import OpenApiDocument
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.practice_server import PracticeServer
from tests.practice.support import FIVE_METHODS, request_for, salesforce_body

_VARIABLE = "AEP_OPENAPI_FLOW_SERVICE"

_CODES = "the document lists 403 and 503 only; the error catalogue for Flow Service documents this status"
_PARAMETERS = "the document's schema has only the example of one source; the tutorials give each source its own"
_WORDS_BY_KEY = "Adobe's complete example has an object with a key or a text here, the document a text"
_SCHEDULES = "the samples of Adobe's tutorials write every value of a schedule as a text"
_MONITORING = (
    "the monitoring guide has etag, activities, failedInfo and errors; the document misspells two and forgets two"
)
_SANDBOX = "the document's introduction and the tutorials ask for x-sandbox-name on every request"

EXCEPTIONS = {
    "POST /connections 400: status is not declared": _CODES,
    "POST /connections 401: status is not declared": _CODES,
    "POST /connections 404: status is not declared": _CODES,
    "POST /connections 422: status is not declared": (
        "the destinations edition of the document has it for a missing connectionSpec.version"
    ),
    "POST /connections request body.connectionSpec: breaks the schema's required": (
        "sent on purpose, to see it refused: the document's prose says that the version may be left out"
    ),
    "POST /connections request body.auth.params: properties that are not declared": _PARAMETERS,
    "GET /connections: header x-sandbox-name is not declared": _SANDBOX,
    "GET /connections 200 body: properties that are not declared": (
        "the sorting and filtering guide has _links and count; the list's schema forgets both"
    ),
    "GET /connections 200 body.items[].auth.params: properties that are not declared": _PARAMETERS,
    "GET /connections 400: status is not declared": _CODES,
    "GET /connections/{BASE_CONNECTION_ID} 200 body.items[].auth.params: properties that are not declared": _PARAMETERS,
    "GET /connections/{BASE_CONNECTION_ID} 404: status is not declared": _CODES,
    "GET /connections/{BASE_CONNECTION_ID}/explore: query parameter objectType has a value that is not declared": (
        "every tutorial sends it in lower case, the document in upper case"
    ),
    "PATCH /connections/{BASE_CONNECTION_ID}: the document writes the path with a slash at the end": (
        "the tutorial on updating has none"
    ),
    "PATCH /connections/{BASE_CONNECTION_ID} request body: breaks the schema's type": (
        "the tutorial on updating sends an array of lower-case operations, the document one upper-case object"
    ),
    "PATCH /connections/{BASE_CONNECTION_ID} 412: status is not declared": _CODES,
    "DELETE /connections/{BASE_CONNECTION_ID}: the document writes the path with a slash at the end": (
        "the tutorial on deleting has none"
    ),
    "DELETE /connections/{BASE_CONNECTION_ID} 400: status is not declared": _CODES,
    "GET /connectionSpecs 200 body.items[].authSpec[].spec: properties that are not declared": _PARAMETERS,
    "GET /connectionSpecs/{CONNECTION_SPEC_ID} 200 body.items[].authSpec[].spec: properties that are not declared": (
        _PARAMETERS
    ),
    "GET /connectionSpecs 200 body.items[]: properties that are not declared": (
        "destinations stand in the same list, and have a targetSpec (Adobe's tutorial on exporting datasets)"
    ),
    "GET /connectionSpecs 200 body.items[].attributes: properties that are not declared": (
        "a destination says isDestination; published clients tell it by that"
    ),
    "GET /connectionSpecs 200 body.items[].attributes.uiAttributes.apiFeatures: properties that are not declared": (
        "Adobe's self-serve samples have updateSupported"
    ),
    "GET /connectionSpecs 200 body.items[].sourceSpec.attributes.uiAttributes: properties that are not declared": (
        "Adobe's self-serve samples have isBeta"
    ),
    "GET /connectionSpecs 200 body.items[].sourceSpec.attributes.uiAttributes.category: breaks the schema's type": (
        _WORDS_BY_KEY
    ),
    "GET /connectionSpecs 200 body.items[].sourceSpec.attributes.uiAttributes.label: breaks the schema's type": (
        _WORDS_BY_KEY
    ),
    "GET /flows 200 body.items[].scheduleParams.backfill: breaks the schema's type": _SCHEDULES,
    "GET /flows 200 body.items[].scheduleParams.startTime: breaks the schema's type": _SCHEDULES,
    "GET /runs 200 body.items[]: properties that are not declared": _MONITORING,
    "GET /runs 200 body.items[].metrics.recordSummary: properties that are not declared": _MONITORING,
    "GET /runs 200 body.items[].metrics.statusSummary: properties that are not declared": _MONITORING,
    "GET /runs/{RUN_ID} 200 body.items[]: properties that are not declared": _MONITORING,
}


@pytest.fixture(scope="module")
def document() -> OpenApiDocument:
    path = os.environ.get(_VARIABLE)
    if not path:
        pytest.skip(f"{_VARIABLE} does not name Adobe's OpenAPI document of the Flow Service.")
    return OpenApiDocument(Path(path), FLOW_SERVICE_PATH)


def _exchanges() -> Iterator[tuple[httpx.Request, httpx.Response]]:
    """Yield what the client can send, answered by the practice service."""
    clock = FakeClock()
    target = Target(Mode.PRACTICE, "", ORGANIZATION_ID, "rehearsal", API_KEY, Secret(CANARY))
    headers = dict(header_fields(target, CANARY))
    body = salesforce_body()
    without_version = {**body, "connectionSpec": {"id": body["connectionSpec"]["id"]}}
    rename = json.dumps([{"op": "replace", "path": "/name", "value": "New"}])
    with (
        PracticeServer(clock=clock) as server,
        httpx.Client(base_url=server.base_url, headers=headers) as client,
    ):

        def sent(method: str, path: str, **more: object) -> tuple[httpx.Request, httpx.Response]:
            answer = client.request(method, path, **more)  # type: ignore[arg-type]  # passed on as they are
            return answer.request, answer

        for source, auth_method in FIVE_METHODS:
            exchange = sent("POST", CONNECTIONS_PATH, content=request_for(source, auth_method).body_to_send())
            location = exchange[1].headers["location"]
            yield exchange
            yield sent("GET", location)
        yield sent("DELETE", location)
        clock.advance(3)
        yield sent("GET", location)
        yield sent("GET", CONNECTIONS_PATH)
        yield sent("GET", CONNECTIONS_PATH, params={"property": "state==enabled", "orderby": "-name", "limit": 2})
        yield sent("GET", CONNECTIONS_PATH, params={"count": "true"})
        yield sent("GET", f"{location}/test")
        yield sent("GET", f"{location}/explore", params={"objectType": "root"})
        etag = client.get(location).json()["items"][0]["etag"]
        for _ in range(2):
            yield sent("PATCH", location, content=rename, headers={"If-Match": etag})
        yield sent("DELETE", location)
        yield sent("GET", location)
        yield sent("GET", CONNECTION_SPECS_PATH)
        yield sent("GET", f"{CONNECTION_SPECS_PATH}/{body['connectionSpec']['id']}")
        yield sent("GET", CONNECTIONS_PATH, params={"limit": "1", "count": "true"})
        yield sent("POST", CONNECTIONS_PATH, json=without_version)
        yield sent("POST", CONNECTIONS_PATH, json={**body, "auth": {"specName": "Unknown"}})
        yield sent("POST", CONNECTIONS_PATH, json=body, headers={"x-sandbox-name": "nowhere"})
        yield sent("POST", CONNECTIONS_PATH, json=body, headers={"Authorization": "Bearer expired-practice-token"})
        yield sent("POST", CONNECTIONS_PATH, json=body, headers={"x-api-key": "invalid-api-key"})


def _exchanges_about_what_exists() -> Iterator[tuple[httpx.Request, httpx.Response]]:
    """Yield what is read of an organization that looks lived in."""
    target = Target(Mode.PRACTICE, "", ORGANIZATION_ID, "rehearsal", API_KEY, Secret(CANARY))
    headers = dict(header_fields(target, CANARY))
    with (
        PracticeServer(scenario=LIVED_IN_ORGANIZATION, clock=FakeClock()) as server,
        httpx.Client(base_url=server.base_url, headers=headers) as client,
    ):
        for path in (
            CONNECTIONS_PATH,
            CONNECTION_SPECS_PATH,
            SOURCE_CONNECTIONS_PATH,
            FLOWS_PATH,
            RUNS_PATH,
            FLOW_SPECS_PATH,
        ):
            answer = client.get(path)
            yield answer.request, answer
            one = client.get(f"{path}/{answer.json()['items'][0]['id']}")
            yield one.request, one
            if "_links" in answer.json():
                yield (page := client.get(FLOW_SERVICE_PATH + answer.json()["_links"]["next"]["href"])).request, page


def test_requests_and_answers_follow_the_document_except_where_named(document: OpenApiDocument) -> None:
    exchanges = (*_exchanges(), *_exchanges_about_what_exists())
    found = {difference for exchange in exchanges for difference in document.differences(*exchange)}
    assert found - EXCEPTIONS.keys() == set(), "differences that are not named"
    assert EXCEPTIONS.keys() - found == set(), "exceptions that are no longer needed"


def test_a_request_without_the_sandbox_satisfies_the_document_and_is_refused_all_the_same() -> None:
    """Exception by its reason and not by its shape: the document calls the header optional."""
    with PracticeServer(clock=SystemClock()) as server, httpx.Client(base_url=server.base_url) as client:
        headers = {"Authorization": "Bearer x", "x-api-key": API_KEY, "x-gw-ims-org-id": ORGANIZATION_ID}
        answer = client.post(CONNECTIONS_PATH, json=salesforce_body(), headers=headers)
    assert answer.json()["type"].endswith("FLOW-2105-400"), _SANDBOX


@pytest.mark.parametrize(
    ("answer", "difference"),
    [
        (httpx.Response(201, headers={"Location": "/x"}, json={"id": 7}), "POST /connections 201 body.id: breaks"),
        (httpx.Response(201, json={"id": "7"}), "POST /connections 201: header Location is missing"),
        (httpx.Response(201, headers={"Location": "/x"}, json=[]), "POST /connections 201 body: breaks"),
        (httpx.Response(201, headers={"Location": "/x"}, json={"uuid": ""}), "POST /connections 201 body: properties"),
        (httpx.Response(418, json={}), "POST /connections 418: status is not declared"),
    ],
)
def test_an_answer_that_leaves_the_document_is_found(
    document: OpenApiDocument, answer: httpx.Response, difference: str
) -> None:
    request = httpx.Request("POST", f"https://platform.adobe.io{CONNECTIONS_PATH}", json=salesforce_body())
    assert any(found.startswith(difference) for found in document.differences(request, answer))
