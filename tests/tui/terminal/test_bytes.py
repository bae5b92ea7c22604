"""What goes over the wire at 80x24: few bytes for a page, fewer for a key, none for nothing.

Bytes repeat where times do not, so these limits are hard. A slow link pays for each byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from tests.tui.terminal.journeys import NAME, SALESFORCE_ON_AZURE, SUBMIT, Page, walk
from tests.tui.terminal.pty_process import Chunk, user_environment
from tests.tui.terminal.terminal import Terminal

FIRST_PAGE = 3300
PAGE = 2600
KEY = 450
"""What nineteen of twenty keys bring at most; the others move several words of the key line."""
DEAREST_KEY = 550
SECOND_OF_A_STATUS = 60
QUIET = 0.3
"""Seconds without a byte after which a key has worked."""


def total(chunks: list[Chunk]) -> int:
    return sum(len(chunk.data) for chunk in chunks)


@pytest.fixture(params=["practice", "slow-initializing"])
def wizard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    scenario = [] if request.param == "practice" else ["--scenario", request.param]
    command = [sys.executable, "-m", "aep_tui", "--practice", *scenario]
    with Terminal(command, environment=user_environment(home=tmp_path), directory=Path.cwd()) as terminal:
        yield terminal


def settle(terminal: Terminal) -> None:
    """Wait until the program has nothing to do and says nothing."""
    assert terminal.process.wait_until_idle(terminal.timeout)
    terminal.wait_until_quiet(QUIET)


def cost_of(terminal: Terminal, key: str) -> int:
    """Press a key; return the bytes that it brings."""
    before = len(terminal.process.chunks)
    terminal.send_keys(key)
    settle(terminal)
    return total(terminal.process.chunks[before:])


def keys_of(terminal: Terminal, page: Page) -> dict[str, int]:
    """Press the keys of a page, up to the one that leaves it; return what each costs."""
    terminal.wait_for_text(page.wait_for)
    settle(terminal)
    return {f"{page.name}: {number} {key}": cost_of(terminal, key) for number, key in enumerate(page.keys[:-1])}


def change_of_page(terminal: Terminal, key: str, following: Page) -> int:
    """Press the key that leaves a page; return what the following one costs."""
    before = len(terminal.process.chunks)
    terminal.send_keys(key)
    terminal.wait_for_text(following.wait_for)
    settle(terminal)
    return total(terminal.process.chunks[before:])


@pytest.mark.parametrize("wizard", ["practice"], indirect=True)
def test_pages_and_keys_are_quiet_on_the_wire(wizard: Terminal) -> None:
    wizard.wait_for_text(SALESFORCE_ON_AZURE[0].wait_for)
    settle(wizard)
    assert len(wizard.raw_output) <= FIRST_PAGE
    before = len(wizard.raw_output)
    keys: dict[str, int] = {}
    pages: dict[str, int] = {}
    for page, following in pairwise(SALESFORCE_ON_AZURE[:-1]):
        keys |= keys_of(wizard, page)
        pages[f"{page.name} to {following.name}"] = change_of_page(wizard, page.keys[-1], following)
    keys |= keys_of(wizard, SUBMIT)
    dear = {name: cost for name, cost in keys.items() if not 0 < cost <= KEY}
    assert len(dear) <= ceil(len(keys) / 20), dear
    assert {name: cost for name, cost in dear.items() if not 0 < cost <= DEAREST_KEY} == {}
    assert {name: cost for name, cost in pages.items() if not 0 < cost <= PAGE} == {}
    assert len(wizard.raw_output) - before == sum(keys.values()) + sum(pages.values()), "there is output between keys"


@pytest.mark.parametrize("wizard", ["slow-initializing"], indirect=True)
def test_a_status_that_counts_seconds_is_quiet_on_the_wire(wizard: Terminal) -> None:
    walk(wizard, [*SALESFORCE_ON_AZURE[:-3], NAME, SUBMIT])
    wizard.wait_for_text(" 3 s")
    before = total(wizard.process.chunks[:])
    wizard.wait_for_text(" 6 s")
    assert 0 < total(wizard.process.chunks[:]) - before <= 3 * SECOND_OF_A_STATUS
