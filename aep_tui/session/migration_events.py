"""What a migration tells while it runs, as frozen values that a page or a command shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from aep_tui.domain.migration_plan import MigrationRow
from aep_tui.domain.migration_record import RowRecord
from aep_tui.domain.problem import Problem


class StopReason(StrEnum):
    """Why a run ended before all was done."""

    PAUSED = "paused"
    CHANGED = "changed"
    NOT_READY = "not-ready"
    ROAD_REFUSED = "road-refused"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_ENABLED = "not-enabled"
    TEST_FAILED = "test-failed"
    NOT_EXPLORED = "not-explored"
    PUT_BACK = "put-back"
    NEEDS_A_WORD = "needs-a-word"


@dataclass(frozen=True, slots=True)
class RowBegan:
    """The work on a connection begins.

    Attributes:
        row: the connection.
        number, count: which of how many of the plan.
        left: how many are not over, this one among them.
        seconds_a_row: how long one has taken so far in this run, None while none has ended.
    """

    row: MigrationRow
    number: int
    count: int
    left: int
    seconds_a_row: float | None


@dataclass(frozen=True, slots=True)
class RowSays:
    """What happens now with a connection, in a sentence."""

    row: MigrationRow
    words: str


@dataclass(frozen=True, slots=True)
class RowChanged:
    """One more thing is known of a connection, and written down."""

    row: MigrationRow
    record: RowRecord


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event of a run.

    Attributes:
        done: how many connections of the plan are done, by this run and those before.
        left: how many are not over.
        reason: why it ended before all was done, None when nothing is left.
        row: the connection at which it stopped, None for none.
        problem: what was found there.
    """

    done: int
    left: int
    reason: StopReason | None = None
    row: MigrationRow | None = None
    problem: Problem | None = None


MigrationEvent: TypeAlias = RowBegan | RowSays | RowChanged | RunEnded
OnEvent: TypeAlias = Callable[[MigrationEvent], None]


class StopHere(Exception):
    """Ends a run at a connection; never leaves this room.

    Attributes:
        reason: why.
        problem: in words.
    """

    def __init__(self, reason: StopReason, problem: Problem) -> None:
        self.reason = reason
        self.problem = problem
