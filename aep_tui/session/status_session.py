"""What the status screen does, handed in: it sends, watches and tests without knowing how."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from aep_tui.domain.clock import Clock
from aep_tui.session.change_outcome import ChangeOutcome
from aep_tui.session.outcome import CreationOutcome
from aep_tui.session.progress import OnProgress
from aep_tui.session.watch import Watch


class WorkKind(StrEnum):
    """What a status page sends."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class StatusSession:
    """One status screen's work.

    Attributes:
        clock: the time.
        watch: returns the watching of a connection.
        test: asks the platform to test a connection, and returns whether it passed.
        create: sends what is to be sent, or finds out what became of it; None when a connection is only watched.
        connection_id: the connection to watch when nothing is created, or the one that is changed or deleted.
        sent_parameters: the parameters that were sent, secrets as "set", by API name, to tell what the service added.
        done_words: what the timeline says when the platform has answered what was sent.
        kind: what `create` sends.
        is_sending: whether `create` sends it now; else it only looks what became of an earlier request.
    """

    clock: Clock
    watch: Callable[[str], Watch]
    test: Callable[[str], Awaitable[bool]]
    create: Callable[[OnProgress], Awaitable[CreationOutcome | ChangeOutcome]] | None = None
    connection_id: str = ""
    sent_parameters: tuple[tuple[str, str], ...] = ()
    done_words: str = ""
    kind: WorkKind = WorkKind.CREATE
    is_sending: bool = True
