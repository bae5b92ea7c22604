"""Keeps the answers of a walk in a file for `aep-tui create`, without its secrets."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.finding import error_of
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.saved_answers import FILE_WORDS, SAVING_TITLE, SAVING_WORDS, SavedAnswers, save_answers
from aep_tui.tui.dialogs.dialog_help import words_of_fields
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, are_right, something
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText


class SaveAnswersModal(ModalScreen[SavedAnswers | None]):
    """Returns what was saved, None when nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("answers.close")]

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self._wizard = wizard

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="modal"):
            yield PlainText(SAVING_TITLE, classes="modal-title")
            yield PlainText(SAVING_WORDS)
            yield Field(
                "answers-file",
                FILE_WORDS,
                something(_("Enter the name of a file.")),
                is_required=True,
                answer=FILE_WORDS.example,
            )
            with Horizontal(classes="modal-actions"):
                yield ActionButton(_("Save"), self._save, id="save-answers")
                yield ActionButton(_("Close"), partial(self.dismiss, None), id="close-save")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field."""
        return {ENTER: _("Save")} if isinstance(self.focused, Input) else {}

    def help_words(self) -> tuple[str, str]:
        """Return what belongs into the field, otherwise what this is for."""
        return words_of_fields(self, SAVING_TITLE, SAVING_WORDS)

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#answers-file").focus()

    @on(Input.Submitted)
    def _save(self) -> None:
        field = self.query_one(Field)
        if not are_right((field,)):
            return
        try:
            self.dismiss(save_answers(self._wizard, field.text))
        except SettingsProblem as problem:
            field.show_findings((error_of(problem),))
            field.input.focus()
