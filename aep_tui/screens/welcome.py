"""Where the connection will be created: practice or live, organization, sandbox, host."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.screens.step import Frame, StepScreen
from aep_tui.settings.launch import Launch
from aep_tui.widgets.action_button import ActionButton
from aep_tui.widgets.choice_list import Choice, ChoiceList
from aep_tui.widgets.plain_text import PlainText
from aep_tui.wizard import Step

if TYPE_CHECKING:
    from aep_tui.screens.live_target import LiveTargetForm


@dataclass(frozen=True, slots=True)
class WelcomeAnswers:
    """The target, and what the practice service should play."""

    target: Target
    scenario_id: str


class WelcomeScreen(StepScreen):
    """The first page. Practice shows the scenarios, live the values of the target."""

    step = Step.WELCOME
    next_label = _("Start")
    help_text = _(
        "Practice: an embedded Flow Service plays the platform. It needs no account and no network, and it forgets "
        "everything when you quit. Choose below what it should do.\n\n"
        "Live: the real platform. It needs the organization id, a sandbox, the API key (client id) of a credential in "
        "Adobe Developer Console, and an access token. The program reads AEP_ORG_ID, AEP_SANDBOX_NAME, AEP_API_KEY, "
        "AEP_ACCESS_TOKEN and AEP_BASE_URL from the environment or from a .env file, and asks for what is missing.\n\n"
        "Nothing is sent before you choose Submit on the review page."
    )

    def __init__(self, frame: Frame, launch: Launch) -> None:
        """Show what the program was started with."""
        super().__init__(frame)
        self.launch = launch

    def compose_body(self) -> ComposeResult:
        """Yield the greeting, the two modes and what belongs to the chosen one."""
        yield PlainText(
            _(
                "This wizard creates a base connection in Adobe Experience Platform and watches\n"
                "it until it is enabled. Nothing is sent before you choose Submit at the end."
            ),
            id="greeting",
        )
        yield PlainText(_("Where should the connection be created?"), classes="question")
        yield ChoiceList(
            (
                Choice(Mode.PRACTICE.value, _("Practice: an embedded service, no account, no network")),
                Choice(Mode.LIVE.value, _("Live: the real platform")),
            ),
            chosen=self.frame.target.mode.value,
            id="mode",
        )
        with Vertical(id="practice-panel"):
            yield PlainText(_("What should the practice service do?"), classes="question")
            yield ChoiceList(
                (Choice(scenario.id, scenario.label) for scenario in self.launch.scenarios),
                chosen=self.launch.scenario_id,
                id="scenario",
            )
            yield PlainText("", id="scenario-summary")
        yield Vertical(id="live-panel")

    def compose_actions(self) -> ComposeResult:
        """Yield the only way: forward."""
        yield ActionButton(self.next_label, id="next")

    def key_text(self) -> str:
        """Return the keys of the page."""
        return _("Enter Start   Up, Down Choose   Tab Move   F1 Help   F2 Commands   Ctrl+Q Quit")

    def on_mount(self) -> None:
        """Put the focus on the modes."""
        super().on_mount()
        self.query_one("#mode").focus()
        self.call_after_refresh(self._show_panel, self.frame.target.mode)

    def collected_answers(self) -> WelcomeAnswers:
        """Return the target as it stands in the fields."""
        scenario_id = self.query_one("#scenario", ChoiceList).chosen
        if self._mode is Mode.PRACTICE:
            return WelcomeAnswers(self.launch.practice_target, scenario_id)
        form = self._live_form
        return WelcomeAnswers(form.target() if form else self.launch.live_target, scenario_id)

    def complete(self) -> None:
        """Go on when the chosen mode has all it needs."""
        if self._mode is Mode.LIVE:
            form = self._live_form
            if form is None or not form.is_complete():
                return
        super().complete()

    def action_back(self) -> None:
        """There is nothing before this page."""

    def help_words(self) -> tuple[str, str]:
        """Return where to find the value that the cursor stands in."""
        form = self._live_form
        words = form.help_words(self.focused) if form is not None and self.focused is not None else None
        return words or super().help_words()

    @property
    def _mode(self) -> Mode:
        return Mode(self.query_one("#mode", ChoiceList).chosen)

    @property
    def _live_form(self) -> LiveTargetForm | None:
        panel = self.query_one("#live-panel")
        return panel.children[0] if panel.children else None  # type: ignore[return-value]  # only the form is mounted there

    @on(ChoiceList.OptionHighlighted, "#mode")
    async def _mode_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        await self._show_panel(Mode(event.option_id or Mode.PRACTICE.value))

    @on(ChoiceList.OptionHighlighted, "#scenario")
    def _scenario_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        summary = next((s.summary for s in self.launch.scenarios if s.id == event.option_id), "")
        self.query_one("#scenario-summary", PlainText).show(summary)

    @on(ChoiceList.OptionSelected)
    def _go_on(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        if event.option_list.id == "mode" and self._mode is Mode.LIVE:
            self.focus_next()
        else:
            self.complete()

    @on(Input.Submitted)
    def _go_to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    async def _show_panel(self, mode: Mode) -> None:
        is_live = mode is Mode.LIVE
        live_panel = self.query_one("#live-panel", Vertical)
        if is_live and not live_panel.children:
            from aep_tui.screens.live_target import LiveTargetForm

            await live_panel.mount(LiveTargetForm(self.launch))
        self.query_one("#practice-panel").display = not is_live
        live_panel.display = is_live
        target = self.launch.live_target if is_live else self.launch.practice_target
        if target.mode is not self.frame.target.mode:
            self.show_frame(replace(self.frame, target=target))
