"""What is said after a migration of the old connections: nothing that is not so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.migration_plan import MigrationRow, PlannedDataflow, Road
from aep_tui.domain.migration_record import RowRecord, Stage
from aep_tui.pages.migration_words import check_lines, check_summary
from aep_tui.session.migration_checking import CheckedRow

RUNNING, OFF = PlannedDataflow("f-1", state="enabled"), PlannedDataflow("f-2", state="disabled")
DONE = RowRecord(Stage.DONE, Road.BESIDE, new_id="new-1")
ROW = MigrationRow("old-1", "ACME", "dev", '"1"', dataflows=(RUNNING,))
REPLACED = CheckedRow(ROW, DONE, True, (), True, (RUNNING,))


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (REPLACED, "old: could go"),
        (replace(REPLACED, old_flows=(RUNNING, OFF)), "old: 1 dataflow still runs"),
        (replace(REPLACED, old_flows=(OFF,)), "old: 1 dataflow is there, switched off"),
        (replace(REPLACED, old_flows=(OFF, OFF)), "old: 2 dataflows are there, switched off"),
        (replace(REPLACED, new_flows=()), "old: no dataflow runs, and the new one has none"),
        (replace(REPLACED, record=replace(DONE, stage=Stage.MADE)), "old: not replaced yet"),
        (
            replace(REPLACED, new_is_there=False, new_flows=()),
            "new: GONE; old: no dataflow runs, and the new one has none",
        ),
        (replace(REPLACED, new_is_there=None, row=replace(ROW, dataflows=())), "new: not known; old: not replaced yet"),
        (replace(REPLACED, old_is_there=False), "old: gone"),
        (replace(REPLACED, old_is_there=None), "old: not known"),
    ],
)
def test_of_an_old_connection_only_what_was_seen_is_said(checked: CheckedRow, words: str) -> None:
    line, *_others = check_lines((checked,))
    assert line.endswith(f"; {words}")


def test_who_may_take_an_old_connection_away_is_said_and_nothing_more_where_none_could_go() -> None:
    first, labels = check_summary((REPLACED,))
    assert first == (
        "1 old connection could go. A migration deletes none: a person does, on the page of each, or with aep-tui "
        "connections delete."
    )
    assert "the platform then refuses the delete" in labels
    assert list(check_summary((replace(REPLACED, new_flows=()),))) == ["0 old connections could go."]
