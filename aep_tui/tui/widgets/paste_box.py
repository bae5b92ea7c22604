"""Takes a text of many lines without showing it: there may be secrets in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.translation import _, plural
from aep_tui.tui.keys import bindings
from aep_tui.tui.widgets.plain_text import PlainText

LARGEST = 200_000
"""Characters; a longer text is not read (`domain.snippet`)."""


class PasteBox(PlainText, can_focus=True, inherit_css=False):
    """Pasting and typing add to the text; Delete empties it. Only its size stands on the screen."""

    takes_text = True
    DEFAULT_CSS = "PasteBox { height: auto; padding: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("paste-box.empty")]

    @dataclass
    class Submitted(Message):
        """Enter was pressed after a paste, or before anything was there: the person goes on."""

        paste_box: PasteBox

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        self._held = ""
        self._has_typed_text = False
        super().__init__(id=id)
        self.show(self._words())

    @property
    def enter_words(self) -> str:
        """What Enter does: once a text is typed here it ends a line."""
        return _("New line") if self._has_typed_text else _("Next")

    def key_words(self) -> dict[str, str]:
        """Return what Delete does while there is nothing to delete."""
        return {} if self._held else {"paste-box.empty": ""}

    @property
    def held(self) -> str:
        """The text, for whoever reads it; never for the screen."""
        return self._held

    def action_empty(self) -> None:
        """Forget the text."""
        self._has_typed_text = False
        self._hold("")

    def on_paste(self, event: events.Paste) -> None:
        """Add a paste."""
        event.stop()
        self._hold(self._held + event.text)

    def on_key(self, event: events.Key) -> None:
        """Add a key: a terminal without bracketed paste sends a paste as keys, line ends among them."""
        if event.key == "enter" and not self._has_typed_text:
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))
        elif event.key == "enter" or (event.is_printable and event.character):
            event.stop()
            event.prevent_default()
            self._has_typed_text = True
            self._hold(self._held + ("\n" if event.key == "enter" else event.character or ""))

    def on_focus(self) -> None:
        """Show the mark."""
        self.show(self._words())

    def on_blur(self) -> None:
        """Take the mark away."""
        self.call_later(lambda: self.show(self._words()))

    def _hold(self, text: str) -> None:
        self._held = text
        self.show(self._words())
        self.refresh_bindings()

    def _words(self) -> str:
        mark = ">" if self.has_focus else " "
        if not self._held:
            return _("{mark} [nothing pasted yet]").format(mark=mark)
        lines = len(self._held.splitlines())
        size = plural("{count} line", "{count} lines", lines).format(count=lines)
        if len(self._held) > LARGEST:
            return _("{mark} [{size}: too long to be read; Delete empties it]").format(mark=mark, size=size)
        return _("{mark} [{size} pasted, not shown; Delete empties it]").format(mark=mark, size=size)
