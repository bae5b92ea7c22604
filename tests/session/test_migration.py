"""A migration against the practice service: both roads, each surprise, and going on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import httpx
import pytest

from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.migration_plan import MigrationPlan, Road, TestResult
from aep_tui.domain.migration_record import Stage
from aep_tui.domain.migration_text import plan_text
from aep_tui.domain.target import LIVE_BASE_URL, Mode
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.practice.organization import WRONG_CLIENT_ID, practice_target
from aep_tui.session.migration_events import MigrationEvent, RowBegan, StopReason
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_run import MigrationRun, Orders, RunPlace
from aep_tui.state.migration_files import record_path
from aep_tui.state.submit_lock import SubmitLock, SubmitLockTaken
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.wire import a_wire
from tests.session.migrating import CREDENTIALS, ENDED, METHODS, SECRETS, WITH_TOKEN, Transport, World, scenario_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


def in_place(tmp_path: Path, scenario_id: str = "migration-in-place") -> World:
    return World(tmp_path, scenario_of(scenario_id))


async def test_a_plan_tells_what_is_there_in_the_order_of_work(world: World) -> None:
    plan = await world.new_plan()
    assert len(plan.rows) == 25
    assert {method for method, _path in world.transport.requests} == {"GET"}
    kinds = [(row.sandbox_type, row.may_feed_dataflows) for row in plan.rows]
    assert kinds == sorted(kinds, key=lambda each: (each[0] == "production", each[1]))
    assert {row.test for row in plan.rows} == {TestResult.PASSED}
    assert set(plan.groups()) == {"https://acme.my.salesforce.com", "https://acme-emea.my.salesforce.com"}
    assert len({(row.sandbox_name, row.new_name) for row in plan.rows}) == 25
    flows = [flow for row in plan.rows for flow in row.dataflows]
    assert len(flows) == 24
    assert all(flow.table and flow.mapping_id and flow.dataset_id for flow in flows)
    assert any(flow.next_run_at for flow in flows)
    assert "secret-reference" not in world.path.read_text()


async def test_beside_every_connection_comes_a_new_one_and_the_old_ones_are_not_touched(world: World) -> None:
    plan = await world.plan()
    before = world.store.connections()
    end = await world.run()
    assert (end.reason, end.done, end.left) == (None, 25, 0)
    assert world.store.connections()[:25] == before
    assert sorted((each.sandbox_name, each.name) for each in world.new_ones) == sorted(
        (row.sandbox_name, row.new_name) for row in plan.rows
    )
    for row in plan.rows:
        known = world.record.of(row.connection_id)
        new = next(each for each in world.new_ones if each.id == known.new_id)
        assert (known.stage, known.test, known.table, known.columns) == (Stage.DONE, True, "Account", 5)
        assert new.parameters["environmentUrl"] == row.group
        assert new.name == row.new_name
    methods = {method for method, _path in world.transport.requests}
    assert methods == {"GET", "POST"}
    sent = len(world.transport.requests)
    assert (await world.run()).left == 0
    assert len(world.transport.requests) == sent, "a run of what is done sends nothing"


def test_a_live_run_holds_the_lock_of_the_place_and_tells_the_journal_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    plan, made_up = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b"), practice_target(SECRETS)
    rehearsal = RunPlace.reached(plan, "abc", METHODS, {}, made_up, a_wire(secrets=SECRETS))
    assert rehearsal.journal is None
    live = replace(made_up, mode=Mode.LIVE, base_url=LIVE_BASE_URL)
    place = RunPlace.reached(plan, "abc", METHODS, {}, live, a_wire(secrets=SECRETS))
    with place.lock(live.place):
        with pytest.raises(SubmitLockTaken), SubmitLock(live.place):
            pass
        with rehearsal.lock(live.place):
            assert place.journal is not None
    place.journal.finish("1", IntentOutcome(OutcomeKind.CANNOT_TELL, explanation=f"The source says {CANARY}."))
    assert CANARY not in (tmp_path / "aep-tui" / "journal.jsonl").read_text(encoding="utf-8")


async def test_a_token_that_has_ended_today_stops_a_run_before_it_sends_anything(world: World) -> None:
    await world.plan(most=1)
    world.methods = WITH_TOKEN
    end = await world.run(given=GroupCredentials(new=ENDED))
    assert end.problem is not None
    assert (end.reason, end.done) == (StopReason.NOT_READY, 0)
    assert end.problem.message.startswith("jwtToken: The token ended on 2026-11-22 at 11:00 UTC.")
    assert {method for method, _path in world.transport.requests} == {"GET"}


async def test_in_place_every_connection_gets_the_new_method_itself(tmp_path: Path) -> None:
    world = in_place(tmp_path)
    plan = await world.plan(Road.IN_PLACE)
    world.transport.requests.clear()
    end = await world.run()
    assert (end.reason, end.done) == (None, 25)
    assert len(world.new_ones) == len(world.store.connections()) == 25
    ids = [row.connection_id for row in plan.rows]
    asked = [each for _method, path in world.transport.requests for each in ids if each in path]
    assert [each for each, _more in groupby(asked)] == ids, "each is asked about in its turn, and not again"
    assert asked.count(ids[0]) == asked.count(ids[1]), "what was changed by this very run shows that the road is tried"


async def test_a_connection_that_was_left_out_and_is_gone_does_not_stand_in_the_road(tmp_path: Path) -> None:
    world = in_place(tmp_path)
    first = (await world.plan(Road.IN_PLACE, most=2)).rows[0].connection_id
    assert (await world.run(given=WRONG)).reason is StopReason.TEST_FAILED
    world.store.delete(first)
    end = await world.run(Orders(left_out=frozenset({first})))
    assert (end.reason, end.done) == (None, 1)


async def test_the_first_change_in_place_is_of_a_connection_that_feeds_no_dataflow(tmp_path: Path) -> None:
    world = in_place(tmp_path)
    plan = await world.plan(Road.IN_PLACE)
    assert not plan.rows[0].may_feed_dataflows
    feeding = replace(plan, rows=tuple(row for row in plan.rows if row.may_feed_dataflows))
    world.path.write_text(plan_text(feeding))
    assert (await world.run()).reason is StopReason.NEEDS_A_WORD
    assert not world.new_ones
    assert (await world.run(Orders(probe_may_feed=True))).reason is None


async def test_a_refusal_in_place_changes_nothing_and_offers_the_road_beside(world: World) -> None:
    plan = await world.plan(Road.IN_PLACE)
    before = world.store.connections()
    end = await world.run()
    assert end.reason is StopReason.ROAD_REFUSED
    assert world.store.connections() == before
    patches = [each for each in world.transport.requests if each[0] == "PATCH"]
    assert (await world.run()).reason is StopReason.ROAD_REFUSED
    assert [each for each in world.transport.requests if each[0] == "PATCH"] == patches, "it is not tried again"
    end = await world.run(Orders(road=Road.BESIDE))
    assert (end.reason, end.done) == (None, len(plan.rows))
    assert len(world.new_ones) == 25


async def test_a_refusal_from_the_third_on_leaves_two_changed_in_place_and_the_rest_beside(tmp_path: Path) -> None:
    world = in_place(tmp_path, "migration-refused-later")
    plan = await world.plan(Road.IN_PLACE)
    end = await world.run()
    assert (end.reason, end.done) == (StopReason.ROAD_REFUSED, 2)
    assert (await world.run(Orders(road=Road.BESIDE))).done == 25
    roads = [world.record.of(row.connection_id).road for row in plan.rows]
    assert roads == [Road.IN_PLACE] * 2 + [Road.BESIDE] * 23


async def test_what_somebody_else_has_changed_stops_the_run_and_is_shown(tmp_path: Path) -> None:
    world = in_place(tmp_path, "migration-busy")
    plan = await world.plan()
    left: set[str] = set()
    for _turn in range(10):
        end = await world.run(Orders(left_out=frozenset(left)))
        if end.reason is None:
            break
        assert end.reason is StopReason.CHANGED
        assert end.row is not None
        assert end.problem is not None
        assert "version" in end.problem.message
        assert "a.colleague@acme.example" in end.problem.message
        assert f"--leave {end.row.connection_id}" in end.problem.next_step
        left.add(end.row.connection_id)
    assert len(left) == 3
    assert len(world.new_ones) == 22
    stages = [world.record.of(row.connection_id).stage for row in plan.rows]
    assert (stages.count(Stage.DONE), stages.count(Stage.LEFT_OUT)) == (22, 3)


WRONG = GroupCredentials(new={**CREDENTIALS.new, "clientId": WRONG_CLIENT_ID}, old=CREDENTIALS.old)


async def test_a_new_connection_that_fails_its_test_stops_the_run_and_is_tested_again(world: World) -> None:
    await world.plan()
    end = await world.run(given=WRONG)
    assert end.reason is StopReason.TEST_FAILED
    assert end.problem is not None
    assert "not touched" in end.problem.message
    assert (await world.run(given=CREDENTIALS)).reason is StopReason.TEST_FAILED
    assert len(world.new_ones) == 1


async def test_in_place_a_failed_test_says_that_the_old_credentials_are_gone(tmp_path: Path) -> None:
    world = in_place(tmp_path)
    plan = await world.plan(Road.IN_PLACE)
    end = await world.run(given=GroupCredentials(new=WRONG.new))
    assert end.reason is StopReason.TEST_FAILED
    assert end.problem is not None
    assert "gone from the platform" in end.problem.message
    end = await world.run(Orders(puts_back=True), WRONG)
    assert (end.reason, end.done, end.left) == (StopReason.PUT_BACK, 0, len(plan.rows) - 1)
    assert not world.new_ones
    assert world.record.of(plan.rows[0].connection_id).stage is Stage.PUT_BACK
    assert CANARY not in str(world.store.connections())


async def test_a_run_pauses_after_the_present_connection(world: World) -> None:
    await world.plan()
    paused: list[MigrationEvent] = []
    run = MigrationRun.run

    async def paused_run(self: MigrationRun) -> object:
        self.pause()
        return await run(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MigrationRun, "run", paused_run)
        end = await world.run(on_event=paused.append)
    assert (end.reason, end.done) == (StopReason.PAUSED, 0)
    assert not any(isinstance(event, RowBegan) for event in paused)


async def test_no_form_of_a_secret_stands_in_plan_or_record(tmp_path: Path) -> None:
    world = in_place(tmp_path)
    await world.plan(Road.IN_PLACE)
    await world.run(Orders(puts_back=True), WRONG)
    for file in tmp_path.iterdir():
        assert CANARY not in file.read_text()
        assert "secret-reference" not in file.read_text()


async def test_a_token_that_ends_stops_the_run_and_the_next_one_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.plan(most=3)
    handle = Transport.handle_async_request
    count = 0

    async def expired(transport: Transport, request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        if count > 12:
            return httpx.Response(401, json={"error_code": "401013", "message": "Oauth token is not valid"})
        return await handle(transport, request)

    monkeypatch.setattr(Transport, "handle_async_request", expired)
    end = await world.run()
    assert end.reason is StopReason.FAILED
    assert isinstance(end.problem, AuthenticationRequired)
    monkeypatch.undo()
    assert (await world.run()).reason is None
    assert len(world.new_ones) == 3


async def test_a_connection_of_the_new_name_that_is_there_already_is_asked_about_and_can_be_taken(world: World) -> None:
    plan = await world.plan(most=1)
    await world.run()
    record_path(world.path).unlink()
    end = await world.run()
    assert end.reason is StopReason.NEEDS_A_WORD
    assert end.problem is not None
    assert "--settle" in end.problem.next_step
    assert len(world.new_ones) == 1
    (row,) = plan.rows
    other = await world.run(Orders(settled={row.connection_id: row.connection_id}))
    assert other.reason is StopReason.UNKNOWN, "the old connection itself is not the new one"
    assert (await world.run(Orders(settled={row.connection_id: world.new_ones[0].id}))).reason is None
    assert len(world.new_ones) == 1
