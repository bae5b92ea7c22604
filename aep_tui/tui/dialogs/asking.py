"""Questions with more than two answers, and the one that is answered by typing a name."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.finding import Finding, error
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.question import Question, TypedConfirmation
from aep_tui.tui.dialogs.covered_head import CoveredHead
from aep_tui.tui.dialogs.dialog_help import words_of_question
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.field import Field, are_right
from aep_tui.tui.widgets.fitted_text import Band
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText

Answer = TypeVar("Answer")
MOST_ROWS: Final = 16
"""Of a list in a question."""
ROWS_AROUND_A_LIST: Final = 9
"""Frame, title, keys, and four lines of words."""


class ChoiceModal(ModalScreen["Answer | None"], Generic[Answer]):
    """Shows a question; returns the answer of the chosen row, or None on Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choice.close", "choice.page-down", "choice.page-up")]

    def __init__(self, question: Question[Answer], *, opened_by: str = "") -> None:
        """Ask `question`; the key `opened_by`, if any, closes it again as Esc does."""
        super().__init__()
        self._question = question
        self._opened_by = opened_by

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        question = self._question
        yield CoveredHead()
        with Vertical(classes="modal"):
            yield PlainText(_title(question), classes="modal-title")
            yield PlainText(question.text, id="choice-text", classes="" if question.text else "-empty")
            rows = (
                ChoiceRow(each.id, each.title, each.badge, each.detail, tone=each.tone, cells=each.cells)
                for each in question.choices
            )
            choices = ChoiceList(rows, chosen=question.marked_id, columns=question.columns, id=question.list_id)
            if question.columns:
                yield PlainText(choices.head, classes="table-head")
            yield choices
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter and Esc do with this question."""
        leaving = {"choice.close": self._question.leaving} if self._question.leaving else {}
        return {ENTER: _("Take"), **leaving}

    def help_words(self) -> tuple[str, str]:
        """Return the question with all its answers."""
        return words_of_question(self._question)

    def action_page_list(self, direction: int) -> None:
        """Move the mark by a page."""
        choices = self.query_one(ChoiceList)
        choices.move_by_a_page(direction)

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one(ChoiceList).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for title, words and keys around the list; a share of the rows in the style would be padded."""
        self.query_one(ChoiceList).styles.max_height = min(MOST_ROWS, event.size.height - ROWS_AROUND_A_LIST)

    def on_key(self, event: events.Key) -> None:
        """Close with the key that has opened the list."""
        if event.key == self._opened_by:
            event.stop()
            self.dismiss(None)

    @on(ChoiceList.OptionHighlighted)
    def _say_what_space_does(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        choices = self.query_one(ChoiceList)
        choices.space_words = self._question.space_words if self._answer_of(event.option_id) else ""
        self.refresh_bindings()

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._answer_of(event.option_id))

    @on(ChoiceList.SpacePressed)
    def _take_by_space(self, event: ChoiceList.SpacePressed) -> None:
        event.stop()
        self.dismiss(self._answer_of(event.choices.chosen))

    def _answer_of(self, choice_id: str | None) -> Answer:
        return next(each.answer for each in self._question.choices if each.id == choice_id)


def _title(question: Question[Answer]) -> str:
    """Return the question, behind a table with how many there are to choose from; an empty answer is none of them."""
    if not question.columns:
        return question.title
    count = sum(each.answer != "" for each in question.choices)
    return _("{title} ({count})").format(title=question.title, count=count)


class TypedConfirmationModal(ModalScreen[bool]):
    """Goes on only when a name was typed exactly."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirmation.close")]

    def __init__(self, confirmation: TypedConfirmation) -> None:
        """Ask for what `confirmation` expects."""
        super().__init__()
        self._confirmation = confirmation

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        asked = self._confirmation
        yield CoveredHead()
        with Vertical(classes="modal -grave"):
            yield Band(asked.title, classes="modal-title")
            yield PlainText(asked.text)
            yield Field("typed-name", FieldWords(asked.label, asked.expected), self._judge, is_required=True)
            with Horizontal(classes="modal-actions"):
                yield ActionButton(asked.yes, self._confirm, id="yes", classes="-commit")
                yield ActionButton(_("Cancel"), partial(self.dismiss, False), id="no")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field."""
        return {ENTER: self._confirmation.yes} if isinstance(self.focused, Input) else {}

    def help_words(self) -> tuple[str, str]:
        """Return what is confirmed, and why it is typed."""
        why = _(
            "The name is typed, exactly as it stands, so that nobody says yes by habit: {expected}. Enter goes "
            "on then; Esc goes back, and nothing is sent."
        )
        why = why.format(expected=self._confirmation.expected)
        return self._confirmation.title, f"{self._confirmation.text}\n\n{why}"

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#typed-name").focus()

    @on(Input.Submitted)
    def _confirm(self) -> None:
        if are_right(self.query(Field)):
            self.dismiss(True)

    def _judge(self, text: str) -> tuple[Finding, ...]:
        expected = self._confirmation.expected
        if text.strip() == expected:
            return ()
        return (error(_("Type {expected} to go on, or press Esc.").format(expected=expected)),)
