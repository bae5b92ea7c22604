"""The lines that stand on every step: where one is, and what one is about to change."""

from __future__ import annotations

from textual.content import Content

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.pages.target_words import LEAST_PARTS, ORGANIZATION, Care
from aep_tui.tui.signs import SEPARATOR
from aep_tui.tui.widgets.looks import QUIET, painted_target
from aep_tui.tui.widgets.plain_text import PlainText

DONE, PRESENT, TO_COME, LINK = "✓", "●", "○", "─"
"""The marks of the steps, which differ without colours too."""


class StepLine(PlainText):
    """Where one is, for example "Step 4 of 8 · Credentials"; what does not fit ends in an ellipsis."""

    DEFAULT_CSS = "StepLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"
    _number = _count = 0

    def show_step(self, text: str, number: int, count: int) -> None:
        """Show `text`, and where there is room the trail of `count` steps, of which `number` is the present one."""
        self._number, self._count = number, count
        self.show(text)
        self.refresh()

    def show_as(self, other: StepLine) -> None:
        """Show what `other` shows."""
        self.show_step(other.text, other._number, other._count)

    def render(self) -> Content:
        """Return the words, and at the other end the trail."""
        words, trail = self._painted(self.text), _trail(self._number, self._count)
        gap = self.content_size.width - words.cell_length - trail.cell_length
        return Content.assemble(words, " " * gap, trail) if trail and gap > 1 else words


class TargetLine(PlainText):
    """PRACTICE or LIVE, organization, sandbox, cloud and source, on a colour that says the same."""

    DEFAULT_CSS = "TargetLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"
    has_one_line = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show nothing yet."""
        super().__init__(id=id, painter=painted_target)

    def show_target(self, text: str, care: Care) -> None:
        """Show `text` in the look of `care`."""
        self.show(text)
        for each in Care:
            self.set_class(each is care, f"-{each.value}")

    def show_as(self, other: TargetLine) -> None:
        """Show what `other` shows, in its look."""
        self.show(other.text)
        self.set_classes(other.classes)

    def render(self) -> Content:
        """Return the words; in production the bar is as wide as the terminal where there are no colours too."""
        words = self._painted(self.text)
        is_wide = self.has_class(f"-{Care.PRODUCTION.value}")
        return words.pad_right(max(0, self.content_size.width - words.cell_length)) if is_wide else words


def _trail(number: int, count: int) -> Content:
    """Return a mark for each step: done, present, to come."""
    done, to_come = f"{DONE}{LINK}" * (number - 1), f"{LINK}{TO_COME}" * (count - number)
    return Content.assemble((done, ""), (PRESENT if count else "", "bold"), (to_come, QUIET)) if count else Content()


def target_text(parts: tuple[str, ...], width: int) -> str:
    """Return the parts of `target_parts` in one line of at most `width` cells.

    The organization gives way first, in its middle, and then the details, the last one first. What says how much care
    is needed stays: mode, marks and sandbox.
    """
    cleaned = [without_control_characters(part) for part in parts]
    too_long = len(_joined(cleaned)) - width
    if too_long > 0:
        part = cleaned[ORGANIZATION]
        keep = max(9, len(part) - too_long - 1)
        if keep < len(part):
            head = keep // 2
            cleaned[ORGANIZATION] = f"{part[:head]}…{part[len(part) - (keep - head) :]}"
    while len(cleaned) > LEAST_PARTS and len(_joined(cleaned)) > width:
        cleaned.pop()
    return _joined(cleaned)


def _joined(parts: list[str]) -> str:
    return SEPARATOR.join(part for part in parts if part)
