"""The organization that is to be migrated: what is in it, and what it says to another auth method in place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import WRONG_CLIENT_ID
from aep_tui.practice.request_kind import CONNECTIONS_PATH, FLOWS_PATH, TARGET_CONNECTIONS_PATH
from aep_tui.practice.scenarios import MIGRATION, scenario_by_id
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.practice.support import code_of, in_process, only_item, salesforce_body
from tests.practice.test_lived_in import in_sandbox, listed, patched

pytestmark = pytest.mark.anyio

_NEW = {
    "specName": "OAuth2 Client Credential",
    "params": {
        "environmentUrl": "https://acme.my.salesforce.com",
        "clientId": "3MVG9acme",
        "clientSecret": CANARY,
        "apiVersion": "60.0",
    },
}


def an_organization(scenario_id: str = "migration", size: int = 25) -> httpx.AsyncClient:
    scenario = scenario_by_id(scenario_id)
    assert scenario is not None
    scenario = replace(scenario, migration_size=size)
    return in_process(create_practice_application(scenario=scenario, clock=FakeClock()))


async def everything(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return [item for name in ("dev", "rehearsal", "prod") for item in await in_sandbox(client, name)]


async def test_25_basic_connections_of_two_salesforce_organizations_lie_in_three_sandboxes() -> None:
    async with an_organization() as client:
        items = await everything(client)
        assert len(items) == 25
        assert {item["auth"]["specName"] for item in items} == {"Basic Authentication"}
        assert {item["auth"]["params"]["environmentUrl"] for item in items} == {
            "https://acme.my.salesforce.com",
            "https://acme-emea.my.salesforce.com",
        }
        flows = await listed(client, FLOWS_PATH)
        targets = {item["id"]: item for item in await listed(client, TARGET_CONNECTIONS_PATH)}
    assert len(flows) == 15
    for flow in flows:
        assert flow["transformations"][0]["params"]["mappingId"]
        assert len(targets[flow["targetConnectionIds"][0]]["params"]["dataSetId"]) == 24


async def test_a_larger_organization_has_the_same_connections_under_more_names() -> None:
    async with an_organization(size=60) as client:
        items = await everything(client)
    assert len({item["id"] for item in items}) == 60
    assert len({(item["sandboxName"], item["name"]) for item in items}) == 60


@pytest.mark.parametrize(
    ("scenario_id", "taken"), [("migration", 0), ("migration-in-place", 25), ("migration-refused-later", 2)]
)
async def test_so_many_connections_take_another_auth_method_in_place(scenario_id: str, taken: int) -> None:
    async with an_organization(scenario_id) as client:
        answers = []
        for item in await everything(client):
            client.headers["x-sandbox-name"] = item["sandboxName"]
            answers.append(await patched(client, item, "/auth", _NEW))
        refused = [answer for answer in answers if answer.status_code != 200]
        assert len(refused) == 25 - taken
        assert {code_of(answer) for answer in refused} <= {"1455-400"}
        after = await everything(client)
    assert [item["auth"]["specName"] for item in after].count("OAuth2 Client Credential") == taken
    assert CANARY not in str(after)


async def test_an_auth_method_that_is_not_offered_is_refused_and_nothing_has_changed() -> None:
    async with an_organization("migration-in-place") as client:
        before = await in_sandbox(client, "dev")
        assert code_of(await patched(client, before[0], "/auth", {**_NEW, "specName": "Kerberos"})) == "1415-400"
        assert code_of(await patched(client, before[0], "/auth", {"specName": _NEW["specName"]})) == "1304-400"
        assert await in_sandbox(client, "dev") == before


async def test_somebody_else_changes_three_connections_as_soon_as_the_first_is_created() -> None:
    async with an_organization("migration-busy") as client:
        before = {item["id"]: item["etag"] for item in await everything(client)}
        assert (await client.post(CONNECTIONS_PATH, json=salesforce_body())).status_code == 201
        assert (await client.post(CONNECTIONS_PATH, json=salesforce_body())).status_code == 201
        after = {item["id"]: item.get("etag") for item in await everything(client)}
    assert sum(after[each] != etag for each, etag in before.items()) == 3


async def test_a_connection_with_the_client_id_that_salesforce_refuses_fails_its_test() -> None:
    scenario = replace(MIGRATION, initializing_seconds=0.0)
    async with in_process(create_practice_application(scenario=scenario, clock=FakeClock())) as client:
        body = salesforce_body()
        body["auth"]["params"]["clientId"] = WRONG_CLIENT_ID
        location = (await client.post(CONNECTIONS_PATH, json=body)).headers["location"]
        assert only_item(await client.get(location))["state"] == "enabled"
        assert (await client.get(f"{location}/test")).json() == {"result": False}
