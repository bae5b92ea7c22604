"""The organization that looks lived in: what is in it, how it is asked for, and how its changes are refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import httpx
import pytest

from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import (
    CONNECTION_SPECS_PATH,
    CONNECTIONS_PATH,
    FLOW_SPECS_PATH,
    FLOWS_PATH,
    RUNS_PATH,
    SOURCE_CONNECTIONS_PATH,
    TARGET_CONNECTIONS_PATH,
)
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION, Scenario, scenario_by_id
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.examples import examples
from tests.practice.support import code_of, in_process, only_item, salesforce_body

pytestmark = pytest.mark.anyio

BIG = examples(10_000)
SANDBOXES = ("prod", "dev", "rehearsal")


def open_organization(scenario_id: str = LIVED_IN_ORGANIZATION.id) -> httpx.AsyncClient:
    scenario = scenario_by_id(scenario_id)
    assert isinstance(scenario, Scenario)
    return in_process(create_practice_application(scenario=scenario, clock=FakeClock()))


async def listed(client: httpx.AsyncClient, path: str = CONNECTIONS_PATH, **query: object) -> list[dict[str, Any]]:
    """Return all items of a list, over all pages."""
    found: list[dict[str, Any]] = []
    answer = await client.get(path, params={"limit": 100, **query})  # type: ignore[dict-item]  # passed on
    while True:
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["items"]
        if "_links" not in body:
            return found
        answer = await client.get(path.rpartition("/")[0] + body["_links"]["next"]["href"])


async def in_sandbox(client: httpx.AsyncClient, name: str) -> list[dict[str, Any]]:
    client.headers["x-sandbox-name"] = name
    return await listed(client)


async def named(client: httpx.AsyncClient, sandbox_name: str, name: str) -> dict[str, Any]:
    return next(item for item in await in_sandbox(client, sandbox_name) if item["name"] == name)


async def patched(client: httpx.AsyncClient, item: dict[str, Any], path: str, value: object) -> httpx.Response:
    return await client.patch(
        f"{CONNECTIONS_PATH}/{item['id']}",
        json=[{"op": "replace", "path": path, "value": value}],
        headers={"If-Match": item["etag"]},
    )


async def test_three_sandboxes_hold_forty_connections_of_eight_sources_and_a_fourth_holds_none() -> None:
    async with open_organization() as client:
        found = [item for name in SANDBOXES for item in await in_sandbox(client, name)]
        assert await in_sandbox(client, "aws-dev") == []
    assert len(found) == 40
    assert len({item["id"] for item in found}) == 40
    assert len({item["connectionSpec"]["id"] for item in found if "auth" in item}) == 8
    assert sum("auth" not in item for item in found) == 1
    assert Counter(item["state"] for item in found) == {
        "enabled": 35,
        "disabled": 1,
        "initializing": 1,
        "updating": 1,
        "disabling": 1,
        "draft": 1,
    }
    assert sum(item.get("auth", {}).get("specName") == "Basic Authentication" for item in found) > 10
    assert all(item["createdAt"] <= item["updatedAt"] for item in found)


async def test_the_same_seed_and_clock_make_the_same_organization() -> None:
    async with open_organization() as one, open_organization() as other:
        for path in (CONNECTIONS_PATH, SOURCE_CONNECTIONS_PATH, FLOWS_PATH, RUNS_PATH):
            assert await listed(one, path) == await listed(other, path)


async def test_a_kept_organization_is_not_made_anew() -> None:
    with PracticeStore() as store:
        for expected in (40, 39):
            application = create_practice_application(scenario=LIVED_IN_ORGANIZATION, store=store, clock=FakeClock())
            async with in_process(application) as client:
                assert store.count() == expected
                item = await named(client, "rehearsal", "ACME agency" if expected == 40 else "ACME Salesforce (old)")
                assert (await client.delete(f"{CONNECTIONS_PATH}/{item['id']}")).status_code == 204


@pytest.mark.parametrize(
    "path", [SOURCE_CONNECTIONS_PATH, TARGET_CONNECTIONS_PATH, FLOWS_PATH, RUNS_PATH, FLOW_SPECS_PATH]
)
async def test_no_list_is_for_a_caller_without_a_token(path: str) -> None:
    async with open_organization() as client:
        del client.headers["Authorization"]
        assert code_of(await client.get(path)) == "403010"


async def test_what_lies_on_a_connection_names_it_with_its_source_as_the_documents_show() -> None:
    async with open_organization() as client:
        base = await named(client, "prod", "Salesforce Americas")
        told = {"id": base["id"], "connectionSpec": base["connectionSpec"]}
        sources = {item["id"]: item for item in await listed(client, SOURCE_CONNECTIONS_PATH)}
        targets = {item["id"]: item for item in await listed(client, TARGET_CONNECTIONS_PATH)}
        flows = [
            flow
            for flow in await listed(client, FLOWS_PATH)
            if flow["inheritedAttributes"]["sourceConnections"][0]["baseConnection"]["id"] == base["id"]
        ]
        runs = await listed(client, RUNS_PATH)
    assert flows
    for flow in flows:
        (source,), (target,) = flow["sourceConnectionIds"], flow["targetConnectionIds"]
        assert flow["inheritedAttributes"]["sourceConnections"] == [
            {"id": source, "connectionSpec": base["connectionSpec"], "baseConnection": told}
        ]
        assert sources[source]["baseConnectionId"] == base["id"]
        assert sources[source]["connectionSpec"] == base["connectionSpec"]
        assert sources[source]["inheritedAttributes"] == {"baseConnection": told}
        assert sources[source]["params"]["path"]
        assert targets[target]["connectionSpec"]["version"] == "1.0"
        assert targets[target]["params"]["dataSetId"]
        assert flow["transformations"][0]["params"].keys() == {"mappingId", "mappingVersion"}
    for run in runs:
        assert run["metrics"].keys() == {
            "durationSummary",
            "sizeSummary",
            "recordSummary",
            "fileSummary",
            "statusSummary",
        }
        assert run["metrics"]["sizeSummary"].keys() == {"inputBytes", "outputBytes"}


async def test_dataflows_are_found_by_their_connection_and_runs_by_their_dataflow() -> None:
    async with open_organization() as client:
        base = await named(client, "prod", "Salesforce Americas")
        other = await named(client, "prod", "Salesforce APAC")
        ids = f"{base['id']},{other['id']}"
        sources = await listed(client, SOURCE_CONNECTIONS_PATH, property=f"baseConnectionId=={ids}")
        assert Counter(each["baseConnectionId"] for each in sources) == {base["id"]: 4, other["id"]: 1}
        joined = ",".join(each["id"] for each in sources)
        flows = await listed(client, FLOWS_PATH, property=f"sourceConnectionIds[]=={joined}")
        assert len(flows) == 5
        assert {flow["lastRunDetails"]["state"] for flow in flows} == {"success", "failed"}
        for flow in flows:
            runs = await listed(client, RUNS_PATH, property=f"flowId=={flow['id']}", orderby="-createdAt")
            assert runs[0]["id"] == flow["lastRunDetails"]["id"]
            assert (await listed(client, RUNS_PATH, property=f"id=={runs[0]['id']}")) == runs[:1]
            assert [run["createdAt"] for run in runs] == sorted((run["createdAt"] for run in runs), reverse=True)
        assert only_item(await client.get(f"{FLOWS_PATH}/{flows[0]['id']}")) == flows[0]
        assert code_of(await client.get(f"{FLOWS_PATH}/nothing")) == "1439-404"
        spec = only_item(await client.get(f"{FLOW_SPECS_PATH}/{flows[0]['flowSpec']['id']}"))
        assert spec == (await client.get(FLOW_SPECS_PATH)).json()["items"][0]


async def test_another_organization_sees_nothing_of_it() -> None:
    async with open_organization() as client:
        client.headers["x-gw-ims-org-id"] = "OTHER@AdobeOrg"
        for path in (CONNECTIONS_PATH, SOURCE_CONNECTIONS_PATH, FLOWS_PATH, RUNS_PATH):
            assert await listed(client, path) == []


async def test_specifications_hold_sources_and_destinations_in_one_list() -> None:
    async with open_organization() as client:
        items = (await client.get(CONNECTION_SPECS_PATH)).json()["items"]
        assert {"salesforce", "mysql", "sftp", "dataset", "Amazon S3"} <= {item["name"] for item in items}
        assert "zoho-crm" not in {item["name"] for item in items}
        one = await client.get(CONNECTION_SPECS_PATH, params={"property": f"id=={items[0]['id']},{items[-1]['id']}"})
        assert len(one.json()["items"]) == 2


@pytest.mark.parametrize(
    ("sandbox_name", "name", "code"),
    [
        ("dev", "Salesforce Developer Edition", "1417-400"),
        ("dev", "Local database of Siobhán", "1421-400"),
        ("dev", "Test host", "1420-400"),
        ("rehearsal", "ACME Salesforce on AWS, sandbox", "1416-400"),
    ],
)
async def test_a_state_that_takes_no_change_refuses_change_and_delete(sandbox_name: str, name: str, code: str) -> None:
    async with open_organization() as client:
        item = {"etag": '"x"', **await named(client, sandbox_name, name)}
        assert code_of(await patched(client, item, "/name", "New")) == code
        assert code_of(await client.delete(f"{CONNECTIONS_PATH}/{item['id']}")) == code


@pytest.mark.parametrize(
    ("name", "is_used"), [("ACME Salesforce", True), ("ACME loyalty", True), ("ACME agency", False)]
)
async def test_a_connection_with_a_dataflow_is_not_deleted_not_even_with_a_hidden_one(name: str, is_used: bool) -> None:
    async with open_organization() as client:
        item = await named(client, "rehearsal", name)
        answer = await client.delete(f"{CONNECTIONS_PATH}/{item['id']}", headers={"If-Match": item["etag"]})
        assert code_of(answer) == "1418-400" if is_used else answer.status_code == 204
        flows = await listed(client, SOURCE_CONNECTIONS_PATH, property=f"baseConnectionId=={item['id']}")
        assert bool(flows) == (name == "ACME Salesforce")


async def test_one_parameter_changes_alone_where_the_documents_show_it_and_no_secret_is_kept() -> None:
    application = create_practice_application(scenario=LIVED_IN_ORGANIZATION, clock=FakeClock())
    async with in_process(application) as client:
        bucket = await named(client, "rehearsal", "ACME events")
        changed = await patched(client, bucket, "/auth/params/s3SessionToken", CANARY)
        assert changed.status_code == 200
        assert only_item(await client.get(f"{CONNECTIONS_PATH}/{bucket['id']}"))["auth"] == bucket["auth"]
        salesforce = await named(client, "rehearsal", "ACME Salesforce, OAuth")
        assert code_of(await patched(client, salesforce, "/auth/params/clientSecret", CANARY)) == "1455-400"
    assert CANARY not in repr(application.state.service.store.connections())


async def test_all_parameters_of_another_source_follow_its_own_schema() -> None:
    async with open_organization() as client:
        host = await named(client, "rehearsal", "ACME agency")
        assert code_of(await patched(client, host, "/auth/params", {"host": "new"})) == "1304-400"
        assert code_of(await patched(client, host, "/auth/params", 7)) == "1304-400"
        whole = {"host": "new", "userName": "acme", "password": CANARY, "undeclared": CANARY}
        assert code_of(await patched(client, host, "/auth/params", {**whole, "userName": 7})) == "1312-400"
        assert (await patched(client, host, "/auth/params", whole)).status_code == 200
        shown = only_item(await client.get(f"{CONNECTIONS_PATH}/{host['id']}"))["auth"]["params"]
    assert shown.keys() == {"host", "userName", "password"}
    assert CANARY not in str(shown)


async def test_changes_are_refused_in_the_way_of_each_source() -> None:
    async with open_organization("change-refused") as client:
        for name, code in (
            ("ACME Salesforce, OAuth", "1445-400"),
            ("ACME agency", "1300-400"),
            ("ACME events", "1301-400"),
        ):
            item = await named(client, "rehearsal", name)
            assert code_of(await patched(client, item, "/name", "New")) == code
            assert (await named(client, "rehearsal", name)) == item
            without_etag = await client.patch(f"{CONNECTIONS_PATH}/{item['id']}", json=[])
            assert code_of(without_etag) == "1403-400"


async def test_a_colleague_is_there_before_the_first_change_and_while_a_list_is_read() -> None:
    async with open_organization("busy-organization") as client:
        item = await named(client, "rehearsal", "ACME files")
        assert code_of(await patched(client, item, "/name", "New")) == "1404-412"
        now = only_item(await client.get(f"{CONNECTIONS_PATH}/{item['id']}"))
        assert (now["name"], now["updatedBy"]) == ("ACME files", "a.colleague@acme.example")
        assert (await patched(client, now, "/name", "New")).status_code == 200
        names = [each["name"] for each in await listed(client, limit=5)]
    assert names[-1] == "ACME Salesforce, by a colleague"


async def test_a_closed_sandbox_is_refused_and_not_empty() -> None:
    async with open_organization("some-sandboxes-closed") as client:
        client.headers["x-sandbox-name"] = "prod"
        assert code_of(await client.get(CONNECTIONS_PATH)) == "2120-403"
        assert code_of(await client.get(FLOWS_PATH)) == "2120-403"
        assert len(await in_sandbox(client, "dev")) == 13
        assert code_of(await client.get(FLOWS_PATH)) == "2120-403"
        assert code_of(await client.get(SOURCE_CONNECTIONS_PATH)) == "2120-403"
        client.headers["x-sandbox-name"] = "rehearsal"
        assert (await client.get(FLOWS_PATH)).status_code == 200


async def test_a_big_organization_is_made_as_it_is_read_and_changes_like_any_other() -> None:
    application = create_practice_application(scenario=_big(), clock=FakeClock())
    async with in_process(application) as client:
        found = await listed(client)
        assert len({item["id"] for item in found}) == len(found) == BIG
        assert application.state.service.store.count() == 0
        assert (await client.get(CONNECTIONS_PATH, params={"count": "true"})).json() == {"count": BIG}
        item = found[len(found) // 2]
        assert only_item(await client.get(f"{CONNECTIONS_PATH}/{item['id']}")) == item
        assert (await patched(client, item, "/name", "New")).status_code == 200
        assert code_of(await patched(client, item, "/name", "Newer")) == "1404-412"
        assert (await client.delete(f"{CONNECTIONS_PATH}/{found[17]['id']}")).status_code == 204
        assert code_of(await client.get(f"{CONNECTIONS_PATH}/{found[17]['id']}")) == "1439-404"
        assert (await client.post(CONNECTIONS_PATH, json=salesforce_body("Another"))).status_code == 201
        names = [each["name"] for each in await listed(client)]
    assert len(names) == BIG
    assert names[-2:] == ["New", "Another"]
    assert item["name"] not in names


async def test_the_last_page_of_a_filtered_list_has_no_link() -> None:
    async with open_organization("big-organization") as client:
        answer = await client.get(CONNECTIONS_PATH, params={"property": "name==ACME files 10", "limit": 1})
        assert "_links" not in answer.json()


def _big() -> Scenario:
    scenario = scenario_by_id("big-organization")
    assert scenario is not None
    assert scenario.big_size == 10_000
    return replace(scenario, initializing_seconds=0.0, big_size=BIG)
