"""A button that is one line high and shows its focus with a mark."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Button

from aep_tui.tui.signs import button_face


class ActionButton(Button, inherit_css=False):
    """`[ Next ]`, and `>[ Next ]` while it has the focus."""

    DEFAULT_CSS = "ActionButton { width: auto; height: 1; margin-right: 1; }"

    def __init__(self, label: str, *, id: str, classes: str = "") -> None:  # noqa: A002 - Textual's own name
        """Show `label`, which names the effect."""
        super().__init__(Content(label), id=id, classes=classes, compact=True)
        self.active_effect_duration = 0

    @property
    def enter_words(self) -> str:
        """What Enter does: the label says it."""
        return Content(str(self.label)).plain

    def get_content_width(self, container: object, viewport: object) -> int:
        """Return the cells of the mark, the brackets and the label."""
        return self._face().cell_length

    def render(self) -> Content:
        """Return the mark, the brackets and the label."""
        return self._face()

    def _face(self) -> Content:
        return Content(button_face(Content(str(self.label)).plain, has_focus=self.has_focus))
