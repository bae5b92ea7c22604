"""Text whose rows are laid out for the width that it has: tables, and lists whose entries hang."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from aep_tui.tui.widgets.plain_text import Painter, PlainText


class FittedText(PlainText):
    """Lays its text out anew whenever its width changes."""

    DEFAULT_CSS = "FittedText { height: auto; }"

    def __init__(self, *, id: str, classes: str = "", painter: Painter = Content) -> None:  # noqa: A002 - Textual's own name
        """Begin empty."""
        super().__init__("", id=id, classes=classes, painter=painter)
        self._lay: Callable[[int], str] = lambda _width: ""

    def fit(self, lay: Callable[[int], str]) -> None:
        """Show what `lay` returns for the present width, and for every later one."""
        self._lay = lay
        self._show_fitted()

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self._show_fitted()

    def _show_fitted(self) -> None:
        # Before the first layout the width of the page is the nearest that is known.
        self.show(self._lay(self.content_size.width or self.app.size.width - 3))
