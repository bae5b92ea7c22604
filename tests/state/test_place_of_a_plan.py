"""A place for a new plan of a migration, tried before anything is read for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.migration_files import refuse_unwritable_plan, write_plan_text


def test_a_place_is_tried_for_a_new_plan_and_nothing_stays_there(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    refuse_unwritable_plan(folder / "plan.toml")
    assert list(folder.iterdir()) == []
    with pytest.raises(SettingsProblem):
        refuse_unwritable_plan(folder / "nowhere" / "plan.toml")
    write_plan_text(folder / "plan.toml", "text")
    with pytest.raises(SettingsProblem):
        refuse_unwritable_plan(folder / "plan.toml")
