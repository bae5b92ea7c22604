"""A one-line input that neither cuts a paste nor gives a secret away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from aep_tui import domain
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.paste import PastedText

_UNDERLINED: Final = Style(underline=True)


class FormInput(Input, inherit_css=False):
    """Textual's input without blinking, with a paste that is whole or refused, and with a copy that spares secrets."""

    enter_words = _("Next field")
    takes_text = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"input--cursor", "input--placeholder", "input--selection"}
    DEFAULT_CSS = "FormInput { height: 1; width: 1fr; scrollbar-size-horizontal: 0; }"

    @dataclass
    class Pasted(Message):
        """Something was pasted: taken (with notes on what was trimmed), or refused.

        Attributes:
            input: the field.
            paste: what the rules said; its text is hidden in the repr.
        """

        input: FormInput
        paste: PastedText

        @property
        def control(self) -> FormInput:
            """The field, for `@on` selectors."""
            return self.input

    @dataclass
    class CopyRefused(Message):
        """A secret was to be copied or cut; `words` say why it was not."""

        input: FormInput
        words: str

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        secrets: Secrets | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """Show `value`; with `secrets`, which know every key of it at once, only dots stand on the screen."""
        self._secrets = secrets  # before the first value, which is watched
        super().__init__(
            value,
            placeholder=placeholder,
            password=secrets is not None,
            select_on_focus=False,
            id=id,
        )
        self.cursor_blink = False
        self.is_secret = secrets is not None

    def watch_value(self, value: str) -> None:
        """Let no way out show what stands in a secret field."""
        if self._secrets is not None:
            self._secrets.typing(value, self.id or "secret")

    def render_line(self, y: int) -> Strip:
        """Return the line; where no colour stands behind a field, a line is under all of it."""
        line = super().render_line(y)
        if not self.text_style.underline:
            return line
        whole = line.extend_cell_length(self.scrollable_content_region.width)  # an empty one is as wide as its cursor
        return Strip(
            [Segment(text, (style or Style()) + _UNDERLINED) for text, style, _control in whole], whole.cell_length
        )

    def reveal(self) -> None:
        """Show what was typed into a secret field, until `hide` or until the focus goes."""
        self.password = False

    def hide(self) -> None:
        """Show dots again in a secret field."""
        self.password = self.is_secret

    def on_blur(self) -> None:
        """Hide a secret at once when the focus goes."""
        self.hide()

    def _on_paste(self, event: events.Paste) -> None:
        """Take the whole paste or refuse it; Textual's own handler would keep the first line only."""
        event.prevent_default()
        event.stop()
        paste = domain.read_paste(event.text, is_secret=self.is_secret)
        if not paste.refusal:
            self.replace(paste.text, *self.selection)
        self.post_message(self.Pasted(self, paste))

    def action_copy(self) -> None:
        """Copy the selection, unless the field is secret."""
        if not self.is_secret:
            super().action_copy()
        elif self.selected_text:
            self.post_message(self.CopyRefused(self, _("A secret is never copied to the clipboard.")))
        else:
            raise SkipAction

    def action_cut(self) -> None:
        """Cut the selection, unless the field is secret."""
        if not self.is_secret:
            super().action_cut()
        else:
            words = _("A secret is never copied to the clipboard. Delete removes it.")
            self.post_message(self.CopyRefused(self, words))
