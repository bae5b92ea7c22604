"""A switch that shows its state in glyphs: `[ ]` and `[x]`."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widgets import Checkbox


class TickBox(Checkbox, inherit_css=False):
    """`[x] label`, with `>` in front while it has the focus; Space or Enter turns it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = Checkbox.COMPONENT_CLASSES
    DEFAULT_CSS = """
    TickBox { width: 1fr; height: auto; color: $foreground; }
    TickBox:focus { text-style: bold; color: $accent; }
    """

    def __init__(self, label: str, value: bool = False, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show `label` in the state `value`."""
        super().__init__(Content(label), value, id=id, compact=True)

    def render(self) -> Content:
        """Return mark, box and label."""
        return Content(f"{'>' if self.has_focus else ' '} {'[x]' if self.value else '[ ]'} {self.label.plain}")

    def get_content_width(self, container: object, viewport: object) -> int:
        """Return the cells of mark, box and label."""
        return self.render().cell_length

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the lines that the label takes at `width` cells."""
        return max(1, -(-self.render().cell_length // max(1, width)))
