"""What lies on our disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.state.crash_report import write_crash_report as write_crash_report

__getattr__ = door(
    __name__,
    {
        "write_crash_report": "crash_report",
    },
)
