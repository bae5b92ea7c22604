"""Pages that are as large as their window, whatever it does."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.geometry import Size
from textual.screen import Screen


class WindowChanged(events.Event, bubble=False):
    """The window has, or had in between, another size; Textual tells it afterwards where it is another one now.

    Attributes:
        size: which one it has now. When the app has that size already, the window was smaller for too short a time to
            be noticed, and the terminal has lost what did not fit.
    """

    def __init__(self, size: Size) -> None:
        """Tell the size."""
        super().__init__()
        self.size = size


def fit_page(page: Screen[Any], size: Size) -> None:
    """Lay out again the page that is about to be painted for a size that the window has no more.

    A page tells itself each size that it was laid out for. When two sizes come one after the other, this may come
    behind the second one, and take its place for good.

    Args:
        page: the one on top, which covers all others.
        size: of the window.
    """
    if size and page.outer_size and page.outer_size != size:
        page.post_message(events.Resize(size, size))
