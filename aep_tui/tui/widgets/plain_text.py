"""Text that is shown as it is: no markup, no control characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from textual.content import Content
from textual.widgets import Static

from aep_tui.domain.safe_text import without_control_characters

Painter: TypeAlias = Callable[[str], Content]
"""Gives a clean text its looks; it changes no character."""


class PlainText(Static, inherit_css=False):
    """A block of text in which nothing is markup; safe for server messages, names and addresses."""

    DEFAULT_CSS = "PlainText { height: auto; }"
    has_one_line = False
    """Whether it takes one line from side to side, whatever it says, so that nothing else moves with its words."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
        painter: Painter = Content,
    ) -> None:
        """Show `text` with the looks of `painter`; control characters are replaced, newlines stay."""
        self._painter = painter
        super().__init__(self._painted(text), id=id, classes=classes, markup=False)
        self.text = text

    def show(self, text: str) -> None:
        """Replace the text, and repaint only when it differs."""
        if text != self.text:
            self.text = text
            self.update(self._painted(text), layout=not self.has_one_line)

    def _painted(self, text: str) -> Content:
        return self._painter(without_control_characters(text, keep_newlines=True))
