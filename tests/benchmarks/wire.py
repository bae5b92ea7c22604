"""What goes over the wire at 80x24: a page, each page change, each key, a scrolled page, idling, a status that counts.

Bytes repeat where times do not, so the limits are hard: a test and `python -m tests.benchmarks --once` judge them. A
slow link pays for each byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Final

from tests.benchmarks.measure import stay_idle, total
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, SUBMIT, Page
from tests.tui.terminal.terminal import Terminal

DEAREST_KEY: Final = 550
"""What one key of twenty may bring; it moves several words of the key line."""
SECONDS_OF_IDLING: Final = 1.5
PAGES_TO_IDLE_ON: Final = ("welcome", "credentials", "review")
SECONDS_OF_STATUS: Final = 3
KILOBITS_A_SECOND: Final = 56
ROUND_TRIP: Final = 0.15
CHECKLIST: Final = "What has to be set up beforehand"


class Kind(Enum):
    """What is judged together, with the bytes that it may take."""

    FIRST_PAGE = "first page", 3300
    PAGE_CHANGE = "page change", 2600
    KEY = "key", 450
    SCROLL = "Page Down and Page Up", 2600
    IDLE = "idle", 0
    STATUS = "live status, a second", 60

    @property
    def words(self) -> str:
        """What it is called."""
        return self.value[0]

    @property
    def limit(self) -> int:
        """The bytes that it may take; of keys, nineteen of twenty."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one thing took.

    Attributes:
        kind: what is judged together.
        name: of the page and the key.
        written_bytes: the output.
    """

    kind: Kind
    name: str
    written_bytes: int


def costs_of_walk(
    command: Sequence[str], environment: Mapping[str, str], directory: Path, *, is_warm: bool = False
) -> list[Cost]:
    """Walk to the review key by key, scroll a long page on the way, and submit to a platform that takes its time.

    Everything written before is in one of the costs.
    """
    slow = [*command, "--scenario", "slow-initializing"]
    with Terminal(slow, environment=dict(environment), directory=directory, is_warm=is_warm) as terminal:
        terminal.wait_for_text(SALESFORCE_ON_AZURE[0].wait_for)
        terminal.settle()
        costs = [Cost(Kind.FIRST_PAGE, "first page", len(terminal.raw_output))]
        for page, following in pairwise(SALESFORCE_ON_AZURE[:-1]):
            costs += _costs_of_page(terminal, page)
            changed = _cost_of(terminal, page.keys[-1], wait_for=following.wait_for)
            costs.append(Cost(Kind.PAGE_CHANGE, f"{page.name} to {following.name}", changed))
        costs += _costs_of_page(terminal, SUBMIT)
        unheard = len(terminal.raw_output) - sum(cost.written_bytes for cost in costs)
        costs.append(Cost(Kind.IDLE, "between the keys", unheard))
        terminal.send_keys(SUBMIT.keys[-1])
        return [*costs, _cost_of_status(terminal)]


def too_dear(costs: Sequence[Cost]) -> list[str]:
    """Return what takes more than it may, or nothing where something has to be seen; empty when all is well."""
    complaints = []
    dear_keys = [cost for cost in costs if cost.kind is Kind.KEY and cost.written_bytes > Kind.KEY.limit]
    may_be_dear = ceil(sum(cost.kind is Kind.KEY for cost in costs) / 20)
    for cost in costs:
        limit = DEAREST_KEY if cost.kind is Kind.KEY and len(dear_keys) <= may_be_dear else cost.kind.limit
        if cost.written_bytes > limit:
            complaints.append(f"{cost.kind.words}, {cost.name}: {cost.written_bytes} bytes, {limit} are allowed.")
        elif not cost.written_bytes and cost.kind is not Kind.IDLE:
            complaints.append(f"{cost.kind.words}, {cost.name}: nothing is written.")
    return complaints


def table(costs: Sequence[Cost]) -> list[str]:
    """Return the table: for each kind how many there are, the usual and the dearest one, and what is allowed."""
    lines = [
        "| bytes at 80x24 | number | median | most | which | allowed | 56 kbit/s, 150 ms: s |",
        "| --- | --: | --: | --: | --- | --: | --: |",
    ]
    for kind in Kind:
        own = sorted((cost for cost in costs if cost.kind is kind), key=lambda cost: cost.written_bytes)
        if own:
            median, most = own[len(own) // 2].written_bytes, own[-1]
            figures = f"{len(own)} | {median} | {most.written_bytes} | {most.name} | {kind.limit}"
            lines.append(f"| {kind.words} | {figures} | {seconds_on_link(most.written_bytes):.2f} |")
    return lines


def seconds_on_link(written_bytes: int) -> float:
    """Return the seconds that a slow line needs from a key to the end of its answer, without the program's own."""
    return ROUND_TRIP + written_bytes * 8 / KILOBITS_A_SECOND / 1000 if written_bytes else 0.0


def _costs_of_page(terminal: Terminal, page: Page) -> Iterator[Cost]:
    """Press the keys of a page, up to the one that leaves it."""
    terminal.wait_for_text(page.wait_for)
    terminal.settle_after_key()
    if page.name in PAGES_TO_IDLE_ON:
        yield Cost(Kind.IDLE, page.name, stay_idle(terminal, page.name, SECONDS_OF_IDLING).written_bytes)
    for number, key in enumerate(page.keys[:-1]):
        yield Cost(Kind.KEY, f"{page.name}: {number} {key[:12]}", _cost_of(terminal, key))
    if page.name == "credentials":
        yield from _costs_of_long_page(terminal)


def _costs_of_long_page(terminal: Terminal) -> Iterator[Cost]:
    yield Cost(Kind.PAGE_CHANGE, "credentials to checklist", _cost_of(terminal, "f3", wait_for=CHECKLIST))
    for key in ("pagedown", "pageup"):
        yield Cost(Kind.SCROLL, f"checklist: {key}", _cost_of(terminal, key))
    back = _cost_of(terminal, "escape", wait_for="Environment URL")
    yield Cost(Kind.PAGE_CHANGE, "checklist to credentials", back)


def _cost_of(terminal: Terminal, key: str, wait_for: str = "") -> int:
    before = len(terminal.process.chunks)
    terminal.send_keys(key)
    if wait_for:
        terminal.wait_for_text(wait_for)
    terminal.settle_after_key()
    return total(terminal.process.chunks[before:])


def _cost_of_status(terminal: Terminal) -> Cost:
    """Return what a second of the status takes."""
    terminal.wait_for_text(" 3 s")
    before = len(terminal.raw_output)
    terminal.wait_for_text(f" {3 + SECONDS_OF_STATUS} s")
    written = len(terminal.raw_output) - before
    return Cost(Kind.STATUS, "initializing", ceil(written / SECONDS_OF_STATUS))
