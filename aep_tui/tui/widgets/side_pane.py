"""What there is room for beside a page on a wide terminal: the answers so far, and what F1 says about the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.tui.widgets.hanging_lines import hanging
from aep_tui.tui.widgets.key_line import HasHelp
from aep_tui.tui.widgets.looks import LABEL
from aep_tui.tui.widgets.plain_text import PlainText

NARROWEST: Final = 112
"""Columns of the terminal from which there is a pane."""
_PAGE: Final = 80
"""Columns that a page has at least beside the pane."""
_WIDEST: Final = 60
"""Columns that a line of the pane takes at most: longer ones are no pleasure to read."""


class SidePane(PlainText):
    """Follows the focus by itself. Nothing stands here that a terminal of 80 columns has not elsewhere."""

    DEFAULT_CSS = "SidePane { dock: right; height: 100%; padding: 1 2 0 1; border-left: solid; }"

    def __init__(self, answers: Callable[[], tuple[tuple[str, str], ...]]) -> None:
        """Show what `answers` returns whenever something has changed: name and value of each."""
        super().__init__(id="side-pane")
        self._answers = answers

    def on_mount(self) -> None:
        """Begin to follow."""
        self.screen.bindings_updated_signal.subscribe(self, self.follow)
        self.follow(self.screen)

    def on_resize(self) -> None:
        """Wrap the answers at the new width."""
        self.follow(self.screen)

    def follow(self, screen: Screen[object]) -> None:
        """Show what is known now."""
        title, words = screen.help_words() if isinstance(screen, HasHelp) else ("", "")
        answers = _answer_lines(self._answers(), self.content_size.width)
        content = Content("\n\n").join([*answers, *_help_lines(title, words)])
        if content.plain != self.text:
            self.text = content.plain
            self.update(content, layout=False)  # it is as large as there is room for

    def fit(self, width: int) -> None:
        """Take the columns that a terminal of `width` has over, or disappear where there are too few."""
        self.display = width >= NARROWEST
        self.styles.width = min(_WIDEST, max(NARROWEST, width) - _PAGE)


def pane_beside(page: Widget, width: int, answers: Callable[[], tuple[tuple[str, str], ...]]) -> None:
    """Put a pane beside `page` on a terminal of `width` columns; on a narrow one there is none."""
    panes = list(page.query(SidePane))
    if not panes and width >= NARROWEST:
        panes = [SidePane(answers)]
        page.mount(*panes)
    for pane in panes:
        pane.fit(width)


def _answer_lines(answers: tuple[tuple[str, str], ...], width: int) -> list[Content]:
    if not answers:
        return []
    indent = max(len(name) for name, _value in answers) + 2
    rows = [
        Content(hanging(f"{name:<{indent}}{without_control_characters(value)}", width, indent))
        for name, value in answers
    ]
    return [Content("\n").join([Content.styled(_("Answers so far"), LABEL), *rows])]


def _help_lines(title: str, words: str) -> list[Content]:
    parts = [Content.styled(without_control_characters(title), LABEL)] if title else []
    if words:
        parts.append(Content(without_control_characters(words, keep_newlines=True)))
    return [Content("\n").join(parts)] if parts else []
