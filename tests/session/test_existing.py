"""Existing connections: several sandboxes at once, what rides on one, and what cannot be read."""

from __future__ import annotations

import gc
import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec, Dataflow, DataflowRun, RunResult
from aep_tui.domain.existing import AttentionKind, ConnectionFilter
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.errors import NotFound, PermissionRefused
from aep_tui.flow_service.wire import masked
from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.session.connection_details import ConnectionDetails, _with_run, connection_details
from aep_tui.session.connection_listing import RowsArrived, list_connections, states_seen
from aep_tui.session.connection_look import ConnectionLook
from aep_tui.session.open_sandboxes import open_sandboxes
from tests.canaries.echoing_platform import EchoingPlatform
from tests.canaries.forms import found_in
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.wire import a_wire
from tests.session.existing import Organization, listed

pytestmark = pytest.mark.anyio

BASIC = "41d7b993-fa3c-4c60-bd0b-a03a76cd2008"


async def details(organization: Organization, sandbox_name: str, name: str) -> ConnectionDetails:
    found = await listed(organization, sandbox_name)
    (status,) = (row.status for row in found.rows[sandbox_name] if row.status.name == name)
    organization.requests.clear()
    async with organization.opened(sandbox_name) as (sandbox,):
        return await connection_details(sandbox, status.connection_id, catalog=load_catalog(), clock=organization.clock)


async def test_several_sandboxes_are_asked_each_by_itself_and_told_apart() -> None:
    organization = Organization()
    found = await listed(organization, "prod", "dev", "rehearsal", "aws-dev")
    assert found.read == {"prod": 14, "dev": 13, "rehearsal": 13, "aws-dev": 0}
    assert set(found.problems.values()) == {None}
    assert {row.sandbox_name for row in found.rows["dev"]} == {row.status.sandbox_name for row in found.rows["dev"]}
    assert {method for method, _sandbox, _path in organization.requests} == {"GET"}
    assert {sandbox for _method, sandbox, _path in organization.requests} == {"prod", "dev", "rehearsal", "aws-dev"}
    paths = Counter(path.rpartition("/")[2] for _method, _sandbox, path in organization.requests)
    assert paths == {"connections": 4, "connectionSpecs": 3}, "a page, and one question for all unknown sources"


async def test_a_source_outside_the_catalog_has_the_name_of_its_specification() -> None:
    found = await listed(Organization(), "prod")
    sources = {row.source for row in found.rows["prod"]}
    assert sources == {
        "Salesforce",
        "Oracle Service Cloud",
        "Zoho CRM",
        "Azure File Storage",
        "Amazon S3",
        "MySQL",
        "Sftp",
        "Acme loyalty",
    }


async def test_a_sandbox_that_cannot_be_read_says_so_and_one_that_is_empty_does_not() -> None:
    found = await listed(Organization("some-sandboxes-closed"), "prod", "aws-dev", "dev", "nowhere")
    assert isinstance(found.problems["prod"], PermissionRefused)
    assert isinstance(found.problems["nowhere"], NotFound)
    assert (found.problems["aws-dev"], found.read["aws-dev"]) == (None, 0)
    assert (found.problems["dev"], found.read["dev"]) == (None, 13)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ConnectionFilter(auth_method="basic-authentication", source="salesforce"), {"ACME Salesforce", "(old)"}),
        (ConnectionFilter(source="mysql"), {"ACME orders"}),
        (ConnectionFilter(source="b7bf2577-4520-42c9-bae9-cad01560f7bc"), {"ACME agency"}),
        (ConnectionFilter(state="draft"), {"sandbox"}),
        (ConnectionFilter(auth_method="OAuth2 Refresh Code"), {"ACME loyalty"}),
        (ConnectionFilter(created_before=START - timedelta(days=10_000)), set()),
    ],
)
async def test_filters_keep_what_is_wanted(wanted: ConnectionFilter, names: set[str]) -> None:
    found = await listed(Organization(), "rehearsal", wanted=wanted)
    assert len(found.names) == len(names)
    assert all(any(name.endswith(end) or end in name for end in names) for name in found.names)


async def test_what_needs_attention_is_found_with_its_reasons() -> None:
    found = await listed(Organization(), "prod", "dev", wanted=ConnectionFilter(needs_attention=True))
    reasons = {row.status.name: {each.kind for each in row.attention} for rows in found.rows.values() for row in rows}
    assert reasons["Salesforce EMEA"] == {AttentionKind.DEPRECATED_METHOD}
    assert reasons["Zoho trial"] == {AttentionKind.RETIRED_SOURCE}
    assert reasons["Salesforce Developer Edition"] == {AttentionKind.STUCK}
    assert reasons["Loyalty members"] == reasons["Loyalty test club"] == {AttentionKind.TOKEN_ENDS}
    assert "Loyalty points" not in reasons
    assert all(reasons.values())
    assert (found.read["prod"], found.read["dev"]) == (14, 13), "all were read, some are shown"


async def test_a_source_that_nobody_knows_is_a_problem_and_no_empty_list() -> None:
    found = await listed(Organization(), "dev", wanted=ConnectionFilter(source="unheard-of"))
    problem = found.problems["dev"]
    assert problem is not None
    assert problem.title == "Unknown source"


async def test_a_source_that_the_platform_does_not_offer_any_more_is_found_by_the_catalog() -> None:
    found = await listed(Organization(), "prod", wanted=ConnectionFilter(source="zoho-crm"))
    assert found.names == ["Zoho partners"]


async def test_a_long_list_is_never_held_at_once() -> None:
    """The benchmark of lists does the same with 10 000."""
    organization = Organization("big-organization", big_size=2_000)
    gc.freeze()  # what the tests before have left is not looked through, a million objects each time
    most, count, first_after = 0, 0, 0
    async with organization.opened("dev") as sandboxes:
        async for event in list_connections(
            sandboxes, ConnectionFilter(), catalog=load_catalog(), clock=organization.clock
        ):
            if not isinstance(event, RowsArrived):
                break
            first_after = first_after or len(organization.requests)
            count += event.read
            if count % 500 == 0:
                gc.collect()
                most = max(most, sum(isinstance(each, ConnectionStatus) for each in gc.get_objects()))
    assert count == 2_000
    assert 0 < most <= 500, "a few pages of a hundred"
    assert first_after <= 4, "the first rows come with the first page"


async def test_whoever_stops_looking_stops_the_requests() -> None:
    organization = Organization("big-organization")
    async with organization.opened("dev", "prod") as sandboxes:
        events = list_connections(sandboxes, ConnectionFilter(), catalog=load_catalog(), clock=organization.clock)
        await anext(events)
        await events.aclose()
        count = len(organization.requests)
    assert count < 20


async def test_an_unexpected_failure_is_raised_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    organization = Organization()
    monkeypatch.setattr(organization.clock, "today", lambda: 1 / 0)
    monkeypatch.setattr(organization.clock, "now", lambda: 1 / 0)
    async with organization.opened("dev") as sandboxes:
        events = list_connections(sandboxes, ConnectionFilter(), catalog=load_catalog(), clock=organization.clock)
        with pytest.raises(ZeroDivisionError):
            await anext(events)


async def test_dataflows_are_found_in_few_requests_with_their_last_run() -> None:
    organization = Organization()
    found = await details(organization, "rehearsal", "ACME events")
    assert Counter(path.split("/")[4] for _method, _sandbox, path in organization.requests) == {
        "connections": 1,
        "connectionSpecs": 1,
        "sourceConnections": 1,
        "flows": 1,
        "runs": 1,
    }
    assert found.used_by.problem is found.used_by.run_problem is None
    assert [flow.state for flow in found.used_by.dataflows] == ["enabled"] * 3
    results = [flow.last_run.result for flow in found.used_by.dataflows if flow.last_run]
    assert results == [RunResult.SUCCEEDED, RunResult.SUCCEEDED, RunResult.WITH_ERRORS]
    assert found.is_offered


@pytest.mark.parametrize(
    ("name", "is_offered"),
    [("ACME Salesforce", False), ("ACME Zoho", False), ("ACME orders", True), ("Dataset of the profile store", None)],
)
async def test_it_is_told_whether_the_platform_still_offers_the_auth_method(name: str, is_offered: bool | None) -> None:
    assert (await details(Organization(), "rehearsal", name)).is_offered is is_offered


async def test_where_the_specifications_cannot_be_read_nothing_is_said_of_what_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(*_parts: object) -> dict[str, ConnectionSpec]:
        raise PermissionRefused("Not permitted", "The platform refuses.")

    monkeypatch.setattr("aep_tui.session.connection_details.connection_specs", refuse)
    found = await details(Organization(), "rehearsal", "ACME Salesforce")
    assert found.is_offered is None
    assert found.connection.source == "Salesforce"


async def test_a_failed_run_tells_its_reason() -> None:
    found = await details(Organization(), "rehearsal", "ACME orders")
    (flow,) = found.used_by.dataflows
    assert flow.last_run is not None
    assert flow.last_run.result is RunResult.FAILED
    assert "CONNECTOR-1001-500" in flow.last_run.errors[0]


async def test_dataflows_that_may_not_be_seen_are_not_none() -> None:
    found = await details(Organization("some-sandboxes-closed"), "dev", "Salesforce full copy")
    assert isinstance(found.used_by.problem, PermissionRefused)
    assert found.used_by.dataflows == ()
    assert found.connection.status.name == "Salesforce full copy"


async def test_runs_that_may_not_be_seen_do_not_hide_the_dataflows(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionRefused("Refused", "You may not see runs.", status=403)

    async def runs_by_id(*_each: object) -> None:
        raise refused

    monkeypatch.setattr("aep_tui.session.connection_details.runs_by_id", runs_by_id)
    used = (await details(Organization(), "rehearsal", "ACME orders")).used_by
    assert (used.problem, used.run_problem) == (None, refused)
    assert [flow.state for flow in used.dataflows] == ["enabled"]
    assert len(used.source_connections) == 1


async def test_what_the_platform_offers_may_be_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    async def connection_specs(*_each: object) -> None:
        raise PermissionRefused("Refused", "You may not see specifications.", status=403)

    monkeypatch.setattr("aep_tui.session.connection_details.connection_specs", connection_specs)
    monkeypatch.setattr("aep_tui.session.connection_listing.connection_specs", connection_specs)
    found = await listed(Organization(), "rehearsal")
    assert found.problems == {"rehearsal": None}, "a connection stands in the list without the name of its source"
    assert {row.source for row in found.rows["rehearsal"] if row.status.name == "ACME orders"} == {""}
    assert (await details(Organization(), "rehearsal", "ACME orders")).is_offered is None


async def test_a_connection_that_is_not_there_is_told() -> None:
    organization = Organization()
    async with organization.opened("dev") as (sandbox,):
        with pytest.raises(NotFound):
            await connection_details(sandbox, "nothing", catalog=load_catalog(), clock=organization.clock)


@pytest.mark.parametrize(
    "source",
    [
        "salesforce",
        load_catalog().sources[0].connection_spec_id,
        "mysql",
        "b7bf2577-4520-42c9-bae9-cad01560f7bc",
    ],
)
async def test_the_platform_is_asked_for_the_source_so_that_others_are_not_read(source: str) -> None:
    found = await listed(Organization(), "prod", wanted=ConnectionFilter(source=source))
    assert found.read["prod"] == len(found.rows.get("prod", ())) < 14


async def test_a_source_outside_the_catalog_is_called_by_its_name_in_the_details_too() -> None:
    found = await details(Organization(), "rehearsal", "ACME orders")
    assert found.connection.source == "MySQL"
    assert found.connection.source_id == "mysql"


async def test_the_answer_about_a_connection_is_shown_without_its_secrets() -> None:
    organization = Organization()
    async with organization.opened("rehearsal") as (sandbox,):
        look = ConnectionLook(sandbox, BASIC, load_catalog(), organization.clock)
        status, text = await look.read()
    shown = json.loads(text)
    assert shown["id"] == status.connection_id == BASIC
    assert shown["auth"]["params"]["password"] == "set"
    assert shown["auth"]["params"]["username"] == status.parameters["username"]
    assert shown["createdAt"] > 1e12, "numbers stay as they came"


async def test_what_may_be_a_secret_is_masked_wherever_it_stands() -> None:
    item = {
        "id": "1",
        "auth": {"specName": "x", "params": {"port": 22, "ssl": True, "keys": ["a"], "sasUri": CANARY, "pin": 1234}},
        "inherited": [{"apiToken": CANARY, "name": "x"}],
        "note": f"-----BEGIN {CANARY}",
    }
    shown = masked(item)
    assert CANARY not in json.dumps(shown)
    assert shown["auth"] == {
        "specName": "x",
        "params": {"port": 22, "ssl": True, "keys": "set", "sasUri": "set", "pin": "set"},
    }
    assert shown["inherited"] == [{"apiToken": "set", "name": "x"}]


@pytest.mark.parametrize(
    "run", [None, DataflowRun("unread", status="success")], ids=["never ran", "a run that is not told"]
)
def test_a_dataflow_whose_run_nobody_tells_stays_as_it_is(run: DataflowRun | None) -> None:
    flow = Dataflow("flow", last_run=run)
    assert _with_run(flow, {"another": DataflowRun("another")}) is flow


async def test_the_states_of_the_first_three_pages_are_told() -> None:
    organization = Organization("big-organization", big_size=400)
    async with organization.opened("dev") as sandboxes:
        states = await states_seen(sandboxes)
    assert states == tuple(sorted(states))
    assert [method for method, _sandbox, _path in organization.requests] == ["GET"] * 3


async def test_a_platform_that_repeats_the_token_brings_it_into_no_part_of_a_page() -> None:
    secrets = Secrets()
    with EchoingPlatform(CANARY, scenario=LIVED_IN_ORGANIZATION) as platform:
        token = secrets.hold(CANARY, "access token")
        target = Target(Mode.LIVE, platform.base_url, ORGANIZATION_ID, "rehearsal", "acme-key", token)
        wire = a_wire(platform.base_url, clock=SystemClock(), secrets=secrets)
        async with open_sandboxes(target, ["rehearsal"], wire) as (sandbox,):
            look = ConnectionLook(sandbox, BASIC, load_catalog(), SystemClock())
            await look.read()  # now it has been sent, and is repeated from here on
            status, text = await look.read()
            tables = await look.tables(status.connection_spec_id)
            shown = repr((status, text, await look.used_by(), tables, await look.columns("Account", "")))
    assert BASIC in text
    assert "Account" in shown
    assert found_in(shown.encode()) == set()


def test_what_a_run_does_not_say_is_had_from_the_dataflow() -> None:
    told = DataflowRun("1", status="success", started_at=START, completed_at=START + timedelta(minutes=1))
    flow = Dataflow("flow", last_run=told)
    assert _with_run(flow, {"1": DataflowRun("1")}).last_run == replace(told, flow_id="flow")
    other = DataflowRun("1", "x", "failed", START + timedelta(hours=1), START + timedelta(hours=2), ("why",))
    assert _with_run(flow, {"1": other}).last_run == replace(other, flow_id="flow")
