"""Existing connections as scripts get them: objects for JSON, rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from aep_tui.commands.problem_record import problem_record
from aep_tui.domain.dataflow import Dataflow
from aep_tui.domain.existing import ExistingConnection
from aep_tui.session.connection_details import ConnectionDetails, UsedBy

CSV_COLUMNS: Final = (
    "id",
    "name",
    "sandboxName",
    "source",
    "connectionSpecId",
    "authSpecName",
    "state",
    "createdAt",
    "updatedAt",
    "attention",
)
_FORMULA_SIGNS: Final = frozenset("=+-@|%")
_MAY_BEGIN_A_CELL: Final = re.compile(r'([;\uff1b\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]["\s]*)')


def connection_record(row: ExistingConnection) -> dict[str, Any]:
    """Return one row; the keys are an interface, `words` are not."""
    status = row.status
    return {
        "id": status.connection_id,
        "name": status.name,
        "sandboxName": row.sandbox_name,
        "source": row.source,
        "connectionSpec": {"id": status.connection_spec_id, "name": row.source_id},
        "auth": {"specName": status.auth_spec_name},
        "state": status.state,
        "createdAt": _instant(status.created_at),
        "updatedAt": _instant(status.updated_at),
        "createdBy": status.created_by,
        "updatedBy": status.updated_by,
        "attention": [{"kind": each.kind.value, "words": each.words} for each in row.attention],
    }


def details_record(details: ConnectionDetails, today: datetime) -> dict[str, Any]:
    """Return one connection with all that was learnt; `authMethodOffered` is null when that could not be read."""
    status = details.connection.status
    return {
        **connection_record(details.connection),
        "description": status.description,
        "parameters": dict(status.parameters),
        "authMethodOffered": details.is_offered,
        "notices": [
            {"id": notice.id, "words": notice.statement(today.date())} for notice in details.connection.notices
        ],
        **used_by_record(details.used_by),
    }


def used_by_record(used: UsedBy) -> dict[str, Any]:
    """Return what rides on a connection; `dataflows` is null, and not empty, when they could not be read."""
    record: dict[str, Any] = {
        "dataflows": None if used.problem else [_dataflow_record(each) for each in used.dataflows]
    }
    problem = used.problem or used.run_problem
    return {**record, "dataflowsProblem": problem_record(problem)} if problem else record


def csv_lines(rows: Iterable[ExistingConnection]) -> str:
    """Return rows of comma-separated values that no spreadsheet takes for a formula."""
    return _csv(
        (
            row.status.connection_id,
            row.status.name,
            row.sandbox_name,
            row.source,
            row.status.connection_spec_id,
            row.status.auth_spec_name,
            row.status.state,
            _instant(row.status.created_at) or "",
            _instant(row.status.updated_at) or "",
            "; ".join(each.words for each in row.attention),
        )
        for row in rows
    )


def csv_head() -> str:
    """Return the line with the names of the columns."""
    return _csv([CSV_COLUMNS])


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would run; full-width signs are run as well.

    Where a semicolon or a tab separates columns, and behind a line end, a formula may begin within the cell.
    """
    return "".join(
        f"'{part}" if unicodedata.normalize("NFKC", part.lstrip()[:1]) in _FORMULA_SIGNS else part
        for part in _MAY_BEGIN_A_CELL.split(cell)
    )


def _dataflow_record(flow: Dataflow) -> dict[str, Any]:
    run = flow.last_run
    return {
        "id": flow.flow_id,
        "name": flow.name,
        "state": flow.state,
        "schedule": {
            "frequency": flow.schedule.frequency,
            "interval": flow.schedule.interval,
            "startTime": _instant(flow.schedule.starts_at),
        },
        "lastRun": None
        if run is None
        else {
            "id": run.run_id,
            "status": run.status,
            "result": run.result.value,
            "startedAt": _instant(run.started_at),
            "completedAt": _instant(run.completed_at),
            "failedRecords": run.failed_records,
            "errors": list(run.errors),
        },
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if instant else None
