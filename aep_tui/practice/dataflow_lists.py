"""The handlers of source and target connections, dataflows, runs and flow specifications: all of them only read.

A dataflow that an access label hides is missing from the lists, and reading it by its id is answered with 404 (Adobe's
tutorial on access labels).
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aep_tui.practice.answers import JsonObject, not_found_error
from aep_tui.practice.dataflows import FLOW_SPECS
from aep_tui.practice.listing import (
    FLOWS,
    RUNS,
    SOURCE_CONNECTIONS,
    TARGET_CONNECTIONS,
    Listing,
    items_of,
    read_conditions,
    read_query,
)
from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import Life
from aep_tui.practice.service import PracticeService, insufficient_permissions


async def list_items(listing: Listing, service: PracticeService, request: Request) -> Response:
    """Answer the GET of a list, for example `GET /flows`."""
    items = _visible(service, request, listing)
    return JSONResponse(read_query(request.query_params.multi_items(), listing).answer(items_of(items)))


async def read_item(listing: Listing, service: PracticeService, request: Request) -> Response:
    """Answer the GET of one item of a list, for example `GET /flows/{id}`."""
    return _only(_visible(service, request, listing), request.path_params["item_id"], listing.name)


async def list_flow_specs(service: PracticeService, request: Request) -> Response:
    """Answer `GET /flowSpecs`, with `property=name==...` or `property=id==...`."""
    service.admit(request)
    service.sandbox(request)
    conditions = read_conditions(request.query_params.getlist("property"), ("id", "name"))
    items = FLOW_SPECS if service.scenario.life is not Life.NONE else ()
    return JSONResponse({"items": [item for item in items if all(each.holds_for(item) for each in conditions)]})


async def read_flow_spec(service: PracticeService, request: Request) -> Response:
    """Answer `GET /flowSpecs/{id}`: `items` with one element."""
    service.admit(request)
    service.sandbox(request)
    items = FLOW_SPECS if service.scenario.life is not Life.NONE else ()
    return _only(items, request.path_params["item_id"], "flowSpecs")


def _visible(service: PracticeService, request: Request, listing: Listing) -> list[JsonObject]:
    caller = service.admit(request)
    sandbox = service.sandbox(request)
    if sandbox.name in service.scenario.sandbox_names_without_dataflows:
        raise insufficient_permissions()
    if caller.organization_id != ORGANIZATION_ID:
        return []
    dataflows = service.contents.dataflows
    items = {
        SOURCE_CONNECTIONS: dataflows.source_connections,
        TARGET_CONNECTIONS: dataflows.target_connections,
        FLOWS: dataflows.flows,
        RUNS: dataflows.runs,
    }[listing]
    return [item for item in items if item["sandboxName"] == sandbox.name]


def _only(items: Sequence[JsonObject], item_id: str, kind: str) -> Response:
    found = [item for item in items if item["id"] == item_id]
    if not found:
        raise not_found_error(item_id, kind)
    return JSONResponse({"items": found})
