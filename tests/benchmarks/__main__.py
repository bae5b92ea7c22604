"""All tables of the benchmark: `python -m tests.benchmarks`; with `--once` each figure once, and the bytes are judged.

The programs take turns, because machines drift: compare the ratios of one run, not the figures of two.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import connections, dependencies, listing, startup, wire
from tests.benchmarks.measure import TAKEN_OVER, Start, processor_time_of, settle
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

HERE = Path(__file__).parent
AEP_TUI = [str(Path(sys.executable).with_name("aep-tui"))]
RAW, BARE, FIRST, AGAIN = "raw form", "bare Textual form", "aep-tui, first start ever", "aep-tui"
PROGRAMS = {
    RAW: [sys.executable, str(HERE / "raw_form.py")],
    BARE: [sys.executable, str(HERE / "bare_form.py")],
    FIRST: [*AEP_TUI, "--practice"],
    AGAIN: [*AEP_TUI, "--practice"],
}
COMMANDS = (["--help"], ["--version"], ["settings"], ["profile", "list"])


def starts(rounds: int, home: Path) -> dict[str, list[Start]]:
    """Start each program `rounds` times, after a start of each that does not count."""
    found: dict[str, list[Start]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, command in PROGRAMS.items():
            with tempfile.TemporaryDirectory() as never_used:
                here = Path(never_used) if name == FIRST else home
                with Terminal(command, environment=user_environment(home=here), directory=here) as terminal:
                    start = settle(terminal, 1.0, b"" if name == RAW else TAKEN_OVER)
            if number:
                found[name].append(start)
    return found


def start_table(found: dict[str, list[Start]]) -> list[str]:
    """Return the table of the starts: medians, and the medians of the ratios within each round."""
    lines = [
        "| 80x24 | first paint ms | over raw | settled ms | processor ms | over bare | bytes | 56 kbit/s, 150 ms: s |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, own in found.items():
        paint = [start.first_paint_seconds * 1000 for start in own]
        settled, processor = ([each * 1000 for each in values] for values in zip(*map(_times, own), strict=True))
        raw = [a.first_paint_seconds / b.first_paint_seconds for a, b in zip(own, found[RAW], strict=True)]
        bare = [a.processor_seconds / b.processor_seconds for a, b in zip(own, found[BARE], strict=True)]
        size = statistics.median(start.written_bytes for start in own)
        link = wire.seconds_on_link(int(size)) + statistics.median(settled) / 1000
        figures = (*(statistics.median(each) for each in (paint, raw, settled, processor, bare)), size, link)
        lines.append(
            f"| {name} | {' | '.join(f'{f:.{d}f}' for f, d in zip(figures, (0, 1, 0, 0, 2, 0, 2), strict=True))} |"
        )
    return lines


def bytes_of_starts(found: dict[str, list[Start]]) -> list[wire.Cost]:
    """Return what each start wrote."""
    own = [(name, start.written_bytes) for name in (FIRST, AGAIN) for start in found[name]]
    return [wire.Cost(wire.Kind.FIRST_PAGE, name, size) for name, size in own]


def bytes_of_keys(home: Path) -> list[wire.Cost]:
    """Return what each key and each page of a walk wrote, and a status that counts."""
    environment = user_environment(home=home)
    return wire.costs_of_walk(PROGRAMS[AGAIN], environment, home)


def _times(start: Start) -> tuple[float, float]:
    return start.seconds, start.processor_seconds


def command_table(rounds: int, home: Path) -> list[str]:
    """Return the table of the commands that need no terminal, beside the interpreter alone."""
    environment = user_environment(home=home)
    seconds: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for words in ([], *COMMANDS):
            command = [*AEP_TUI, *words] if words else [sys.executable, "-c", "pass"]
            needed = processor_time_of(command, environment)
            if number:
                seconds[" ".join(words)].append(needed)
    lines = ["| command | processor ms | over `python -c pass` |", "| --- | --: | --: |"]
    for name, own in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(own, seconds[""], strict=True))
        lines.append(f"| {name or 'python -c pass'} | {statistics.median(own) * 1000:.0f} | {ratio:.1f} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 when something takes too many bytes for a slow link."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="All tables of the benchmark.")
    parser.add_argument("--rounds", type=int, default=12, help="of each program")
    parser.add_argument("--once", action="store_true", help="one round, and no tables of keys, steps and lists")
    options = parser.parse_args(arguments)
    rounds = 1 if options.once else options.rounds
    with tempfile.TemporaryDirectory() as home:
        found = starts(rounds, Path(home))
        costs = [*bytes_of_starts(found), *bytes_of_keys(Path(home))]
        print("\n".join(start_table(found)), "\n")
        print("\n".join(wire.table(costs)), "\n")
        print("\n".join(command_table(rounds, Path(home))), "\n")
    if not options.once:
        startup.main(["--runs", "1", "--walks", "3", "--help-command", ""])
        for lists in (listing, connections):
            print()
            lists.main(["--runs", "1"])
        print()
        dependencies.main([])
    complaints = wire.too_dear(costs)
    print("\n".join(["", *complaints]))
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
