"""The checks of a set-up side by side, beside the same checks one after the other, against a slowed practice server.

Run with `python -m tests.benchmarks.preflight`. A relay in front of the practice service holds each answer back, as a
platform far away does.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.check import CheckState
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import ClientCredential, Mode, Target
from aep_tui.flow_service.exchange import Wire
from aep_tui.preflight.run import Preflight, PreflightLimits
from tests.kit.practice_server import PracticeServer

PATIENT = 600.0
"""Seconds: the one after the other takes longer than a person is asked to wait."""


@asynccontextmanager
async def relay(base_url: str, delay: float) -> AsyncIterator[str]:
    """Pass bytes on to the server at `base_url`, and its answers back `delay` seconds late; yield the address."""
    to = urlsplit(base_url)
    running: set[asyncio.Task[None] | None] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                await asyncio.sleep(seconds)
                writer.write(chunk)
                await writer.drain()
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(asyncio.current_task())
        from_server, to_server = await asyncio.open_connection(to.hostname, to.port)
        try:
            with suppress(asyncio.CancelledError):  # the end of the relay, of which the server wants to hear nothing
                await asyncio.gather(pump(reader, to_server, 0.0), pump(from_server, writer, delay))
        finally:
            to_server.close()
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        tasks = [task for task in running if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def seconds_of_a_run(base_url: str, at_once: int) -> float:
    """Return how long all checks take; every one of them has to come out well."""
    catalog, clock = load_catalog(), SystemClock()
    target = Target(
        Mode.LIVE,
        base_url,
        "ACME@AdobeOrg",
        "dev",
        "acme-key",
        client_credential=ClientCredential(Secret("a-practice-secret"), ims_base_url=base_url),
    )
    started = clock.monotonic()
    report = await Preflight(
        target,
        Wire(base_url, clock, Secrets()),
        sources=catalog.sources,
        notices=catalog.notices,
        limits=PreflightLimits(check=PATIENT, whole=PATIENT, at_once=at_once),
    ).run()
    if report.count(CheckState.FAILED):
        raise SystemExit(f"a check failed: {report.results}")
    return clock.monotonic() - started


async def measure(rounds: int, delays: list[float]) -> list[str]:
    """Return the lines of the table; the two ways take turns, so that a busy machine hits both."""
    lines = ["| answers held back, s | side by side, s | one after the other, s | ratio |", "| --- | --: | --: | --: |"]
    with PracticeServer(clock=SystemClock()) as server:
        for delay in delays:
            async with relay(server.base_url, delay) as base_url:
                together, alone = [], []
                for _round in range(rounds):
                    together.append(await seconds_of_a_run(base_url, 32))
                    alone.append(await seconds_of_a_run(base_url, 1))
            a, b = statistics.median(together), statistics.median(alone)
            lines.append(f"| {delay:.2f} | {a:.2f} | {b:.2f} | {a / b:.2f} |")
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Preflight side by side and one after the other.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--delays", type=float, nargs="+", default=[0.0, 0.1, 0.3, 1.0])
    options = parser.parse_args()
    print("\n".join(asyncio.run(measure(options.rounds, options.delays))))


if __name__ == "__main__":
    main()
