"""The connections of one or several sandboxes, told apart, row by row as pages arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Final, TypeAlias

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec
from aep_tui.domain.described_source import SourceUnknown
from aep_tui.domain.existing import ConnectionFilter, ExistingConnection, existing_connection
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.existing_connections import connection_pages, connection_specs, connection_specs_named
from aep_tui.session.open_sandboxes import OpenedSandbox

_SANDBOXES_AT_ONCE: Final = 4
_PAGES_FOR_STATES: Final = 3


@dataclass(frozen=True, slots=True)
class RowsArrived:
    """A page of one sandbox was read.

    Attributes:
        sandbox_name: of which.
        rows: those that are wanted; perhaps none.
        read: how many connections this page had.
    """

    sandbox_name: str
    rows: tuple[ExistingConnection, ...]
    read: int


@dataclass(frozen=True, slots=True)
class SandboxDone:
    """A sandbox has come to its end.

    Attributes:
        sandbox_name: of which.
        read: how many connections were read in all.
        problem: why it could not be read, or not to its end; None when it was. With a problem, 0 says nothing about
            how many there are.
    """

    sandbox_name: str
    read: int
    problem: Problem | None = None


ListingEvent: TypeAlias = RowsArrived | SandboxDone


async def list_connections(
    sandboxes: Sequence[OpenedSandbox],
    wanted: ConnectionFilter,
    *,
    catalog: Catalog,
    clock: Clock,
    keeps_unusable: bool = False,
) -> AsyncGenerator[ListingEvent, None]:
    """Yield what arrives: pages of any sandbox, and the end of each. A page is read when the one before it is taken.

    Args:
        sandboxes: each is asked by itself, a few at the same time.
        wanted: which rows.
        catalog: the sources that we know by heart.
        clock: the time at which rows are judged.
        keeps_unusable: whether a connection with an unusable id has a row, for a list that is only looked at.
    """

    def pages_of(sandbox: OpenedSandbox) -> AsyncGenerator[RowsArrived, None]:
        return _pages(sandbox, wanted, catalog, clock, keeps_unusable=keeps_unusable)

    arrived: asyncio.Queue[ListingEvent | Exception] = asyncio.Queue(maxsize=1)
    free = asyncio.Semaphore(_SANDBOXES_AT_ONCE)

    async def read(sandbox: OpenedSandbox) -> None:
        try:
            async with free:
                await arrived.put(await _read_to_the_end(pages_of(sandbox), sandbox.sandbox_name, arrived))
        except Exception as unexpected:
            await arrived.put(unexpected)

    tasks = [asyncio.create_task(read(sandbox)) for sandbox in sandboxes]
    try:
        left = len(tasks)
        while left:
            event = await arrived.get()
            if isinstance(event, Exception):
                raise event
            left -= isinstance(event, SandboxDone)
            yield event
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def states_seen(sandboxes: Sequence[OpenedSandbox]) -> tuple[str, ...]:
    """Return the states that connections of the sandboxes are in, as far as the first pages show them, in order.

    The platform names states freely, so that only those that are seen can be told.
    """
    found: set[str] = set()
    for sandbox in sandboxes:
        read = 0
        with suppress(PlatformError):
            async with aclosing(connection_pages(sandbox.service)) as listed:
                async for page in listed:
                    found.update(status.state for status in page if status.state)
                    read += 1
                    if read == _PAGES_FOR_STATES:
                        break
    return tuple(sorted(found))


async def _read_to_the_end(
    rows: AsyncGenerator[RowsArrived, None], sandbox_name: str, arrived: asyncio.Queue[ListingEvent | Exception]
) -> SandboxDone:
    count = 0
    try:
        async with aclosing(rows) as pages:
            async for page in pages:
                count += page.read
                await arrived.put(page)
    except Problem as problem:
        return SandboxDone(sandbox_name, count, problem)
    return SandboxDone(sandbox_name, count)


async def _pages(
    sandbox: OpenedSandbox, wanted: ConnectionFilter, catalog: Catalog, clock: Clock, *, keeps_unusable: bool
) -> AsyncGenerator[RowsArrived, None]:
    names = _Names(sandbox, catalog)
    spec_ids = await names.spec_ids_of(wanted.source)
    found = connection_pages(sandbox.service, spec_ids=spec_ids, state=wanted.state, keeps_unusable=keeps_unusable)
    async with aclosing(found) as pages:
        async for page in pages:
            specs = await names.specs_of(page)
            now = clock.now()
            rows = (
                existing_connection(status, sandbox.sandbox_name, catalog=catalog, specs=specs, now=now)
                for status in page
            )
            yield RowsArrived(sandbox.sandbox_name, tuple(row for row in rows if wanted.holds_for(row)), len(page))


class _Names:
    """The names of the sources of one sandbox; each is asked for once, and none more than a list needs."""

    def __init__(self, sandbox: OpenedSandbox, catalog: Catalog) -> None:
        self._sandbox = sandbox
        self._catalog = catalog
        self._specs: dict[str, ConnectionSpec] = {}
        self._asked: set[str] = set()

    async def spec_ids_of(self, source: str) -> tuple[str, ...]:
        """Return the ids that stand for a source in a filter, none for "".

        Raises:
            Problem: neither we nor the platform know a source of this name.
        """
        if not source:
            return ()
        known = self._catalog.source(source)
        if known is not None:
            return (known.connection_spec_id,)
        if any(source == each.connection_spec_id for each in self._catalog.sources):
            return (source,)
        found = await connection_specs_named(self._sandbox.service, source)
        if not found:
            by_id = await connection_specs(self._sandbox.service, [source])
            found = tuple(by_id.values())
        if not found:
            raise SourceUnknown(each.id for each in self._catalog.sources)
        self._specs |= {spec.spec_id: spec for spec in found}
        return tuple(self._specs)

    async def specs_of(self, page: Sequence[ConnectionStatus]) -> dict[str, ConnectionSpec]:
        """Return the specifications of the sources that the catalog does not know, as far as they can be read.

        Without a name a connection still stands in the list.
        """
        unknown = {status.connection_spec_id for status in page if status.connection_spec_id} - self._asked
        unknown -= {source.connection_spec_id for source in self._catalog.sources} | self._specs.keys()
        self._asked |= unknown
        with suppress(PlatformError):
            self._specs |= await connection_specs(self._sandbox.service, sorted(unknown))
        return self._specs
