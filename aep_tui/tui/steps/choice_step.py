"""A step that is one choice from a list: the task, cloud, source and auth method."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from aep_tui.domain.step_answer import StepAnswer
from aep_tui.pages.frame import Frame
from aep_tui.pages.step_choices import StepChoices
from aep_tui.tui.signs import ENTER
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.plain_text import PlainText


class ChoiceStepScreen(StepScreen):
    """Shows a question and the choices; Enter on a choice goes on."""

    list_id: ClassVar[str]
    choices: ClassVar[StepChoices]

    def compose_body(self) -> ComposeResult:
        """Yield the question, the list and what is to be known about the choices."""
        yield PlainText(self.choices.question, classes="question")
        yield ChoiceList(self.choices.rows(self.frame), chosen=self._chosen_id, id=self.list_id)
        yield PlainText(
            self.choices.remark(self.frame, self._first_choice_id()), id="remark", classes="apart below-a-list care"
        )

    def show_frame(self, frame: Frame) -> None:
        """Mark the row that is chosen now."""
        super().show_frame(frame)
        if self.is_mounted:
            self.query_one(ChoiceList).show_choices(self.choices.rows(self.frame), chosen=self._chosen_id)

    def answer(self) -> StepAnswer:
        """Return the chosen row as the answer of the step."""
        return self.choices.answer_of(self.query_one(ChoiceList).chosen)

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the list."""
        return super().key_words() | ({ENTER: self.next_label} if isinstance(self.focused, ChoiceList) else {})

    def on_mount(self) -> None:
        """Put the focus on the list."""
        super().on_mount()
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.OptionSelected)
    def _go_on(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.complete()

    @on(ChoiceList.OptionHighlighted)
    def _say_what_is_to_be_known(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        self.query_one("#remark", PlainText).show(self.choices.remark(self.frame, event.option_id or ""))

    @property
    def _chosen_id(self) -> str:
        return self.choices.chosen_id(self.frame)

    def _first_choice_id(self) -> str:
        rows = self.choices.rows(self.frame)
        return self._chosen_id or next((row.id for row in rows if not row.reason_disabled), "")
