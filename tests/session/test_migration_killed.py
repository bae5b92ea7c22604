"""Killed at every request and at every line of the record, and run again: the same end."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import httpx
import pytest

from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Stage
from aep_tui.domain.migration_text import read_plan
from aep_tui.session.migration_events import StopReason
from aep_tui.session.migration_run import Orders
from aep_tui.state.journal import Journal, JournalReading
from aep_tui.state.migration_files import RecordFile, record_path
from tests.kit.examples import Examples
from tests.session.migrating import Transport, World, scenario_of
from tests.session.migration_schedules import Killed, end_state, in_new_loop

pytestmark = pytest.mark.anyio

ROADS = {Road.BESIDE: "migration", Road.IN_PLACE: "migration-in-place"}
HOWS = ("before the request", "after the request", "before the line", "in the line", "after the line")
SIZE = 3 if Examples.are_all else 2
"""How many connections are migrated."""


class Killer:
    """Kills the program at the point with a number."""

    def __init__(self, how: str, at: int, patch: pytest.MonkeyPatch) -> None:
        self._how = how
        self._at = at
        self.passed = 0
        handle, add, write = Transport.handle_async_request, RecordFile.add, os.write

        async def handled(transport: Transport, request: httpx.Request) -> httpx.Response:
            self._reach("before the request")
            answer = await handle(transport, request)
            self._reach("after the request")
            return answer

        def added(record: RecordFile, entry: object) -> None:
            self._reach("before the line")
            if how == "in the line" and self.passed == at:
                patch.setattr(os, "write", lambda file, line: write(file, line[: len(line) // 2]) * 0 + self._kill())
            elif how == "in the line":
                self.passed += 1
            add(record, entry)  # type: ignore[arg-type]  # an entry
            self._reach("after the line")

        patch.setattr(Transport, "handle_async_request", handled)
        patch.setattr(RecordFile, "add", added)

    def _reach(self, how: str) -> None:
        if how == self._how:
            if self.passed == self._at:
                self._kill()
            self.passed += 1

    def _kill(self) -> int:
        self.passed = 10**9
        raise Killed


def planned(folder: Path, road: Road) -> World:
    world = World(folder, scenario_of(ROADS[road], migration_size=SIZE), journal=Journal(folder / "journal.jsonl"))
    world.path.write_text(_plan_of(road))
    return world


@cache
def _plan_of(road: Road) -> str:
    """Return the plan; it is the same in each such world."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), scenario_of(ROADS[road], migration_size=SIZE))
        in_new_loop(lambda: world.plan(road))
        world.store.close()
        return world.path.read_text()


async def until_done(world: World) -> None:
    orders = Orders()
    for _turn in range(10):
        end = await world.run(orders)
        if end.reason is None:
            return
        assert end.reason is StopReason.UNKNOWN, end
        assert end.row is not None
        world.clock.advance(120.0)
        made = [each for each in world.new_ones if each.name == end.row.new_name]
        orders = replace(Orders(), settled={end.row.connection_id: made[0].id if made else "no"})
    raise AssertionError("it does not end")


@cache
def _without_a_kill(road: Road) -> tuple[dict[str, int], object]:
    """Return how many points of each kind a whole run passes, and how it ends; it is the same in each such world."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        world = planned(Path(folder), road)
        killers = {how: Killer(how, -1, patch) for how in HOWS}

        async def run() -> None:
            assert (await world.run()).reason is None

        in_new_loop(run)
        wanted = end_state(world)
        world.store.close()
    return {how: killer.passed for how, killer in killers.items()}, wanted


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("how", HOWS)
async def test_a_kill_at_any_point_ends_as_without(tmp_path: Path, road: Road, how: str) -> None:
    def folder(name: str) -> Path:
        made = tmp_path / name
        made.mkdir()
        return made

    points_of, wanted = _without_a_kill(road)
    points = points_of[how]
    assert points >= 5 * SIZE
    for at in range(points):
        world = planned(folder(str(at)), road)
        with pytest.MonkeyPatch.context() as patch:
            Killer(how, at, patch)
            with pytest.raises(Killed):
                await world.run()
        assert world.journal is not None
        left = world.journal.unfinished()
        sent = [each for each in world.transport.requests if each[0] in {"POST", "PATCH"}]
        known = [each for each in world.record.rows.values() if each.stage in {Stage.MADE, Stage.DONE}]
        is_open = bool(left.open_intents or left.open_changes)
        assert is_open or len(sent) <= len(known), "other doors know of what may have been carried out"
        await until_done(world)
        assert world.journal.unfinished() == JournalReading()
        assert end_state(world) == wanted, f"{how}, {at}"
        assert world.record.unreadable == 0
        posts = [each for each in world.transport.requests if each[0] in {"POST", "PATCH"}]
        assert len(posts) <= SIZE + 1, "one request a connection, and one more after a kill before it left"
        assert record_path(world.path).read_bytes().endswith(b"\n")
        world.store.close()


async def test_an_answer_about_an_earlier_request_does_not_count_for_one_that_nobody_was_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = planned(tmp_path, Road.BESIDE)
    row = read_plan(world.path.read_text()).plan.rows[0]
    handle = Transport.handle_async_request

    async def lost(transport: Transport, request: httpx.Request) -> httpx.Response:
        return httpx.Response(504) if request.method == "POST" else await handle(transport, request)

    async def killed(transport: Transport, request: httpx.Request) -> httpx.Response:
        answer = await handle(transport, request)
        if request.method == "POST":
            raise Killed
        return answer

    monkeypatch.setattr(Transport, "handle_async_request", lost)
    assert (await world.run()).reason is StopReason.UNKNOWN
    monkeypatch.setattr(Transport, "handle_async_request", killed)
    orders = Orders(settled={row.connection_id: "no"})
    with pytest.raises(Killed):
        await world.run(orders)
    assert len(world.new_ones) == 1
    monkeypatch.undo()
    assert (await world.run(orders)).reason is None, "the same command again looks by itself"
    assert len(world.new_ones) == SIZE
    assert world.record.of(row.connection_id).made_words
    world.store.close()


async def test_the_record_of_a_full_disk_keeps_no_half_of_a_line_and_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = planned(tmp_path, Road.BESIDE)
    write = os.write
    lines = 0

    def full(file: int, line: bytes) -> int:
        nonlocal lines
        lines += 1
        if lines == 2:
            write(file, line[:9])
            raise OSError(28, "No space left on device")
        return write(file, line)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(Exception, match="cannot be used"):
        await world.run()
    monkeypatch.undo()
    assert not [each for each in world.transport.requests if each[0] == "POST"]
    assert (await world.run()).reason is None
    world.store.close()
