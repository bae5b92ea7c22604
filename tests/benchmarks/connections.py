"""`python -m tests.benchmarks.connections`: the drawn list of existing connections at 10 to 10,000 connections.

The real program in a real terminal, in live mode, over a practice service in a process of its own. A key should be
answered as fast in a long list as in a short one, also while rows arrive, and a row should cost next to nothing.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aep_tui.practice.organization import ORGANIZATION_ID
from tests.benchmarks.listing import SIZES, platform
from tests.kit.canary import CANARY
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

_KEYS: Final = 20
_LONGEST_WAIT: Final = 180.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds from the start to the first and to the last row, memory in bytes, seconds that keys took.

    Attributes:
        first_row: from the start of the program.
        all_rows: from the start of the program.
        memory: the most that the program had.
        down: a move by a row, when all are read.
        search: a letter of a search, when all are read.
        end: to the last row.
    """

    first_row: float
    all_rows: float
    memory: int
    down: float
    search: float
    end: float


def run(base_url: str, size: int, home: Path) -> Run:
    """Read the list of a sandbox, and measure it."""
    environment = user_environment(
        home=home,
        AEP_BASE_URL=base_url,
        AEP_ORG_ID=ORGANIZATION_ID,
        AEP_SANDBOX_NAME="dev",
        AEP_API_KEY="acme-key",
        AEP_ACCESS_TOKEN=CANARY,
    )
    started = time.perf_counter()
    with Terminal(
        [sys.executable, "-m", "aep_tui", "connections"], environment=environment, directory=home
    ) as terminal:
        terminal.wait_until(_marks(1), what="the first row", timeout=_LONGEST_WAIT)
        first_row = time.perf_counter() - started
        whole = re.compile(rf"^ {size} connections · row 1 *$", re.MULTILINE)
        terminal.wait_until(lambda text: bool(whole.search(text)), what="all rows", timeout=_LONGEST_WAIT)
        all_rows = time.perf_counter() - started
        down = [_until(terminal, "down", 2 + index) for index in range(min(_KEYS, size - 2))]
        end = _until(terminal, "end", size)
        terminal.send_keys("home")
        terminal.wait_until(_marks(1), what="the first row")
        terminal.send_keys("/")
        terminal.wait_for_text("Search:")
        search = [_until(terminal, letter, f'with "{"sales"[: index + 1]}"') for index, letter in enumerate("sales")]
        memory = _most_memory(terminal.pid)
        terminal.send_keys("ctrl+q")
    return Run(first_row, all_rows, memory, statistics.median(down), statistics.median(search), end)


def _until(terminal: Terminal, key: str, wanted: int | str) -> float:
    """Return the seconds from a key until a row is marked, or words are there."""
    started = time.perf_counter()
    terminal.send_keys(key)
    if isinstance(wanted, str):
        terminal.wait_for_text(wanted)
    else:
        terminal.wait_until(_marks(wanted), what=f"row {wanted}")
    return time.perf_counter() - started


def _marks(row: int) -> Callable[[str], bool]:
    pattern = re.compile(rf"· row {row}(?: |$)", re.MULTILINE)
    return lambda text: bool(pattern.search(text))


def _most_memory(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.connections")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args(arguments)
    sys.stdout.write(
        "| connections | first row, s | all rows, s | memory, MB | Down, ms | End, ms | a letter of a search, ms |\n"
        "| --: | --: | --: | --: | --: | --: | --: |\n"
    )
    for size in SIZES:
        with platform(size) as base_url, tempfile.TemporaryDirectory() as home:
            found = [run(base_url, size, Path(home)) for _number in range(options.runs)]
        first, rows, memory, down, search, end = (
            statistics.median(getattr(each, name) for each in found)
            for name in ("first_row", "all_rows", "memory", "down", "search", "end")
        )
        sys.stdout.write(
            f"| {size} | {first:.2f} | {rows:.2f} | {memory / 2**20:.1f} | {down * 1000:.0f} | {end * 1000:.0f} "
            f"| {search * 1000:.0f} |\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
