"""What a migration of many connections costs: `python -m tests.benchmarks.migration 25 250 1000`.

The practice service runs in the same process on a clock that jumps; its own part is measured as well.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import httpx

from aep_tui.domain.migration_plan import Road
from tests.session.migrating import Transport, World, scenario_of


class TimedTransport(Transport):
    """Measures how long the practice service takes."""

    seconds = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        began = time.process_time()
        answer = await super().handle_async_request(request)
        self.seconds += time.process_time() - began
        return answer


async def measured(size: int, road: Road) -> str:
    """Return a row of the table."""
    scenario_id = "migration" if road is Road.BESIDE else "migration-in-place"
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), scenario_of(scenario_id, migration_size=size))
        transport = TimedTransport(world.transport.application)
        world.transport = transport
        began = time.process_time()
        await world.new_plan(road)
        planned = time.process_time() - began - transport.seconds
        sent, transport.seconds = len(transport.requests), 0.0
        tracemalloc.start()
        began = time.process_time()
        end = await world.run()
        ran = time.process_time() - began - transport.seconds
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        assert end.done == size, end
        requests = len(transport.requests) - sent
        files = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20
        world.store.close()
    return (
        f"| {size} | {road.value} | {planned:.1f} s | {sent} | {ran:.1f} s | {requests} | {transport.seconds:.1f} s | "
        f"{peak:.1f} MiB | {files:.1f} MiB |"
    )


def main() -> None:
    """Print the table."""
    sys.stdout.write(
        "| rows | road | plan | requests | run | requests | practice service | memory of a run | files |\n"
    )
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for size in [int(text) for text in sys.argv[1:]] or [25, 250, 1000]:
        for road in Road:
            sys.stdout.write(f"{asyncio.run(measured(size, road))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
