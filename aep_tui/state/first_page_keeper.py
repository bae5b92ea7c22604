"""Keeps the copy of the first page; see `first_page`."""

from __future__ import annotations

import os
from contextlib import suppress

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.first_page import NAME, circumstances, file_of, first_page
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import write_private_file

MOST_COPIES = 8


def keep_first_page(encoding: str, sequence: str, cells: str, columns: int, rows: int) -> None:
    """Keep a page for the next start, unless it is kept already; where nothing can be written there is none.

    Args:
        encoding: of the screen's file.
        sequence: what paints it on a screen that was just entered.
        cells: the same as cells, in one line.
        columns: of the terminal.
        rows: of the terminal.
    """
    if first_page(os.environ, columns, rows, encoding) == (sequence, cells):
        return
    with suppress(SettingsProblem):
        taken_in = circumstances(os.environ, columns, rows, encoding)
        write_private_file(state_directory() / file_of(columns, rows), f"{taken_in}\n{sequence}\n{cells}\n")
    _forget_old_ones()


def _forget_old_ones() -> None:
    """Keep the copies that were written last: a window that is drawn larger would leave one for each size."""
    with suppress(SettingsProblem, OSError):
        copies = sorted(state_directory().glob(f"{NAME}*.txt"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in copies[MOST_COPIES:]:
            path.unlink(missing_ok=True)
