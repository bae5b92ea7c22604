"""The copy of the first page is written when it is another one, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aep_tui.state.first_page import file_of, first_page
from aep_tui.state.first_page_keeper import MOST_COPIES, keep_first_page


def kept(home: Path) -> Path:
    return next(home.rglob(file_of(80, 24)))


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


def test_each_size_has_its_own_and_the_oldest_go(home: Path) -> None:
    for columns in range(80, 80 + MOST_COPIES + 3):
        keep_first_page("utf-8", f"sequence {columns}", "cells", columns, 24)
        path = next(home.rglob(file_of(columns, 24)))
        os.utime(path, (columns, columns))
    assert first_page(os.environ, 80, 24, "utf-8") is None
    assert first_page(os.environ, 90, 24, "utf-8") == ("sequence 90", "cells")
    assert first_page(os.environ, 89, 24, "utf-8") == ("sequence 89", "cells")
    assert len(list(home.rglob("first-page*"))) == MOST_COPIES
