"""The pages of a change of an existing connection; they are loaded when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.tui.changes.visited_screens import of_change as of_change
    from aep_tui.tui.changes.visited_screens import visited_screen as visited_screen

__getattr__ = door(__name__, {"visited_screen": "visited_screens", "of_change": "visited_screens"})
