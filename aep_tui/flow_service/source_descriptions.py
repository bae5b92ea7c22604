"""Connection specifications with their `authSpec`: what the platform itself says about the sources that it offers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from aep_tui.domain.described_source import DescribedSource, described_sources
from aep_tui.flow_service.client import CONNECTION_SPECS_PATH
from aep_tui.flow_service.errors import NotFound
from aep_tui.flow_service.paging import Reads, pages
from aep_tui.flow_service.wire import ItemsAnswer

_MOST_ITEMS: Final = 2_000
"""Some seventy sources and about as many destinations are known."""
_GRAMMAR: Final = frozenset(',=<>"~!&')


async def all_descriptions(service: Reads) -> tuple[DescribedSource, ...]:
    """Return everything in the list, by title.

    It comes as one answer with every schema: no document knows a limit for it. Pages are followed where there are any.
    The schemas are read in a thread, so that the screen goes on meanwhile.

    Raises:
        PlatformError: the list could not be read.
    """
    return await _described(await _items(service, CONNECTION_SPECS_PATH))


async def description_of(service: Reads, spec_id: str) -> DescribedSource | None:
    """Return what the platform says about one source, None when it offers none with this id.

    Raises:
        PlatformError: it could not be read.
    """
    try:
        answer = await service.read(f"{CONNECTION_SPECS_PATH}/{quote(spec_id, safe='').replace('.', '%2E')}")
    except NotFound:
        return None
    value = answer.parsed()
    # Adobe's samples wrap the item, a published client reads it as it comes.
    items = answer.read_as(ItemsAnswer).items if isinstance(value, dict) and "items" in value else [value]
    found = await _described(items)
    return next((each for each in found if each.source.id == spec_id), None)


async def descriptions_named(service: Reads, name: str) -> tuple[DescribedSource, ...]:
    """Return what the platform says about the sources with this `name`, a slug such as "azure-file-storage".

    Raises:
        PlatformError: it could not be read.
    """
    if not name or _GRAMMAR & set(name):
        return ()
    query = f"property=name=={quote(name, safe='')}"
    found = await _described(await _items(service, CONNECTION_SPECS_PATH, query))
    return tuple(each for each in found if each.name == name)


async def _items(service: Reads, path: str, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    async for page in pages(service, path, query):
        items += page.items
        if len(items) > _MOST_ITEMS:
            break
    return items[:_MOST_ITEMS]


async def _described(items: Sequence[object]) -> tuple[DescribedSource, ...]:
    return await asyncio.to_thread(described_sources, items)
