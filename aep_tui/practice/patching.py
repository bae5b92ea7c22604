"""Applies the JSON Patch of `PATCH /connections/{id}` (Adobe's tutorial on updating connections).

`/name`, `/description` and `/auth/params` as a whole can change; `/auth` only in a scenario. One parameter alone can
change where Adobe's tutorial shows it, for Amazon S3. What no document describes (another auth specification, single
parameters elsewhere, the state) is refused with 1455-400 and not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.practice.answers import Refusal, flow_error
from aep_tui.practice.other_sources import accepted_values, kept_value, other_source
from aep_tui.practice.parameters import accepted_parameters
from aep_tui.practice.store import ConnectionRecord

_ONE_PARAMETER: Final = "/auth/params/"


def patched(record: ConnectionRecord, body: object, catalog: Catalog, *, takes_auth: bool = False) -> ConnectionRecord:
    """Return the connection after all operations; a single bad one leaves everything as it was.

    Args:
        record: the connection as it is.
        body: the parsed JSON.
        catalog: knows the parameters, of which a new `/auth/params` has to have all: it replaces all of them.
        takes_auth: whether the auth method can be changed, which no document promises.

    Raises:
        Refusal: 1414-400 for the connection specification, 1455-400 for an operation that is not possible, and the
            refusals of a create for the parameters.
    """
    if not isinstance(body, list) or not body:
        raise _bad_instruction()
    for operation in body:
        record = _applied(record, operation, catalog, takes_auth=takes_auth)
    return record


def _applied(record: ConnectionRecord, operation: object, catalog: Catalog, *, takes_auth: bool) -> ConnectionRecord:
    if not isinstance(operation, Mapping):
        raise _bad_instruction()
    path, kind = operation.get("path"), operation.get("op")
    if isinstance(path, str) and path.startswith("/connectionSpec"):
        raise flow_error("1414-400", "The connection spec of a connection cannot be changed.")
    if kind == "remove" and path == "/description" and record.description is not None:
        return replace(record, description=None)
    if kind not in ("add", "replace") or "value" not in operation:
        raise _bad_instruction()
    value = operation["value"]
    if path == "/auth/params":
        return _with_parameters(record, value, catalog)
    if path == "/auth" and takes_auth and isinstance(value, Mapping):
        return _with_auth(record, value, catalog)
    if not isinstance(value, str):
        raise _bad_instruction()
    if path == "/name" and value:
        return replace(record, name=value)
    if path == "/description" and (kind == "add" or record.description is not None):
        return replace(record, description=value)
    if isinstance(path, str) and path.startswith(_ONE_PARAMETER):
        return _with_one_parameter(record, path.removeprefix(_ONE_PARAMETER), value, kind)
    raise _bad_instruction()


def _with_parameters(record: ConnectionRecord, value: object, catalog: Catalog) -> ConnectionRecord:
    other = other_source(record.connection_spec_id)
    if other is not None:
        auth_spec = other.auth_spec(record.auth_spec_name)
        if auth_spec is None:
            raise flow_error("1413-400", "The spec ID is invalid.")
        return replace(record, parameters=accepted_values(auth_spec, value, record.id), service_parameters={})
    source = catalog.source_by_connection_spec_id(record.connection_spec_id)
    methods = source.auth_methods if source else ()
    method = next((method for method in methods if method.spec_name == record.auth_spec_name), None)
    if method is None:
        raise flow_error("1413-400", "The spec ID is invalid.")
    return replace(
        record,
        parameters=accepted_parameters(method, value, record.id),
        service_parameters={
            name: text for name, text in record.service_parameters.items() if method.parameter(name) is None
        },
    )


def _with_auth(record: ConnectionRecord, value: Mapping[str, object], catalog: Catalog) -> ConnectionRecord:
    source = catalog.source_by_connection_spec_id(record.connection_spec_id)
    methods = source.auth_methods if source else ()
    method = next((method for method in methods if method.spec_name == value.get("specName")), None)
    if method is None:
        raise flow_error("1415-400", "The auth spec is not valid for this connection spec.")
    parameters = accepted_parameters(method, value.get("params"), record.id)
    return replace(record, auth_spec_name=method.spec_name, parameters=parameters, service_parameters={})


def _with_one_parameter(record: ConnectionRecord, name: str, value: str, kind: str) -> ConnectionRecord:
    other = other_source(record.connection_spec_id)
    auth_spec = other.auth_spec(record.auth_spec_name) if other and other.takes_single_parameters else None
    described = auth_spec["spec"]["properties"].get(name) if auth_spec else None
    if described is None or (kind == "replace" and name not in record.parameters):
        raise _bad_instruction()
    return replace(record, parameters={**record.parameters, name: kept_value(described, name, value, record.id)})


def _bad_instruction() -> Refusal:
    return flow_error("1455-400", "The patch instruction is not valid.")
