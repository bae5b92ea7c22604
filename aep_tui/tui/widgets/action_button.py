"""A button that is one line high and shows its focus with a mark."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutine

from textual import on
from textual.content import Content
from textual.widgets import Button

from aep_tui.tui.signs import button_face


class ActionButton(Button, inherit_css=False):
    """`[ Next ]`, and `>[ Next ]` while it has the focus."""

    DEFAULT_CSS = "ActionButton { width: auto; height: 1; margin-right: 1; }"

    def __init__(
        self,
        label: str,
        does: Callable[[], object],
        *,
        id: str,  # noqa: A002 - Textual's own name
        classes: str = "",
    ) -> None:
        """Show `label`, which names the effect; `does` has it, on the page's own time."""
        super().__init__(Content(label), id=id, classes=classes)
        self.active_effect_duration = 0
        self._does = does

    def watch_flat(self, flat: bool) -> None:
        """Have one look only: Textual's own would style each button of a page once more."""

    @property
    def enter_words(self) -> str:
        """What Enter does: the label says it."""
        return Content(str(self.label)).plain

    def get_content_width(self, container: object, viewport: object) -> int:
        """Return the cells of the mark, the brackets and the label."""
        return self._face().cell_length

    @on(Button.Pressed)
    def _hand_to_page(self, event: Button.Pressed) -> None:
        event.stop()
        self.screen.call_later(self._act)

    async def _act(self) -> None:
        done = self._does()
        if iscoroutine(done):
            await done

    def render(self) -> Content:
        """Return the mark, the brackets and the label."""
        return self._face()

    def _face(self) -> Content:
        return Content(button_face(Content(str(self.label)).plain, has_focus=self.has_focus))
