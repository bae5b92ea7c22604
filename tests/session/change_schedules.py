"""Random schedules of faults around a change or a delete: 0 sent twice without a reason, and 0 false statements.

`python -m tests.session.change_schedules 10000 --jobs 2` runs that many against a made-up platform, on which a
colleague works too. In a schedule requests fail before and after they are carried out, arrive late, the looks after
them fail or lie once, the process dies at one of its borders, and the next start looks at what was left open.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import pairwise
from typing import Final

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import IntentOutcome
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.session import change_look, change_once
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.state import journal_lines
from tests.flow_service.helpers import CONNECTION_ID, a_service, a_target
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.session.made_up_connection import CHANGES, DELETE, RandomConnection, shows_all_of

BORDERS: Final = ("", "", "", "", "before the request", "after the request")
"""Where the process dies; "" for nowhere."""


class Died(BaseException):
    """kill -9."""


class LineJournal:
    """Keeps the lines that would stand on the disk, and shares the log of the platform, so that the order shows."""

    def __init__(self, log: list[str]) -> None:
        self.log = log
        self.lines: list[str] = []
        self.outcomes: list[IntentOutcome] = []
        self.border = ""

    def begin_change(self, intent: ChangeIntent) -> None:
        self.log.append("begin")
        self.lines.append(json.dumps(journal_lines.begin_change_record(intent)))
        if self.border == "before the request":
            raise Died

    def finish(self, _intent_id: str, outcome: IntentOutcome) -> None:
        self.log.append("finish")
        self.outcomes.append(outcome)

    def intent(self) -> ChangeIntent:
        """Return what the next start reads."""
        line = journal_lines.line_said(self.lines[-1].encode())
        assert line is not None
        assert line.change is not None
        return line.change


async def schedule(seed: int) -> tuple[str, RandomConnection]:
    """Run a schedule; return the kind of its outcome, "Died" when the process has died, and the platform.

    Raises:
        AssertionError: a statement is false, or something was sent twice without a reason.
    """
    clock, log = FakeClock(), list[str]()
    platform, journal = RandomConnection(seed, clock, log), LineJournal(log)
    where = f"seed {seed}, {platform.action}"
    async with a_service(platform, clock, tells_date=False) as service:
        seen = await service.connection_status(CONNECTION_ID)
        log.clear()
        platform.look_anew()
        platform.begin()
        journal.border = platform.random.choice(BORDERS)
        outcome: ChangeOutcome | None = None
        with suppress(Died):
            outcome = await _act(service, seen, platform, journal, clock)
        _hold_order(log, journal, outcome, where)
        assert platform.sent <= 1 + platform.excused, f"{where}: sent again without excuse"
        assert set(platform.etags) <= {seen.etag}, f"{where}: not the version that the person saw"
        assert CANARY not in f"{outcome!r}{journal.lines}{journal.outcomes}", f"{where}: the secret stands there"
        if outcome is not None:
            _hold_truth(outcome, platform, f"{where}: ")
        if outcome is None or isinstance(outcome, ChangeUnknown):
            await _next_start(service, platform, journal, clock, where)
        _hold_to_the_end(outcome, platform, where)
    return type(outcome).__name__ if outcome is not None else "Died", platform


async def _act(
    service: FlowService, seen: ConnectionStatus, platform: RandomConnection, journal: LineJournal, clock: FakeClock
) -> ChangeOutcome:
    place = a_target().place
    if journal.border == "after the request":
        _die_after_the_request(service)
    if platform.action == DELETE:
        return await change_once.delete_once(service, seen, journal, clock, place=place)
    return await change_once.change_once(service, seen, CHANGES[platform.action], journal, clock, place=place)


def _die_after_the_request(service: FlowService) -> None:
    for method in ("change_connection", "delete_connection"):
        original = getattr(service, method)

        async def dying(*arguments: object, original: object = original) -> None:
            try:
                await original(*arguments)  # type: ignore[operator]
            finally:
                raise Died

        setattr(service, method, dying)


async def _next_start(
    service: FlowService, platform: RandomConnection, journal: LineJournal, clock: FakeClock, where: str
) -> None:
    """Look at what was left open, as the next start does; nothing is sent, and what is said is true."""
    sent = platform.sent
    clock.advance(platform.random.choice([1.0, 70.0, 2_000.0]))
    platform.look_anew()
    with suppress(AuthenticationRequired):
        later = await change_look.look_into(service, journal.intent(), clock)
        _hold_truth(later, platform, f"{where}, at the next start: ")
        _hold_to_the_end(later, platform, f"{where}, at the next start")
    assert platform.sent == sent, f"{where}: the next start has sent something"


def _hold_order(log: list[str], journal: LineJournal, outcome: ChangeOutcome | None, where: str) -> None:
    sent = [index for index, each in enumerate(log) if each in {"PATCH", "DELETE"}]
    assert log.count("begin") == 1, f"{where}: not written down"
    assert not sent or log.index("begin") < sent[0], f"{where}: sent before it was written down"
    if outcome is not None:
        assert log[-1] == "finish", f"{where}: the end was not written down"
        (written,) = journal.outcomes
        assert written.is_final is not isinstance(outcome, ChangeUnknown), f"{where}: another end was written down"


def _hold_truth(outcome: ChangeOutcome, platform: RandomConnection, where: str) -> None:
    is_delete, looks = platform.action == DELETE, platform.looks
    assert platform.carried_out <= 1, f"{where}carried out twice"
    if isinstance(outcome, Changed) and is_delete:
        could_not_be_seen = bool(looks) and not any(looks)
        assert platform.is_gone or could_not_be_seen, f"{where}it is said to be gone, and it is there"
        assert platform.is_gone or platform.carried_out, f"{where}it is said to be deleted, and was not"
    elif isinstance(outcome, Changed):
        assert platform.carried_out == 1, f"{where}it is said to be changed, and was not"
        told = [version for version in platform.versions if version.etag == outcome.etag]
        assert not outcome.etag or told[0].is_ours, f"{where}the etag is not that of our change"
    elif isinstance(outcome, NotChanged):
        assert not platform.carried_out, f"{where}it is said not to be changed, and was"
        if outcome.now is not None:
            assert not looks or outcome.now.etag in {looks[-1], ""}, f"{where}another version is shown as now"
    else:
        _hold_doubt(platform, where)


def _hold_doubt(platform: RandomConnection, where: str) -> None:
    """What the looks have shown leaves no other statement."""
    looks = platform.looks
    assert looks, f"{where}nobody has looked"
    if platform.action == DELETE:
        was_gone = any(one == other == "gone" for one, other in pairwise(looks))
        assert not was_gone, f"{where}it was gone for two looks, and nobody can tell"
    else:
        first = platform.versions[0]
        for version in platform.versions[1:]:
            is_proof = shows_all_of(version, platform.action) and not shows_all_of(first, platform.action)
            is_told = version.is_ours and version.etag in looks and platform.has_plain_clocks
            assert not (is_proof and is_told), f"{where}our change was shown, and nobody can tell"
    is_sure = set(looks) == {'"seen"'} and not platform.is_going and not platform.was_called_stale
    assert not is_sure, f"{where}it always was the version that the person saw, and nobody can tell"


def _hold_to_the_end(outcome: ChangeOutcome | None, platform: RandomConnection, where: str) -> None:
    """What was said not to be carried out is not carried out later either."""
    if isinstance(outcome, NotChanged):
        carried_out = platform.carried_out
        platform.settle()
        assert platform.carried_out == carried_out, f"{where}: it came after it was said not to be changed"


async def outcome_of(seed: int) -> str:
    """Run a schedule and return the kind of its outcome.

    Raises:
        AssertionError: a statement is false, or something was sent twice without a reason.
    """
    kind, _platform = await schedule(seed)
    return kind


def _run(seeds: range) -> tuple[Counter[str], list[str]]:
    async def run() -> tuple[Counter[str], list[str]]:
        kinds, wrong = Counter[str](), list[str]()
        for seed in seeds:
            try:
                kinds[await outcome_of(seed)] += 1
            except AssertionError as error:
                wrong.append(str(error).partition("\n")[0])
        return kinds, wrong

    return asyncio.run(run())


def main() -> int:
    """Run the campaign; return 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.session.change_schedules", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="schedules")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    last = arguments.first + arguments.count
    parts = [range(start, min(start + 250, last)) for start in range(arguments.first, last, 250)]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(_run, parts))
    kinds: Counter[str] = sum((each for each, _wrong in results), Counter())
    wrong = [each for _kinds, those in results for each in those]
    print(f"changes and deletes: {arguments.count} schedules, {len(wrong)} wrong; {dict(kinds)}")
    print("\n".join(wrong[:20]))
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
