"""How long it takes to clean a text of 1 MB, beside one pass of a regular expression over the same text.

Run with `python -m tests.benchmarks.redaction`. The texts are those of an attacker: what is slow to search in the plain
way. The baseline is the least that anybody can do to redact: a pass that looks for a few names.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable

from tests.benchmarks.hostile_texts import PIECES, text_of
from tests.kit.canary import CANARY, knowing

_ONE_PASS = re.compile(r"(?i)password|secret|token")


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the processor time of the fastest of several rounds."""
    best = float("inf")
    for _round in range(rounds):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best * 1000


def lines(size: int, rounds: int) -> list[str]:
    """Return the table."""
    secrets = knowing(
        {"clientSecret": CANARY, "password": "password", "accessToken": f"eyJ{'a' * 900}", "pin": "1234"}
        | {f"other{number}": f"{CANARY[number:]}-{number}" for number in range(4)}
    )
    table = ["| repeated | cleaned, ms | one pass, ms | ratio |", "| --- | --: | --: | --: |"]
    slowest = 0.0
    for piece in PIECES:
        text = text_of(piece, size)
        cleaned = milliseconds(lambda text=text: secrets.clean(text), rounds)  # type: ignore[misc]
        one_pass = milliseconds(lambda text=text: _ONE_PASS.sub("", text), rounds)  # type: ignore[misc]
        slowest = max(slowest, cleaned)
        shown = piece.encode("unicode_escape").decode().replace("|", "\\|")[:30]
        table.append(f"| `{shown}` | {cleaned:.1f} | {one_pass:.1f} | {cleaned / one_pass:.2f} |")
    return [*table, "", f"The slowest took {slowest:.1f} ms."]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Redaction of hostile texts.")
    parser.add_argument("--size", type=int, default=1_000_000, help="bytes of a text")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("\n".join(lines(options.size, options.rounds)))


if __name__ == "__main__":
    main()
