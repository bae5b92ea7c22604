"""When a connection cannot be changed or deleted now, and who else changes it (Flow Service error catalogue)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Final

from aep_tui.practice.answers import Refusal, flow_error, quoted
from aep_tui.practice.contents import Contents
from aep_tui.practice.new_connection import new_etag
from aep_tui.practice.other_sources import other_source
from aep_tui.practice.store import INITIALIZING, ConnectionRecord

COLLEAGUE: Final = "a.colleague@acme.example"
_CHANGEABLE: Final = frozenset({"enabled", "disabled"})


def refuse_by_state(state: str) -> None:
    """Let a change or a delete of a connection in this state pass or raise the documented refusal.

    Raises:
        Refusal: 1417-400, 1420-400, 1421-400, or 1416-400 for every other state that takes no change.
    """
    if state == INITIALIZING:
        raise flow_error(
            "1417-400", "A connection in state initializing cannot be updated or deleted with a UserToken."
        )
    if state == "disabling":
        raise flow_error("1420-400", "The connection is being disabled and cannot be changed now.")
    if state == "updating":
        raise flow_error("1421-400", "The connection is being updated and cannot be changed now.")
    if state not in _CHANGEABLE:
        raise flow_error(
            "1416-400", "Only a connection in state enabled, disabled or initializing can be updated or deleted."
        )


def refused_change(record: ConnectionRecord) -> Refusal:
    """Return the refusal of a PATCH in an organization whose connections take none: each source has its own."""
    source = other_source(record.connection_spec_id)
    if source is None:
        return flow_error("1445-400", "PATCH is not enabled for this connection.")
    if not source.is_updatable:
        return flow_error("1300-400", f"PATCH is not supported for connectorType {source.name}.")
    return flow_error("1301-400", f"The authSpecType {quoted(record.auth_spec_name)} is not supported.")


class Colleague:
    """Somebody else who changes each connection once, right before our first change of it."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._changed: set[str] = set()
        self._has_created = False
        self._has_changed_some = False

    def change_first(self, record: ConnectionRecord, now: int) -> ConnectionRecord:
        """Return the connection as it is after the colleague was there."""
        if record.id in self._changed:
            return record
        self._changed.add(record.id)
        changed = replace(
            record, description="Looked after by a colleague", etag=new_etag(), updated_at=now, finished_by=COLLEAGUE
        )
        self._contents.replace(changed, record.etag)
        return changed

    def change_every(self, count: int, now: int) -> None:
        """Change one of so many connections, in the middle of each dozen or so; it happens once."""
        if not count or self._has_changed_some:
            return
        self._has_changed_some = True
        for record in self._contents.kept()[count // 2 :: count]:
            self.change_first(record, now)

    def create_meanwhile(self, model: ConnectionRecord, now: int) -> None:
        """Create one connection while a list is read; it happens once."""
        if not self._has_created:
            self._has_created = True
            etag = new_etag()
            self._contents.add(
                replace(
                    model,
                    id=str(uuid.uuid4()),
                    name=f"{model.name}, by a colleague",
                    created_at=now,
                    updated_at=now,
                    enabled_at=now,
                    created_by=COLLEAGUE,
                    finished_by=COLLEAGUE,
                    initial_etag=etag,
                    etag=etag,
                )
            )
