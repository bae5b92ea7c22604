"""Kills a process that creates, changes or deletes at point after point: `-m tests.truth.every_point [--stride N]`.

A point is a call of a Python function of the client, the journal or the HTTP library, or the moment before or after a
system call. After each death the next start is held against what is on the platform. The exit code is 0 when every
statement was true, nothing was carried out twice and nothing was sent by the next start.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.state.submit_lock import SubmitLock
from tests.kit.canary import CANARY
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.truth.changes import made, restart_after_change
from tests.truth.nursery import Nursery, Run
from tests.truth.restart import files_with_secret, restart
from tests.truth.submitter import ACTIONS, CREATE, DELETE, RENAME, ROTATE, Order, a_live_target

WAYS = ("", "reset-after-commit", "502-before-commit")
"""The faults that the request meets; "" is none."""
_KINDS = {
    CREATE: RequestKind.CREATE,
    RENAME: RequestKind.UPDATE,
    ROTATE: RequestKind.UPDATE,
    DELETE: RequestKind.DELETE,
}

_NEVER = 10**9


@dataclass
class Sweep:
    """What came of the deaths on one way.

    Attributes:
        points: how many there are on the way.
        deaths: how many processes were killed.
        statements: how often the next start said what.
        untruths: what was wrong, in words.
    """

    points: int = 0
    deaths: int = 0
    statements: Counter[str] = field(default_factory=Counter)
    untruths: list[str] = field(default_factory=list)


async def sweep(
    server: PracticeServer, nursery: Nursery, way: str, *, action: str = CREATE, deaths: int = 0, stride: int = 1
) -> Sweep:
    """Kill a process at each `stride`-th point of a way.

    Args:
        server: is emptied for each process.
        nursery: gives the processes.
        way: the fault that the request meets, "" for none.
        action: what the process does.
        deaths: about how many processes are killed, evenly over the way; 0 leaves it to `stride`.
        stride: the distance of the points.
    """
    result = Sweep()
    with tempfile.TemporaryDirectory() as directory:
        alive, _etag = await _order(server, nursery, way, action, Path(directory, "alive"), _NEVER)
        result.points = alive.word("passed")
        stride = max(1, result.points // deaths) if deaths else stride
        for point in range(1 + stride // 2, result.points + 1, stride):
            home = Path(directory, str(point))
            run, made_etag = await _order(server, nursery, way, action, home, point)
            if not run.was_killed:
                continue  # the way is a few points shorter now and then
            result.deaths += 1
            where = f"{action}, {way or 'no fault'}, point {point}"
            if action == CREATE:
                await _hold_to_truth(result, server, run, home, where)
            else:
                await _hold_change_to_truth(result, server, run, home, where, made_etag)
    return result


async def _order(
    server: PracticeServer, nursery: Nursery, way: str, action: str, home: Path, dies_at: int
) -> tuple[Run, str]:
    server.store.clear()
    server.faults.clear()
    record = None if action == CREATE else await made(server)
    if way:
        server.faults.put(_KINDS[action], FAULTS[way])
    connection_id, etag = (record.id, record.etag) if record is not None else ("", "")
    order = Order(server.base_url, str(home), dies_at=dies_at, action=action, connection_id=connection_id)
    return nursery.run(order), etag


def _sent(patch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the method of each request of this process that could change something.

    What is on the platform tells nothing of that: the last request of the dead may be carried out a moment later.
    """
    sent: list[str] = []
    send_once = FlowService._send_once

    async def noting(service: FlowService, method: str, *more: Any) -> Any:  # noqa: ANN401 - as the method has it
        if method != "GET":
            sent.append(method)
        return await send_once(service, method, *more)

    patch.setattr(FlowService, "_send_once", noting)
    return sent


async def _hold_change_to_truth(
    result: Sweep, server: PracticeServer, run: Run, home: Path, where: str, made_etag: str
) -> None:
    server.faults.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home))
        sent = _sent(patch)
        with SubmitLock(a_live_target(server.base_url).place):
            pass  # it has died with its process
        statement = await restart_after_change(server.base_url)
        problems = statement.untruths(server.store, made_etag, home)
    if sent:
        problems.append(f"the restart has sent {sent}")
    if files_with_secret(home) or CANARY in repr(run.said):
        problems.append("the secret stands in a file or was said")
    result.statements[statement.words] += 1
    result.untruths += [f"{where}: {problem}" for problem in problems]


async def _hold_to_truth(result: Sweep, server: PracticeServer, run: Run, home: Path, where: str) -> None:
    server.faults.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home))
        sent = _sent(patch)
        with SubmitLock(a_live_target(server.base_url).place):
            pass  # it has died with its process
        statement = await restart(server.base_url)
    problems = statement.untruths(server.store)
    if sent:
        problems.append(f"the restart has sent {sent}")
    said = run.word("outcome")
    if said == "created" and run.word("id") != statement.connection_id:
        problems.append("it said before its death that there is another connection")
    if said == "not created" and server.store.count():
        problems.append("it said before its death that nothing was created")
    if files_with_secret(home) or CANARY in repr(run.said):
        problems.append("the secret stands in a file or was said")
    result.statements[f"{statement.words}{', after a look' if statement.was_looked_for else ''}"] += 1
    result.untruths += [f"{where}: {problem}" for problem in problems]


def main(arguments: Sequence[str]) -> int:
    """Sweep over all ways and report; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth.every_point")
    parser.add_argument("--stride", type=int, default=1, help="the distance of the points")
    stride = parser.parse_args(arguments).stride
    untruths: list[str] = []
    with (
        PracticeServer(scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), clock=SystemClock()) as server,
        Nursery() as nursery,
    ):
        for action, way in product(ACTIONS, WAYS):
            result = asyncio.run(sweep(server, nursery, way, action=action, stride=stride))
            untruths += result.untruths
            told = f"{result.points} points, {result.deaths} deaths, {dict(result.statements)}"
            print(f"{action}, {way or 'no fault'}: {told}")
    print("\n".join(untruths) or "every statement was true, and no connection was there twice")
    return 1 if untruths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
