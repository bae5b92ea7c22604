"""Connections that exist already and may be the very one a person is about to create."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.translation import _

_ADDRESS_NAMES: Final = ("environmentUrl", "instanceUrl", "host", "endpoint")
_IDENTITY_NAMES: Final = ("clientId", "username")


@dataclass(frozen=True, slots=True)
class SimilarConnection:
    """An existing connection and why it looks like the new one.

    Attributes:
        status: what the platform says about it.
        reason: in a few words.
    """

    status: ConnectionStatus
    reason: str


def similar_connections(
    request: ConnectionRequest, existing: Iterable[ConnectionStatus]
) -> tuple[SimilarConnection, ...]:
    """Return the existing connections with the same name, or with the same address and client or user.

    No document says that a name must be unique, and the platform has no key against a second create: whoever sends
    the same request twice gets two connections.
    """
    wanted = {
        parameter.api_name: _comparable(str(answer))
        for parameter, answer in request.parameters
        if not parameter.is_secret
    }
    found = []
    for status in existing:
        if status.connection_spec_id not in {"", request.connection_spec_id}:
            continue
        if status.name == request.name:
            found.append(SimilarConnection(status, _("same name")))
        elif _is_same_account(wanted, {name: _comparable(value) for name, value in status.parameters.items()}):
            found.append(SimilarConnection(status, _("same address and account")))
    return tuple(found)


def _is_same_account(wanted: dict[str, str], existing: dict[str, str]) -> bool:
    def agree(names: tuple[str, ...]) -> bool:
        return any(wanted.get(name) and wanted.get(name) == existing.get(name) for name in names)

    return agree(_ADDRESS_NAMES) and agree(_IDENTITY_NAMES)


def _comparable(value: str) -> str:
    return value.strip().rstrip("/").lower()
