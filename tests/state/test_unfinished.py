"""What is open is looked for without ever failing, and what cannot be looked at is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.state.unfinished import Unfinished, find_unfinished


def test_nothing_is_open_where_nothing_was_written(home: Path) -> None:
    assert find_unfinished() == Unfinished()
    assert list(home.iterdir()) == []


def test_a_journal_and_drafts_that_cannot_be_used_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ("x" * 300)))
    found = find_unfinished()
    assert found == Unfinished(notes=found.notes)
    assert len(found.notes) == 2
    assert all(note.endswith("cannot be used: File name too long.") for note in found.notes)
