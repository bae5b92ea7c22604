"""The question how Experience Platform logs in to the source."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from aep_tui.pages.step_choices import AuthMethodChoices
from aep_tui.tui.steps.choice_step import ChoiceStepScreen


class AuthMethodScreen(ChoiceStepScreen):
    """The page of the question."""

    step = Step.AUTH_METHOD
    list_id = "auth-method"
    choices = AuthMethodChoices()
    help_text = AuthMethodChoices.help_text
