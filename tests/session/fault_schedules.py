"""Random schedules of faults around a create: 0 second connections and 0 false statements.

`python -m tests.session.fault_schedules 10000 --jobs 2` runs that many against a made-up platform, which other people
use too, and against the practice service; `--platform` chooses one of them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from email.utils import format_datetime
from itertools import pairwise
from typing import Final

import httpx

from aep_tui.domain.intent import Intent, IntentOutcome
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.store import PracticeStore
from aep_tui.session import creation
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome, NotCreated
from tests.flow_service.helpers import a_request, a_service, a_target
from tests.kit.clock import FakeClock
from tests.kit.loud_service import LoudService
from tests.kit.wire import a_wire
from tests.session.made_up_platform import (
    FAILED_LISTS,
    FOREIGN_REFUSALS,
    NEVER_CARRIED_OUT,
    UNCLEAR,
    Kind,
    RandomPlatform,
    Shown,
    given,
)


class Journal:
    """Remembers in the order of the calls; `log` is shared with the platform, so that the order shows."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = log if log is not None else []
        self.intents: list[Intent] = []
        self.outcomes: dict[str, IntentOutcome] = {}

    def begin(self, intent: Intent) -> None:
        self.log.append("begin")
        self.intents.append(intent)

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        self.log.append("finish")
        self.outcomes[intent_id] = outcome


class FaultyTransport(httpx.AsyncBaseTransport):
    """Stands before the practice service: a request is carried out or not, and its answer arrives or not."""

    def __init__(self, seed: int, application: LoudService, clock: FakeClock) -> None:
        self._random = random.Random(seed)
        self._application = application
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            if self._random.random() < 0.3:
                return given(self._random.choice(FAILED_LISTS))
            response = await self._application.handle_async_request(request)
            response.headers["Date"] = format_datetime(self._clock.now(), usegmt=True)
            return response
        if self._random.random() < 0.4:
            return given(self._random.choice(NEVER_CARRIED_OUT))
        if self._random.random() < 0.5:
            response = await self._application.handle_async_request(request)
            if self._random.random() < 0.3:
                return response
            await response.aread()
        return given(self._random.choice([*UNCLEAR, *FOREIGN_REFUSALS]))


async def statements_about_a_made_up_platform(seed: int) -> str:
    """Run one schedule; return the kind of its outcome."""
    outcome, _platform = await schedule_of_a_made_up_platform(seed)
    return type(outcome).__name__


async def schedule_of_a_made_up_platform(seed: int) -> tuple[CreationOutcome, RandomPlatform]:
    """Run one schedule, and the look of the next start when the outcome stays open; hold what is said to the truth."""
    clock = FakeClock()
    journal = Journal()
    platform = RandomPlatform(seed, clock, journal.log)
    where = f"seed {seed}"
    async with a_service(platform, clock, tells_date=False) as service:
        outcome = await _create(service, clock, journal, platform)
        _hold_order(journal.log, where)
        assert platform.posts <= 1 + platform.excused_posts, f"{where}: repeated without excuse"
        _hold_truth(outcome, platform, where)
        if isinstance(outcome, CannotTell):
            clock.advance(400)
            platform.look_anew()
            (intent,) = journal.intents
            later = await creation.reconcile(service, intent, clock, others=platform.others(intent))
            _hold_truth(later, platform, f"{where}, at the next start")
    return outcome, platform


async def statements_about_practice(seed: int) -> str:
    """Run one schedule; return the kind of its outcome."""
    clock = FakeClock()
    with PracticeStore() as store:
        application = LoudService(create_practice_application(store=store, clock=clock))
        async with FlowService(a_target(), a_wire(clock=clock, answers=application)) as service:
            for _older in range(seed % 3):
                await service.create(a_request())
        older = {record.id for record in store.connections()}
        clock.advance(3 + seed % 400)
        transport = FaultyTransport(seed, application, clock)
        async with FlowService(a_target(), a_wire(clock=clock, answers=transport)) as service:
            outcome = await _create(service, clock, Journal())
        created = [each.id for each in store.connections() if each.id not in older]
    assert len(created) <= 1, f"seed {seed}: two connections"
    if isinstance(outcome, Created):
        assert created == [outcome.connection.connection_id], f"seed {seed}: another connection"
    elif isinstance(outcome, NotCreated):
        assert not created, f"seed {seed}: it was created"
    elif "was not in the list" in outcome.what_to_do:
        assert not created, f"seed {seed}: it was in the list at once"
    return type(outcome).__name__


async def _create(
    service: FlowService, clock: FakeClock, journal: Journal, platform: RandomPlatform | None = None
) -> CreationOutcome:
    outcome = await creation.create_once(
        service,
        a_request(),
        journal,
        clock,
        target=a_target(),
        source_id="salesforce",
        auth_method_id="oauth2",
        others=platform.others if platform else None,
        on_token_refused=platform.give_token if platform else None,
    )
    assert set(journal.outcomes) == {intent.id for intent in journal.intents}
    return outcome


def _hold_order(log: list[str], where: str) -> None:
    if "POST" in log:
        assert log.count("begin") == 1, f"{where}: not written down"
        assert log.index("begin") < log.index("POST"), f"{where}: sent before it was written down"
        assert log[-1] == "finish", f"{where}: the end was not written down"


def _hold_truth(outcome: CreationOutcome, platform: RandomPlatform, where: str) -> None:
    created = platform.created
    assert platform.commits <= 1, f"{where}: two connections"
    if isinstance(outcome, Created):
        assert created == [outcome.connection.connection_id], f"{where}: it is not ours"
    elif isinstance(outcome, NotCreated):
        assert not created, f"{where}: it was created"
    else:
        _hold_doubt(outcome, platform, where)


_LOOKS: Final = re.compile(r"was not in the list, at (?:one look|(\d+) looks)")


def _hold_doubt(outcome: CannotTell, platform: RandomPlatform, where: str) -> None:
    shown, before, possible = platform.after, platform.before, set(outcome.possible_ids)
    ours = set(platform.created) & shown.ids
    assert ours <= possible, f"{where}: ours was shown and is not named"
    assert not possible & before.ids, f"{where}: it was there before"
    never = {row.id for row in platform.rows if row.kind in {Kind.STRANGER, Kind.TAKEN}}
    assert not possible & never, f"{where}: a stranger is named as the possible one"
    assert possible <= shown.ids, f"{where}: named and never shown"
    assert all(each in outcome.what_to_do for each in possible), f"{where}: not in the words"
    if (claimed := _LOOKS.search(outcome.what_to_do)) is not None:
        assert int(claimed.group(1) or 1) == len(shown.whole_lists), f"{where}: so many lists were not read"
    assert not _has_to_be_found(platform, shown, before), f"{where}: single, visible, ours, and not found"


def _has_to_be_found(platform: RandomPlatform, shown: Shown, before: Shown) -> bool:
    """Return whether ours was shown twice in a row, alone, with all that makes it certain."""
    if len(platform.created) != 1 or not platform.is_ours_told or before.is_cut or not before.whole_lists:
        return False
    doubtful = {Kind.OLDER, Kind.TWIN, Kind.ANOTHERS}
    if any(row.kind is Kind.ANOTHERS for row in platform.rows):
        return False
    if any(platform.kind_of(each) in doubtful for each in shown.ids - before.ids):
        return False
    in_lists = [platform.created[0] in ids for ids in shown.whole_lists]
    return any(one and other for one, other in pairwise(in_lists))


Statements = Callable[[int], Awaitable[str]]
PLATFORMS: Final[Mapping[str, Statements]] = {
    "made-up": statements_about_a_made_up_platform,
    "practice": statements_about_practice,
}


def _run(platform: str, seeds: range) -> tuple[Counter[str], list[str]]:
    """Run schedules; return how often each outcome came, and what was wrong."""

    async def run() -> tuple[Counter[str], list[str]]:
        kinds, wrong = Counter[str](), list[str]()
        for seed in seeds:
            try:
                kinds[await PLATFORMS[platform](seed)] += 1
            except AssertionError as error:
                wrong.append(str(error).partition("\n")[0])
        return kinds, wrong

    return asyncio.run(run())


def main() -> int:
    """Run the campaign; return 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="schedules for each platform")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--platform", choices=sorted(PLATFORMS), help="both when left out")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    failed = False
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for platform in [arguments.platform] if arguments.platform else sorted(PLATFORMS):
            last = arguments.first + arguments.count
            parts = [range(start, min(start + 250, last)) for start in range(arguments.first, last, 250)]
            results = list(pool.map(_run, [platform] * len(parts), parts))
            kinds: Counter[str] = sum((each for each, _wrong in results), Counter())
            wrong = [each for _kinds, those in results for each in those]
            print(f"{platform}: {arguments.count} schedules, {len(wrong)} wrong; {dict(kinds)}")
            print("\n".join(wrong[:20]))
            failed = failed or bool(wrong)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
