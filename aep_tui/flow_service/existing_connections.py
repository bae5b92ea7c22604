"""What is asked about connections that exist: the list, what rides on them, their sources, what is in them. GET only.

The platform filters where its guide says so, and what it answers is checked here all the same.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Final, TypeVar
from urllib.parse import quote

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import CONNECTIONS_PATH
from aep_tui.domain.dataflow import (
    ConnectionSpec,
    Dataflow,
    DataflowRun,
    ExploredColumn,
    ExploredTable,
    SourceConnection,
)
from aep_tui.domain.translation import _
from aep_tui.flow_service.client import CONNECTION_SPECS_PATH
from aep_tui.flow_service.dataflow_wire import (
    ConnectionSpecItem,
    ExploredItem,
    FlowItem,
    RunItem,
    SourceConnectionItem,
    TableAnswer,
    TargetConnectionItem,
)
from aep_tui.flow_service.failures import unreadable
from aep_tui.flow_service.paging import PAGE, Reads, pages, side_by_side
from aep_tui.flow_service.readings import (
    asked_connection,
    connection_path,
    connections_of,
    connections_to_show,
    shown_answer,
)
from aep_tui.flow_service.wire_values import WireModel

SOURCE_CONNECTIONS_PATH: Final = "/data/foundation/flowservice/sourceConnections"
TARGET_CONNECTIONS_PATH: Final = "/data/foundation/flowservice/targetConnections"
FLOWS_PATH: Final = "/data/foundation/flowservice/flows"
RUNS_PATH: Final = "/data/foundation/flowservice/runs"
_IDS_OF_A_REQUEST: Final = 40
"""So many ids, joined by commas, make an address of some 1 500 characters."""
_SPECS_OF_A_REQUEST: Final = 8
"""A specification comes with all its schemas, and an answer may not be longer than a million bytes."""
_MOST_PAGES_WITHOUT_NEWS: Final = 20
_GRAMMAR: Final = frozenset(',=<>"~!&')

_Item = TypeVar("_Item", bound=WireModel)


async def connection_pages(
    service: Reads, *, spec_ids: Sequence[str] = (), state: str = "", keeps_unusable: bool = False
) -> AsyncGenerator[tuple[ConnectionStatus, ...], None]:
    """Yield the connections of a sandbox, a page at a time as they arrive, each connection once.

    Args:
        service: sends the requests.
        spec_ids: of the sources that are wanted; empty for all.
        state: that is wanted; "" for all.
        keeps_unusable: whether a connection with an unusable id is yielded without one; else the page counts as
            unreadable.

    Raises:
        PlatformError: a page could not be read, or the list does not come to an end.
    """
    conditions = [("connectionSpec.id", spec_ids)] if spec_ids else []
    if state and not _GRAMMAR & set(state):
        conditions.append(("state", (state,)))
    seen: set[str] = set()
    without_news = 0
    async for page in pages(service, CONNECTIONS_PATH, _query(conditions)):
        answer = page.answer
        found = (connections_to_show if keeps_unusable else connections_of)(answer, page.items)
        known = ((status.connection_id or status.told_id, status) for status in found)
        listed = {connection_id: status for connection_id, status in known if connection_id}
        fresh = tuple(status for connection_id, status in listed.items() if connection_id not in seen)
        seen.update(listed)
        without_news = 0 if fresh else without_news + 1
        if without_news == _MOST_PAGES_WITHOUT_NEWS:
            raise unreadable(answer.status, _("The list goes on and on without anything new."), answer.request_id)
        yield tuple(
            status
            for status in fresh
            if status.connection_spec_id in {"", *(spec_ids or (status.connection_spec_id,))}
            and (not state or status.state == state)
        )


async def connection_with_answer(service: Reads, connection_id: str) -> tuple[ConnectionStatus, str]:
    """Return what the platform says of a connection, and its answer as text, secrets replaced by marks.

    Raises:
        PlatformError: as `FlowService.connection_status`.
    """
    answer = await service.read(connection_path(connection_id))
    return asked_connection(answer, connection_id), shown_answer(answer, connection_id)


async def source_connections_of(service: Reads, base_connection_ids: Sequence[str]) -> tuple[SourceConnection, ...]:
    """Return the source connections of base connections.

    Raises:
        PlatformError: they could not be read.
    """
    items = await _joined(
        service, SOURCE_CONNECTIONS_PATH, "baseConnectionId", base_connection_ids, SourceConnectionItem
    )
    found = {item.id: item.source_connection() for item in items}
    wanted = {"", *base_connection_ids}  # one that does not say so was asked for by its base connection all the same
    return tuple(each for each in found.values() if each.base_connection_id in wanted)


async def dataflows_of(service: Reads, source_connection_ids: Sequence[str]) -> tuple[Dataflow, ...]:
    """Return the dataflows that read from source connections, each once.

    Raises:
        PlatformError: they could not be read.
    """
    items = await _joined(service, FLOWS_PATH, "sourceConnectionIds[]", source_connection_ids, FlowItem)
    found = {item.id: item.dataflow() for item in items}
    wanted = frozenset(source_connection_ids)
    return tuple(
        each for each in found.values() if not each.source_connection_ids or wanted & {*each.source_connection_ids}
    )


async def datasets_of(service: Reads, target_connection_ids: Sequence[str]) -> dict[str, str]:
    """Return the dataset behind each target connection; one that does not say is left out.

    Raises:
        PlatformError: they could not be read.
    """
    items = await _joined(service, TARGET_CONNECTIONS_PATH, "id", target_connection_ids, TargetConnectionItem)
    return {item.id: item.dataset_id for item in items if item.id in target_connection_ids and item.dataset_id}


async def runs_by_id(service: Reads, run_ids: Sequence[str]) -> dict[str, DataflowRun]:
    """Return runs by their ids; one that is not there is left out.

    Raises:
        PlatformError: they could not be read.
    """
    items = await _joined(service, RUNS_PATH, "id", run_ids, RunItem)
    return {item.id: item.run() for item in items if item.id in run_ids}


async def connection_specs(service: Reads, spec_ids: Sequence[str]) -> dict[str, ConnectionSpec]:
    """Return connection specifications by their ids; one that the platform does not offer is left out.

    Raises:
        PlatformError: they could not be read.
    """
    items = await _joined(service, CONNECTION_SPECS_PATH, "id", spec_ids, ConnectionSpecItem, _SPECS_OF_A_REQUEST)
    return {item.id: item.connection_spec() for item in items if item.id in spec_ids}


async def connection_specs_named(service: Reads, name: str) -> tuple[ConnectionSpec, ...]:
    """Return the connection specifications with this name, which is a slug like "azure-file-storage".

    Raises:
        PlatformError: they could not be read.
    """
    if not name or _GRAMMAR & set(name):
        return ()
    items = await _joined(service, CONNECTION_SPECS_PATH, "name", (name,), ConnectionSpecItem)
    return tuple(item.connection_spec() for item in items if item.name == name)


async def explored_tables(
    service: Reads, connection_id: str, connection_spec_id: str = ""
) -> tuple[ExploredTable, ...]:
    """Return the tables and folders that a connection shows.

    Args:
        service: sends the request.
        connection_id: of the connection.
        connection_spec_id: of its source, for the advice in an error.

    Raises:
        PlatformError: they could not be read; the source's own refusal comes this way too.
    """
    path = f"{connection_path(connection_id)}/explore?objectType=root"
    answer = await service.read(path, connection_spec_id=connection_spec_id)
    value = answer.parsed()
    if not isinstance(value, list):
        raise unreadable(answer.status, _("It is no list of tables."), answer.request_id)
    return tuple(answer.valid(ExploredItem, each).table() for each in value)


async def explored_columns(
    service: Reads, connection_id: str, table_path: str, connection_spec_id: str = ""
) -> tuple[ExploredColumn, ...]:
    """Return the columns of one table of a connection.

    Args:
        service: sends the request.
        connection_id: of the connection.
        table_path: `path` of the table.
        connection_spec_id: of its source, for the advice in an error.

    Raises:
        PlatformError: they could not be read.
    """
    table = quote(table_path, safe="", errors="replace")
    path = f"{connection_path(connection_id)}/explore?objectType=table&object={table}"
    return (await service.read(path, connection_spec_id=connection_spec_id)).read_as(TableAnswer).columns()


async def _joined(
    service: Reads, path: str, field: str, ids: Iterable[str], model: type[_Item], size: int = _IDS_OF_A_REQUEST
) -> list[_Item]:
    """Return the items whose field has one of the ids: few requests, each for many ids, a few at the same time."""
    wanted = [each for each in dict.fromkeys(ids) if each and not _GRAMMAR & set(each)]
    parts = [wanted[start : start + size] for start in range(0, len(wanted), size)]
    jobs: list[Callable[[], Awaitable[list[_Item]]]] = [
        partial(_all_items, service, path, _query([(field, part)], has_limit=path != CONNECTION_SPECS_PATH), model)
        for part in parts
    ]
    return [item for items in await side_by_side(jobs) for item in items]


async def _all_items(service: Reads, path: str, query: str, model: type[_Item]) -> list[_Item]:
    found: list[_Item] = []
    async for page in pages(service, path, query):
        found += (page.answer.valid(model, item) for item in page.items)
    return found


def _query(conditions: Iterable[tuple[str, Sequence[str]]], *, has_limit: bool = True) -> str:
    """Return an encoded query; of specifications the document knows no limit."""
    properties = [f"{field}=={','.join(values)}" for field, values in conditions]
    limit = [f"limit={PAGE}"] if has_limit else []
    return "&".join([*(f"property={quote(each, safe='=,', errors='replace')}" for each in properties), *limit])
