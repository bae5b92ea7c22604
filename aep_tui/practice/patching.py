"""Applies the JSON Patch of `PATCH /connections/{id}` (Adobe's tutorial on updating connections).

`/name`, `/description` and `/auth/params` as a whole can change. What no document describes (another auth
specification, single parameters, the state) is refused with 1455-400 and not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aep_tui.domain.source import AuthMethod
from aep_tui.practice.answers import Refusal, flow_error
from aep_tui.practice.parameters import accepted_parameters
from aep_tui.practice.store import ConnectionRecord


def patched(record: ConnectionRecord, body: object, method: AuthMethod) -> ConnectionRecord:
    """Return the connection after all operations; a single bad one leaves everything as it was.

    Args:
        record: the connection as it is.
        body: the parsed JSON.
        method: its auth method, whose parameters a new `/auth/params` has to have in full: it replaces all of them.

    Raises:
        Refusal: 1414-400 for the connection specification, 1455-400 for an operation that is not possible, and the
            refusals of a create for the parameters.
    """
    if not isinstance(body, list) or not body:
        raise _bad_instruction()
    for operation in body:
        record = _applied(record, operation, method)
    return record


def _applied(record: ConnectionRecord, operation: object, method: AuthMethod) -> ConnectionRecord:
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
        return replace(
            record,
            parameters=accepted_parameters(method, value, record.id),
            service_parameters={
                name: text for name, text in record.service_parameters.items() if method.parameter(name) is None
            },
        )
    if not isinstance(value, str):
        raise _bad_instruction()
    if path == "/name" and value:
        return replace(record, name=value)
    if path == "/description" and (kind == "add" or record.description is not None):
        return replace(record, description=value)
    raise _bad_instruction()


def _bad_instruction() -> Refusal:
    return flow_error("1455-400", "The patch instruction is not valid.")
