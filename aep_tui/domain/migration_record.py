"""What a migration has done so far: entries that are written one after the other, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import Intent
from aep_tui.domain.migration_plan import Road


class RecordedStep(StrEnum):
    """What an entry says."""

    PLAN = "plan"
    ROAD = "road"
    ROAD_REFUSED = "road-refused"
    SENDING = "sending"
    MADE = "made"
    ANSWERED = "answered"
    NOT_MADE = "not-made"
    UNKNOWN = "unknown"
    ENABLED = "enabled"
    TESTED = "tested"
    EXPLORED = "explored"
    DONE = "done"
    STOPPED = "stopped"
    LEFT_OUT = "left-out"
    PUTTING_BACK = "putting-back"
    PUT_BACK = "put-back"
    NOT_PUT_BACK = "not-put-back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; what does not belong to its event is empty.

    Attributes:
        event: what it says.
        at: when, by our clock.
        connection_id: the row of the plan, "" for the whole.
        road: the road of a request or of the rest.
        intent: what is about to be created.
        change: what is about to be changed.
        etag: of the connection afterwards.
        new_id: the connection that was created.
        passed: what a test said.
        parameters: before the change, or after it, without secrets.
        words: a sentence without secrets.
        request_id: the platform's.
        digest: of the plan.
        tables: how many tables the connection shows.
        table: the one that was explored.
        columns: how many columns it has.
    """

    event: RecordedStep
    at: datetime
    connection_id: str = ""
    road: Road | None = None
    intent: Intent | None = None
    change: ChangeIntent | None = None
    etag: str = ""
    new_id: str = ""
    passed: bool | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    words: str = ""
    request_id: str = ""
    digest: str = ""
    tables: int | None = None
    table: str = ""
    columns: int | None = None


class Stage(StrEnum):
    """How far a connection has come."""

    WAITING = "waiting"
    SENDING = "sending"
    MADE = "made"
    DONE = "done"
    LEFT_OUT = "left-out"
    PUTTING_BACK = "putting-back"
    PUT_BACK = "put-back"


_FINAL: Final = frozenset({Stage.DONE, Stage.LEFT_OUT, Stage.PUT_BACK})


@dataclass(frozen=True, slots=True)
class RowRecord:
    """What is known of one connection of the plan.

    Attributes:
        stage: how far it has come; `SENDING` and `PUTTING_BACK` stand for a request of which nobody knows the outcome.
        road: the road that was taken, None while none was.
        intent: what was to be created last.
        change: what was to be changed last.
        new_id: the connection beside the old one.
        etag: of the connection after the change, "" when it is not known.
        is_enabled: it was seen enabled afterwards.
        test: what its test said last.
        tables, table, columns: what was explored.
        stopped: why the work on it stopped last, "" when it did not.
        made_words: how it was found out that the change was made, "" when the answer said so.
        parameters, new_parameters: before and after the change, without secrets.
        request_ids: of the changes.
        began_at, ended_at: of the work on it.
    """

    stage: Stage = Stage.WAITING
    road: Road | None = None
    intent: Intent | None = None
    change: ChangeIntent | None = None
    new_id: str = ""
    etag: str = ""
    is_enabled: bool = False
    test: bool | None = None
    tables: int | None = None
    table: str = ""
    columns: int | None = None
    stopped: str = ""
    made_words: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    new_parameters: tuple[tuple[str, str], ...] = ()
    request_ids: tuple[str, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what became of a request."""
        return self.stage in {Stage.SENDING, Stage.PUTTING_BACK}

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more."""
        return self.stage in _FINAL


NOTHING_KNOWN: Final = RowRecord()
"""Of a connection that the record does not speak of."""


@dataclass(frozen=True, slots=True)
class MigrationRecord:
    """What all entries say.

    Attributes:
        rows: by the id of the connection in the plan.
        road: what a person has decided for the rest, None for what the plan says.
        refused: why the platform does not take another auth method in place, "" when it did not refuse.
        digest: of the plan that the first run had.
        began_at: when it began.
        unreadable: lines that cannot be read; something may stand in each of them.
    """

    rows: Mapping[str, RowRecord] = field(default_factory=dict)
    road: Road | None = None
    refused: str = ""
    digest: str = ""
    began_at: datetime | None = None
    unreadable: int = 0

    def of(self, connection_id: str) -> RowRecord:
        """Return what is known of a connection."""
        return self.rows.get(connection_id, NOTHING_KNOWN)


def read_together(entries: Iterable[Entry], unreadable: int = 0) -> MigrationRecord:
    """Return what entries say together."""
    rows: dict[str, RowRecord] = {}
    whole = MigrationRecord(unreadable=unreadable)
    for entry in entries:
        if entry.connection_id:
            rows[entry.connection_id] = after(rows.get(entry.connection_id, RowRecord()), entry)
        whole = _whole_after(whole, entry)
    return replace(whole, rows=rows)


def _whole_after(whole: MigrationRecord, entry: Entry) -> MigrationRecord:
    if entry.event is RecordedStep.PLAN and not whole.digest:
        return replace(whole, digest=entry.digest, began_at=entry.at)
    if entry.event is RecordedStep.ROAD:
        # Whoever decides anew has read the refusal.
        return replace(whole, road=entry.road, refused="")
    if entry.event is RecordedStep.ROAD_REFUSED:
        return replace(whole, refused=entry.words or entry.event.value)
    return whole


def after(row: RowRecord, entry: Entry) -> RowRecord:
    """Return what is known of a connection after one more entry."""
    match entry.event:
        case RecordedStep.SENDING:
            row = replace(
                row,
                stage=Stage.SENDING,
                road=entry.road,
                intent=entry.intent,
                change=entry.change,
                parameters=entry.parameters,
                began_at=row.began_at or entry.at,
                stopped="",
                ended_at=None,
            )
        case RecordedStep.MADE:
            row = replace(
                row,
                stage=Stage.MADE,
                # A connection that a person has named was created on no road of ours: it is beside the old one.
                road=Road.BESIDE if entry.new_id else row.road,
                new_id=entry.new_id,
                etag=entry.etag,
                made_words=entry.words,
                is_enabled=False,
                began_at=row.began_at or entry.at,
            )
        case RecordedStep.ANSWERED:
            row = replace(row, made_words=entry.words or row.made_words)
        case RecordedStep.NOT_MADE | RecordedStep.ROAD_REFUSED:
            row = replace(row, stage=Stage.WAITING, road=None, stopped=entry.words)
        case RecordedStep.UNKNOWN | RecordedStep.STOPPED:
            row = replace(row, stopped=entry.words, ended_at=entry.at)
        case RecordedStep.ENABLED:
            row = replace(row, is_enabled=True, etag=entry.etag or row.etag, new_parameters=entry.parameters)
        case RecordedStep.TESTED:
            row = replace(row, test=entry.passed)
        case RecordedStep.EXPLORED:
            row = replace(row, tables=entry.tables, table=entry.table, columns=entry.columns)
        case RecordedStep.PUTTING_BACK:
            row = replace(row, stage=Stage.PUTTING_BACK, change=entry.change, stopped="")
        case RecordedStep.NOT_PUT_BACK:
            row = replace(row, stage=Stage.MADE, stopped=entry.words)
        case RecordedStep.DONE | RecordedStep.LEFT_OUT | RecordedStep.PUT_BACK:
            row = replace(row, stage=Stage(entry.event.value), ended_at=entry.at, stopped=entry.words)
    return replace(row, request_ids=(*row.request_ids, entry.request_id)) if entry.request_id else row
