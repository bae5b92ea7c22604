"""`python -m tests.benchmarks.dependencies`: the requests of the page that says what rides on a connection, counted.

Ids are joined by commas and a few requests are under way at the same time, so that a page is not read dataflow by
dataflow. What a request for each would cost stands beside it. The platform answers in the same process: the counts are
the same every time, the processor time is that of one run.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.practice.organization import practice_target
from aep_tui.session.connection_details import connection_details
from aep_tui.session.open_sandboxes import open_sandboxes
from tests.kit.clock import FakeClock
from tests.kit.many_dataflows import CONNECTION_ID, ManyDataflows
from tests.kit.wire import a_wire

SIZES = (0, 1, 10, 40, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs.

    Attributes:
        dataflows: that were found.
        requests: by the last part of their path.
        most_at_once: requests under way at the same time.
        longest_query: in characters.
        seconds: of the processor.
    """

    dataflows: int
    requests: Counter[str]
    most_at_once: int
    longest_query: int
    seconds: float

    @property
    def total(self) -> int:
        """All requests."""
        return sum(self.requests.values())


async def cost_of_a_page(dataflows: int) -> Cost:
    """Read one connection and what rides on it."""
    platform, clock, catalog = ManyDataflows(dataflows), FakeClock(), load_catalog()
    wire = a_wire(clock=clock, answers=platform)
    started = time.process_time()
    async with open_sandboxes(practice_target(Secrets()), ["dev"], wire) as (sandbox,):
        found = await connection_details(sandbox, CONNECTION_ID, catalog=catalog, clock=clock)
    seconds = time.process_time() - started
    requests = Counter("connection" if path == CONNECTION_ID else path for path, _query in platform.asked)
    return Cost(len(found.used_by.dataflows), requests, platform.most_at_once, platform.longest_query, seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.dependencies")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="dataflows that ride on the connection")
    options = parser.parse_args(arguments)
    sys.stdout.write(
        "| dataflows | requests | for source connections | for dataflows | for runs | one by one | at once "
        "| longest query | processor ms |\n| --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
    )
    for size in options.sizes:
        cost = asyncio.run(cost_of_a_page(size))
        parts = " | ".join(str(cost.requests[name]) for name in ("sourceConnections", "flows", "runs"))
        pages = cost.requests["sourceConnections"]
        sys.stdout.write(
            f"| {cost.dataflows} | {cost.total} | {parts} | {2 + pages + 2 * size} | {cost.most_at_once} "
            f"| {cost.longest_query} | {cost.seconds * 1000:.0f} |\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
