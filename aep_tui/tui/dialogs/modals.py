"""Pages over a page: help, a question, and text to read or copy by hand."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen

from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.covered_head import CoveredHead
from aep_tui.tui.keys import bindings
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.looks import painted_question, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

ROWS_AROUND_A_TEXT: Final = 5
"""Frame, title with the row below it, and keys."""


class ReadingPane(VerticalScroll):
    """Text longer than the page; it takes the focus so that the arrow keys scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading.up", "reading.down")]

    def key_words(self) -> dict[str, str]:
        """Return nothing for the keys that scroll while all of the text is seen."""
        return {} if self.show_vertical_scrollbar else dict.fromkeys(("reading.up", "reading.down"), "")

    def watch_show_vertical_scrollbar(self) -> None:
        """Let the key line follow."""
        self.screen.refresh_bindings()


class TextModal(ModalScreen[None]):
    """A title and a text; any of Esc, Enter and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("modal.close")]

    def __init__(self, title: str, text: str, *, opened_by: str = "") -> None:
        """Show `text` under `title`; the key `opened_by`, if any, closes the page again."""
        super().__init__()
        self._title = title
        self._text = text
        self._opened_by = opened_by

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        with Vertical(classes="modal"):
            yield PlainText(self._title, classes="modal-title")
            with ReadingPane():
                yield PlainText(self._text, id="modal-text", painter=painted_statements)
            yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(ReadingPane).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for title and keys around the text; a share of the rows in the style would be padded."""
        self.query_one(ReadingPane).styles.max_height = max(1, event.size.height - ROWS_AROUND_A_TEXT)

    def on_key(self, event: events.Key) -> None:
        """Close with the key that has opened the page."""
        if event.key == self._opened_by:
            event.stop()
            self.dismiss(None)


class QuestionModal(ModalScreen[bool]):
    """A question with two answers; Esc is the second."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("question.no", "question.previous", "question.next")]

    def __init__(self, question: str, *, yes: str, no: str, asked_by: str = "") -> None:
        """Ask `question`; No has the focus. The key `asked_by`, if any, does nothing here."""
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no
        self._asked_by = asked_by

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        yield CoveredHead()
        with Vertical(classes="modal"):
            yield PlainText(self._question, id="question", painter=painted_question)
            with Horizontal(classes="modal-actions"):
                yield ActionButton(self._no, partial(self.dismiss, False), id="no")
                yield ActionButton(self._yes, partial(self.dismiss, True), id="yes")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Esc answers."""
        return {"question.no": self._no, self._asked_by: ""}

    def help_words(self) -> tuple[str, str]:
        """Return the question, and what the keys do."""
        keys = _("The arrow keys go from one answer to the other, Enter gives the marked one. Esc is: {no}.")
        return _("A question"), f"{self._question}\n\n{keys.format(no=self._no)}"

    def on_mount(self) -> None:
        """Put the focus on the default answer."""
        self.query_one("#no").focus()

    def action_answer(self, answer: bool) -> None:
        """Close with `answer`."""
        self.dismiss(answer)
