"""What lies on our disk."""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.state.crash_report import crash_words as crash_words
    from aep_tui.state.logging_setup import start_logging as start_logging
    from aep_tui.state.logging_setup import stop_logging as stop_logging

__getattr__ = door(
    __name__,
    {
        "crash_words": "crash_report",
        "start_logging": "logging_setup",
        "stop_logging": "logging_setup",
    },
)
