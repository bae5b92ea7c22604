"""`python -m tests.mutants [--count 300] [--seed 1] [--jobs 2] [--under aep_tui/state]`: prints the score.

Ends with 1 when fewer than `--at-least` per cent of the mutants were noticed. Those that change nothing stand, with
their reason, in `equivalent.toml` and count for nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.mutation import Mutant, mutants_of
from tests.mutants.trial import ROOT, Trial, copy_of_project, tried

ROOMS = ("aep_tui/session", "aep_tui/domain", "aep_tui/state")


def main() -> int:
    """Try the mutants and print the score and the survivors."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--count", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried side by side")
    parser.add_argument("--under", action="append", help="folder or file of the mutants; may be repeated")
    parser.add_argument("--at-least", type=float, default=95.0, help="per cent that has to be noticed")
    options = parser.parse_args()
    drawn = draw(options.under or list(ROOMS), options.count, options.seed)
    trials = try_all(drawn, options.jobs)
    noticed = sum(trial.is_noticed for trial in trials)
    for trial in sorted(
        (each for each in trials if not each.is_noticed), key=lambda each: (each.path, each.mutant.line)
    ):
        sys.stdout.write(f"survived  {trial.path}:{trial.mutant.line}\n    - {_line(trial.mutant.before)}\n")
        sys.stdout.write(f"    + {_line(trial.mutant.after)}\n")
    score = 100 * noticed / len(trials) if trials else 0.0
    sys.stdout.write(f"{noticed} of {len(trials)} mutants noticed ({score:.1f} %), seed {options.seed}\n")
    return int(score < options.at_least)


def draw(places: list[str], count: int, seed: int) -> list[tuple[str, Mutant]]:
    """Return `count` mutants of the files below `places`, those that change nothing left out."""
    files = [
        file.relative_to(ROOT).as_posix()
        for place in places
        for file in ([ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*.py")))
    ]
    equivalent = known_equivalents()
    every = [
        (path, mutant)
        for path in files
        for mutant in mutants_of((ROOT / path).read_text(encoding="utf-8"))
        if (path, _line(mutant.before), _line(mutant.after)) not in equivalent
    ]
    return random.Random(seed).sample(every, min(count, len(every)))


def try_all(drawn: list[tuple[str, Mutant]], jobs: int) -> list[Trial]:
    """Try each mutant, `jobs` at a time, each in a copy of the project that it has for itself."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            copies.put(copy_of_project(Path(folder, str(number))))

        def one(path: str, mutant: Mutant) -> Trial:
            copy = copies.get()
            try:
                return tried(path, mutant, copy)
            finally:
                copies.put(copy)

        return list(pool.map(lambda each: one(*each), drawn))


def known_equivalents() -> frozenset[tuple[str, str, str]]:
    """Return the mutants that change nothing, by file, code and code in its place."""
    with Path(__file__).with_name("equivalent.toml").open("rb") as stream:
        rows = tomllib.load(stream).get("mutant", [])
    return frozenset((row["path"], row["before"], row["after"]) for row in rows if row["reason"])


def _line(code: str) -> str:
    return " ".join(code.split())[:160]


if __name__ == "__main__":
    sys.exit(main())
