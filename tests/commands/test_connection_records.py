"""What scripts get of a connection: every name, and of what nobody knows null."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands import migrate
from aep_tui.commands.connection_records import details_record, used_by_record
from aep_tui.commands.migrate import _checked_record
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import Dataflow, DataflowRun, Schedule
from aep_tui.domain.existing import existing_connection
from aep_tui.domain.problem import Problem
from aep_tui.session.connection_details import ConnectionDetails, UsedBy
from aep_tui.session.migration_checking import CheckedRow
from tests.commands.made_plan import a_plan
from tests.kit.clock import START
from tests.pages.test_migration_words import OFF, REPLACED

CHECKED = replace(REPLACED, new_is_there=False, old_flows=(replace(OFF, name="Leads"),), problem="Not read.")
RUN = DataflowRun("r-1", "f-1", "failed", START, START + timedelta(minutes=2), ("No table.",), 3)
FLOW = Dataflow("f-1", "Accounts", "enabled", schedule=Schedule("hour", 6, START), last_run=RUN)


def test_a_connection_with_all_that_was_learnt() -> None:
    status = ConnectionStatus(
        "id-1",
        "enabled",
        "ACME",
        created_at=START - timedelta(days=9),
        updated_at=START - timedelta(days=2),
        connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
        auth_spec_name="OAuth2 Client Credential",
        parameters={"clientId": "3MVG9acme"},
        created_by="anna@acme.example",
        updated_by="ben@acme.example",
        description="EMEA sales",
    )
    row = existing_connection(status, "dev", catalog=load_catalog(), specs={}, now=START)
    assert details_record(ConnectionDetails(row, True, UsedBy((FLOW, Dataflow("f-2")))), START) == {
        "id": "id-1",
        "name": "ACME",
        "sandboxName": "dev",
        "source": "Salesforce",
        "connectionSpec": {"id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "name": "salesforce"},
        "auth": {"specName": "OAuth2 Client Credential"},
        "state": "enabled",
        "createdAt": "2026-11-13T12:00:00Z",
        "updatedAt": "2026-11-20T12:00:00Z",
        "createdBy": "anna@acme.example",
        "updatedBy": "ben@acme.example",
        "attention": [],
        "description": "EMEA sales",
        "parameters": {"clientId": "3MVG9acme"},
        "authMethodOffered": True,
        "notices": [],
        "dataflows": [
            {
                "id": "f-1",
                "name": "Accounts",
                "state": "enabled",
                "schedule": {"frequency": "hour", "interval": 6, "startTime": "2026-11-22T12:00:00Z"},
                "lastRun": {
                    "id": "r-1",
                    "status": "failed",
                    "result": "failed",
                    "startedAt": "2026-11-22T12:00:00Z",
                    "completedAt": "2026-11-22T12:02:00Z",
                    "failedRecords": 3,
                    "errors": ["No table."],
                },
            },
            {
                "id": "f-2",
                "name": "",
                "state": "",
                "schedule": {"frequency": "", "interval": None, "startTime": None},
                "lastRun": None,
            },
        ],
    }


def test_dataflows_that_could_not_be_read_are_null_and_runs_that_could_not_be_read_say_so() -> None:
    unread = used_by_record(UsedBy(problem=Problem("No", "You may not see dataflows.")))
    assert (unread["dataflows"], unread["dataflowsProblem"]["detail"]) == (None, "You may not see dataflows.")
    runs = used_by_record(UsedBy((FLOW,), run_problem=Problem("No", "Runs are not shown.")))
    assert (len(runs["dataflows"]), runs["dataflowsProblem"]["detail"]) == (1, "Runs are not shown.")


def test_a_connection_of_a_migration_as_it_is_now() -> None:
    record = _checked_record(CHECKED)
    assert {name: record[name] for name in ("oldIsThere", "newIsThere", "oldCouldGo", "problem")} == {
        "oldIsThere": True,
        "newIsThere": False,
        "oldCouldGo": False,
        "problem": "Not read.",
    }
    assert record["oldDataflows"] == [{"id": "f-2", "name": "Leads", "state": "disabled"}]
    assert record["newDataflows"] == [{"id": "f-1", "name": "", "state": "enabled"}]


def test_a_check_that_could_not_read_one_of_two_does_not_say_that_all_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = [REPLACED]

    async def looked(*_arguments: object) -> tuple[CheckedRow, ...]:
        return tuple(checked)

    monkeypatch.setattr(migrate, "_checked", looked)
    path = str(a_plan(tmp_path))
    assert main(["migrate", "check", path, "--practice", "--json"]) == 0
    checked.append(CHECKED)
    assert main(["migrate", "check", path, "--practice", "--json"]) == 6
    file = tmp_path / "report.json"
    assert main(["migrate", "report", path, "--output", str(file)]) == 0
    assert len(json.loads(file.read_text(encoding="utf-8"))["connections"]) == 25
    assert capsys.readouterr().out.count("# Migration of 25 connections") == 1
