"""Questions with more than two answers, and the one that is answered by typing a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.translation import _
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import Choice, ChoiceList
from aep_tui.tui.widgets.field import Field, FieldWords
from aep_tui.tui.widgets.frame_lines import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText


class ChoiceModal(ModalScreen[str]):
    """Returns the id of the chosen answer, or "" on Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", _("Close"), id="choice.close")]

    def __init__(self, title: str, text: str, choices: Iterable[Choice]) -> None:
        """Ask `title`, with `text` below it; the first choice is marked."""
        super().__init__()
        self._title = title
        self._text = text
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="modal"):
            yield PlainText(self._title, classes="modal-title")
            yield PlainText(self._text, id="choice-text", classes="" if self._text else "-empty")
            yield ChoiceList(self._choices, id="choices")
            yield KeyLine(_("Up, Down Choose   Enter Take   Esc Close"))

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id or "")


class TypedConfirmationModal(ModalScreen[bool]):
    """Goes on only when a name was typed exactly, so that no stray Enter can do it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(False)", _("Close"), id="confirmation.close")]

    def __init__(self, title: str, text: str, *, expected: str, label: str, yes: str) -> None:
        """Ask for `expected` under `label`; `yes` names the effect."""
        super().__init__()
        self._title = title
        self._text = text
        self._expected = expected
        self._label = label
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="modal"):
            yield PlainText(self._title, classes="modal-title")
            yield PlainText(self._text)
            yield Field("typed-name", FieldWords(self._label, self._expected), self._judge, is_required=True)
            with Horizontal(classes="modal-actions"):
                yield ActionButton(self._yes, id="yes")
                yield ActionButton(_("Cancel"), id="no")

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#typed-name").focus()

    @on(Input.Submitted)
    @on(ActionButton.Pressed, "#yes")
    def _confirm(self) -> None:
        field = self.query_one(Field)
        if field.judge():
            self.dismiss(True)
        else:
            field.input.focus()

    @on(ActionButton.Pressed, "#no")
    def _cancel(self) -> None:
        self.dismiss(False)

    def _judge(self, text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        if text.strip() == self._expected:
            return ()
        return (error(_("Type {expected} to go on, or press Esc.").format(expected=self._expected)),)
