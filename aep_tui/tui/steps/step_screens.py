"""Which screen shows which step; each is imported when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.tui.steps.step import StepScreen

_SCREENS: Final = {
    Step.TASK: ("aep_tui.tui.steps.task", "TaskScreen"),
    Step.CLOUD: ("aep_tui.tui.steps.cloud", "CloudScreen"),
    Step.SOURCE: ("aep_tui.tui.steps.source", "SourceScreen"),
    Step.AUTH_METHOD: ("aep_tui.tui.steps.auth_method", "AuthMethodScreen"),
    Step.NOTICES: ("aep_tui.tui.steps.notices", "NoticesScreen"),
    Step.CREDENTIALS: ("aep_tui.tui.steps.credentials", "CredentialsScreen"),
    Step.NAME: ("aep_tui.tui.steps.name", "NameScreen"),
    Step.REVIEW: ("aep_tui.tui.steps.review", "ReviewScreen"),
}


def step_screen(step: Step, frame: Frame) -> StepScreen:
    """Return a new screen for a step between the welcome page and the submit."""
    module_name, class_name = _SCREENS[step]
    screen = getattr(import_module(module_name), class_name)(frame)
    assert isinstance(screen, StepScreen), "the table names step screens"  # noqa: S101 - the table above
    return screen
