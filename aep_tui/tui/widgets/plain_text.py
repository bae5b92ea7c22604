"""Text that is shown as it is: no markup, no control characters."""

from __future__ import annotations

from textual.widgets import Static

from aep_tui.domain.safe_text import without_control_characters


class PlainText(Static, inherit_css=False):
    """A block of text in which nothing is markup; safe for server messages, names and addresses."""

    DEFAULT_CSS = "PlainText { height: auto; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show `text`; control characters are replaced, newlines stay."""
        super().__init__(without_control_characters(text, keep_newlines=True), id=id, classes=classes, markup=False)
        self.text = text

    def show(self, text: str) -> None:
        """Replace the text, and repaint only when it differs."""
        if text != self.text:
            self.text = text
            self.update(without_control_characters(text, keep_newlines=True))
