from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from aep_tui.domain.source import AuthMethod, Source
from aep_tui.practice.request_kind import CONNECTIONS_PATH
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.practice_server import PracticeServer
from tests.practice.support import (
    FIVE_METHODS,
    FIVE_NAMES,
    JsonObject,
    aws_body,
    body_for,
    code_of,
    method_of,
    only_item,
    salesforce_body,
)


@pytest.mark.parametrize(("source", "method"), FIVE_METHODS, ids=FIVE_NAMES)
def test_each_documented_connection_is_created_and_becomes_enabled_without_its_secrets(
    client: httpx.Client, clock: FakeClock, source: Source, method: AuthMethod
) -> None:
    answer = client.post(CONNECTIONS_PATH, json=body_for(source, method))

    assert answer.status_code == 201
    created = answer.json()
    assert created["etag"].startswith('"')
    assert created["etag"].endswith('"')
    assert answer.headers["location"].endswith(f"/connections/{created['id']}")
    before = only_item(client.get(answer.headers["location"]))
    assert before["state"] == "initializing"
    assert "etag" not in before
    assert "version" not in before
    assert before["auth"]["specName"] == method.spec_name

    clock.advance(3)
    text = client.get(answer.headers["location"]).text
    after = only_item(client.get(answer.headers["location"]))
    assert after["state"] == "enabled"
    assert after["etag"] == after["version"]
    assert after["updatedAt"] - after["createdAt"] == 3000
    assert CANARY not in text
    declared = {parameter.api_name: parameter for parameter in method.parameters}
    assert declared.keys() <= after["auth"]["params"].keys()
    for name, value in after["auth"]["params"].items():
        if name in declared and not declared[name].is_secret and method.cloud == "azure":
            assert value == body_for(source, method)["auth"]["params"][name]


def test_aws_adds_its_organization_and_the_connector_service_becomes_the_updater(
    client: httpx.Client, clock: FakeClock
) -> None:
    location = client.post(CONNECTIONS_PATH, json=aws_body()).headers["location"]
    before = only_item(client.get(location))
    assert "orgId" not in before["auth"]["params"]
    assert before["updatedBy"] == before["createdBy"]

    clock.advance(3)
    after = only_item(client.get(location))
    assert after["auth"]["params"]["orgId"].startswith("00D")
    assert after["auth"]["params"]["instanceUrl"] == before["auth"]["params"]["instanceUrl"]  # fidelity 18
    assert after["auth"]["params"]["jwtToken"].startswith("arn:aws:secretsmanager:")
    assert after["updatedBy"] != after["createdBy"]
    assert after["updatedClient"] != after["createdClient"]


def test_azure_adds_nothing(client: httpx.Client, clock: FakeClock) -> None:
    location = client.post(CONNECTIONS_PATH, json=salesforce_body()).headers["location"]
    clock.advance(3)
    item = only_item(client.get(location))
    assert item["auth"]["params"].keys() == salesforce_body()["auth"]["params"].keys()
    assert item["updatedBy"] == item["createdBy"]


def _without(path: str) -> Callable[[JsonObject], None]:
    def change(body: JsonObject) -> None:
        *parents, key = path.split(".")
        for parent in parents:
            body = body[parent]
        del body[key]

    return change


def _with(path: str, value: object) -> Callable[[JsonObject], None]:
    def change(body: JsonObject) -> None:
        *parents, key = path.split(".")
        for parent in parents:
            body = body[parent]
        body[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_with("state", "enabled"), "1410-400"),
        (_with("connectionSpec.id", "cb66ab34-8619-49cb-96d1-39b37ede86ea"), "1413-400"),
        (_with("connectionSpec.id", 12), "1413-400"),
        (_with("connectionSpec.version", "9.9"), "1413-400"),
        (_with("auth.specName", "OAuth2 Something"), "1415-400"),
        (_without("auth.specName"), "1304-400"),
        (_without("auth"), "1304-400"),
        (_without("auth.params"), "1304-400"),
        (_with("auth.params", ["a"]), "1304-400"),
        (_without("auth.params.clientSecret"), "1304-400"),
        (_with("auth.params.apiVersion", ""), "1304-400"),
        (_with("auth.params", {}), "1318-400"),
        (_with("auth.params.clientId", 7), "1312-400"),
        (_with("auth.params.includeDeletedObjects", "true"), "1312-400"),
        (_without("name"), "1304-400"),
        (_with("name", ["x"]), "1312-400"),
        (_with("description", 5), "1312-400"),
    ],
)
def test_a_wrong_body_is_refused_with_the_documented_code(
    client: httpx.Client, server: PracticeServer, change: Callable[[JsonObject], None], code: str
) -> None:
    body = salesforce_body()
    change(body)
    answer = client.post(CONNECTIONS_PATH, json=body)
    assert code_of(answer) == code
    assert CANARY not in answer.text
    assert server.store.count() == 0


def test_a_missing_version_is_answered_with_422(client: httpx.Client) -> None:
    body = salesforce_body()
    del body["connectionSpec"]["version"]
    answer = client.post(CONNECTIONS_PATH, json=body)
    assert answer.status_code == 422
    assert "connectionSpec.version" in answer.json()["message"]


def test_a_missing_specification_is_answered_with_the_legacy_message(client: httpx.Client) -> None:
    body = salesforce_body()
    del body["connectionSpec"]
    answer = client.post(CONNECTIONS_PATH, json=body)
    assert answer.status_code == 400
    assert answer.json() == {"message": "Please provide a valid spec id"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "1405-400"),
        (b"  \n", "1405-400"),
        (b"{}", "1405-400"),
        (b"[]", "1000-400"),
        (b'{"name": ', "1000-400"),
        (b'{"name": NaN}', "1000-400"),
        (b'{"name": "\\ud800"}', "1000-400"),
        (b"\xff\xfe\x00", "1000-400"),
        (b"[" * 100_000, "1000-400"),
        (b"9" * 5_000, "1000-400"),
    ],
)
def test_a_body_that_is_empty_or_no_json_object_is_refused(client: httpx.Client, content: bytes, code: str) -> None:
    answer = client.post(CONNECTIONS_PATH, content=content, headers={"Content-Type": "application/json"})
    assert code_of(answer) == code


def test_a_wrong_content_type_is_answered_with_problem_json(client: httpx.Client) -> None:
    answer = client.post(CONNECTIONS_PATH, content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "A valid content-type must be specified"


def test_a_body_of_more_than_a_million_bytes_is_refused(client: httpx.Client) -> None:
    body = salesforce_body()
    body["auth"]["params"]["clientSecret"] = "x" * 1_000_001
    assert client.post(CONNECTIONS_PATH, json=body).status_code == 413


@pytest.mark.parametrize(
    ("sandbox_name", "body", "status"),
    [
        ("dev", salesforce_body(), 201),
        ("prod", salesforce_body(), 201),
        ("aws-dev", aws_body(), 201),
        ("rehearsal", salesforce_body(), 201),
        ("rehearsal", aws_body(), 201),
        ("dev", aws_body(), 400),
        ("aws-dev", salesforce_body(), 400),
        ("aws-dev", body_for(*method_of("zoho-crm", "basic-authentication")), 400),
    ],
)
def test_the_region_of_the_sandbox_decides_which_auth_specifications_exist(
    client: httpx.Client, sandbox_name: str, body: JsonObject, status: int
) -> None:
    answer = client.post(CONNECTIONS_PATH, json=body, headers={"x-sandbox-name": sandbox_name})
    assert answer.status_code == status
    if status == 400:
        assert code_of(answer) == "1415-400"


def test_two_equal_creates_make_two_connections(client: httpx.Client, server: PracticeServer) -> None:
    client.post(CONNECTIONS_PATH, json=salesforce_body())
    client.post(CONNECTIONS_PATH, json=salesforce_body())
    assert server.store.count() == 2


def test_a_secret_under_a_name_that_nobody_declares_is_not_kept(
    client: httpx.Client, server: PracticeServer, clock: FakeClock
) -> None:
    body = salesforce_body()
    body["auth"]["params"]["clientSecert"] = CANARY
    location = client.post(CONNECTIONS_PATH, json=body).headers["location"]
    assert CANARY not in client.get(location).text
    assert CANARY not in repr(server.store.connections())


def test_a_draft_is_no_ordinary_connection_fidelity_17(client: httpx.Client) -> None:
    answer = client.post(f"{CONNECTIONS_PATH}?mode=draft", json=salesforce_body())
    assert answer.status_code == 501
    assert client.get(CONNECTIONS_PATH).json()["items"] == []


def test_the_request_of_the_oldest_tutorial_is_taken_fidelity_12(client: httpx.Client) -> None:
    body = salesforce_body()
    body["auth"] = {
        "specName": "Basic Authentication",
        "params": {"username": "acme-salesforce", "password": CANARY, "securityToken": CANARY},
    }
    assert client.post(CONNECTIONS_PATH, json=body).status_code == 201


WAREHOUSE_ID = "c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44"
WAREHOUSE = {
    "account": "acme-dwh",
    "port": 5439,
    "timeout": 2.5,
    "useSsl": False,
    "schemas": ["public"],
    "options": {"warehouse": "small"},
    "proxy": {"host": "proxy.acme.example", "password": "rehearsal"},
    "apiToken": "rehearsal",
}


def _warehouse(**parameters: object) -> dict[str, object]:
    return {
        "name": "ACME warehouse",
        "auth": {"specName": "Key Authentication", "params": {**WAREHOUSE, **parameters}},
        "connectionSpec": {"id": WAREHOUSE_ID, "version": "1.0"},
    }


def test_a_source_outside_the_catalog_is_connected_by_its_schema(client: httpx.Client) -> None:
    answer = client.post(CONNECTIONS_PATH, json=_warehouse())
    assert answer.status_code == 201, answer.text
    kept = client.get(f"{CONNECTIONS_PATH}/{answer.json()['id']}").json()["items"][0]["auth"]["params"]
    assert (kept["port"], kept["useSsl"], kept["options"]) == (5439, False, {"warehouse": "small"})
    assert kept["apiToken"].startswith("secret-reference:")
    assert kept["proxy"].startswith("secret-reference:")


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"port": "5439"}, "1312-400"),
        ({"useSsl": 1}, "1312-400"),
        ({"port": True}, "1312-400"),
        ({"account": ""}, "1304-400"),
        ({"apiToken": None}, "1304-400"),
    ],
)
def test_a_value_of_another_type_and_a_missing_one_are_refused(
    client: httpx.Client, parameters: dict[str, object], code: str
) -> None:
    assert code_of(client.post(CONNECTIONS_PATH, json=_warehouse(**parameters))) == code
