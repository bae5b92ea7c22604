"""The copy of the first page is written when it is another one, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aep_tui.state.first_page import FILE, first_page
from aep_tui.state.first_page_keeper import keep_first_page


def kept(home: Path) -> Path:
    return next(home.rglob(FILE))


def test_a_page_is_kept_once_and_replaced_by_another(home: Path) -> None:
    keep_first_page("utf-8", "sequence", "cells", 80, 24)
    assert first_page(os.environ, 80, 24, "utf-8") == ("sequence", "cells")
    first = kept(home).stat().st_ino
    keep_first_page("utf-8", "sequence", "cells", 80, 24)
    assert kept(home).stat().st_ino == first, "not written again"
    keep_first_page("utf-8", "sequence", "other cells", 80, 24)
    assert first_page(os.environ, 80, 24, "utf-8") == ("sequence", "other cells")


def test_where_nothing_can_be_written_there_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "file"))
    keep_first_page("utf-8", "sequence", "cells", 80, 24)
    assert first_page(os.environ, 80, 24, "utf-8") is None
