"""Dataflows that ride on base connections, as far as the program shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class RunResult(StrEnum):
    """How a run of a dataflow has ended, or that it has not."""

    SUCCEEDED = "succeeded"
    WITH_ERRORS = "succeeded-with-errors"
    FAILED = "failed"
    UNDER_WAY = "under-way"
    OTHER = "other"


_RESULTS: Final = {
    **dict.fromkeys(("success", "succeeded", "completed"), RunResult.SUCCEEDED),
    **dict.fromkeys(("partialsuccess", "partialfailure"), RunResult.WITH_ERRORS),
    **dict.fromkeys(("failed", "failure"), RunResult.FAILED),
    **dict.fromkeys(("inprogress", "processing", "waiting", "queued", "scheduled"), RunResult.UNDER_WAY),
}
"""By the word in small letters and without what joins words: the documents spell one state in several ways."""


@dataclass(frozen=True, slots=True)
class DataflowRun:
    """One run.

    Attributes:
        run_id, flow_id: ids of the run and of its dataflow.
        status: the platform's own word.
        started_at, completed_at: aware instants, None when it does not say.
        errors: the reasons that it gives, the best first.
        failed_records: how many records were lost, None when it does not say.
    """

    run_id: str
    flow_id: str = ""
    status: str = ""
    started_at: datetime | None = None
    completed_at: datetime | None = None
    errors: tuple[str, ...] = ()
    failed_records: int | None = None

    @property
    def result(self) -> RunResult:
        """What the status means; a run that succeeded may still have lost records (guide to monitoring dataflows)."""
        found = _RESULTS.get(self.status.casefold().replace("_", "").replace(" ", ""), RunResult.OTHER)
        has_errors = bool(self.errors) or bool(self.failed_records)
        return RunResult.WITH_ERRORS if found is RunResult.SUCCEEDED and has_errors else found


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a dataflow runs.

    Attributes:
        frequency: "once", "minute", "hour", "day", "week" or whatever the platform says; "" when it does not.
        interval: how many of these lie between two runs, None when it does not say.
        starts_at: the first run.
    """

    frequency: str = ""
    interval: int | None = None
    starts_at: datetime | None = None

    def next_run(self, now: datetime) -> datetime | None:
        """Return the first run that is due after `now`, None when there is none or nobody can tell."""
        if self.starts_at is None or self.starts_at > now:
            return self.starts_at
        unit = _UNITS.get(self.frequency.casefold())
        if unit is None or not self.interval:
            return None
        step = unit * self.interval
        return self.starts_at + step * ((now - self.starts_at) // step + 1)


_UNITS: Final = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class Dataflow:
    """One dataflow.

    Attributes:
        flow_id, name, state: as the platform says them.
        source_connection_ids: the source connections that it reads from.
        schedule: when it runs.
        mapping_id: of the mapping of its columns, "" when it does not say.
        target_connection_ids: where it writes to.
        last_run: its last run, None when it has not run yet or the platform does not say.
    """

    flow_id: str
    name: str = ""
    state: str = ""
    source_connection_ids: tuple[str, ...] = ()
    schedule: Schedule = Schedule()
    last_run: DataflowRun | None = None
    mapping_id: str = ""
    target_connection_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceConnection:
    """What a dataflow reads from: a table or a folder of a base connection; `table` is its name or path."""

    source_connection_id: str
    base_connection_id: str = ""
    name: str = ""
    state: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionSpec:
    """One entry of the platform's list of sources and destinations.

    Attributes:
        spec_id, name: `id` and `name`; the name of a source is a slug like "azure-file-storage".
        title: the name for people.
        auth_spec_names: the auth specifications that it offers now.
    """

    spec_id: str
    name: str = ""
    title: str = ""
    auth_spec_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExploredTable:
    """What a connection has to explore: `name` for people, `path` for the platform, and its kind."""

    name: str
    path: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ExploredColumn:
    """One column of a table, and its type as the platform says it."""

    name: str
    type: str = ""
