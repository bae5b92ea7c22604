from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.migration_plan import MigrationRow, PlannedDataflow, TestResult

ROW = MigrationRow("old-1", "ACME", "dev", '"1"')


def test_a_connection_whose_dataflows_nobody_could_read_may_feed_some() -> None:
    assert not ROW.may_feed_dataflows
    assert replace(ROW, dataflows_problem="You may not see them.").may_feed_dataflows
    assert replace(ROW, dataflows=(PlannedDataflow("f-1", "To the profile store", "enabled"),)).may_feed_dataflows


def test_a_sandbox_of_an_unknown_type_counts_as_production() -> None:
    assert ROW.is_in_production
    assert replace(ROW, sandbox_type="production").is_in_production
    assert not replace(ROW, sandbox_type="development").is_in_production


def test_the_words_of_the_plan_stay_what_earlier_versions_have_written() -> None:
    assert list(map(str, TestResult)) == ["passed", "failed", "unknown"]
