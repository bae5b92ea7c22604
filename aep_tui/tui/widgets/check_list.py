"""The checks of a set-up, a line each; `>` marks the one whose details are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.content import Content
from textual.widgets.option_list import Option

from aep_tui.domain.check import CheckResult, CheckState, PlannedCheck
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.tui.signs import MARK, NO_MARK
from aep_tui.tui.widgets.looks import BADGES, QUIET, WORDS
from aep_tui.tui.widgets.row_list import RowList

_TONES: Final = {
    CheckState.OK: Tone.GOOD,
    CheckState.WARNING: Tone.WARNING,
    CheckState.FAILED: Tone.ERROR,
    CheckState.SKIPPED: Tone.NEUTRAL,
}
_TIME_WIDTH: Final = len("  99.99 s")
PENDING: Final = "..."
"""Stands in the place of the state while a check has no result."""


class CheckList(RowList):
    """State, name, seconds and the beginning of the reason; Enter is `OptionSelected`."""

    DEFAULT_CSS = "CheckList { height: 1fr; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, planned: Iterable[PlannedCheck], *, id: str) -> None:  # noqa: A002 - Textual's own name
        self._planned = tuple(planned)
        self._results: dict[str, CheckResult] = {}
        self._name_width = max((len(check.name) for check in self._planned), default=0)
        self._state_width = max(len(PENDING), *(len(state.label) for state in CheckState))
        super().__init__([Option("", id=check.id) for check in self._planned], id=id)
        self.highlighted = 0 if self._planned else None
        self.paint()

    @property
    def head(self) -> str:
        """What the columns are, in a line that stands above them."""
        state, name, time = (
            (_("State"), self._state_width),
            (_("Check"), self._name_width),
            (_("Time"), _TIME_WIDTH - 2),
        )
        return f"  {state[0]:<{state[1]}}  {name[0]:<{name[1]}}  {time[0]:>{time[1]}}  {_('Found')}"

    @property
    def highlighted_result(self) -> CheckResult | None:
        """The result of the check that the cursor stands on, or None while it has none."""
        if self.highlighted is None:
            return None
        return self._results.get(self._planned[self.highlighted].id)

    def show_result(self, result: CheckResult) -> None:
        """Put a result on its line."""
        self._results[result.id] = result
        self.paint()

    def forget_results(self) -> None:
        """Show all checks without a result again."""
        self._results.clear()
        self.paint()

    def highlight(self, check_id: str) -> None:
        """Put the cursor on a check."""
        self.highlighted = self.get_option_index(check_id)

    def face(self, index: int, *, has_mark: bool) -> Content:
        """Return the line of a check."""
        check = self._planned[index]
        result = self._results.get(check.id)
        state = result.state.label if result else PENDING
        line = f"{MARK if has_mark else NO_MARK}{state:<{self._state_width}}  {check.name:<{self._name_width}}"
        times_start = len(line)
        if result is not None:
            line = f"{line}  {result.seconds:5.2f} s  {without_control_characters(result.reason)}"
        face = Content(shortened(line, self.row_width).rstrip() if self.row_width > 0 else line.rstrip())
        tone = _TONES[result.state] if result else Tone.NEUTRAL
        look = WORDS[tone] if tone is Tone.GOOD else BADGES[tone]  # only what needs care stands out
        return face.stylize(look, 2, 2 + len(state)).stylize(QUIET, times_start, times_start + _TIME_WIDTH)
