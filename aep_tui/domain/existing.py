"""An existing connection as a row of a list: what it is of, what deserves attention, and the filters over such rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec
from aep_tui.domain.lifecycle import LifecycleNotice, NoticeKind
from aep_tui.domain.source import AuthMethod, Source
from aep_tui.domain.translation import _

INITIALIZING: Final = "initializing"
STUCK_AFTER: Final = timedelta(minutes=10)
"""The tutorial for AWS shows 88 seconds; nothing is documented to take longer."""
TOKEN_ENDS_SOON: Final = timedelta(days=30)
_TOKEN_END: Final = "expirationDate"  # noqa: S105 - the name of a parameter
"""The parameter of "OAuth2 Refresh Code" that says in clear when the token ends (self-serve sources)."""


class AttentionKind(StrEnum):
    """Why somebody should look at a connection."""

    DEPRECATED_METHOD = "deprecated-method"
    RETIRED_SOURCE = "retired-source"
    STUCK = "stuck-initializing"
    TOKEN_ENDS = "token-ends"  # noqa: S105 - a kind
    UNUSABLE_ID = "unusable-id"


@dataclass(frozen=True, slots=True)
class Attention:
    """One reason to look at a connection, and what is said about it today."""

    kind: AttentionKind
    words: str


@dataclass(frozen=True, slots=True)
class ExistingConnection:
    """One row.

    Attributes:
        status: what the platform says.
        sandbox_name: where it was asked for.
        source_id, source: the catalog's id of the source, or the name of its connection specification; and its name for
            people. Both are "" when nobody knows what it is of.
        auth_method_id, auth_method: the catalog's id of the auth method, or ""; and its name for people.
        notices: what Adobe has announced about source and auth method.
        attention: why somebody should look at it.
    """

    status: ConnectionStatus
    sandbox_name: str
    source_id: str = ""
    source: str = ""
    auth_method_id: str = ""
    auth_method: str = ""
    notices: tuple[LifecycleNotice, ...] = ()
    attention: tuple[Attention, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionFilter:
    """Which rows are wanted; what is empty filters nothing.

    Attributes:
        auth_method: an id of the catalog, or the exact `auth.specName`.
        source: an id of the catalog, the name of a connection specification, or its id.
        state: as the platform says it.
        created_before: only connections that were created before this instant.
        needs_attention: only those that somebody should look at.
    """

    auth_method: str = ""
    source: str = ""
    state: str = ""
    created_before: datetime | None = None
    needs_attention: bool = False

    def holds_for(self, row: ExistingConnection) -> bool:
        """Return whether a row is wanted. One that does not say when it was created is of no age."""
        status = row.status
        created_at = status.created_at
        return (
            self.auth_method in {"", row.auth_method_id, status.auth_spec_name}
            and self.source in {"", row.source_id, status.connection_spec_id}
            and self.state in {"", status.state}
            and (self.created_before is None or (created_at is not None and created_at < self.created_before))
            and (not self.needs_attention or bool(row.attention))
        )


def existing_connection(
    status: ConnectionStatus,
    sandbox_name: str,
    *,
    catalog: Catalog,
    specs: Mapping[str, ConnectionSpec],
    now: datetime,
) -> ExistingConnection:
    """Return the row of a connection.

    Args:
        status: what the platform says.
        sandbox_name: where it was asked for.
        catalog: the sources that we know by heart.
        specs: connection specifications of other sources, by id.
        now: the instant at which it is judged.
    """
    source = catalog.source_by_connection_spec_id(status.connection_spec_id)
    if source is None:
        spec = specs.get(status.connection_spec_id)
        return ExistingConnection(
            status,
            sandbox_name,
            spec.name if spec else "",
            spec.title if spec else "",
            auth_method=status.auth_spec_name,
            attention=_attention(status, (), now),
        )
    method = _auth_method(source, status.auth_spec_name)
    notices = tuple(
        notice
        for notice in catalog.notices_for(method.cloud if method else None, source.id, method.id if method else "")
        if notice.source_id
    )
    return ExistingConnection(
        status,
        sandbox_name,
        source.id,
        source.label,
        method.id if method else "",
        method.label if method else status.auth_spec_name,
        notices,
        _attention(status, notices, now),
    )


def _auth_method(source: Source, spec_name: str) -> AuthMethod | None:
    return next((method for method in source.auth_methods if method.spec_name == spec_name), None)


def _attention(status: ConnectionStatus, notices: tuple[LifecycleNotice, ...], now: datetime) -> tuple[Attention, ...]:
    kinds = {
        NoticeKind.DEPRECATED: AttentionKind.DEPRECATED_METHOD,
        NoticeKind.RETIRED: AttentionKind.RETIRED_SOURCE,
    }
    found = [Attention(kinds[notice.kind], notice.badge(now.date())) for notice in notices if notice.kind in kinds]
    since = status.updated_at or status.created_at
    if status.state == INITIALIZING and since is not None and now - since > STUCK_AFTER:
        found.append(Attention(AttentionKind.STUCK, _stuck_words(now - since)))
    ends_at = token_end(status)
    if ends_at is not None and ends_at - now < TOKEN_ENDS_SOON:
        words = _("token ended on {day}") if ends_at <= now else _("token ends on {day}")
        found.append(Attention(AttentionKind.TOKEN_ENDS, words.format(day=ends_at.date().isoformat())))
    if status.told_id:
        found.append(Attention(AttentionKind.UNUSABLE_ID, _("unusable id: {id}").format(id=status.told_id)))
    return tuple(found)


def _stuck_words(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if age.days >= 2:
        return _("initializing for {count} days").format(count=age.days)
    if minutes >= 120:
        return _("initializing for {count} hours").format(count=minutes // 60)
    return _("initializing for {count} minutes").format(count=minutes)


def token_end(status: ConnectionStatus) -> datetime | None:
    """Return when the token of a connection ends, where a parameter says so in clear; else None."""
    try:
        end = datetime.fromisoformat(status.parameters.get(_TOKEN_END, "").strip())
    except ValueError:
        return None
    return end if end.tzinfo else end.replace(tzinfo=UTC)
