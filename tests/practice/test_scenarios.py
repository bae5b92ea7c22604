from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette

from aep_tui.domain.source import AuthMethod, Source
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import CONNECTION_SPECS_PATH, CONNECTIONS_PATH, SANDBOXES_PATH
from aep_tui.practice.scenarios import EVERYTHING_FINE, SCENARIOS, Scenario, scenario_by_id
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.practice.support import (
    FIVE_METHODS,
    FIVE_NAMES,
    aws_body,
    body_for,
    code_of,
    in_process,
    method_of,
    only_item,
    salesforce_body,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def _named(scenario_id: str) -> Scenario:
    scenario = scenario_by_id(scenario_id)
    assert scenario is not None
    return scenario


def _application(scenario_id: str, clock: FakeClock) -> Starlette:
    return create_practice_application(scenario=_named(scenario_id), clock=clock)


async def _created(client: httpx.AsyncClient) -> str:
    answer = await client.post(CONNECTIONS_PATH, json=salesforce_body())
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


async def _state(client: httpx.AsyncClient, location: str) -> str:
    return str(only_item(await client.get(location))["state"])


def test_the_named_scenarios_are_there_and_explain_themselves() -> None:
    assert [scenario.id for scenario in SCENARIOS] == [
        "everything-fine",
        "slow-initializing",
        "wrong-credentials",
        "expired-token",
        "sandbox-missing",
        "retired-source-refused",
        "rate-limited",
        "service-down",
        "strict",
        "test-fails",
        "never-enabled",
        "lived-in-organization",
        "big-organization",
        "busy-organization",
        "change-refused",
        "some-sandboxes-closed",
        "migration",
        "migration-in-place",
        "migration-refused-later",
        "migration-busy",
        "migration-token-expires",
    ]
    assert all(scenario.label and scenario.summary.endswith(".") for scenario in SCENARIOS)
    assert scenario_by_id("unheard-of") is None


def test_the_busy_colleague_is_told_of_as_changing_each_connection() -> None:
    busy = scenario_by_id("busy-organization")
    assert busy is not None
    assert "changes each connection right before your first change of it" in busy.summary


@pytest.mark.parametrize(("scenario_id", "seconds"), [("everything-fine", 3), ("slow-initializing", 88)])
async def test_a_connection_is_enabled_after_the_time_of_its_scenario_and_not_before(
    clock: FakeClock, scenario_id: str, seconds: float
) -> None:
    async with in_process(_application(scenario_id, clock)) as client:
        location = await _created(client)
        clock.advance(seconds - 0.01)
        assert await _state(client, location) == "initializing"
        clock.advance(0.01)
        assert await _state(client, location) == "enabled"


async def test_a_connection_can_stay_initializing_for_ever(clock: FakeClock) -> None:
    async with in_process(_application("never-enabled", clock)) as client:
        location = await _created(client)
        clock.advance(10 * 365 * 86_400)
        assert await _state(client, location) == "initializing"


@pytest.mark.parametrize(("source", "method"), FIVE_METHODS, ids=FIVE_NAMES)
async def test_wrong_credentials_are_refused_with_the_nested_words_of_the_provider(
    clock: FakeClock, source: Source, method: AuthMethod
) -> None:
    application = _application("wrong-credentials", clock)
    async with in_process(application) as client:
        answer = await client.post(CONNECTIONS_PATH, json=body_for(source, method))
    assert code_of(answer) == "1100-400"
    assert "Error from flow provider: The request could not be processed." in answer.json()["errorDetails"]
    assert CANARY not in answer.text
    assert application.state.service.store.count() == 0


async def test_salesforce_says_invalid_grant_when_its_credentials_are_wrong(clock: FakeClock) -> None:
    async with in_process(_application("wrong-credentials", clock)) as client:
        answer = await client.post(CONNECTIONS_PATH, json=aws_body())
    assert "invalid_grant" in answer.json()["report"]["detailed-message"]


async def test_the_first_token_expires_when_it_has_created_a_connection_and_another_one_works(
    clock: FakeClock,
) -> None:
    async with in_process(_application("expired-token", clock)) as client:
        assert (await client.get(CONNECTIONS_PATH)).status_code == 200
        location = await _created(client)
        for _ in range(2):
            assert code_of(await client.get(location)) == "401013"
        assert code_of(await client.post(CONNECTIONS_PATH, json=salesforce_body())) == "401013"
        assert code_of(await client.get(f"{SANDBOXES_PATH}/")) == "401013"

        client.headers["Authorization"] = "Bearer another-token"
        assert await _state(client, location) == "initializing"
        await _created(client)
        assert await _state(client, location) == "initializing"


async def test_no_sandbox_is_found_when_sandboxes_are_missing(clock: FakeClock) -> None:
    async with in_process(_application("sandbox-missing", clock)) as client:
        for answer in (
            await client.post(CONNECTIONS_PATH, json=salesforce_body()),
            await client.get(CONNECTIONS_PATH),
            await client.get(CONNECTION_SPECS_PATH),
        ):
            assert code_of(answer) == "2101-404"
        assert (await client.get(f"{SANDBOXES_PATH}/")).json()["sandboxes"] == []


@pytest.mark.parametrize(
    ("source_id", "method_id", "code"),
    [
        ("zoho-crm", "basic-authentication", "1413-400"),
        ("oracle-service-cloud", "basic-authentication", "1413-400"),
        ("salesforce", "basic-authentication", "1415-400"),
    ],
)
async def test_what_is_retired_is_refused_and_no_longer_listed(
    clock: FakeClock, source_id: str, method_id: str, code: str
) -> None:
    source, method = method_of(source_id, method_id)
    async with in_process(_application("retired-source-refused", clock)) as client:
        assert code_of(await client.post(CONNECTIONS_PATH, json=body_for(source, method))) == code
        listed = (await client.get(CONNECTION_SPECS_PATH)).json()["items"]
        known = {source.id for source, _method in FIVE_METHODS}
        assert [item["name"] for item in listed if item["name"] in known] == ["salesforce"]
        assert "Basic Authentication" not in {spec["name"] for spec in listed[0]["authSpec"]}
        await _created(client)


async def test_nothing_is_refused_as_retired_before_its_day() -> None:
    application = _application("retired-source-refused", FakeClock(datetime(2025, 6, 30, 23, 59, tzinfo=UTC)))
    async with in_process(application) as client:
        for source, method in FIVE_METHODS:
            answer = await client.post(CONNECTIONS_PATH, json=body_for(source, method))
            assert answer.status_code == 201, answer.text


async def test_the_first_requests_of_each_kind_are_told_to_come_back_later(clock: FakeClock) -> None:
    application = _application("rate-limited", clock)
    async with in_process(application) as client:
        for _ in range(2):
            limited = await client.post(CONNECTIONS_PATH, json=salesforce_body())
            assert (limited.status_code, limited.headers["retry-after"]) == (429, "2")
            assert limited.json() == {"error_code": "429050", "message": "Too many requests"}
        assert application.state.service.store.count() == 0
        location = await _created(client)
        statuses = [(await client.get(location)).status_code for _ in range(4)]
    assert statuses == [429, 429, 200, 200]


async def test_the_service_is_down_for_20_seconds_from_the_first_request_on(clock: FakeClock) -> None:
    async with in_process(_application("service-down", clock)) as client:
        clock.advance(60)
        assert code_of(await client.post(CONNECTIONS_PATH, json=salesforce_body())) == "1103-503"
        clock.advance(19.9)
        assert code_of(await client.get(CONNECTIONS_PATH)) == "1103-503"
        assert (await client.get(f"{SANDBOXES_PATH}/")).status_code == 503
        clock.advance(0.1)
        location = await _created(client)
        assert await _state(client, location) == "initializing"


async def test_a_scenario_can_let_the_connection_test_fail(clock: FakeClock) -> None:
    scenario = replace(EVERYTHING_FINE, is_connection_test_passing=False)
    async with in_process(create_practice_application(scenario=scenario, clock=clock)) as client:
        location = await _created(client)
        clock.advance(3)
        assert (await client.get(f"{location}/test")).json() == {"result": False}


async def test_the_service_keeps_neither_token_nor_secret_in_its_memory(clock: FakeClock) -> None:
    application = _application("expired-token", clock)
    token = f"Bearer {CANARY}-token"
    async with in_process(application) as client:
        await client.post(CONNECTIONS_PATH, json=aws_body(), headers={"Authorization": token})
    service = application.state.service
    kept = [vars(service.disturbances), vars(vars(service.disturbances)["_first_token"]), service.store.connections()]
    assert CANARY not in repr(kept)
    assert CANARY.encode() not in pickle.dumps(service.store.connections())


@pytest.mark.parametrize("method_name", FIVE_NAMES)
async def test_strict_takes_what_no_document_advises_against(method_name: str, clock: FakeClock) -> None:
    source, method = FIVE_METHODS[FIVE_NAMES.index(method_name)]
    body = body_for(source, method)
    parameters = body["auth"]["params"]
    if "jwtToken" in parameters:
        parameters["jwtToken"] = token(iss=parameters["clientId"])
    async with in_process(_application("strict", clock)) as client:
        answer = await client.post(CONNECTIONS_PATH, json=body)
        assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(("minutes_left", "words"), [(-60, "The token ended on"), (60, "The token ends on")])
async def test_strict_reads_the_end_of_a_token_by_the_instant(minutes_left: int, words: str, clock: FakeClock) -> None:
    source, method = next(each for each in FIVE_METHODS if each[1].parameter("jwtToken"))
    body = body_for(source, method)
    parameters = body["auth"]["params"]
    ends_at = int(clock.now().timestamp()) + 60 * minutes_left
    parameters["jwtToken"] = token(iss=parameters["clientId"], exp=ends_at)
    async with in_process(_application("strict", clock)) as client:
        answer = await client.post(CONNECTIONS_PATH, json=body)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("apiVersion", "60"),
        ("environmentUrl", "not a url"),
        ("environmentUrl", "https://acme.example"),
        ("clientId", "integration@acme.com"),
        ("nobodyKnows", "x"),
        ("clientSecret", f" {CANARY}"),
    ],
)
async def test_strict_refuses_what_the_documents_only_advise_against(name: str, value: str, clock: FakeClock) -> None:
    body = salesforce_body()
    body["auth"]["params"][name] = value
    async with in_process(_application("everything-fine", clock)) as client:
        assert (await client.post(CONNECTIONS_PATH, json=body)).status_code == 201
    async with in_process(_application("strict", clock)) as client:
        answer = await client.post(CONNECTIONS_PATH, json=body)
    assert answer.status_code == 400
    assert "1312" in code_of(answer)
    assert name in answer.text
    assert CANARY not in answer.text


@pytest.mark.parametrize(("header", "value"), [("x-api-key", "other"), ("x-gw-ims-org-id", "OTHER@AdobeOrg")])
async def test_strict_knows_one_organization_and_one_api_key(header: str, value: str, clock: FakeClock) -> None:
    async with in_process(_application("strict", clock)) as client:
        assert (await client.get(CONNECTIONS_PATH)).status_code == 200
        answer = await client.get(CONNECTIONS_PATH, headers={header: value})
        assert answer.status_code == 403
