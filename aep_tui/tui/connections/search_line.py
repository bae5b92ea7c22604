"""The line that a search in a list is typed into; it stands there only while something is searched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from aep_tui.domain.translation import _
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.plain_text import PlainText


class SearchLine(Horizontal):
    """Each letter is told at once; Enter and Down leave for the list, and what is searched for stays.

    Without a row to go to the person stays here, where letters can be taken away.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("connections.to-list")]
    DEFAULT_CSS = """
    SearchLine { height: 1; }
    SearchLine PlainText { width: auto; margin-right: 1; }
    """

    @dataclass
    class Changed(Message):
        """What is searched for is another text now."""

        text: str

    @dataclass
    class Left(Message):
        """The person goes on in the list."""

    def __init__(self, text: str = "") -> None:
        """Begin with what is searched for; unseen while that is nothing."""
        super().__init__(classes="" if text.strip() else "-empty")
        self._text = text
        self._has_rows = True

    def compose(self) -> ComposeResult:
        """Yield the label and the input."""
        yield PlainText(_("Search:"))
        yield FormInput(self._text, placeholder=_("part of a name, an id or a source"), id="search")

    @property
    def is_typed_into(self) -> bool:
        """Whether keys go into it."""
        return self.query_one(FormInput).has_focus

    def key_words(self) -> dict[str, str]:
        """Return what keys do while a search is typed."""
        return {
            ENTER: _("To the list") if self._has_rows else "",
            "wizard.back": _("End search"),
            "connections.search": "",
        }

    def follow(self, *, has_rows: bool) -> None:
        """Take whether the list has a row to go to now."""
        if has_rows is not self._has_rows:
            self._has_rows = has_rows
            self.refresh_bindings()

    def open(self) -> None:
        """Show the line, and let the person type."""
        self.set_class(False, "-empty")
        self.query_one(FormInput).focus()

    def clear(self) -> None:
        """Search for nothing any more."""
        self.query_one(FormInput).value = ""
        self._leave()

    def action_to_list(self) -> None:
        """Go on in the list, when it has a row."""
        if self._has_rows:
            self._leave()

    def _leave(self) -> None:
        self.post_message(self.Left())
        self.set_class(not self.query_one(FormInput).value.strip(), "-empty")

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_to_list()
