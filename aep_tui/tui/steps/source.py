"""The question which source to connect."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from aep_tui.pages.step_choices import SourceChoices
from aep_tui.tui.steps.choice_step import ChoiceStepScreen


class SourceScreen(ChoiceStepScreen):
    """The page of the question."""

    step = Step.SOURCE
    list_id = "source"
    choices = SourceChoices()
    help_text = SourceChoices.help_text
