"""Tries mutants: each against the tests that reach its line, the quick ones and those that noticed others first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.mutants.forked_run import Fault, Order, Run, run_tests
from tests.mutants.mutation import Mutant, source_with

FIRST_TESTS: Final = 16
"""Tests that are asked before all others: most faults are noticed by one of them."""

MOST_SECONDS: Final = 60.0
"""Of the processor, without the fault, for the tests that reach the line."""

MOST_SECONDS_OF_OTHERS: Final = 15.0
"""Likewise for those that reach the file somewhere: a cache or the import may have hidden that they need the line."""

_START: Final = 20.0
"""Seconds of the processor that the start of a run may take."""

_TIMES_SLOWER: Final = 8.0
"""A run with a fault that takes so many times as long does not end."""

_WALL: Final = 12.0
"""Seconds of the clock for each second of the processor: other programs use the machine too."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant.

    Attributes:
        path: the file, relative to the project.
        mutant: the fault.
        noticed_by: the test that failed, or in words what else happened; "" when nothing did.
        asked: how many tests were asked.
    """

    path: str
    mutant: Mutant
    noticed_by: str
    asked: int

    @property
    def is_noticed(self) -> bool:
        return bool(self.noticed_by)


@dataclass(frozen=True, slots=True)
class Suite:
    """What the tests do without a fault.

    Attributes:
        root: the project.
        seconds: of the processor, by test.
        reached: path of a file → line → ids of the tests that run it.
        noticed: how many mutants each test has noticed so far.
    """

    root: Path
    seconds: Mapping[str, float]
    reached: Mapping[str, Mapping[int, Sequence[str]]]
    noticed: Counter[str] = field(default_factory=Counter)

    def batches(self, path: str, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests to ask about a mutant, those first that are the most likely to notice it soon."""
        by_line = self.reached.get(path, {})
        of_line = self._of(by_line, mutant.lines)
        within = self._within(of_line, MOST_SECONDS)
        yield within[:FIRST_TESTS]
        yield within[FIRST_TESTS:]
        others = [test for test in self._of(by_line, by_line) if test not in set(of_line)]
        yield self._within(others, MOST_SECONDS_OF_OTHERS)

    def seconds_of(self, tests: Iterable[str]) -> float:
        return sum(self.seconds[test] for test in tests)

    def _of(self, by_line: Mapping[int, Sequence[str]], lines: Iterable[int]) -> list[str]:
        found = {test for line in lines for test in by_line.get(line, ()) if test in self.seconds}
        return sorted(found, key=lambda test: (-self.noticed[test], self.seconds[test], test))

    def _within(self, tests: list[str], seconds: float) -> list[str]:
        taken = []
        for test in tests:
            seconds -= self.seconds[test]
            if seconds < 0:
                break
            taken.append(test)
        return taken


def recorded(root: Path, folders: Sequence[str], watched: Sequence[str], jobs: int) -> tuple[Suite, list[str]]:
    """Run the tests once without a fault; return what they do, and the ids of those that failed and are not asked.

    Args:
        root: the project.
        folders: of the tests, relative to it.
        watched: the folders that get faults.
        jobs: how many runs at a time.
    """
    files = sorted(
        (file for folder in folders for file in (root / folder).rglob("test_*.py")),
        key=lambda file: file.stat().st_size,
    )
    names = [file.relative_to(root).as_posix() for file in files]
    parts = [part for part in (names[number :: 2 * jobs] for number in range(2 * jobs)) if part]
    with ThreadPoolExecutor(jobs) as pool:
        runs = list(
            pool.map(
                lambda part: run_tests(Order(root, part, stops_early=False, watched=watched, processor=1800)), parts
            )
        )
    failed = sorted({test for run in runs for test in run.failed})
    seconds = {test: each for run in runs for test, each in run.seconds.items() if test not in failed}
    return Suite(root, seconds, _merged(runs)), failed


def tried(path: str, mutant: Mutant, suite: Suite) -> Trial:
    """Put the fault into the project for runs of the tests, until one of them notices it."""
    fault = Fault(path, source_with(mutant, (suite.root / path).read_text(encoding="utf-8")))
    asked = 0
    for batch in suite.batches(path, mutant):
        if not batch:
            continue
        asked += len(batch)
        run = run_tests(_order(suite, batch, fault))
        if run.failed or run.ended:
            test = run.failed[0] if run.failed else ""
            suite.noticed[test] += 1
            return Trial(path, mutant, test or run.ended, asked)
    return Trial(path, mutant, "", asked)


def not_to_be_trusted(trials: Iterable[Trial], suite: Suite) -> list[str]:
    """Return the tests that noticed faults and fail without one too, when only they are run."""
    accusers = sorted({trial.noticed_by for trial in trials if trial.noticed_by in suite.seconds})
    return sorted(run_tests(_order(suite, accusers, None)).failed) if accusers else []


def _order(suite: Suite, batch: Sequence[str], fault: Fault | None) -> Order:
    processor = math.ceil(_START + _TIMES_SLOWER * suite.seconds_of(batch))
    files = sorted({test.partition("::")[0] for test in batch})
    return Order(
        suite.root,
        files,
        batch,
        fault,
        stops_early=fault is not None,
        processor=processor,
        wall=_WALL * (_START + suite.seconds_of(batch)),
    )


def _merged(runs: Iterable[Run]) -> dict[str, dict[int, list[str]]]:
    merged: dict[str, dict[int, list[str]]] = {}
    for run in runs:
        for path, by_line in run.reached.items():
            for line, ids in by_line.items():
                merged.setdefault(path, {}).setdefault(line, []).extend(ids)
    return merged
