"""What has to be set up at the source beforehand, to be ticked, and how to find out that a part is missing."""

from __future__ import annotations

from textual.app import ComposeResult

from aep_tui.domain.source import AuthMethod
from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.tick_box import TickBox


class ChecklistPage(FormPage[frozenset[int]]):
    """Returns the numbers of the lines that are ticked; nothing depends on them."""

    def __init__(self, method: AuthMethod, ticked: frozenset[int]) -> None:
        super().__init__(_("What has to be set up beforehand"))
        self._method = method
        self._ticked = ticked

    def compose_body(self) -> ComposeResult:
        """Yield the lines."""
        yield PlainText(_("{label}. Tick what is done; the ticks are for you only.").format(label=self._method.label))
        for number, prerequisite in enumerate(self._method.prerequisites, 1):
            yield TickBox(f"{number}. {prerequisite.step}", number in self._ticked, id=f"check-{number}")
            words = "\n".join(part for part in (prerequisite.when_missing, prerequisite.address) if part)
            yield PlainText(words, classes="quiet below-a-box")

    def key_words(self) -> dict[str, str]:
        """Return where Esc leads."""
        return super().key_words() | {"page.close": _("Back to the form")}

    def on_mount(self) -> None:
        """Put the focus on the first line."""
        for tick_box in self.query(TickBox):
            tick_box.focus(scroll_visible=False)
            break

    def action_leave(self) -> None:
        """Close, and keep the ticks."""
        boxes = enumerate(self.query(TickBox), 1)
        self.dismiss(frozenset(number for number, tick_box in boxes if tick_box.value))
