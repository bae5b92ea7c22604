"""A small Textual program that the tests of the terminal drive; run as a script."""

from __future__ import annotations

import signal
import sys
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static


class QuietInput(Input):
    """An input whose cursor stands still."""

    cursor_blink = False


class SampleApp(App[str]):
    """Repeats what is typed, tells the size of the window, copies on a key; the result goes to stdout."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "copy", "Copy")]

    def compose(self) -> ComposeResult:
        """Lay out the window."""
        yield Static("Sample", id="title")
        yield QuietInput()
        yield Static(id="size")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Repeat."""
        self.query_one("#title", Static).update(f"Typed: {event.value}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """End with the value."""
        self.exit(event.value)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the size."""
        self.query_one("#size", Static).update(f"{event.size.width} by {event.size.height}")

    def action_copy(self) -> None:
        """Copy the value through the terminal."""
        self.copy_to_clipboard(self.query_one(Input).value)


if __name__ == "__main__":
    if "--ignore-hang-up" in sys.argv:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    print(SampleApp().run())
