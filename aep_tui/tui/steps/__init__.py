"""The pages of the wizard, a file a step; those behind the first page are loaded when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.tui.steps.checks import PreflightScreen as PreflightScreen
    from aep_tui.tui.steps.done import DoneScreen as DoneScreen
    from aep_tui.tui.steps.live_target_form import LiveTargetForm as LiveTargetForm
    from aep_tui.tui.steps.live_target_form import form_with_layer as form_with_layer
    from aep_tui.tui.steps.live_target_form import typed_secrets_that_stay as typed_secrets_that_stay
    from aep_tui.tui.steps.review import ReviewScreen as ReviewScreen
    from aep_tui.tui.steps.status import StatusScreen as StatusScreen
    from aep_tui.tui.steps.step_screens import step_screen as step_screen

__getattr__ = door(
    __name__,
    {
        "step_screen": "step_screens",
        "StatusScreen": "status",
        "DoneScreen": "done",
        "ReviewScreen": "review",
        "PreflightScreen": "checks",
        "LiveTargetForm": "live_target_form",
        "form_with_layer": "live_target_form",
        "typed_secrets_that_stay": "live_target_form",
    },
)
