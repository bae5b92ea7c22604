"""The pages of a migration; they are loaded when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.tui.migration.line_screen import LineScreen as LineScreen
    from aep_tui.tui.migration.migration_screen import MigrationScreen as MigrationScreen

__getattr__ = door(__name__, {"LineScreen": "line_screen", "MigrationScreen": "migration_screen"})
