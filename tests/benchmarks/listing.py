"""`python -m tests.benchmarks.listing`: what `aep-tui connections list` costs at 10 to 10,000 connections.

The practice service answers over a socket, from a process of its own. The first row and the memory should not depend on
how many connections there are.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aep_tui.practice.organization import ORGANIZATION_ID
from tests.kit.canary import CANARY
from tests.tui.terminal.pty_process import user_environment

SIZES = (10, 100, 1_000, 10_000)
_SERVER = """
import sys
from dataclasses import replace
from aep_tui.domain.clock import SystemClock
from aep_tui.practice.scenarios import scenario_by_id
from tests.kit.practice_server import PracticeServer
scenario = replace(scenario_by_id("big-organization"), big_size=int(sys.argv[1]))
with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
    print(server.base_url, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds from the start to the first and to the last row, rows, and the most memory in bytes."""

    first_row: float
    all_rows: float
    rows: int
    memory: int


@contextmanager
def platform(size: int) -> Iterator[str]:
    """Yield the base URL of a practice service with this many connections."""
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with server:
        if server.stdout is None or server.stdin is None:
            raise OSError("no pipes")
        yield server.stdout.readline().strip()
        server.stdin.close()


def run(base_url: str, home: Path) -> Run:
    """List all connections of a sandbox, and measure it."""
    environment = user_environment(
        home=home,
        AEP_BASE_URL=base_url,
        AEP_ORG_ID=ORGANIZATION_ID,
        AEP_SANDBOX_NAME="dev",
        AEP_API_KEY="acme-key",
        AEP_ACCESS_TOKEN=CANARY,
    )
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "aep_tui", "connections", "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.getcwd(),
    )
    if process.stdout is None:
        raise OSError("no pipe")
    with process.stdout as rows:
        first = rows.readline()
        first_row = time.perf_counter() - started
        count = bool(first) + sum(1 for _row in rows)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise OSError(f"ended with {process.returncode}")
    return Run(first_row, time.perf_counter() - started, count, usage.ru_maxrss * 1024)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.listing")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    sys.stdout.write(
        "| connections | first row, s | all rows, s | rows | memory, MB |\n| --: | --: | --: | --: | --: |\n"
    )
    for size in SIZES:
        with platform(size) as base_url, tempfile.TemporaryDirectory() as home:
            found = [run(base_url, Path(home)) for _number in range(options.runs)]
        first_row, all_rows = (
            statistics.median(getattr(each, name) for each in found) for name in ("first_row", "all_rows")
        )
        memory = statistics.median(each.memory for each in found) / 2**20
        sys.stdout.write(f"| {size} | {first_row:.2f} | {all_rows:.2f} | {found[0].rows} | {memory:.1f} |\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
