"""What a rehearsal plays: the scenarios of the practice service, and the target that it stands for."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.welcome_words import WHAT_PRACTICE_DOES
from aep_tui.settings.launch import Launch
from aep_tui.tui.signs import ROWS_AROUND_THE_LIST
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.plain_text import PlainText


class PracticeTarget(Vertical):
    """The list of scenarios, which scrolls where there are few rows, and what the marked one does."""

    def __init__(self, launch: Launch, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Take what the program was started with."""
        super().__init__(id=id)
        self._launch = launch
        self.target = launch.practice_target

    def compose(self) -> ComposeResult:
        """Yield the question, the scenarios, and the words about one."""
        yield PlainText(WHAT_PRACTICE_DOES, classes="question")
        scenarios = ChoiceList(
            (ChoiceRow(scenario.id, scenario.label) for scenario in self._launch.scenarios),
            chosen=self._launch.scenario_id,
            id="scenario",
        )
        scenarios.styles.max_height = self._most_rows
        yield scenarios
        yield PlainText("", id="scenario-summary", classes="quiet below-a-box")

    @property
    def scenario_id(self) -> str:
        """The chosen scenario."""
        return self.query_one("#scenario", ChoiceList).chosen

    @property
    def _most_rows(self) -> int:
        return max(1, self.app.size.height - ROWS_AROUND_THE_LIST)

    def on_resize(self) -> None:
        """Show as many scenarios as there is room for; before the first paint it is known already."""
        self.query_one("#scenario").styles.max_height = self._most_rows

    @on(ChoiceList.OptionHighlighted, "#scenario")
    def _scenario_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        summary = next((each.summary for each in self._launch.scenarios if each.id == event.option_id), "")
        self.query_one("#scenario-summary", PlainText).show(summary)
