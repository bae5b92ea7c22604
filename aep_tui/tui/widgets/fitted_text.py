"""Text whose rows are laid out for the width that it has: tables, lists whose entries hang, and bands."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from aep_tui.pages.wrapping import wrapped
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


class Band(PlainText):
    """Words whose look reaches from side to side also where it is no colour behind them: a blank is never reversed."""

    def render(self) -> Content:
        """Return the words, each row of them as wide as there is room."""
        width = self.content_size.width
        lines = wrapped(self.text, width, breaks_words=True) if width > 0 else [self.text]
        return self._painted("\n".join(f"{line:<{width}}" for line in lines))

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self.refresh(layout=True)
