"""The question which cloud Experience Platform runs on."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from aep_tui.pages.step_choices import CloudChoices
from aep_tui.tui.steps.choice_step import ChoiceStepScreen


class CloudScreen(ChoiceStepScreen):
    """The cloud decides which sources and auth methods are documented."""

    step = Step.CLOUD
    list_id = "cloud"
    choices = CloudChoices()
    help_text = CloudChoices.help_text
