"""The first question: what the person wants to do with the target."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from aep_tui.pages.step_choices import TaskChoices
from aep_tui.tui.steps.choice_step import ChoiceStepScreen


class TaskScreen(ChoiceStepScreen):
    """Enter alone leads on to a new connection, unless something was left open."""

    step = Step.TASK
    list_id = "task"
    choices = TaskChoices()
    help_text = TaskChoices.help_text
