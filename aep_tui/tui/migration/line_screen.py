"""A page that asks for one line: the name of a file, an id."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Input

from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.migration_pages import Line
from aep_tui.tui.signs import ENTER
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, are_right
from aep_tui.tui.widgets.plain_text import PlainText


class LineScreen(StepScreen):
    """What is wrong with the line stands beside its field."""

    step = Step.MIGRATION

    def __init__(self, frame: Frame, line: Line, answer: Callable[[str], None]) -> None:
        """Ask for `line`; `answer` takes what was typed."""
        super().__init__(frame)
        self._line = line
        self._answer = answer
        self.title_words = line.title

    def compose_body(self) -> ComposeResult:
        """Yield what is known already, and the field."""
        yield PlainText(self._line.says)
        yield Field(
            "line",
            self._line.words,
            self._line.judge,
            is_required=True,
            answer=self._line.text,
        )

    def compose_actions(self) -> ComposeResult:
        """Yield Back and what the line is for."""
        yield from (each for each in super().compose_actions() if each.id != "next")
        yield ActionButton(self._line.yes, self.complete, id="next")

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field."""
        return super().key_words() | ({ENTER: self._line.yes} if isinstance(self.focused, Input) else {})

    def help_words(self) -> tuple[str, str]:
        """Return the help of this page."""
        return self.title_words, "\n\n".join((self._line.says, self._line.words.help))

    def on_mount(self) -> None:
        """Put the focus into the field; the first character replaces a name that is only suggested."""
        super().on_mount()
        field = self.query_one("#line", Input)
        field.focus()
        field.select_all()

    def complete(self) -> None:
        """Hand the line on when nothing is wrong with it."""
        field = self.query_one(Field)
        if are_right((field,)):
            self._answer(field.text)

    def focus_next_field(self) -> None:
        """Hand the line on: there is no other field."""
        self.complete()
