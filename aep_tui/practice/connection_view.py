"""A kept connection as `GET /connections` shows it at a given moment."""

from __future__ import annotations

from aep_tui.practice.answers import JsonObject
from aep_tui.practice.organization import SANDBOXES
from aep_tui.practice.store import INITIALIZING, ConnectionRecord

_SANDBOX_IDS = {sandbox.name: sandbox.sandbox_id for sandbox in SANDBOXES}


def connection_item(record: ConnectionRecord, now: int) -> JsonObject:
    """Return one element of `items`.

    While the connection is initializing there is neither `version` nor `etag`; once it is enabled both are there, with
    the parameters that the service adds (Salesforce tutorial, AWS). Connections to what is inside the platform have no
    `auth`.

    Args:
        record: the connection.
        now: epoch milliseconds.
    """
    state = record.state_at(now)
    is_finished = state != INITIALIZING
    finished_at = max(record.updated_at, record.enabled_at or 0) if is_finished else record.updated_at
    parameters = {**record.parameters, **(record.service_parameters if is_finished else {})}
    item: JsonObject = {
        "id": record.id,
        "createdAt": record.created_at,
        "updatedAt": finished_at,
        "createdBy": record.created_by,
        "updatedBy": record.finished_by if is_finished else record.created_by,
        "createdClient": record.created_client,
        "updatedClient": record.finished_client if is_finished else record.created_client,
        "sandboxId": _SANDBOX_IDS.get(record.sandbox_name, ""),
        "sandboxName": record.sandbox_name,
        "imsOrgId": record.organization_id,
        "name": record.name,
    }
    if record.description is not None:
        item["description"] = record.description
    item["connectionSpec"] = {"id": record.connection_spec_id, "version": record.connection_spec_version}
    item["state"] = state
    if record.auth_spec_name:
        item["auth"] = {"specName": record.auth_spec_name, "params": parameters}
    if is_finished:
        item["version"] = record.etag
        item["etag"] = record.etag
    return item
