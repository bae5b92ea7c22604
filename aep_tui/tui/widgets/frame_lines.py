"""The lines that stand on every step: where one is, and what one is about to change."""

from __future__ import annotations

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.pages.target_words import Care
from aep_tui.tui.widgets.plain_text import PlainText

SEPARATOR = " | "


class StepLine(PlainText):
    """Where one is, for example "Step 4 of 8 · Credentials"."""

    DEFAULT_CSS = "StepLine { height: 1; padding: 0 1; }"


class TargetLine(PlainText):
    """PRACTICE or LIVE, organization, sandbox, cloud and source, on a colour that says the same."""

    DEFAULT_CSS = "TargetLine { height: 1; padding: 0 1; text-wrap: nowrap; }"

    def show_target(self, text: str, care: Care) -> None:
        """Show `text` in the look of `care`."""
        self.show(text)
        for each in Care:
            self.set_class(each is care, f"-{each.value}")


def target_text(parts: tuple[str, ...], shortenable: int, width: int) -> str:
    """Return `parts` in one line of at most `width` cells; the part at index `shortenable` gives way in its middle."""
    cleaned = [without_control_characters(part) for part in parts]
    too_long = len(SEPARATOR.join(part for part in cleaned if part)) - width
    if too_long > 0:
        part = cleaned[shortenable]
        keep = max(9, len(part) - too_long - 1)
        if keep < len(part):
            head = keep // 2
            cleaned[shortenable] = f"{part[:head]}…{part[len(part) - (keep - head) :]}"
    return SEPARATOR.join(part for part in cleaned if part)
