"""`python -m tests.mutants [--count 300] [--seed 1] [--jobs 2] [--under aep_tui/state/*.py ...]`: prints the score.

Ends with 1 when fewer than `--at-least` per cent of the mutants were noticed. Those that change nothing stand, with
their reason, in `equivalent.toml` and count for nothing. What is drawn depends on the seed and on each place alone, so
that a change of the code elsewhere changes little of it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.mutants.mutation import Mutant, mutants_of
from tests.mutants.trial import Suite, Trial, not_to_be_trusted, recorded, tried

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("aep_tui/session", "aep_tui/domain", "aep_tui/state")
ROOMS_OF_TESTS: Final = tuple(
    f"tests/{room}" for room in ("domain", "session", "state", "pages", "flow_service", "settings", "preflight")
)
Kind = tuple[str, str, str, str]


def main() -> int:
    """Try the mutants and print the score and the survivors."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--count", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried side by side")
    parser.add_argument("--under", nargs="+", action="extend", help="folders or files of the mutants")
    parser.add_argument("--at-least", type=float, default=95.0, help="per cent that has to be noticed")
    options = parser.parse_args()
    started = time.monotonic()
    drawn = draw(options.under or list(ROOMS), options.count, options.seed)
    suite, failed = recorded(ROOT, ROOMS_OF_TESTS, ROOMS, options.jobs)
    _say(f"{len(suite.seconds)} tests, {sum(suite.seconds.values()):.0f} s of the processor without a fault")
    for test in failed:
        _say(f"fails without a fault, not asked: {test}")
    trials = try_all(drawn, suite, options.jobs)
    score = told(trials, set(not_to_be_trusted(trials, suite)))
    _say(f"({score:.1f} %), seed {options.seed}, {(time.monotonic() - started) / 60:.1f} min")
    return int(score < options.at_least)


def told(trials: Sequence[Trial], doubtful: set[str]) -> float:
    """Print how much was noticed, and which survivors were not known as such; return the per cent that was noticed.

    Args:
        trials: all of them.
        doubtful: tests that fail without a fault too; what they noticed counts as not noticed.
    """
    survivors = [trial for trial in trials if not trial.is_noticed or trial.noticed_by in doubtful]
    for trial in survivors:
        if trial.is_noticed:
            say_survivor(trial)
    for test in sorted(doubtful):
        _say(f"fails without a fault when it is run alone: {test}")
    by_limits = sum(trial.is_noticed and "::" not in trial.noticed_by for trial in trials)
    noticed = len(trials) - len(survivors)
    _say(f"{noticed} of {len(trials)} mutants noticed, {by_limits} of them because a run did not start or end")
    return 100 * noticed / len(trials) if trials else 0.0


def draw(places: Sequence[str], count: int, seed: int, root: Path = ROOT) -> list[tuple[str, Mutant]]:
    """Return `count` mutants of the files below `places`, those that change nothing left out."""
    files = [
        file.relative_to(root).as_posix()
        for place in places
        for file in ([root / place] if (root / place).is_file() else sorted((root / place).rglob("*.py")))
    ]
    equivalent = known_equivalents()
    every = [
        (path, mutant)
        for path in files
        for mutant in mutants_of((root / path).read_text(encoding="utf-8"))
        if _kind(path, mutant) not in equivalent
    ]
    return sorted(every, key=lambda each: _place_in_the_draw(seed, *each))[:count]


def try_all(drawn: Sequence[tuple[str, Mutant]], suite: Suite, jobs: int) -> list[Trial]:
    """Try each mutant, `jobs` at a time, and say at once what survives."""
    trials = []
    with ThreadPoolExecutor(jobs) as pool:
        for trial in pool.map(lambda each: tried(each[0], each[1], suite), drawn):
            trials.append(trial)
            if not trial.is_noticed:
                say_survivor(trial)
            if len(trials) % 50 == 0:
                _say(f"{len(trials)} of {len(drawn)} tried")
    return trials


def say_survivor(trial: Trial) -> None:
    """Print a fault that no test has noticed."""
    mutant = trial.mutant
    _say(f"survived {trial.asked} tests: {trial.path}:{mutant.line} {mutant.where} (the {mutant.repeat + 1}. there)")
    _say(f"    - {mutant.before}\n    + {mutant.after}")


def known_equivalents() -> frozenset[Kind]:
    """Return the mutants that change nothing, by file, function, code and code in its place."""
    with Path(__file__).with_name("equivalent.toml").open("rb") as stream:
        rows = tomllib.load(stream).get("mutant", [])
    return frozenset((row["path"], row["where"], row["before"], row["after"]) for row in rows if row["reason"])


def _kind(path: str, mutant: Mutant) -> Kind:
    return path, mutant.where, mutant.before, mutant.after


def _place_in_the_draw(seed: int, path: str, mutant: Mutant) -> str:
    return hashlib.sha256(repr((seed, *_kind(path, mutant), mutant.repeat)).encode()).hexdigest()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
