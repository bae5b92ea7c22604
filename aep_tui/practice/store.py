"""What the practice service remembers: connections, without any secret, in SQLite."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from types import TracebackType
from typing import Final, Self

from aep_tui.domain.connection import ENABLED
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _

INITIALIZING = "initializing"
"""The state that a connection begins with."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS connections (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    sandbox_name TEXT NOT NULL,
    etag TEXT NOT NULL,
    record TEXT NOT NULL
)
"""


class PracticeStoreProblem(Problem):
    """The practice store's file cannot be used."""


@dataclass(frozen=True, slots=True)
class ConnectionRecord:
    """One connection as it is kept.

    Attributes:
        id, name, description, connection_spec_id, connection_spec_version, auth_spec_name: as they were sent.
        organization_id, sandbox_name: where it belongs.
        parameters: `auth.params`; a secret is only a reference here, its value is never handed over.
        service_parameters: what the service adds once the connection is enabled.
        fixed_state: a state that does not pass, "" for one that becomes enabled at `enabled_at`.
        created_at, updated_at: epoch milliseconds; updated_at is that of the last PATCH.
        enabled_at: epoch milliseconds from which on the connection is enabled; None means never.
        created_by, created_client: user and client ids of the caller who created it.
        finished_by, finished_client: user and client ids that stand as the updater once it is enabled.
        initial_etag: the etag of the answer to the create, with its quotes.
        etag: the etag from the moment on in which it is enabled, with its quotes.
    """

    id: str
    organization_id: str
    sandbox_name: str
    name: str
    description: str | None
    connection_spec_id: str
    connection_spec_version: str
    auth_spec_name: str
    created_at: int
    updated_at: int
    enabled_at: int | None
    created_by: str
    created_client: str
    finished_by: str
    finished_client: str
    initial_etag: str
    etag: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    service_parameters: Mapping[str, str] = field(default_factory=dict)
    fixed_state: str = ""

    def state_at(self, now: int) -> str:
        """Return the state at `now` (epoch milliseconds)."""
        if self.fixed_state:
            return self.fixed_state
        return ENABLED if self.enabled_at is not None and now >= self.enabled_at else INITIALIZING


_NAMES: Final = tuple(each.name for each in fields(ConnectionRecord))


class PracticeStore:
    """Connections in memory or in a file; used from several threads, each call is one transaction."""

    def __init__(self, path: str = ":memory:") -> None:
        """Open `path`, which is made when it does not exist.

        Raises:
            PracticeStoreProblem: the file cannot be opened or is no SQLite file.
        """
        self._lock = threading.Lock()
        if path != ":memory:":
            with suppress(OSError):  # what SQLite says of the file is the better answer
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        try:
            self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except sqlite3.Error as reason:
            raise _cannot_use(path, reason) from reason
        try:
            self._database.execute(_SCHEMA)
        except sqlite3.Error as reason:
            self._database.close()
            raise _cannot_use(path, reason) from reason

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; afterwards the store cannot be used."""
        with self._lock:
            self._database.close()

    def add(self, record: ConnectionRecord) -> None:
        """Keep a new connection."""
        self.add_all((record,))

    def add_all(self, records: Iterable[ConnectionRecord]) -> None:
        """Keep new connections, all or none: a file waits for the disk once, and not for each."""
        rows = [
            (record.id, record.organization_id, record.sandbox_name, record.etag, _text(record)) for record in records
        ]
        with self._lock:
            self._database.execute("BEGIN")
            with self._database:  # ends the transaction, and takes it back when something is wrong
                self._database.executemany(
                    "INSERT INTO connections (id, organization_id, sandbox_name, etag, record) VALUES (?, ?, ?, ?, ?)",
                    rows,
                )

    def find(self, organization_id: str, sandbox_name: str, connection_id: str) -> ConnectionRecord | None:
        """Return the connection with this id in this sandbox, or None."""
        with self._lock:
            row = self._database.execute(
                "SELECT record FROM connections WHERE id = ? AND organization_id = ? AND sandbox_name = ?",
                (connection_id, organization_id, sandbox_name),
            ).fetchone()
        return _record(row[0]) if row else None

    def in_sandbox(self, organization_id: str, sandbox_name: str) -> tuple[ConnectionRecord, ...]:
        """Return the connections of one sandbox, oldest first."""
        with self._lock:
            rows = self._database.execute(
                "SELECT record FROM connections WHERE organization_id = ? AND sandbox_name = ? ORDER BY position",
                (organization_id, sandbox_name),
            ).fetchall()
        return tuple(_record(row[0]) for row in rows)

    def replace(self, record: ConnectionRecord, expected_etag: str) -> bool:
        """Put `record` in the place of the one with its id; return False when that has another etag by now."""
        with self._lock:
            cursor = self._database.execute(
                "UPDATE connections SET etag = ?, record = ? WHERE id = ? AND etag = ?",
                (record.etag, _text(record), record.id, expected_etag),
            )
            return cursor.rowcount == 1

    def delete(self, connection_id: str) -> None:
        """Forget one connection."""
        with self._lock:
            self._database.execute("DELETE FROM connections WHERE id = ?", (connection_id,))

    def clear(self) -> None:
        """Forget all connections."""
        with self._lock:
            self._database.execute("DELETE FROM connections")

    def connections(self) -> tuple[ConnectionRecord, ...]:
        """Return all connections of all sandboxes, oldest first."""
        with self._lock:
            rows = self._database.execute("SELECT record FROM connections ORDER BY position").fetchall()
        return tuple(_record(row[0]) for row in rows)

    def count(self) -> int:
        """Return how many connections there are in all sandboxes."""
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM connections").fetchone()[0])


def _text(record: ConnectionRecord) -> str:
    return json.dumps({name: getattr(record, name) for name in _NAMES})


def _record(document: str) -> ConnectionRecord:
    return ConnectionRecord(**json.loads(document))


def _cannot_use(path: str, reason: sqlite3.Error) -> PracticeStoreProblem:
    return PracticeStoreProblem(
        _("The practice store cannot be used"),
        _("The file {path} cannot be opened: {reason}.").format(path=path, reason=reason),
        _("Choose another file, or leave the file out to keep the connections in memory."),
    )
