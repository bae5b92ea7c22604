"""Name and description of the connection."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from aep_tui.domain.step_answer import NameAnswer
from aep_tui.domain.wizard import Step
from aep_tui.pages.name_questions import HELP_TEXT, QUESTION, name_questions
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.field import Field, are_right
from aep_tui.tui.widgets.plain_text import PlainText


class NameScreen(StepScreen):
    """The name is what people search for later; the description is optional."""

    step = Step.NAME
    help_text = HELP_TEXT

    def compose_body(self) -> ComposeResult:
        """Yield both fields."""
        yield PlainText(QUESTION, classes="question")
        for each in name_questions(self.frame.wizard):
            yield Field(
                each.id,
                each.words,
                each.judge,
                is_required=each.is_required,
                answer=each.answer,
            )

    def on_mount(self) -> None:
        """Put the focus on the name; the first character that is typed replaces a name that is only suggested."""
        super().on_mount()
        field = self.query_one("#name", Input)
        field.focus()
        if not self.frame.wizard.draft.name:
            field.select_all()

    def answer(self) -> NameAnswer:
        """Return name and description."""
        name, description = (str(field.answer) for field in self.query(Field))
        return NameAnswer(name, description)

    def complete(self) -> None:
        """Judge both fields, and go on when none blocks."""
        if are_right(self.query(Field)):
            super().complete()
