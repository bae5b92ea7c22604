"""Random faults around a whole migration: 0 lost, 0 made twice, 0 changed without a record, 0 false statements.

`python -m tests.session.migration_schedules 2000` migrates that often, each time until it ends. A tenth of all answers
is replaced by 412, 429, 5xx, resets, silence, late lists and requests that arrive later; now and then the program is
killed at a request. What nobody can tell is answered by a script that looks into the store.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import httpx
from starlette.applications import Starlette

from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import RecordedStep, Stage
from aep_tui.domain.migration_text import read_plan
from aep_tui.practice.request_kind import RequestKind, kind_of_request
from aep_tui.practice.store import ConnectionRecord
from aep_tui.session.migration_events import MigrationEvent, RowChanged, RunEnded, StopReason
from aep_tui.session.migration_run import Orders
from aep_tui.state.migration_files import record_path
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.session.migrating import METHODS, Transport, World, scenario_of

MOST_RUNS: Final = 400
_SHARE: Final = 0.1
_KILLS: Final = 0.002
_GATEWAY_GIVES_UP: Final = 55.0
KINDS: Final = {
    "beside": ("migration", Road.BESIDE),
    "in-place": ("migration-in-place", Road.IN_PLACE),
    "refused": ("migration", Road.IN_PLACE),
    "refused-later": ("migration-refused-later", Road.IN_PLACE),
    "busy": ("migration-busy", Road.BESIDE),
}
_READING: Final = ("429", "502", "503", "504", "reset", "silence", "refused")
_CHANGING: Final = (
    *_READING,
    "412",
    "502-after",
    "503-after",
    "504-after",
    "reset-after",
    "silence-after",
    "late",
    "late",
)


class Killed(BaseException):
    """The program is killed here."""


def flow_error(status: int, code: str) -> httpx.Response:
    said = {"type": f"https://ns.adobe.com/aep/errors/FLOW-{code}", "title": "Refused", "status": status}
    return httpx.Response(status, json={**said, "errorMessage": "Refused.", "errorDetails": "Refused."})


class Chaos(Transport):
    """Replaces answers."""

    def __init__(self, application: Starlette, clock: FakeClock, chance: random.Random) -> None:
        super().__init__(application)
        self._clock = clock
        self._chance = chance
        self._late: list[tuple[float, httpx.Request]] = []
        self.is_on = True

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self.deliver(self._clock.monotonic())
        kind = kind_of_request(request.method, request.url.path)
        is_change = kind in {RequestKind.CREATE, RequestKind.UPDATE}
        if self.is_on and self._chance.random() < _KILLS:
            if self._chance.random() < 0.5:
                await super().handle_async_request(request)
            raise Killed
        if not self.is_on or self._chance.random() >= _SHARE:
            return await super().handle_async_request(request)
        faults = _CHANGING if is_change else (*_READING, "stale") if kind is RequestKind.LIST else _READING
        return await self._fault(self._chance.choice(faults), request)

    async def deliver(self, now: float) -> None:
        """Let what is late arrive."""
        due = [each for each in self._late if each[0] <= now]
        self._late = [each for each in self._late if each[0] > now]
        for _at, request in due:
            await super().handle_async_request(request)

    @property
    def has_late(self) -> bool:
        return bool(self._late)

    async def _fault(self, fault: str, request: httpx.Request) -> httpx.Response:
        name, _dash, when = fault.partition("-")
        if name == "late":
            await request.aread()
            self._late.append((self._clock.monotonic() + self._chance.random() * _GATEWAY_GIVES_UP, request))
            return httpx.Response(504)
        if when or name == "stale":
            answer = await super().handle_async_request(request)
            await answer.aread()
            if name == "stale":
                return self._stale(answer)
        match name:
            case "412":
                return flow_error(412, "1404-412")
            case "429":
                body = {"error_code": "429050", "message": "Too many requests"}
                return httpx.Response(429, json=body, headers={"Retry-After": "2"})
            case "reset":
                raise httpx.ReadError("reset")
            case "silence":
                self._clock.advance(60.0)
                raise httpx.ReadTimeout("silence")
            case "refused":
                raise httpx.ConnectError("refused")
        return httpx.Response(int(name))

    def _stale(self, answer: httpx.Response) -> httpx.Response:
        """Return a list that does not show yet what was created in the last minute."""
        if answer.status_code != 200:
            return answer
        body = answer.json()
        since = (self._clock.now().timestamp() - 60) * 1000
        body["items"] = [item for item in body["items"] if item["createdAt"] < since]
        headers = {name: answer.headers[name] for name in ("date", "x-request-id") if name in answer.headers}
        return httpx.Response(200, json=body, headers=headers)


@dataclass
class Campaign:
    """One migration until it ends.

    Attributes:
        seed: of its faults.
        kind: a key of `KINDS`.
        folder: where plan and record lie.
    """

    seed: int
    kind: str
    folder: Path
    runs: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        scenario_id, _road = KINDS[self.kind]
        self.world = World(self.folder, scenario_of(scenario_id))
        self.chaos = Chaos(self.world.transport.application, self.world.clock, random.Random(self.seed))
        self.world.transport = self.chaos
        text = plan_of(self.kind)
        self.world.path.write_text(text)
        self.plan: MigrationPlan = read_plan(text).plan
        self.before = {each.id: each for each in self.world.store.connections()}
        self.orders: dict[str, object] = {"road": None, "left_out": frozenset(), "settled": {}}

    async def until_it_ends(self) -> None:
        """Run again and again.

        Raises:
            AssertionError: something is lost, made twice, changed without a record, or a statement is false.
        """
        while True:
            self.runs += 1
            assert self.runs <= MOST_RUNS, self._words("it does not end")
            try:
                end = await self.world.run(Orders(**self.orders), on_event=self._hear)  # type: ignore[arg-type]  # by name
            except Killed:
                self.ends["killed"] += 1
                self._judge()
                continue
            self.ends[end.reason.value if end.reason else "done"] += 1
            self._judge()
            if end.reason is None:
                break
            await self._answer(end)
        self.chaos.is_on = False
        await self.chaos.deliver(float("inf"))
        self._judge_end()

    def _hear(self, event: MigrationEvent) -> None:
        if isinstance(event, RunEnded):
            record = self.world.record
            done = sum(record.of(row.connection_id).stage is Stage.DONE for row in self.plan.rows)
            assert event.done == done, self._words("it counts what is not done")
        if not isinstance(event, RowChanged):
            return
        row, known = event.row, event.record
        if known.stage is Stage.DONE:
            now = self._of(known.new_id or row.connection_id)
            at = int(self.world.clock.now().timestamp() * 1000)
            assert now.state_at(at) == "enabled", self._words(f"{row.name} is said to be done")
            assert now.auth_spec_name == METHODS.new.spec_name, self._words(f"{row.name} is said to be done")
            assert known.test, self._words(f"{row.name} was not tested")
            assert known.table, self._words(f"{row.name} was not explored")

    def _of(self, connection_id: str) -> ConnectionRecord:
        found = {each.id: each for each in self.world.store.connections()}.get(connection_id)
        assert found is not None, self._words(f"there is no connection {connection_id}")
        return found

    def _made_beside(self, row: MigrationRow) -> list[ConnectionRecord]:
        return [
            each
            for each in self.world.new_ones
            if each.id not in self.before and (each.sandbox_name, each.name) == (row.sandbox_name, row.new_name)
        ]

    def _judge(self) -> None:
        """Compare the record with the store after a run."""
        record, now = self.world.record, {each.id: each for each in self.world.store.connections()}
        assert not record.unreadable, self._words("the record is broken")
        assert self.before.keys() <= now.keys(), self._words("a connection is lost")
        begun = self._begun()
        by_row: set[str] = set()
        for row in self.plan.rows:
            known, made = record.of(row.connection_id), self._made_beside(row)
            by_row |= {each.id for each in made}
            is_changed = now[row.connection_id].auth_spec_name == METHODS.new.spec_name
            assert len(made) + is_changed <= 1, self._words(f"{row.name} was made twice")
            if made or is_changed:
                assert row.connection_id in begun, self._words(f"{row.name} was changed without a record")
            if known.stage is Stage.WAITING and not self.chaos.has_late:
                assert not made, self._words(f"{row.name} is said not to be made")
                assert not is_changed, self._words(f"{row.name} is said not to be changed")
            if known.stage in {Stage.MADE, Stage.DONE}:
                assert made or is_changed, self._words(f"{row.name} is said to be made")
                assert not known.new_id or known.new_id == made[0].id, self._words(f"{row.name} is another's")
            if known.road is Road.BESIDE:
                assert not is_changed, self._words(f"{row.name} was to stay as it is")
        assert now.keys() - self.before.keys() == by_row, self._words("there is a connection that nobody planned")
        assert CANARY not in record_path(self.world.path).read_text(), self._words("a secret is in the record")

    def _begun(self) -> set[str]:
        lines = record_path(self.world.path).read_text().splitlines()
        entries = [json.loads(line) for line in lines]
        return {each["connection_id"] for each in entries if each["event"] == RecordedStep.SENDING}

    async def _answer(self, end: RunEnded) -> None:
        """Do what a person would do after such an end."""
        settled: dict[str, str] = {}
        match end.reason:
            case StopReason.ROAD_REFUSED:
                self.orders["road"] = Road.BESIDE
            case StopReason.CHANGED:
                assert self.kind == "busy", self._words("nobody else was there")
                assert end.row is not None
                assert self._of(end.row.connection_id).etag != end.row.etag, self._words("it has not changed")
                left = self.orders["left_out"]
                assert isinstance(left, frozenset)
                self.orders["left_out"] = left | {end.row.connection_id}
            case StopReason.UNKNOWN:
                self.world.clock.advance(120.0)
                await self.chaos.deliver(self.world.clock.monotonic())
                assert end.row is not None
                made = self._made_beside(end.row)
                is_changed = self._of(end.row.connection_id).auth_spec_name == METHODS.new.spec_name
                settled[end.row.connection_id] = made[0].id if made else "yes" if is_changed else "no"
            case StopReason.NEEDS_A_WORD if end.row is not None and self._made_beside(end.row):
                settled[end.row.connection_id] = self._made_beside(end.row)[0].id
            case StopReason.NEEDS_A_WORD | StopReason.PUT_BACK | StopReason.NOT_READY:
                raise AssertionError(self._words(f"it stops for {end.reason}"))
        self.orders["settled"] = settled
        if random.Random(self.seed + self.runs).random() < 0.5:
            self.world.clock.advance(1_000.0)

    def _judge_end(self) -> None:
        self._judge()
        assert end_state(self.world) == faultless(self.kind), self._words("the end is another one")
        now = {each.id: each for each in self.world.store.connections()}
        for connection_id, record in self.before.items():
            if now[connection_id].auth_spec_name == METHODS.old.spec_name and self.kind != "busy":
                assert now[connection_id] == record, self._words(f"{record.name} was touched")

    def _words(self, what: str) -> str:
        return f"seed {self.seed}, {self.kind}, run {self.runs}: {what}"


def end_state(world: World) -> list[tuple[object, ...]]:
    """Return what is in the organization, without ids and times."""

    def shown(record: ConnectionRecord) -> tuple[object, ...]:
        plain = {name: value for name, value in record.parameters.items() if "secret-reference" not in str(value)}
        return record.sandbox_name, record.name, record.auth_spec_name, tuple(sorted(plain.items()))

    return sorted((shown(each) for each in world.store.connections()), key=repr)


@cache
def plan_of(kind: str) -> str:
    """Return the plan of such a migration; it is the same for each seed."""
    scenario_id, road = KINDS[kind]

    def make(folder: Path) -> str:
        world = World(folder, scenario_of(scenario_id))
        in_new_loop(lambda: world.plan(road))
        world.store.close()
        return world.path.read_text()

    with tempfile.TemporaryDirectory() as folder:
        return make(Path(folder))


@cache
def faultless(kind: str) -> list[tuple[object, ...]]:
    """Return the end of such a migration without any fault."""
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(0, kind, Path(folder))
        campaign.chaos.is_on = False

        async def run() -> None:
            for _turn in range(10):
                end = await campaign.world.run(Orders(**campaign.orders))  # type: ignore[arg-type]  # by name
                if end.reason is None:
                    return
                await campaign._answer(end)
            raise AssertionError("it does not end without faults")

        in_new_loop(run)
        state = end_state(campaign.world)
        campaign.world.store.close()
    return state


def in_new_loop(work: Callable[[], object]) -> None:
    """Run something to its end, also from within a running loop: in a thread of its own."""
    from threading import Thread

    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work())  # type: ignore[arg-type]  # a coroutine
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


async def migrate(seed: int) -> Campaign:
    """Migrate with the faults of a seed until it ends.

    Raises:
        AssertionError: something is wrong.
    """
    kind = list(KINDS)[seed % len(KINDS)]
    faultless(kind)
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(seed, kind, Path(folder))
        try:
            await campaign.until_it_ends()
        finally:
            campaign.world.store.close()
    return campaign


def main() -> int:
    """Run the campaign and print how the runs ended; the first thing that is wrong ends it."""
    parser = argparse.ArgumentParser(prog="python -m tests.session.migration_schedules")
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    ends: Counter[str] = Counter()
    runs = 0
    for seed in range(options.first, options.first + options.count):
        campaign = asyncio.run(migrate(seed))
        ends += campaign.ends
        runs += campaign.runs
        if seed % 50 == 49:
            sys.stdout.write(f"{seed + 1}: {runs} runs, {dict(ends)}\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{options.count} migrations in {runs} runs: 0 lost, 0 made twice, 0 without a record, 0 false statements, "
        f"{dict(ends)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
