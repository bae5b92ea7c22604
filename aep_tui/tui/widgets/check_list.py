"""The checks of a set-up, a line each; `>` marks the one whose details are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aep_tui.domain.check import CheckResult, CheckState, PlannedCheck
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.tui.keys import LIST_KEYS, bindings
from aep_tui.tui.widgets.hanging_lines import NARROWEST
from aep_tui.tui.widgets.looks import BADGES, QUIET, WORDS, marked_row

_TONES: Final = {
    CheckState.OK: Tone.GOOD,
    CheckState.WARNING: Tone.WARNING,
    CheckState.FAILED: Tone.ERROR,
    CheckState.SKIPPED: Tone.NEUTRAL,
}
_TIME_WIDTH: Final = len("  99.99 s")
PENDING: Final = "..."
"""Stands in the place of the state while a check has no result."""


class CheckList(OptionList, inherit_css=False, inherit_bindings=False):
    """State, name, seconds and the beginning of the reason; Enter is `OptionSelected`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIST_KEYS)]
    COMPONENT_CLASSES: ClassVar[set[str]] = OptionList.COMPONENT_CLASSES
    DEFAULT_CSS = """
    CheckList {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: clip;
    }
    """

    def __init__(self, planned: Iterable[PlannedCheck], *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Show `planned`, all without a result."""
        self._planned = tuple(planned)
        self._results: dict[str, CheckResult] = {}
        self._line_width = 0
        self._name_width = max((len(check.name) for check in self._planned), default=0)
        self._state_width = max(len(PENDING), *(len(state.label) for state in CheckState))
        super().__init__(*(Option(self._face(check), id=check.id) for check in self._planned), id=id, markup=False)
        self.highlighted = 0 if self._planned else None

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
        self._paint()

    def forget_results(self) -> None:
        """Show all checks without a result again."""
        self._results.clear()
        self._paint()

    def highlight(self, check_id: str) -> None:
        """Put the cursor on a check."""
        self.highlighted = self.get_option_index(check_id)

    def on_mount(self) -> None:
        """Mark the row anew when another theme does it otherwise."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at `width` cells; a terminal may be narrower than any text."""
        return super().get_content_height(container, viewport, max(width, NARROWEST))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark."""
        super().watch_highlighted(highlighted)
        self._paint()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width; the last column is the scrollbar's."""
        self._line_width = event.size.width - 1
        self._paint()

    def on_focus(self) -> None:
        """Show the mark."""
        self._paint()

    def on_blur(self) -> None:
        """Take the mark away."""
        self._paint()

    def _paint(self) -> None:
        for index, check in enumerate(self._planned):
            if index >= self.option_count:
                return
            face = self._face(check, has_cursor=index == self.highlighted)
            prompt = self.options[index].prompt
            if not isinstance(prompt, Content) or prompt.plain != face.plain:
                self.replace_option_prompt_at_index(index, face)

    def _face(self, check: PlannedCheck, *, has_cursor: bool = False) -> Content:
        result = self._results.get(check.id)
        state = result.state.label if result else PENDING
        line = f"{'>' if has_cursor else ' '} {state:<{self._state_width}}  {check.name:<{self._name_width}}"
        times_start = len(line)
        if result is not None:
            line = f"{line}  {result.seconds:5.2f} s  {without_control_characters(result.reason)}"
        face = Content(shortened(line, self._line_width).rstrip() if self._line_width > 0 else line.rstrip())
        tone = _TONES[result.state] if result else Tone.NEUTRAL
        look = WORDS[tone] if tone is Tone.GOOD else BADGES[tone]  # only what needs care stands out
        face = face.stylize(look, 2, 2 + len(state)).stylize(QUIET, times_start, times_start + _TIME_WIDTH)
        return marked_row(face, self, self._line_width) if has_cursor and self.has_focus else face
