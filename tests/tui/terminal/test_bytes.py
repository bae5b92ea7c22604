"""What goes over the wire: few bytes for a page, fewer for a key, none for nothing; see `tests.benchmarks.wire`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.wire import DEAREST_KEY, Cost, Kind, costs_of_walk, table, too_dear
from tests.tui.terminal.pty_process import user_environment

pytestmark = pytest.mark.waits

PRACTICE = [sys.executable, "-m", "aep_tui", "--practice"]


def test_pages_keys_and_a_status_that_counts_seconds_are_quiet_on_the_wire(tmp_path: Path) -> None:
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path.cwd()))
    costs = costs_of_walk(PRACTICE, environment, tmp_path, is_warm=True)
    assert too_dear(costs) == []
    assert {cost.kind for cost in costs} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_byte_too_much_is_told(kind: Kind) -> None:
    most = Cost(kind, "this one", DEAREST_KEY if kind is Kind.KEY else kind.limit)
    assert too_dear([most]) == []
    (complaint,) = too_dear([replace(most, written_bytes=most.written_bytes + 1)])
    assert complaint.startswith(f"{kind.words}, this one: {most.written_bytes + 1} bytes")
    assert bool(too_dear([replace(most, written_bytes=0)])) is (kind is not Kind.IDLE)


def test_of_twenty_keys_one_may_be_dear() -> None:
    cheap, dear = Cost(Kind.KEY, "cheap", 100), Cost(Kind.KEY, "dear", 500)
    assert too_dear([dear, *[cheap] * 19]) == []
    assert len(too_dear([dear, dear, *[cheap] * 18])) == 2


def test_the_table_names_the_dearest() -> None:
    costs = [Cost(Kind.KEY, "a", 1), Cost(Kind.KEY, "b", 9), Cost(Kind.IDLE, "c", 0)]
    assert table(costs)[2:] == ["| key | 2 | 9 | 9 | b | 450 | 0.15 |", "| idle | 1 | 0 | 0 | c | 0 | 0.00 |"]
