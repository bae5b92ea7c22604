"""The handlers of `/connections`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aep_tui.domain.connection import ENABLED
from aep_tui.practice.answers import JsonObject, Refusal, flow_error, problem_error
from aep_tui.practice.changing import refuse_by_state, refused_change
from aep_tui.practice.connection_view import connection_item
from aep_tui.practice.exploration import explored
from aep_tui.practice.gateway import json_of
from aep_tui.practice.listing import read_conditions, read_query
from aep_tui.practice.new_connection import new_connection, new_etag
from aep_tui.practice.organization import USER_ID, WRONG_CLIENT_ID
from aep_tui.practice.patching import patched
from aep_tui.practice.request_kind import CONNECTIONS_PATH
from aep_tui.practice.service import PracticeService
from aep_tui.practice.store import ConnectionRecord

_NEW_METHOD: Final = "OAuth2 Client Credential"
"""What a migration goes over to; of the others nothing is counted."""


async def create_connection(service: PracticeService, request: Request) -> Response:
    """Answer `POST /connections`: 201 with `Location`, id and etag.

    Raises:
        Refusal: the caller, the sandbox or the body is refused, or a draft is asked for.
    """
    caller = service.admit(request)
    sandbox = service.sandbox(request)
    if "mode" in request.query_params:
        raise problem_error(501, "NotImplemented", "The practice service makes no drafts")
    body = await json_of(request)
    service.colleague.change_every(service.scenario.colleague_changes_every, service.now())
    record = new_connection(body, service.specifications(), sandbox, caller, service.scenario, service.now())
    service.contents.add(record)
    service.disturbances.note_created()
    return JSONResponse(
        {"id": record.id, "etag": record.initial_etag},
        status_code=201,
        headers={"Location": f"{CONNECTIONS_PATH}/{record.id}"},
    )


async def list_connections(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connections`.

    Raises:
        Refusal: the caller, the sandbox or the query is refused.
    """
    caller = service.admit(request)
    sandbox = service.sandbox(request)
    query = read_query(request.query_params.multi_items())
    now = service.now()

    def items_from(start: int) -> Iterator[tuple[int, JsonObject]]:
        records = service.contents.from_position(caller.organization_id, sandbox.name, start)
        return ((position, connection_item(record, now)) for position, record in records)

    answer = query.answer(items_from)
    if service.scenario.has_busy_colleague and "_links" in answer:
        model = service.contents.find(caller.organization_id, sandbox.name, answer["items"][0]["id"])
        if model is not None:
            service.colleague.create_meanwhile(model, now)
    return JSONResponse(answer)


async def read_connection(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connections/{id}`: `items` with one element.

    Raises:
        Refusal: the caller is refused, or there is no such connection.
    """
    record = service.connection(request, service.admit(request))
    return JSONResponse({"items": [connection_item(record, service.now())]})


async def update_connection(service: PracticeService, request: Request) -> Response:
    """Answer `PATCH /connections/{id}` with the id and the new etag.

    Raises:
        Refusal: the caller or the body is refused, there is no such connection, or it takes no change now, or
            it is another version (412).
    """
    caller = service.admit(request)
    record = service.connection(request, caller)
    if "if-match" not in request.headers:
        raise flow_error("1403-400", "The If-Match header is missing.")
    body = await json_of(request)
    record = _ready_for_change(service, record)
    if request.headers["if-match"] != record.etag:
        raise _version_mismatch()
    if service.scenario.refuses_changes:
        raise refused_change(record)
    changed = replace(
        patched(record, body, service.catalog, takes_auth=_takes_auth(service)),
        etag=new_etag(),
        updated_at=service.now(),
        finished_by=USER_ID,
        finished_client=caller.client_id,
    )
    if not service.contents.replace(changed, record.etag):
        raise _version_mismatch()
    return JSONResponse({"id": changed.id, "etag": changed.etag})


async def delete_connection(service: PracticeService, request: Request) -> Response:
    """Answer `DELETE /connections/{id}` with 204; `If-Match` is obeyed when it is there.

    Raises:
        Refusal: the caller is refused, there is no such connection, it is another version (412), or dataflows use it.
    """
    record = _ready_for_change(service, service.connection(request, service.admit(request)))
    if request.headers.get("if-match", record.etag) != record.etag:
        raise _version_mismatch()
    if service.contents.dataflows.is_used(record.id):
        raise flow_error("1418-400", "The connection is still used by flows. Delete the flows first.")
    service.contents.delete(record.id)
    return Response(status_code=204)


async def check_connection(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connections/{id}/test`.

    Raises:
        Refusal: the caller is refused, there is no such connection, or it is not enabled.
    """
    record = service.connection(request, service.admit(request))
    _refuse_until_enabled(service, record)
    is_known = record.parameters.get("clientId") != WRONG_CLIENT_ID
    return JSONResponse({"result": service.scenario.is_connection_test_passing and is_known})


async def explore_connection(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connections/{id}/explore`.

    Raises:
        Refusal: the caller or the query is refused, there is no such connection, or it is not enabled.
    """
    record = service.connection(request, service.admit(request))
    _refuse_until_enabled(service, record)
    return JSONResponse(
        explored(
            record.connection_spec_id,
            service.catalog,
            request.query_params.get("objectType", ""),
            request.query_params.get("object", ""),
        )
    )


async def list_connection_specs(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connectionSpecs`, with `property=name==...` or `property=id==...`.

    Raises:
        Refusal: the caller, the sandbox or the query is refused.
    """
    service.admit(request)
    sandbox = service.sandbox(request)
    properties = request.query_params.getlist("property")
    conditions = read_conditions(properties, ("id", "name", "version"))
    items = service.specifications().as_items(sandbox.clouds)
    return JSONResponse({"items": [item for item in items if all(each.holds_for(item) for each in conditions)]})


async def read_connection_spec(service: PracticeService, request: Request) -> Response:
    """Answer `GET /connectionSpecs/{id}`: `items` with one element.

    Raises:
        Refusal: the caller or the sandbox is refused, or nothing has this id.
    """
    service.admit(request)
    sandbox = service.sandbox(request)
    spec_id = request.path_params["connection_spec_id"]
    items = [item for item in service.specifications().as_items(sandbox.clouds) if item["id"] == spec_id]
    if not items:
        raise flow_error("1439-404", "Resource not found: connectionSpecs with the given id.")
    return JSONResponse({"items": items})


def _ready_for_change(service: PracticeService, record: ConnectionRecord) -> ConnectionRecord:
    """Return the connection as it is when our change arrives.

    Raises:
        Refusal: its state takes no change.
    """
    now = service.now()
    refuse_by_state(record.state_at(now))
    service.colleague.change_every(service.scenario.colleague_changes_every, now)
    record = service.contents.find(record.organization_id, record.sandbox_name, record.id) or record
    return service.colleague.change_first(record, now) if service.scenario.has_busy_colleague else record


def _takes_auth(service: PracticeService) -> bool:
    """Return whether one more connection takes another auth method in place."""
    most = service.scenario.auth_method_changes
    if most is None or most == 0:
        return most is None
    return sum(each.auth_spec_name == _NEW_METHOD for each in service.contents.kept()) < most


def _refuse_until_enabled(service: PracticeService, record: ConnectionRecord) -> None:
    state = record.state_at(service.now())
    if state != ENABLED:
        raise flow_error("1422-400", f"The action is not valid in state {state}.")


def _version_mismatch() -> Refusal:
    return flow_error("1404-412", "The supplied version does not match the current version of the connection.")
