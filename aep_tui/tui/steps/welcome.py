"""Where the connection will be created: practice or live, organization, sandbox, host."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.settings.launch import Launch
from aep_tui.tui.steps.step import Frame
from aep_tui.tui.steps.target_access import TargetAccessScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList, ChoiceRow
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.tui.steps.live_target import LiveTargetForm


@dataclass(frozen=True, slots=True)
class WelcomeAnswers:
    """The target, what the practice service should play, and the sandbox as far as it is known.

    Attributes:
        target: with its token or client credential.
        scenario_id: of the practice service.
        sandbox: what the platform says about the target's sandbox, or None while nobody knows; `SandboxKnown` follows
            when it becomes known.
    """

    target: Target
    scenario_id: str
    sandbox: Sandbox | None = None


class WelcomeScreen(TargetAccessScreen):
    """The first page. Practice shows the scenarios, live the values of the target."""

    step = Step.WELCOME
    next_label = _("Start")
    help_text = _(
        "Practice: an embedded Flow Service plays the platform. It needs no account and no network, and it forgets "
        "everything when you quit. Choose below what it should do.\n\n"
        "Live: the real platform. It needs the organization id, a sandbox, the API key (client id) of a credential in "
        "Adobe Developer Console, and an access token or the credential's client secret. The program reads AEP_ORG_ID, "
        "AEP_SANDBOX_NAME, AEP_API_KEY, AEP_ACCESS_TOKEN, AEP_CLIENT_SECRET and AEP_BASE_URL from the environment or "
        "from a .env file, and asks for what is missing.\n\n"
        "F3 lists the sandboxes. F7 takes a profile. F6 shows where each value came from. F8 loads a credential file "
        "of Postman, Developer Console, aepp or App Builder. F9 saves the target as a profile.\n\n"
        "Nothing is created before you choose Submit on the review page."
    )

    @dataclass
    class TargetChosen(Message):
        """The person goes on with a target."""

        screen: WelcomeScreen
        answers: WelcomeAnswers

    @dataclass
    class SandboxKnown(Message):
        """The platform has told about the sandbox of the target after the person went on.

        Attributes:
            target: the target that it belongs to.
            sandbox: what the platform says about it.
        """

        target: Target
        sandbox: Sandbox

    def __init__(self, frame: Frame, launch: Launch) -> None:
        """Show what the program was started with."""
        super().__init__(frame, launch)
        self._doubted_token: object = None

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
                ChoiceRow(Mode.PRACTICE.value, _("Practice: an embedded service, no account, no network")),
                ChoiceRow(Mode.LIVE.value, _("Live: the real platform")),
            ),
            chosen=self.frame.target.mode.value,
            id="mode",
        )
        yield PlainText(id="access-words", classes="-empty")
        yield PlainText(id="settings-note", classes="-empty")
        with Vertical(id="practice-panel"):
            yield PlainText(_("What should the practice service do?"), classes="question")
            yield ChoiceList(
                (ChoiceRow(scenario.id, scenario.label) for scenario in self.launch.scenarios),
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
        if self.frame.target.mode is Mode.LIVE:
            return _("Enter Next  F1 Help  F2 Commands  F3 Sandboxes  F8 File  F9 Save  Ctrl+Q Quit")
        return _("Enter Start   Up, Down Choose   Tab Move   F1 Help   F2 Commands   Ctrl+Q Quit")

    def on_mount(self) -> None:
        """Put the focus on the modes."""
        super().on_mount()
        self.query_one("#mode").focus()
        self.call_after_refresh(self._show_first_panel)

    def complete(self) -> None:
        """Go on when the chosen mode has all it needs."""
        if self.mode is Mode.PRACTICE:
            sandbox = self.known_sandbox(self.practice_target)
            self.post_message(self.TargetChosen(self, WelcomeAnswers(self.practice_target, self.scenario_id, sandbox)))
        elif (form := self.live_form) is not None and form.is_complete():
            self._start_live(form)

    def help_words(self) -> tuple[str, str]:
        """Return where to find the value that the cursor stands in."""
        form = self.live_form
        words = form.help_words(self.focused) if form is not None and self.focused is not None else None
        return words or super().help_words()

    # --- modes --------------------------------------------------------------------------------------------------

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
        if event.option_list.id == "mode" and self.mode is Mode.LIVE:
            self.focus_next()
        else:
            self.complete()

    @on(Input.Submitted)
    def _go_to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next_field()

    async def _show_first_panel(self) -> None:
        await self._show_panel(self.frame.target.mode)
        if self.launch.watch_connection_id:
            # The status was asked for, and nothing else is to be asked when every value is there.
            self.complete()

    async def _show_panel(self, mode: Mode) -> None:
        is_live = mode is Mode.LIVE
        live_panel = self.query_one("#live-panel", Vertical)
        target = self.launch.live_target if is_live else self.practice_target
        if target.mode is not self.frame.target.mode:
            self.show_frame(replace(self.frame, target=target))
            self.query_one("#key-line", PlainText).show(self.key_text())
            self.say("")
        if is_live and not live_panel.children:
            await self._open_live_panel(live_panel)
        # The form needs the lines.
        self.query_one("#greeting").display = not is_live
        self.query_one("#practice-panel").display = not is_live
        live_panel.display = is_live and bool(live_panel.children)
        self.show_note_count(is_live)

    async def _open_live_panel(self, live_panel: Vertical) -> None:
        """Show the form, or why there is none."""
        from aep_tui.pages.problem_text import problem_text
        from aep_tui.settings.guard import refuse_leaky_environment
        from aep_tui.tui.steps.live_target import LiveTargetForm

        try:
            refuse_leaky_environment()
            if self.launch.settings is None and self.launch.read_settings is not None:
                self.launch = self.launch.with_settings(self.launch.read_settings())
        except Problem as problem:
            self.say(problem_text(problem), is_error=True)
            return
        self.show_frame(replace(self.frame, target=self.launch.live_target))
        await live_panel.mount(LiveTargetForm(self.launch))

    # --- going on -----------------------------------------------------------------------------------------------

    @work(exclusive=True, group="start")
    async def _start_live(self, form: LiveTargetForm) -> None:
        from aep_tui.pages.problem_text import problem_text

        scenario_id = self.scenario_id
        self.say(form.waiting_words)
        try:
            target = await form.signed_in_target()
        except Problem as problem:
            self.say(problem_text(problem), is_error=True)
            return
        if self._has_expired_token(target) and self._doubted_token != target.access_token:
            self._doubted_token = target.access_token
            self.say(
                _(
                    "Warning: the access token says that it has expired. Paste a new one, enter the client secret, or "
                    "choose Start again to try it nevertheless."
                ),
                is_error=True,
            )
            return
        self.say("")
        sandbox = self.known_sandbox(target)
        self.post_message(self.TargetChosen(self, WelcomeAnswers(target, scenario_id, sandbox)))
        if not self.launch.watch_connection_id and not self.knows_sandboxes_of(target):
            self._look_up_sandbox(target, scenario_id)

    def _has_expired_token(self, target: Target) -> bool:
        return target.token_expires_at is not None and target.token_expires_at <= self.launch.clock.now()

    @work(exclusive=True, group="look-up")
    async def _look_up_sandbox(self, target: Target, scenario_id: str) -> None:
        """Find out about a sandbox whose name was typed; a list that cannot be read leaves it unknown."""
        from aep_tui.pages.sandboxes import read_sandboxes

        try:
            self.keep_sandboxes(target, await read_sandboxes(self.launch, target, scenario_id))
        except Problem:
            return
        sandbox = self.known_sandbox(target)
        if sandbox is not None:
            self.post_message(self.SandboxKnown(target, sandbox))
