"""What a rehearsal plays: the scenarios of the practice service, and the target that it stands for."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.settings.launch import Launch
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.plain_text import PlainText


class PracticeTarget(Vertical):
    """The list of scenarios, which scrolls where there are few rows, and what the marked one does."""

    DEFAULT_CSS = "PracticeTarget #scenario { max-height: 38vh; }"

    def __init__(self, launch: Launch, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Take what the program was started with."""
        super().__init__(id=id)
        self._launch = launch
        self.target = launch.practice_target

    def compose(self) -> ComposeResult:
        """Yield the question, the scenarios, and the words about one."""
        yield PlainText(_("What should the practice service do?"), classes="question")
        yield ChoiceList(
            (ChoiceRow(scenario.id, scenario.label) for scenario in self._launch.scenarios),
            chosen=self._launch.scenario_id,
            id="scenario",
        )
        yield PlainText("", id="scenario-summary", classes="quiet below-a-box")

    @property
    def scenario_id(self) -> str:
        """The chosen scenario."""
        return self.query_one("#scenario", ChoiceList).chosen

    @on(ChoiceList.OptionHighlighted, "#scenario")
    def _scenario_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        summary = next((each.summary for each in self._launch.scenarios if each.id == event.option_id), "")
        self.query_one("#scenario-summary", PlainText).show(summary)
