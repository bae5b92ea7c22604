"""The file of a plan, as both faces open it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.migration_text import ReadPlan, read_plan
from aep_tui.session.migration_planning import Methods, methods_of
from aep_tui.state.migration_files import read_plan_text


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that lies on the disk.

    Attributes:
        path: the file.
        read: what it says.
        methods: from which auth method to which.
    """

    path: Path
    read: ReadPlan
    methods: Methods

    @property
    def plan(self) -> MigrationPlan:
        """What it says."""
        return self.read.plan


def open_plan(path: Path, catalog: Catalog) -> PlanFile:
    """Return the plan that lies at `path`.

    Raises:
        Problem: it cannot be read or used.
    """
    read = read_plan(read_plan_text(path))
    return PlanFile(path, read, methods_of(read.plan, catalog))
