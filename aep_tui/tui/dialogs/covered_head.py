"""What a question leaves to be seen of the page that it covers: where one is, and where it goes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.css.query import NoMatches

from aep_tui.tui.widgets.frame_lines import StepLine, TargetLine


class CoveredHead(Vertical):
    """The two lines at the top of the page below, as they stand there; a question that needs their rows covers them."""

    DEFAULT_CSS = "CoveredHead { layer: covered; dock: top; height: 2; }"

    def compose(self) -> ComposeResult:
        """Lay out both lines."""
        yield StepLine()
        yield TargetLine()

    def on_mount(self) -> None:
        """Take over what the nearest page below says; without such a page there is nothing to see."""
        for page in reversed(self.app.screen_stack[:-1]):
            try:
                step, target = page.query_one(StepLine), page.query_one(TargetLine)
            except NoMatches:
                continue
            self.query_one(StepLine).show_as(step)
            self.query_one(TargetLine).show_as(target)
            return
        self.display = False
