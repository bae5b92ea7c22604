"""The first question: what the person wants to do with the target."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.step_choices import TaskChoices
from aep_tui.tui.steps.choice_step import ChoiceStepScreen
from aep_tui.tui.widgets.choice_list import ChoiceList


class TaskScreen(ChoiceStepScreen):
    """Enter alone leads on to a new connection, unless something was left open."""

    step = Step.TASK
    list_id = "task"
    choices = TaskChoices()
    help_text = TaskChoices.help_text

    def show_frame(self, frame: Frame) -> None:
        """Mark what the person has chosen before, taken or only marked, as long as it is there."""
        before = self.query_one(ChoiceList).chosen if self.is_mounted else ""
        super().show_frame(frame)
        if self.is_mounted and before:
            self.query_one(ChoiceList).show_choices(self.choices.rows(frame), chosen=before)
