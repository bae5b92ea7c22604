"""The baseline of the benchmark: a form that Textual gives for nothing; run as a script.

Six labelled inputs, two sets of radio buttons and a footer; F3 goes to another form, as a wizard goes to its next step.
The cursor does not blink, so that the form comes to rest; everything else is as Textual has it.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, Label, RadioButton, RadioSet

FIELDS = ("Account", "Host", "Client", "Secret", "Version", "Remark")
CHOICES = {"Cloud": ("Azure", "AWS"), "Method": ("Basic", "Client credential", "Signed token")}


class StillInput(Input):
    """An input whose cursor stands still."""

    cursor_blink = False


class Form(Screen[None]):
    """All fields one under the other."""

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with VerticalScroll(can_focus=False):
            for field in FIELDS:
                yield Label(field)
                yield StillInput(placeholder=field)
            for question, answers in CHOICES.items():
                yield Label(question)
                with RadioSet():
                    for answer in answers:
                        yield RadioButton(answer, value=answer == answers[0])
        yield Footer()


class BareForm(App[None]):
    """One form, and another one behind it."""

    CSS = "Label { padding: 0 1; } StillInput, RadioSet { width: 60; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit"), Binding("f3", "next_form", "Next")]

    def get_default_screen(self) -> Screen[None]:
        """Start with the form."""
        return Form()

    async def action_next_form(self) -> None:
        """Go to another form."""
        await self.push_screen(Form())


if __name__ == "__main__":
    BareForm().run()
