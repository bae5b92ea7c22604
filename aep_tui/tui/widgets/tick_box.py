"""A switch that shows its state in glyphs: `[ ]` and `[x]`."""

from __future__ import annotations

import textwrap
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Checkbox

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.translation import _
from aep_tui.tui.keys import bindings
from aep_tui.tui.widgets.looks import marked_row

_BOX_WIDTH: Final = len("> [x] ")


class TickBox(Checkbox, inherit_css=False, inherit_bindings=False):
    """`[x] label`, with `>` in front while it has the focus; Space turns it, Enter goes on as in every other field."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("tick-box.toggle", "tick-box.go-on")]

    @dataclass
    class Submitted(Message):
        """Enter was pressed: the person is done with this box."""

        tick_box: TickBox

    enter_words = _("Next field")
    DEFAULT_CSS = "TickBox { width: 1fr; height: auto; }"

    def __init__(self, label: str, value: bool = False, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show `label` in the state `value`."""
        super().__init__(Content(label), value, id=id)

    def key_words(self) -> dict[str, str]:
        """Return what Space does now."""
        return {"tick-box.toggle": _("Untick") if self.value else _("Tick")}

    def watch_value(self) -> None:
        """Say so, and let the key line say what Space does next."""
        super().watch_value()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Leave the box as it is and go on."""
        self.post_message(self.Submitted(self))

    def render(self) -> Content:
        """Return mark, box and label; further lines of the label stand under its first."""
        first, *others = self._label_lines(self.content_region.width if self.is_attached else 0)
        box = f"{'>' if self.has_focus else ' '} {'[x]' if self.value else '[ ]'} {first}"
        face = Content("\n".join((box, *(" " * _BOX_WIDTH + line for line in others))))
        return marked_row(face, self, self.content_region.width) if self.has_focus else face

    def get_content_width(self, container: object, viewport: object) -> int:
        """Return the cells of mark, box and label in one line."""
        return _BOX_WIDTH + self.label.cell_length

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the lines that the label takes at `width` cells."""
        return len(self._label_lines(width))

    def _label_lines(self, width: int) -> list[str]:
        room = width - _BOX_WIDTH
        lines = textwrap.wrap(self.label.plain, room) if room > 0 else []
        return lines or [self.label.plain]
