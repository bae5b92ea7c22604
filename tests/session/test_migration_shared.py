"""No door is blind to what a migration sends: the journal of all creates and changes knows of it, and is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from aep_tui.domain.migration_plan import Road
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.pages.left_open import unfinished_message
from aep_tui.session.migration_events import StopReason
from aep_tui.session.migration_run import Orders
from aep_tui.state.journal import Journal, JournalReading
from aep_tui.state.unfinished import Unfinished
from tests.session.migrating import Transport, World, scenario_of

pytestmark = pytest.mark.anyio


def world_of(folder: Path, scenario_id: str = "migration") -> World:
    return World(folder, scenario_of(scenario_id, migration_size=3), journal=Journal(folder / "journal.jsonl"))


def unfinished(world: World) -> JournalReading:
    assert world.journal is not None
    return world.journal.unfinished()


class Losing(Transport):
    """Loses the answer to what changes something, and shows nothing afterwards, while it is on."""

    is_on = True
    is_lost = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_on and self.is_lost:
            raise httpx.ConnectError("unreachable")
        answer = await super().handle_async_request(request)
        if self.is_on and request.method in {"POST", "PATCH"}:
            self.is_lost = True
            raise httpx.ReadTimeout("lost")
        return answer


@pytest.mark.parametrize(("road", "scenario_id"), [(Road.BESIDE, "migration"), (Road.IN_PLACE, "migration-in-place")])
async def test_a_request_that_nobody_knows_of_is_open_there_until_the_run_knows(
    tmp_path: Path, road: Road, scenario_id: str
) -> None:
    world = world_of(tmp_path, scenario_id)
    plan = await world.plan(road)
    losing = world.transport = Losing(world.transport.application)
    assert (await world.run()).reason is StopReason.UNKNOWN
    left = unfinished(world)
    words = unfinished_message(
        Unfinished(left.open_intents, left.unconcluded_connections, open_changes=left.open_changes)
    )
    name = plan.rows[0].new_name if road is Road.BESIDE else plan.rows[0].name
    assert f"nobody knows whether {name} was" in words
    assert len(words.splitlines()) == 2
    losing.is_on = False
    assert (await world.run()).reason is None
    assert unfinished(world) == JournalReading()
    assert len(world.new_ones) == 3


async def test_what_a_kill_left_open_there_is_closed_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_of(tmp_path)
    await world.plan()
    assert world.journal is not None

    def lost(*_arguments: object) -> None:
        raise SettingsProblem("The journal cannot be written", "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "finish", lost)
        assert (await world.run()).reason is None, "the record knows"
    assert len(unfinished(world).open_intents) == 3
    assert (await world.run()).reason is None
    assert unfinished(world) == JournalReading()
    assert [each.outcome.connection_id for each in world.journal.entries() if each.outcome] == [
        world.record.of(row.connection_id).new_id for row in (await world.plan()).rows
    ]


async def test_a_create_of_the_name_through_another_door_that_is_not_settled_stops_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    first = world_of(tmp_path)
    await first.plan()
    losing = first.transport = Losing(first.transport.application)
    assert (await first.run()).reason is StopReason.UNKNOWN
    losing.is_on = False
    (tmp_path / "copy").mkdir()
    copy = replace(first, folder=tmp_path / "copy")
    copy.transport = losing
    copy.path.write_text(first.path.read_text())
    sent = len([method for method, _path in losing.requests if method == "POST"])
    end = await copy.run()
    assert end.reason is StopReason.NEEDS_A_WORD
    assert end.problem is not None
    assert "nobody knows whether it made the connection" in end.problem.message
    assert "The wizard offers to look for it" in end.problem.next_step
    assert len([method for method, _path in losing.requests if method == "POST"]) == sent
    assert (await first.run()).reason is None
    end = await copy.run()
    assert end.reason is StopReason.NEEDS_A_WORD, "now it is in the list, and a person says whether it is the one"
    assert end.row is not None
    made = {each.name: each.id for each in first.new_ones}
    assert (await copy.run(Orders(settled={end.row.connection_id: made[end.row.new_name]}))).row is not None
    assert len(first.new_ones) == 3


async def test_without_the_journal_nothing_is_sent_and_the_record_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_of(tmp_path)
    plan = await world.plan()

    def full(*_arguments: object) -> None:
        raise SettingsProblem("The journal cannot be written", "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "begin", full)
        with pytest.raises(Problem, match="The journal cannot be written"):
            await world.run()
    known = world.record.of(plan.rows[0].connection_id)
    assert (known.is_unknown, known.stopped) == (False, "The journal cannot be written. No space left on device")
    assert {method for method, _path in world.transport.requests} == {"GET"}
    assert (await world.run()).reason is None
