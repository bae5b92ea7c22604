"""What a run of a migration would send, secrets as names; nothing is sent for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from aep_tui.domain.connection import ENABLED, ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import CONNECTIONS_PATH, build_connection_request, placeholder
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials


def rehearsed(
    plan: MigrationPlan,
    record: MigrationRecord,
    road: Road,
    given: Mapping[str, GroupCredentials],
    methods: Methods,
    left_out: Collection[str] = (),
) -> Iterator[dict[str, Any]]:
    """Yield each request of a run in its order, when nothing surprising happens.

    Args:
        plan: what is to be done.
        record: what is done.
        road: of what is not done.
        given: the credentials by group; what is missing stands there as its name.
        methods: from which auth method to which.
        left_out: connections that are not to be migrated.
    """
    for row in plan.rows:
        known = record.of(row.connection_id)
        if known.is_over or known.is_unknown or row.connection_id in left_out:
            continue
        old_path = f"{CONNECTIONS_PATH}/{row.connection_id}"
        path = f"{CONNECTIONS_PATH}/{known.new_id}" if known.new_id else old_path
        if known.stage is Stage.WAITING:
            yield _request("GET", plan, row, old_path)
            change = _change(row, road, given.get(row.group, GroupCredentials()), methods)
            if road is Road.BESIDE:
                yield _request("POST", plan, row, CONNECTIONS_PATH, change)
                path = f"{CONNECTIONS_PATH}/{{NEW_ID}}"
            else:
                yield _request("PATCH", plan, row, old_path, change) | {"ifMatch": row.etag}
        yield _request("GET", plan, row, path)
        yield _request("GET", plan, row, f"{path}/test")
        yield _request("GET", plan, row, f"{path}/explore?objectType=root")
        yield _request("GET", plan, row, f"{path}/explore?objectType=table&object={{TABLE}}")


def _change(row: MigrationRow, road: Road, given: GroupCredentials, methods: Methods) -> object:
    answers: dict[str, Answer] = {}  # of a secret the request shows its name, whatever stands here
    kept = dict(row.parameters)
    for parameter in methods.new.parameters:
        name = parameter.api_name
        if name == methods.address_name and row.group:
            answers[name] = row.group
        elif name in given.new or kept.get(name) or parameter.is_required:
            answers[name] = given.new.get(name) or kept.get(name) or placeholder(name)
    request = build_connection_request(Draft(name=row.new_name, answers=answers), methods.source, methods.new)
    if road is Road.BESIDE:
        return request.body_with_placeholders()
    seen = ConnectionStatus(row.connection_id, ENABLED, name=row.name, etag=row.etag, parameters=kept)
    return ConnectionChange(auth=request).operations_with_placeholders(seen)


def _request(method: str, plan: MigrationPlan, row: MigrationRow, path: str, body: object = None) -> dict[str, Any]:
    record = {
        "connection": row.connection_id,
        "method": method,
        "url": plan.base_url + path,
        "sandbox": row.sandbox_name,
    }
    return record if body is None else {**record, "body": body}
