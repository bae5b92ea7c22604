"""The report of a migration, as Markdown for the ticket and as it is read on a page."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.pages.migration_report import report_lines, report_markdown
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
