"""A page to read, to copy, and with one thing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.change_pages import Sheet
from aep_tui.pages.frame import Frame
from aep_tui.pages.wrapping import hanging_entries
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import StepScreen, copy_text
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.fitted_text import FittedText
from aep_tui.tui.widgets.looks import painted_rows, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class SheetScreen(StepScreen):
    """What was done, or what has to be known before something is."""

    step = Step.DONE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet.copy", "sheet.show")]
    commands_without_key = ("sheet.yes",)

    def __init__(self, frame: Frame, sheet: Sheet, answer: Callable[[bool], None]) -> None:
        """Show `sheet`; `answer` is told when its button is pressed."""
        super().__init__(frame)
        self._sheet = sheet
        self._answer = answer
        self.title_words = sheet.title

    def compose_body(self) -> ComposeResult:
        """Yield statements, facts and remarks."""
        yield PlainText("\n".join(self._sheet.statements), id="statements", painter=painted_statements)
        yield PlainText(self._sheet.facts, id="facts", classes="apart", painter=painted_rows)
        remarks = FittedText(id="remarks", classes="apart", painter=painted_statements)
        remarks.set_class(not self._sheet.remarks, "-empty")
        yield remarks

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Copy and what the page leads to."""
        if self._sheet.is_commit or self._sheet.is_aside or not self._sheet.yes:
            yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Copy as text"), self.action_copy_text, id="copy")
        if self._sheet.yes:
            look = "-commit" if self._sheet.is_commit else ""
            yield ActionButton(self._sheet.yes, self.action_take_button, id="yes", classes=look)

    def on_mount(self) -> None:
        """Put the focus where an Enter too many does no harm."""
        super().on_mount()
        lines = "\n".join(self._sheet.remarks).split("\n")
        self.query_one("#remarks", FittedText).fit(lambda width: "\n".join(hanging_entries(lines, width)))
        self.focus_field("back" if self.query("#back") else "yes")

    def key_words(self) -> dict[str, str]:
        """Return where the button leads; what cannot be undone is not offered in a list where Enter takes a row."""
        return super().key_words() | {"sheet.yes": "" if self._sheet.is_commit else self._sheet.yes}

    def help_words(self) -> tuple[str, str]:
        """Return the help of this page."""
        return self.title_words, self._sheet.help_text or self.step.label

    def action_copy_text(self) -> None:
        """Send the page as text to the terminal's clipboard."""
        copy_text(self, self._sheet.text)

    def action_show_text(self) -> None:
        """Show the page as plain text, to select it in the terminal."""
        show_plain_text(self, self.title_words, self._sheet.text)

    def action_take_button(self) -> None:
        """Go where the button of the page leads."""
        self._answer(True)
