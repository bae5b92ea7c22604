from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest

from aep_tui.practice.request_kind import CONNECTIONS_PATH
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.practice_server import PracticeServer
from tests.practice.support import JsonObject, aws_body, code_of, create, only_item, salesforce_body


@pytest.fixture
def enabled(client: httpx.Client, clock: FakeClock) -> JsonObject:
    """An enabled connection, as it is read."""
    connection_id = create(client)["id"]
    clock.advance(3)
    return only_item(client.get(f"{CONNECTIONS_PATH}/{connection_id}"))


def _patch(client: httpx.Client, item: JsonObject, *operations: object, etag: str | None = None) -> httpx.Response:
    return client.patch(
        f"{CONNECTIONS_PATH}/{item['id']}",
        json=list(operations),
        headers={"If-Match": item["etag"] if etag is None else etag},
    )


def _read(client: httpx.Client, item: JsonObject) -> JsonObject:
    return only_item(client.get(f"{CONNECTIONS_PATH}/{item['id']}"))


def test_name_and_description_change_and_the_etag_with_them(client: httpx.Client, enabled: JsonObject) -> None:
    answer = _patch(
        client,
        enabled,
        {"op": "replace", "path": "/name", "value": "New name"},
        {"op": "add", "path": "/description", "value": "New words"},
    )
    assert answer.status_code == 200
    after = _read(client, enabled)
    assert answer.json() == {"id": enabled["id"], "etag": after["etag"]}
    assert after["etag"] != enabled["etag"]
    assert (after["name"], after["description"]) == ("New name", "New words")
    assert (after["state"], after["auth"]) == ("enabled", enabled["auth"])


def test_the_description_can_be_removed_once(client: httpx.Client, enabled: JsonObject) -> None:
    assert _patch(client, enabled, {"op": "remove", "path": "/description"}).status_code == 200
    after = _read(client, enabled)
    assert "description" not in after
    assert code_of(_patch(client, after, {"op": "remove", "path": "/description"})) == "1455-400"


def test_new_parameters_replace_all_old_ones(client: httpx.Client, enabled: JsonObject, server: PracticeServer) -> None:
    parameters = salesforce_body()["auth"]["params"]
    del parameters["includeDeletedObjects"]
    parameters["apiVersion"] = "61.0"
    answer = _patch(client, enabled, {"op": "replace", "path": "/auth/params", "value": parameters})
    assert answer.status_code == 200
    after = _read(client, enabled)["auth"]["params"]
    assert after["apiVersion"] == "61.0"
    assert "includeDeletedObjects" not in after
    assert CANARY not in repr(server.store.connections())


def test_the_organization_that_aws_added_outlives_new_parameters(client: httpx.Client, clock: FakeClock) -> None:
    location = client.post(CONNECTIONS_PATH, json=aws_body()).headers["location"]
    clock.advance(3)
    item = only_item(client.get(location))
    parameters = {**aws_body()["auth"]["params"], "instanceUrl": "https://other.my.salesforce.com"}
    assert _patch(client, item, {"op": "replace", "path": "/auth/params", "value": parameters}).status_code == 200
    after = _read(client, item)
    assert after["auth"]["params"]["instanceUrl"] == "https://other.my.salesforce.com"
    assert after["auth"]["params"]["orgId"] == item["auth"]["params"]["orgId"]
    assert after["updatedBy"] == after["createdBy"]


@pytest.mark.parametrize(
    ("operations", "code"),
    [
        ([], "1455-400"),
        (["x"], "1455-400"),
        ([{"op": "REPLACE", "path": "/name", "value": "x"}], "1455-400"),
        ([{"op": "replace", "path": "/name"}], "1455-400"),
        ([{"op": "replace", "path": "/name", "value": ""}], "1455-400"),
        ([{"op": "replace", "path": "/name", "value": 5}], "1455-400"),
        ([{"op": "remove", "path": "/name"}], "1455-400"),
        ([{"op": "replace", "path": "/auth/specName", "value": "Basic Authentication"}], "1455-400"),
        ([{"op": "replace", "path": "/state", "value": "disabled"}], "1455-400"),
        ([{"op": "replace", "path": ["/name"], "value": "x"}], "1455-400"),
        ([{"op": "replace", "path": "/connectionSpec/id", "value": "x"}], "1414-400"),
        ([{"op": "replace", "path": "/auth/params", "value": {"clientId": "x"}}], "1318-400"),
    ],
)
def test_an_operation_that_is_not_possible_is_refused_and_changes_nothing(
    client: httpx.Client, enabled: JsonObject, operations: Sequence[object], code: str
) -> None:
    assert code_of(_patch(client, enabled, *operations)) == code
    good_then_bad = [{"op": "replace", "path": "/name", "value": "half done"}, *operations]
    if operations:
        assert code_of(_patch(client, enabled, *good_then_bad)) == code
    assert _read(client, enabled) == enabled


def test_a_patch_needs_the_current_etag_with_its_quotes(client: httpx.Client, enabled: JsonObject) -> None:
    operation = {"op": "replace", "path": "/name", "value": "x"}
    missing = client.patch(f"{CONNECTIONS_PATH}/{enabled['id']}", json=[operation])
    assert code_of(missing) == "1403-400"
    assert code_of(_patch(client, enabled, operation, etag=enabled["etag"].strip('"'))) == "1404-412"
    assert _patch(client, enabled, operation).status_code == 200
    assert code_of(_patch(client, enabled, operation)) == "1404-412"


def test_the_etag_of_the_create_is_stale_once_the_connection_is_enabled(client: httpx.Client, clock: FakeClock) -> None:
    created = create(client)
    clock.advance(3)
    assert code_of(_patch(client, created, {"op": "replace", "path": "/name", "value": "x"})) == "1404-412"


def test_nothing_changes_or_goes_while_the_connection_is_initializing(
    client: httpx.Client, server: PracticeServer
) -> None:
    created = create(client)
    assert code_of(_patch(client, created, {"op": "replace", "path": "/name", "value": "x"})) == "1417-400"
    assert code_of(client.delete(f"{CONNECTIONS_PATH}/{created['id']}")) == "1417-400"
    assert server.store.count() == 1


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_deleted_connection_is_not_found_any_more(client: httpx.Client, enabled: JsonObject, slash: str) -> None:
    answer = client.delete(f"{CONNECTIONS_PATH}/{enabled['id']}{slash}")
    assert (answer.status_code, answer.content) == (204, b"")
    for again in (
        client.get(f"{CONNECTIONS_PATH}/{enabled['id']}"),
        client.delete(f"{CONNECTIONS_PATH}/{enabled['id']}"),
        _patch(client, enabled, {"op": "replace", "path": "/name", "value": "x"}),
    ):
        assert code_of(again) == "1439-404"
        assert again.json()["report"]["id"] == enabled["id"]


def test_a_delete_with_a_stale_etag_is_refused(client: httpx.Client, enabled: JsonObject) -> None:
    url = f"{CONNECTIONS_PATH}/{enabled['id']}"
    assert code_of(client.delete(url, headers={"If-Match": '"old"'})) == "1404-412"
    assert client.delete(url, headers={"If-Match": enabled["etag"]}).status_code == 204


def test_another_sandbox_or_organization_does_not_find_it(client: httpx.Client, enabled: JsonObject) -> None:
    url = f"{CONNECTIONS_PATH}/{enabled['id']}"
    for headers in ({"x-sandbox-name": "dev"}, {"x-gw-ims-org-id": "OTHER@AdobeOrg"}):
        for method in ("GET", "DELETE"):
            assert code_of(client.request(method, url, headers=headers)) == "1439-404"
    assert client.get(url).status_code == 200


def test_an_enabled_connection_passes_its_test_and_can_be_explored(client: httpx.Client, enabled: JsonObject) -> None:
    url = f"{CONNECTIONS_PATH}/{enabled['id']}"
    assert client.get(f"{url}/test").json() == {"result": True}
    tables = client.get(f"{url}/explore", params={"objectType": "root"}).json()
    assert {"type": "table", "name": "Account", "path": "Account", "canPreview": True, "canFetchSchema": True} in tables
    table = client.get(f"{url}/explore", params={"objectType": "table", "object": "Account"}).json()
    assert [column["name"] for column in table["schema"]["columns"]][:2] == ["Id", "Name"]
    assert code_of(client.get(f"{url}/explore", params={"objectType": "table", "object": "No"})) == "1101-404"
    assert code_of(client.get(f"{url}/explore")) == "1336-400"


def test_a_connection_that_is_initializing_can_be_neither_tested_nor_explored(client: httpx.Client) -> None:
    url = f"{CONNECTIONS_PATH}/{create(client)['id']}"
    assert code_of(client.get(f"{url}/test")) == "1422-400"
    assert code_of(client.get(f"{url}/explore", params={"objectType": "root"})) == "1422-400"
