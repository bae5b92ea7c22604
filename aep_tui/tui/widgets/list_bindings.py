"""The keys of a list; Page Up and Page Down stay with the page, which scrolls."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

NARROWEST: Final = 10
"""Cells below which a list no longer wraps its rows."""

LIST_BINDINGS: Final = (
    Binding("down", "cursor_down", show=False),
    Binding("up", "cursor_up", show=False),
    Binding("home", "first", show=False),
    Binding("end", "last", show=False),
    Binding("enter", "select", show=False),
)
