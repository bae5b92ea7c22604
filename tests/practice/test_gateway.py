from __future__ import annotations

import httpx
import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.connection_request import header_fields
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.embedded import EmbeddedService
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import (
    EXPIRED_TOKEN,
    INVALID_API_KEY,
    ORGANIZATION_WITHOUT_PROFILE,
    PRACTICE_BASE_URL,
    PRACTICE_TOKEN,
    practice_target,
)
from aep_tui.practice.request_kind import CONNECTIONS_PATH, SANDBOXES_PATH
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer
from tests.practice.support import HEADERS, aws_body, code_of, salesforce_body

REFUSED_HEADERS = [
    ("Authorization", None, "403010"),
    ("Authorization", "Bearer", "401013"),
    ("Authorization", "Bearer Bearer a-token", "401013"),  # fidelity 17
    ("Authorization", "Basic abc", "401013"),
    ("Authorization", f"Bearer {EXPIRED_TOKEN}", "401013"),
    ("x-api-key", None, "403000"),
    ("x-api-key", INVALID_API_KEY, "403003"),
    ("x-gw-ims-org-id", None, "400003"),
    ("x-gw-ims-org-id", "ACME", "403027"),
    ("x-gw-ims-org-id", ORGANIZATION_WITHOUT_PROFILE, "403025"),
]
REFUSED_SANDBOXES = [
    ("x-sandbox-name", None, "2105-400"),
    ("x-sandbox-name", "nowhere", "2101-404"),
    ("x-sandbox-name", "DEV", "2101-404"),
    ("x-sandbox-name", "*", "2111-403"),
    ("x-sandbox-id", "6b36e130-c5d7-11e9-949c-0da8d50fcac1", "2110-400"),
]


def _headers(name: str, value: str | None) -> dict[str, str]:
    headers = {key: text for key, text in HEADERS.items() if key != name}
    return headers if value is None else {**headers, name: value}


@pytest.mark.parametrize(("name", "value", "code"), REFUSED_HEADERS + REFUSED_SANDBOXES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_missing_or_wrong_header_is_refused_with_its_documented_code(
    server: PracticeServer, bare_client: httpx.Client, method: str, name: str, value: str | None, code: str
) -> None:
    answer = bare_client.request(
        method,
        CONNECTIONS_PATH,
        headers=_headers(name, value),
        json=salesforce_body() if method == "POST" else None,
    )
    assert code_of(answer) == code
    assert answer.status_code == int(code[:3]) or code.endswith(f"-{answer.status_code}")
    assert server.store.count() == 0


def test_an_invalid_token_has_its_code_as_a_number_and_other_codes_are_text(bare_client: httpx.Client) -> None:
    expired = bare_client.get(CONNECTIONS_PATH, headers=_headers("Authorization", f"Bearer {EXPIRED_TOKEN}"))
    missing = bare_client.get(CONNECTIONS_PATH, headers=_headers("Authorization", None))
    assert expired.json()["error_code"] == 401013
    assert missing.json()["error_code"] == "403010"


@pytest.mark.parametrize(("name", "value", "code"), REFUSED_HEADERS)
def test_the_sandbox_list_is_behind_the_same_gateway(
    bare_client: httpx.Client, name: str, value: str | None, code: str
) -> None:
    assert code_of(bare_client.get(f"{SANDBOXES_PATH}/", headers=_headers(name, value))) == code


def test_each_answer_has_a_request_id_of_its_own(client: httpx.Client) -> None:
    answers = [client.get(CONNECTIONS_PATH), client.get(CONNECTIONS_PATH), client.get("/nowhere")]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3


def test_a_path_or_a_method_that_nobody_serves_is_answered_in_json(client: httpx.Client) -> None:
    assert client.get("/nowhere").json()["status"] == 404
    assert client.put(CONNECTIONS_PATH).json()["status"] == 405


@pytest.mark.anyio
async def test_an_error_of_the_service_itself_is_answered_in_the_envelope_with_its_request_id() -> None:
    store = PracticeStore()
    store.close()
    application = create_practice_application(store=store, clock=SystemClock())
    transport = EmbeddedService(application)
    async with httpx.AsyncClient(transport=transport, base_url=PRACTICE_BASE_URL, headers=HEADERS) as client:
        answer = await client.post(CONNECTIONS_PATH, json=salesforce_body())
    assert code_of(answer) == "1400-500"
    assert CANARY not in answer.text


def test_the_practice_target_is_accepted_by_the_practice_service(bare_client: httpx.Client) -> None:
    headers = header_fields(practice_target(Secrets()), PRACTICE_TOKEN)
    for body in (salesforce_body(), aws_body()):
        assert bare_client.post(CONNECTIONS_PATH, json=body, headers=dict(headers)).status_code == 201
