"""Processes that submit as the app does, and die by SIGKILL at the point that was ordered: `-m tests.truth.submitter`.

Reads one order a line (JSON, see `Order`) and forks a process for each, so that a death costs no start of Python. What
the process says, and how it ended, goes to standard output, one JSON object a line.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from types import FrameType
from typing import Any

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.advice import advice_for
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.platform_session import PlatformSession
from aep_tui.state import journal as journal_module
from aep_tui.state.journal import Journal
from tests.flow_service.helpers import a_request
from tests.kit.authorities import read_authorities_once
from tests.kit.canary import CANARY, knowing
from tests.kit.clock import HurryingClock
from tests.kit.wire import a_wire

SANDBOX = "rehearsal"
NAME = "ACME Salesforce"
NEW_NAME = "ACME Salesforce, renamed"
CREATE, RENAME, ROTATE, DELETE = ACTIONS = ("create", "rename", "rotate", "delete")

_INTERESTING = (
    *("/aep_tui/flow_service/", "/aep_tui/state/", "/aep_tui/session/"),
    *("/httpcore/_async/", "/h11/_connection.py", "/httpx/_client.py"),
)
"""Parts of the paths of the files whose functions are points."""
_CALLS_TO_THE_SYSTEM = frozenset({"write", "fsync", "send", "recv", "flock", "open", "connect", "close", "ftruncate"})

_CALLS_OF_C = ("c_call", "c_return")

_LOADED_LATE = ("anyio._backends._asyncio", "anyio.streams.tls", "httpcore", "httpx", "platformdirs.unix")
"""What a process would import on its way; loaded before the fork, it costs nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one process has to do.

    Attributes:
        base_url: of the practice server.
        state_home: XDG_STATE_HOME of the process.
        point: where it stops, a key of POINTS; "" for nowhere.
        is_held: at the point it says so and waits to be killed, instead of killing itself.
        dies_at: it kills itself at the so many-th of all points around the create; 0 for never. They are the calls of
            Python functions of the client, the journal and the HTTP library, and before and after each system call.
        waits_before_create: it says "ready" when it has looked for similar connections, and goes on at the next line
            of its standard input; only for a process of its own.
        action: what it does: one of ACTIONS.
        connection_id: what it changes or deletes.
    """

    base_url: str
    state_home: str
    point: str = ""
    is_held: bool = False
    dies_at: int = 0
    waits_before_create: bool = False
    action: str = CREATE
    connection_id: str = ""

    def line(self) -> str:
        """Return the order as it is sent."""
        return json.dumps(asdict(self)) + "\n"


def a_live_target(base_url: str) -> Target:
    """The target of every process here; its token is the canary."""
    return Target(Mode.LIVE, base_url, ORGANIZATION_ID, SANDBOX, API_KEY, access_token=Secret(CANARY))


def a_session(base_url: str) -> PlatformSession:
    """A session as the app opens it in live mode."""
    target = a_live_target(base_url)
    secrets = knowing({"accessToken": CANARY})
    return PlatformSession(target, a_wire(base_url, clock=HurryingClock(), secrets=secrets))


def say(**values: object) -> None:
    """Say something to the test; one write, so that nothing is cut in two."""
    os.write(1, json.dumps(values).encode() + b"\n")


# --- points by name ---------------------------------------------------------------------------------------------------


def _before(owner: type, method: str) -> Callable[[Callable[[], None]], None]:
    def install(stop: Callable[[], None]) -> None:
        original = getattr(owner, method)

        def stopping(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - stands for any method
            stop()
            return original(*arguments, **more)

        setattr(owner, method, stopping)

    return install


def _after(owner: type, method: str) -> Callable[[Callable[[], None]], None]:
    def install(stop: Callable[[], None]) -> None:
        original = getattr(owner, method)

        def stopping(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - stands for any method
            result = original(*arguments, **more)
            stop()
            return result

        setattr(owner, method, stopping)

    return install


def _after_answer(*methods: str) -> Callable[[Callable[[], None]], None]:
    def install(stop: Callable[[], None]) -> None:
        for method in methods:
            _stop_after_answer(method, stop)

    return install


def _stop_after_answer(method: str, stop: Callable[[], None]) -> None:
    original = getattr(FlowService, method)

    async def stopping(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - stands for the method
        result = await original(*arguments, **more)
        stop()
        return result

    setattr(FlowService, method, stopping)  # the process is ours alone


def _before_any(*methods: str) -> Callable[[Callable[[], None]], None]:
    def install(stop: Callable[[], None]) -> None:
        for method in methods:
            _before(FlowService, method)(stop)

    return install


def _in_the_middle_of(event: str) -> Callable[[Callable[[], None]], None]:
    def install(stop: Callable[[], None]) -> None:
        class HalfWriting:
            """Stands for the module `os` in the journal: writes half of a line."""

            def __getattr__(self, name: str) -> object:
                return getattr(os, name)

            def write(self, descriptor: int, line: bytes) -> int:
                if f'"event": "{event}"'.encode() not in line:
                    return os.write(descriptor, line)
                os.write(descriptor, line[: len(line) // 2])
                stop()
                return 0

        setattr(journal_module, "os", HalfWriting())  # noqa: B010 - no type checker knows of this

    return install


POINTS: dict[str, Callable[[Callable[[], None]], None]] = {
    "before the intent is written": _before(Journal, "begin"),
    "in the middle of the intent": _in_the_middle_of("begin"),
    "after the intent was written": _after(Journal, "begin"),
    "before the request leaves": _before(FlowService, "create"),
    "after the answer was received": _after_answer("create"),
    "before the outcome is written": _before(Journal, "finish"),
    "in the middle of the outcome": _in_the_middle_of("finish"),
    "after the outcome was written": _after(Journal, "finish"),
    "during the watch": lambda stop: None,
}


_CHANGING = ("change_connection", "delete_connection")
POINTS_OF_A_CHANGE: dict[str, Callable[[Callable[[], None]], None]] = {
    "before the intent is written": _before(Journal, "begin_change"),
    "in the middle of the intent": _in_the_middle_of("begin-change"),
    "after the intent was written": _after(Journal, "begin_change"),
    "before the request leaves": _before_any(*_CHANGING),
    "after the answer was received": _after_answer(*_CHANGING),
    "before the outcome is written": _before(Journal, "finish"),
    "in the middle of the outcome": _in_the_middle_of("finish"),
    "after the outcome was written": _after(Journal, "finish"),
}


# --- points by number -------------------------------------------------------------------------------------------------


class PointCounter:
    """Counts the points that a process passes, and kills it at the chosen one."""

    def __init__(self, dies_at: int) -> None:
        self.count = 0
        self._dies_at = dies_at
        self._interesting: dict[str, bool] = {}

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:  # noqa: ANN401 - as sys.setprofile has it
        if event == "call":
            file = frame.f_code.co_filename
            is_point = self._interesting.get(file)
            if is_point is None:
                is_point = self._interesting[file] = any(part in file for part in _INTERESTING)
        elif event in _CALLS_OF_C:
            is_point = getattr(argument, "__name__", "") in _CALLS_TO_THE_SYSTEM
        else:
            return
        if is_point:
            self.count += 1
            if self.count == self._dies_at:
                os.kill(os.getpid(), signal.SIGKILL)


# --- the process ------------------------------------------------------------------------------------------------------


async def _submit(order: Order, stop: Callable[[], None], counter: PointCounter | None) -> None:
    session = a_session(order.base_url)
    request = a_request(NAME)
    draft = Draft(cloud=Cloud.AZURE, source_id="salesforce", auth_method_id="oauth2-client-credential", name=NAME)
    try:
        await session.similar_connections(request, lambda words: None)
        if order.waits_before_create:
            say(ready=True)
            sys.stdin.readline()
        status_session = session.for_create(request, draft)
        assert status_session.create is not None
        if counter is not None:
            sys.setprofile(counter)
        outcome = await status_session.create(lambda words: None)
        if isinstance(outcome, Created):
            say(outcome="created", id=outcome.connection.connection_id)
            async for _event in status_session.watch(outcome.connection.connection_id):
                if order.point == "during the watch":
                    stop()
        else:
            say(outcome="cannot tell" if isinstance(outcome, CannotTell) else "not created", id="")
    except Problem as problem:
        say(outcome="refused", id="", words=f"{problem.title}. {problem.message}")
    finally:
        sys.setprofile(None)
        await session.close()


async def _change(order: Order, counter: PointCounter | None) -> None:
    session = a_session(order.base_url)
    try:
        seen = await session.here.service.connection_status(order.connection_id)
        if counter is not None:
            sys.setprofile(counter)
        if order.action == DELETE:
            outcome = await session.changes.delete(seen, lambda _words: None)
        else:
            change = ConnectionChange(name=NEW_NAME)
            if order.action == ROTATE:
                change = ConnectionChange(credentials=a_request(NAME))
            outcome = await session.changes.change(seen, change, lambda _words: None)
        say(outcome=type(outcome).__name__)
    except Problem as problem:
        say(outcome="refused", words=f"{problem.title}. {problem.message}")
    finally:
        sys.setprofile(None)
        await session.close()


def carry_out(order: Order) -> None:
    """Submit as ordered; returns only when nothing killed the process."""
    os.environ["XDG_STATE_HOME"] = order.state_home

    def stop() -> None:
        say(reached=order.point)
        if order.is_held:
            signal.pause()
        os.kill(os.getpid(), signal.SIGKILL)

    is_create = order.action == CREATE
    if order.point:
        (POINTS if is_create else POINTS_OF_A_CHANGE)[order.point](stop)
    counter = PointCounter(order.dies_at) if order.dies_at else None
    asyncio.run(_submit(order, stop, counter) if is_create else _change(order, counter))
    if counter is not None:
        say(passed=counter.count)


def main() -> None:
    """Carry out orders until there are no more."""
    for name in _LOADED_LATE:
        import_module(name)
    # httpcore looks for it dozens of times a request where it is not installed, and finds out each time anew.
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
    read_authorities_once()
    advice_for("")  # a process would read the tables of advice at its first error
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        order = Order(**json.loads(line))
        child = os.fork()
        if child == 0:
            code = 1
            try:
                carry_out(order)
                code = 0
            finally:
                os._exit(code)
        say(started=child)
        _pid, status = os.waitpid(child, 0)
        say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
