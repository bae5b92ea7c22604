"""In place is a person's word for one run: no plan and no record says it, or what it depends on, for them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.migration_plan import MigrationRow, Road
from aep_tui.domain.migration_text import plan_text
from aep_tui.flow_service.errors import PermissionRefused
from aep_tui.session.connection_details import UsedBy
from aep_tui.session.migration_events import StopReason
from aep_tui.session.migration_run import Orders
from aep_tui.state.migration_files import record_path
from tests.session.migrating import World, scenario_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, scenario_of("migration-in-place"))


def changes_of(world: World) -> list[str]:
    return [method for method, _path in world.transport.requests if method in {"PATCH", "POST"}]


def forge(world: World, *lines: dict[str, str]) -> None:
    """Write lines into the record, as anybody can."""
    told = "".join(json.dumps({"at": "2026-11-28T12:00:00+00:00", **line}) + "\n" for line in lines)
    path = record_path(world.path)
    path.write_text(told)
    path.chmod(0o600)


async def planned(world: World, *indexes: int) -> list[MigrationRow]:
    """Plan these of the 25 connections in place."""
    plan = await world.plan(Road.IN_PLACE)
    rows = [plan.rows[index] for index in indexes]
    world.path.write_text(plan_text(replace(plan, rows=tuple(rows))))
    return rows


@pytest.mark.parametrize("road", Road)
async def test_neither_a_plan_nor_a_record_says_in_place_for_a_person(world: World, road: Road) -> None:
    await world.plan(road, most=3)
    forge(world, {"event": "road", "road": "in-place"})
    end = await world.run(says_road=False)
    assert end.reason is StopReason.NEEDS_A_WORD
    assert end.problem is not None
    assert "A plan or a record alone does not decide that" in end.problem.message
    assert changes_of(world) == []
    assert (await world.run(Orders(road=Road.IN_PLACE))).done == 3, "said for this run"
    assert changes_of(world) == ["PATCH"] * 3


async def test_an_earlier_word_for_in_place_does_not_count_for_the_next_run(world: World) -> None:
    await planned(world, 0)
    assert (await world.run()).done == 1
    await planned(world, 0, 1)
    assert (await world.run(says_road=False)).reason is StopReason.NEEDS_A_WORD
    assert changes_of(world) == ["PATCH"]
    assert (await world.run(says_road=True)).done == 2


async def test_neither_a_plan_nor_a_record_says_that_the_first_change_in_place_feeds_no_dataflow(
    world: World,
) -> None:
    free, feeding = await planned(world, 0, -1)
    assert feeding.may_feed_dataflows
    plan = await world.plan(Road.IN_PLACE)
    world.path.write_text(plan_text(replace(plan, rows=(free, replace(feeding, dataflows=())))))
    forge(
        world,
        {"event": "sending", "connection_id": free.connection_id, "road": "in-place"},
        {"event": "made", "connection_id": free.connection_id},
        {"event": "done", "connection_id": free.connection_id},
    )
    end = await world.run()
    assert end.reason is StopReason.NEEDS_A_WORD
    assert end.row is not None
    assert end.row.connection_id == feeding.connection_id
    assert end.problem is not None
    assert " now. Nothing was sent." in end.problem.message
    assert changes_of(world) == []
    assert (await world.run(Orders(probe_may_feed=True))).reason is None
    assert changes_of(world) == ["PATCH"]


async def test_what_feeds_a_dataflow_is_changed_once_the_platform_shows_that_another_was(world: World) -> None:
    free, feeding = await planned(world, 0, -1)
    plan = await world.plan(Road.IN_PLACE)
    world.path.write_text(plan_text(replace(plan, rows=(free,))))
    assert (await world.run()).done == 1
    world.path.write_text(plan_text(replace(plan, rows=(free, feeding))))
    assert (await world.run()).reason is None
    assert changes_of(world) == ["PATCH"] * 2


async def test_where_dataflows_cannot_be_read_the_first_change_in_place_needs_a_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planned(world, 0)

    async def closed(*_asked: object) -> UsedBy:
        return UsedBy(problem=PermissionRefused("Not permitted", "You may not see dataflows."))

    monkeypatch.setattr("aep_tui.session.migration_road.used_by_dataflows", closed)
    end = await world.run()
    assert end.reason is StopReason.NEEDS_A_WORD
    assert end.problem is not None
    assert "could not be read: You may not see dataflows. Nothing was sent." in end.problem.message
    assert changes_of(world) == []


async def test_a_record_alone_makes_no_connection_done(world: World) -> None:
    [row] = await planned(world, 0)
    forge(
        world,
        {"event": "sending", "connection_id": row.connection_id, "road": "in-place"},
        {"event": "made", "connection_id": row.connection_id},
    )
    end = await world.run()
    assert (end.reason, end.done) == (StopReason.CHANGED, 0)
    assert end.problem is not None
    assert "has the auth method Basic Authentication" in end.problem.message
    assert changes_of(world) == []
