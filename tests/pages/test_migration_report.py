"""The report of a migration, as Markdown for the ticket and as it is read on a page."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.migration_plan import PlannedDataflow, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.pages.migration_report import report_lines, report_markdown, report_record, row_report
from tests.kit.clock import START
from tests.tui.migration.made_up import PLAN, RECORD


def test_on_a_page_a_list_stands_in_the_place_of_the_table() -> None:
    markdown = report_markdown(PLAN, RECORD, is_as_made=True).splitlines()
    lines = [*report_lines(PLAN, RECORD, is_as_made=True)]
    assert [line for line in lines if line.startswith("|")] == []
    entries = [line for line in lines if line not in markdown]
    assert len(entries) == len(PLAN.rows)
    for row, entry in zip(PLAN.rows, entries, strict=True):
        assert entry.startswith(f"- {row.name}, sandbox {row.sandbox_name}: ")
    assert [line for line in markdown if not line.startswith("|")] == [line for line in lines if line not in entries]


def test_one_connection_is_counted_as_one() -> None:
    head, *_others = report_lines(replace(PLAN, rows=PLAN.rows[:1]), RECORD, is_as_made=True)
    assert head == "# Migration of 1 connection"


FLOW = PlannedDataflow(
    "f-1", "Accounts", "enabled", "Account", "m-1", "d-1", "hour", 6, START, None, "r-1", "ok", START
)
ROW = replace(PLAN.rows[0], dataflows=(FLOW,), parameters=(("username", "anna"),))
KNOWN = RowRecord(
    Stage.DONE,
    Road.BESIDE,
    new_id="new-1",
    test=True,
    tables=9,
    table="Account",
    columns=12,
    made_words="found by its name",
    new_parameters=(("clientId", "3MVG9acme"),),
    request_ids=("q-1", "q-2"),
    began_at=START,
    ended_at=START,
)


def test_a_connection_is_reported_to_scripts_with_every_name() -> None:
    instant = "2026-11-22T12:00:00+00:00"
    expected = {
        "id": ROW.connection_id,
        "name": "Campaigns, development",
        "sandbox": "dev",
        "group": "https://acme.my.salesforce.com",
        "stage": "done",
        "isUnknown": False,
        "road": "beside",
        "newId": "new-1",
        "newName": "Campaigns, development (OAuth 2 Client Credential)",
        "begunAt": instant,
        "endedAt": instant,
        "test": True,
        "explored": {"tables": 9, "table": "Account", "columns": 12},
        "before": {"username": "anna"},
        "after": {"clientId": "3MVG9acme"},
        "requestIds": ["q-1", "q-2"],
        "stopped": None,
        "dataflowsToMakeAnew": [
            {
                "id": "f-1",
                "name": "Accounts",
                "table": "Account",
                "mappingId": "m-1",
                "datasetId": "d-1",
                "frequency": "hour",
                "interval": 6,
                "startsAt": instant,
                "lastRunId": "r-1",
                "lastRunState": "ok",
                "lastRunAt": instant,
            }
        ],
    }
    assert row_report(ROW, KNOWN) == expected
    nothing = dict.fromkeys(("road", "newId", "newName", "begunAt", "endedAt", "test", "explored", "after"))
    waiting = {"stage": "waiting", "requestIds": [], "dataflowsToMakeAnew": []}
    assert row_report(ROW, RowRecord()) == {**expected, **nothing, **waiting}


def test_the_report_says_to_scripts_what_it_is_about_and_what_could_not_be_read() -> None:
    record = MigrationRecord({}, Road.BESIDE, refused="Not in place.", unreadable=2, began_at=START)
    assert report_record(replace(PLAN, rows=()), record, is_as_made=False) == {
        "baseUrl": "https://platform.adobe.io",
        "organizationId": "ACME@AdobeOrg",
        "source": "salesforce",
        "oldMethod": "basic-authentication",
        "newMethod": "oauth2-client-credential",
        "road": "beside",
        "plannedAt": "2026-11-22T12:00:00+00:00",
        "begunAt": "2026-11-22T12:00:00+00:00",
        "planIsAsMade": False,
        "refusedInPlace": "Not in place.",
        "unreadableLines": 2,
        "connections": [],
    }


def test_the_ticket_says_all_that_is_known_of_a_connection() -> None:
    plan = replace(PLAN, rows=(ROW,))
    lines = report_markdown(plan, MigrationRecord({ROW.connection_id: KNOWN}), is_as_made=True).splitlines()
    section = lines[lines.index("## Campaigns, development (dev)") :]
    assert section[2:13] == [
        f"- old connection: {ROW.connection_id}",
        "- new connection: new-1",
        "- state: done: new connection new-1",
        "- begun: 2026-11-22 12:00 UTC",
        "- ended: 2026-11-22 12:00 UTC",
        "- how it is known: found by its name",
        "- before: username = anna",
        "- after: clientId = 3MVG9acme",
        "- explored: 9 tables, 12 columns in Account",
        "- request ids: q-1, q-2",
        "",
    ]
    assert section[13] == "## Left to be done by hand"
    assert section[-1].startswith(
        "- [ ] Accounts (f-1), enabled: table Account, mapping m-1, dataset d-1, every 6 hours"
    )
