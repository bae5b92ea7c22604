"""The plan of a migration: which connections, by which names, with what they feed; and when there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.dataflow import Dataflow, DataflowRun, Schedule, SourceConnection
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.migration_plan import MigrationPlan, NothingToPlan, PlannedDataflow, Road, TestResult
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.validation import LONGEST_NAME
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.organization import practice_target
from aep_tui.session import migration_planning
from aep_tui.session.connection_details import UsedBy
from aep_tui.session.connection_listing import ListingEvent, RowsArrived, SandboxDone
from aep_tui.session.migration_planning import make_plan, methods_of, planned_dataflows
from aep_tui.session.open_sandboxes import OpenedSandbox
from tests.kit.clock import START, FakeClock
from tests.session.migrating import METHODS, SECRETS
from tests.session.migration_in_memory import BROKEN, GROUP, OLD, Service, refused

pytestmark = pytest.mark.anyio


@dataclass
class Platform(Service):
    """What an organization has.

    Attributes:
        found: its connections.
        used_by: what rides on each of them.
        datasets: where dataflows write to, or why nobody can tell.
        problem: why the sandbox could not be read to its end.
    """

    found: list[ExistingConnection] = field(default_factory=list)
    used_by: dict[str, UsedBy] = field(default_factory=dict)
    datasets: dict[str, str] | Exception = field(default_factory=dict)
    problem: Problem | None = None

    async def sandboxes(self) -> tuple[Sandbox, ...]:
        return Sandbox("prod", type="production"), Sandbox("dev", type="development")


def there(name: str, sandbox_name: str = "dev", **changes: object) -> ExistingConnection:
    status = replace(OLD, connection_id=f"{name}-{sandbox_name}", name=name, **changes)  # type: ignore[arg-type]
    return ExistingConnection(status, sandbox_name)


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    made = Platform()

    async def listed(_sandboxes: object, _filter: object, **_more: object) -> AsyncIterator[ListingEvent]:
        for row in made.found:
            yield RowsArrived(row.sandbox_name, (row,), 1)
        yield SandboxDone("dev", len(made.found), made.problem)

    async def used(_sandbox: object, connection_id: str) -> UsedBy:
        return made.used_by.get(connection_id, UsedBy())

    async def datasets(_service: object, targets: Sequence[str]) -> dict[str, str]:
        assert targets, "nothing is asked about nothing"
        if isinstance(made.datasets, Exception):
            raise made.datasets
        return made.datasets

    monkeypatch.setattr(migration_planning, "list_connections", listed)
    monkeypatch.setattr(migration_planning, "used_by_dataflows", used)
    monkeypatch.setattr(migration_planning, "datasets_of", datasets)
    return made


def sandbox(platform: Platform, name: str = "dev") -> OpenedSandbox:
    return OpenedSandbox(name, cast(FlowService, platform))


async def plan_of(
    platform: Platform, *wanted: str, said: list[str] | None = None, names: Sequence[str] = ("dev", "prod")
) -> MigrationPlan:
    return await make_plan(
        [sandbox(platform, name) for name in names],
        METHODS,
        target=practice_target(SECRETS),
        catalog=load_catalog(),
        clock=FakeClock(),
        wanted_ids=wanted,
        road=Road.IN_PLACE,
        on_progress=(said if said is not None else []).append,
    )


def ids(plan: MigrationPlan) -> list[str]:
    return [row.connection_id for row in plan.rows]


# --- which connections ------------------------------------------------------------------------------------------------


async def test_only_connections_of_this_source_with_the_old_auth_method_are_planned(platform: Platform) -> None:
    platform.found = [
        there("one"),
        there("two", auth_spec_name=METHODS.new.spec_name),
        there("three", connection_spec_id="another"),
        there("four", "prod"),
    ]
    said: list[str] = []
    plan = await plan_of(platform, said=said)
    assert ids(plan) == ["one-dev", "four-prod"]
    assert [row.sandbox_type for row in plan.rows] == ["development", "production"]
    assert said == [
        "Reading the connections of 2 sandboxes.",
        "Reading connection 1 of 2.",
        "Reading connection 2 of 2.",
    ]
    assert (plan.made_at, plan.road, plan.source_id) == (START, Road.IN_PLACE, METHODS.source.id)
    assert (plan.old_method_id, plan.new_method_id) == (METHODS.old.id, METHODS.new.id)
    assert (plan.base_url, plan.organization_id) == (
        practice_target(SECRETS).base_url,
        practice_target(SECRETS).organization_id,
    )
    assert methods_of(plan, load_catalog()) == METHODS


async def test_development_comes_first_whatever_the_list_says_first(platform: Platform) -> None:
    platform.found = [there("a", "prod"), there("b")]
    assert ids(await plan_of(platform)) == ["b-dev", "a-prod"]


async def test_a_plan_can_be_of_one_sandbox(platform: Platform) -> None:
    platform.found = [there("one")]
    said: list[str] = []
    plan = await plan_of(platform, said=said, names=["dev"])
    assert [(row.connection_id, row.sandbox_type) for row in plan.rows] == [("one-dev", "development")]
    assert said[0] == "Reading the connections of 1 sandbox."


async def test_a_plan_can_be_about_those_that_were_named(platform: Platform) -> None:
    platform.found = [there("one"), there("two"), there("three")]
    assert ids(await plan_of(platform, "TWO-dev")) == ["two-dev"]
    assert ids(await plan_of(platform, "one-dev", "three-dev")) == ["one-dev", "three-dev"]
    with pytest.raises(NothingToPlan, match="Not each connection that you named"):
        await plan_of(platform, "one-dev", "five-dev")


async def test_without_a_connection_there_is_no_plan(platform: Platform) -> None:
    platform.found = [there("two", auth_spec_name=METHODS.new.spec_name)]
    with pytest.raises(NothingToPlan, match="No connection in these sandboxes"):
        await plan_of(platform)


async def test_a_list_that_was_not_read_to_its_end_makes_no_plan(platform: Platform) -> None:
    platform.found, platform.problem = [there("one")], BROKEN
    with pytest.raises(NothingToPlan, match="Sandbox dev could not be read to its end: Nothing came back"):
        await plan_of(platform)


async def test_a_plan_between_other_auth_methods_is_somebodys_invention(platform: Platform) -> None:
    platform.found = [there("one")]
    plan = await plan_of(platform)
    for made_up in ({"source_id": "x"}, {"old_method_id": plan.new_method_id}, {"new_method_id": plan.old_method_id}):
        with pytest.raises(Problem, match="knows no migration"):
            methods_of(replace(plan, **made_up), load_catalog())  # type: ignore[arg-type]


# --- what stands there of each ----------------------------------------------------------------------------------------


async def test_no_secret_and_nothing_foreign_stands_in_the_plan(platform: Platform) -> None:
    shown = {"environmentUrl": GROUP, "username": "somebody", "password": "*****", "other": "x"}
    platform.found = [there("one", parameters=shown, updated_at=START)]
    (row,) = (await plan_of(platform)).rows
    assert row.parameters == (("environmentUrl", GROUP), ("username", "somebody"))
    assert (row.name, row.etag, row.updated_at, row.group) == ("one", '"1"', START, GROUP)


@pytest.mark.parametrize(
    ("test", "result"),
    [
        (True, TestResult.PASSED),
        (False, TestResult.FAILED),
        (refused(), TestResult.FAILED),
        (refused(proves=False), TestResult.UNKNOWN),
        (BROKEN, TestResult.UNKNOWN),
    ],
)
async def test_a_test_that_nobody_answered_is_neither_passed_nor_failed(
    platform: Platform, test: object, result: TestResult
) -> None:
    platform.found, platform.test = [there("one")], test  # type: ignore[assignment]  # one of its answers
    assert [row.test for row in (await plan_of(platform)).rows] == [result]


async def test_each_gets_a_name_that_nothing_in_its_sandbox_has(platform: Platform) -> None:
    label = METHODS.new.label
    platform.found = [
        there("one"),
        there(f"one ({label})", connection_spec_id="another"),
        there("one", "prod"),
        replace(there("one"), status=replace(there("one").status, connection_id="twin")),
        there("EU, \"a\" = 'b'!"),
        there("n" * LONGEST_NAME),
    ]
    names = {row.connection_id: row.new_name for row in (await plan_of(platform)).rows}
    assert {names["one-dev"], names["twin"]} == {f"one ({label}) 2", f"one ({label}) 3"}
    assert names["one-prod"] == f"one ({label})", "another sandbox has names of its own"
    assert names["EU, \"a\" = 'b'!-dev"] == f"EU - -a- - 'b'- ({label})", "the platform could not filter for it"
    assert len(names["n" * LONGEST_NAME + "-dev"]) == LONGEST_NAME


# --- what rides on a connection ---------------------------------------------------------------------------------------

FLOW = Dataflow(
    "f-1",
    "Accounts",
    "enabled",
    ("s-1", "s-2", "s-9"),
    schedule=Schedule("minute", 15, START - timedelta(minutes=5)),
    last_run=DataflowRun("r-1", "f-1", "success", START, START + timedelta(minutes=1)),
    mapping_id="m-1",
    target_connection_ids=("t-1", "t-2"),
)
SOURCES = (SourceConnection("s-1", table="Account"), SourceConnection("s-2", name="By its name"))


async def flows_of(platform: Platform, *flows: Dataflow) -> tuple[PlannedDataflow, ...]:
    platform.used_by["old-1"] = UsedBy(flows, SOURCES)
    planned, problem = await planned_dataflows(sandbox(platform), "old-1", FakeClock())
    assert problem == ""
    return planned


async def test_a_dataflow_is_told_as_a_person_needs_it_to_make_it_anew(platform: Platform) -> None:
    platform.datasets = {"t-1": "d-1"}
    assert await flows_of(platform, FLOW) == (
        PlannedDataflow(
            flow_id="f-1",
            name="Accounts",
            state="enabled",
            table="Account, By its name",
            mapping_id="m-1",
            dataset_id="d-1",
            frequency="minute",
            interval=15,
            starts_at=START - timedelta(minutes=5),
            next_run_at=START + timedelta(minutes=10),
            last_run_id="r-1",
            last_run_state="success",
            last_run_at=START + timedelta(minutes=1),
        ),
    )


async def test_what_nobody_knows_of_a_dataflow_is_left_empty(platform: Platform) -> None:
    platform.datasets = refused()
    disabled = replace(FLOW, state="disabled", last_run=None)
    running = replace(FLOW, last_run=DataflowRun("r-2", started_at=START))
    first, second, third = await flows_of(platform, disabled, running, Dataflow("f-3"))
    assert (first.next_run_at, first.last_run_id, first.last_run_state, first.last_run_at) == (None, "", "", None)
    assert (second.last_run_at, second.dataset_id) == (START, ""), "a run that has not ended tells its start"
    assert third == PlannedDataflow("f-3")


async def test_without_a_target_nothing_is_asked_about_datasets(platform: Platform) -> None:
    assert await flows_of(platform, Dataflow("f-3")) == (PlannedDataflow("f-3"),)


async def test_dataflows_that_could_not_be_read_may_be_there(platform: Platform) -> None:
    platform.found = [there("one")]
    platform.used_by["one-dev"] = UsedBy((FLOW,), SOURCES, problem=BROKEN)
    (row,) = (await plan_of(platform)).rows
    assert (row.dataflows, row.dataflows_problem) == ((), "Nothing came back.")
    assert row.may_feed_dataflows
