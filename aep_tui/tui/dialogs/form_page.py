"""Pages over the credentials form: a title, a body that scrolls, buttons, and the keys."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.finding import error_of
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.dialog_help import words_of_fields
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import Body
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, are_right, take_nearest_offer
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.row_list import RowList
from aep_tui.tui.widgets.tick_box import TickBox

_Result = TypeVar("_Result")


class FormPage(ModalScreen["_Result | None"], Generic[_Result]):
    """Returns what the person made there, or None when the person leaves with Esc or Close."""

    AUTO_FOCUS = ""  # each page says itself where the cursor begins
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("page.close", "page.correction", "page.page-down", "page.page-up")
    ]

    def __init__(self, title: str) -> None:
        """Stand under `title`."""
        super().__init__()
        self.title_words = title

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield StepLine(self.title_words)
        with Body():
            yield from self.compose_body()
        with Horizontal(id="actions"):
            yield from self.compose_actions()
            yield ActionButton(_("Close"), self.action_leave, id="close")
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """Yield the page's own widgets."""
        yield from ()

    def compose_actions(self) -> ComposeResult:
        """Yield the buttons in front of Close."""
        yield from ()

    @on(Input.Submitted)
    @on(TickBox.Submitted)
    def _go_to_next_field(self, event: Input.Submitted | TickBox.Submitted) -> None:
        event.stop()
        self.focus_next()

    def help_words(self) -> tuple[str, str]:
        """Return what belongs into the field that has the focus, otherwise the keys of the page."""
        return words_of_fields(self, self.title_words, self.query_one(KeyLine).text)

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)

    def key_words(self) -> dict[str, str]:
        """Return what keys do on this page now where the table does not say it."""
        words = {} if any(field.offer for field in self.walk_children(Field)) else {"page.correction": ""}
        is_still = not any(body.show_vertical_scrollbar for body in self.query(Body))
        if is_still and not self.query(RowList):  # in a list the key moves the mark
            words["page.page-down"] = ""
        return words

    def action_take_correction(self) -> None:
        """Put in the correction that a field of this page offers, whatever has the focus."""
        if not take_nearest_offer(self):
            self.query_one(KeyLine).say(_("No field offers a correction."))

    def action_page_body(self, direction: int) -> None:
        """Scroll the body by a page."""
        self.query_one(Body).scroll_pages(direction)

    def field(self, field_id: str) -> Field:
        """Return the field whose input has this id."""
        return next(field for field in self.query(Field) if field.api_name == field_id)

    def say(self, words: str, widget_id: str = "page-words") -> None:
        """Show `words` in the text with this id, and scroll to it."""
        text = self.query_one(f"#{widget_id}", PlainText)
        text.show(words)
        text.set_class(not words, "-empty")
        if words:
            # After the layout, which gives the text its new height.
            self.call_after_refresh(text.scroll_visible, animate=False)

    def show_problem_at(self, field_id: str, problem: Problem) -> None:
        """Show a problem beside the field that caused it, and put the focus there."""
        field = self.field(field_id)
        field.show_findings((error_of(problem),))
        field.input.focus()

    def judged(self) -> bool:
        """Judge every field that is shown; put the focus on the first wrong one."""
        return are_right(field for field in self.query(Field) if field.display)
