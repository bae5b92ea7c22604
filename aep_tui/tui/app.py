"""The app: theme and keys; hands what the pages say to the flows of `pages/`."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.screen import Screen

from aep_tui import pages
from aep_tui.domain.draft import Draft
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.step_answer import AnotherSourceWanted, TaskAnswer
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.app_state import AppState, CurrentState
from aep_tui.pages.frame import Frame
from aep_tui.pages.target_session import TargetSession
from aep_tui.settings.launch import Launch
from aep_tui.tui import dialogs
from aep_tui.tui.keys import bindings
from aep_tui.tui.next_pages import next_pages
from aep_tui.tui.screen_navigator import ScreenNavigator
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.steps.welcome import WelcomeScreen
from aep_tui.tui.terminal.terminal_app import TerminalApp
from aep_tui.tui.terminal.viewers import Viewers
from aep_tui.tui.wardrobe import Wardrobe
from aep_tui.tui.widgets.field import Field
from aep_tui.tui.widgets.key_line import HasHelp

if TYPE_CHECKING:
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.source_checks import CheckAttempts
    from aep_tui.tui.steps.credentials import CredentialsScreen
    from aep_tui.tui.steps.done import DoneScreen
    from aep_tui.tui.steps.live_target import LiveTarget
    from aep_tui.tui.steps.review import ReviewScreen
    from aep_tui.tui.steps.status import StatusScreen


class WizardApp(TerminalApp[ConnectionResult]):
    """One walk after the other, from the welcome page to an enabled connection."""

    TITLE = "aep-tui"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app.help", "app.commands", "app.quit", "app.repaint", "app.quit-too")
    ]

    def __init__(self, launch: Launch, wizard: Wizard) -> None:
        super().__init__(launch.secrets)
        self.wardrobe = Wardrobe(self, launch.theme)
        self.asks_background, self.take_background = self.wardrobe.asks_terminal, self.wardrobe.take_background
        self.launch = launch
        target = launch.first_target
        self.current = CurrentState(AppState(wizard, target, launch.scenario_id))
        self.session = TargetSession(self.current, self._open_session)
        self.navigator = ScreenNavigator(self, self.frame)
        self.viewers = Viewers(os.environ, is_said=launch.is_pairing, changed=self.navigator.show_pairing)
        self._check_attempts: CheckAttempts | None = None
        self._is_asking_to_quit = False

    @property
    def state(self) -> AppState:
        """What is known now."""
        return self.current.now

    @cached_property
    def flows(self) -> pages.Flows:
        """What the pages lead to; nothing of it is needed for the first paint."""
        return pages.Flows(
            self.current, self.navigator, self.session, clock=self.launch.clock, secrets=self.launch.secrets
        )

    def frame(self, message: str = "") -> Frame:
        """Return what a step shows now."""
        now = self.current.now
        return Frame(
            now.wizard,
            now.target,
            self.launch.clock,
            self.launch.secrets,
            message,
            sandbox=now.sandbox,
            offered_auth_spec_names=now.offered_auth_spec_names,
            corrected_id=now.correction.connection_id if now.correction else "",
            may_reveal=self.launch.may_reveal,
            is_pairing=self.viewers.are_others,
            left_open=now.left_open,
            task=now.task,
        )

    def get_default_screen(self) -> Screen[None]:
        """Return the welcome page: it is the bottom of the stack."""
        return WelcomeScreen(self.frame(), self.launch)

    async def on_mount(self) -> None:
        """Look after the terminal, and load what the first paint did not need."""
        await self.watch_over_terminal(
            next_pages(is_practice=self.launch.mode is Mode.PRACTICE), lambda: self.viewers.follow(self)
        )
        if self.launch.mode is Mode.LIVE:
            self.call_after_refresh(self._say_what_is_left_open)

    def _open_session(self, target: Target, scenario_id: str) -> PlatformSession:
        from aep_tui.pages.opening import session_for

        return session_for(self.launch, target, scenario_id)

    async def _say_what_is_left_open(self) -> None:
        words = await self.flows.start.left_open_words()
        if isinstance(self.screen, WelcomeScreen):
            self.screen.show_frame(replace(self.screen.frame, message=words))

    # --- what the pages say ---------------------------------------------------------------------------------------

    @on(StepScreen.Completed)
    async def _go_on(self, event: StepScreen.Completed) -> None:
        if event.screen is not self.screen or self.navigator.visits.take(event.screen, event.answer):
            return
        if isinstance(event.answer, AnotherSourceWanted):
            self.run_worker(self.flows.other_source.choose(), group="begin", exclusive=True)
        elif not isinstance(event.answer, TaskAnswer):
            await self.flows.walk.answer(event.screen.step, event.answer)
        elif self.flows.start.waits(event.answer.task):
            self.run_worker(self.flows.start.take_up(event.answer.task), group="begin", exclusive=True)
        else:
            await self.flows.start.take_up(event.answer.task)

    async def on_welcome_screen_target_chosen(self, event: WelcomeScreen.TargetChosen) -> None:
        """Go on from the welcome page: to what the program was started for, to the checks, or to the questions."""
        if event.screen is not self.screen:
            return
        answers = event.answers
        await self.flows.walk.take_target(answers.target, answers.scenario_id, answers.sandbox)
        if self.launch.watch_connection_id:
            await self.flows.start.watch(self.launch.watch_connection_id)
        elif self.launch.shows_connections:
            await self.flows.start.show_connections(self.launch.listed_sandboxes)
        elif answers.target.mode is Mode.LIVE:
            self.run_worker(self.flows.start.begin_live(), group="begin", exclusive=True)
        else:
            await self.flows.walk.show_first_question()

    def on_status_screen_ended(self, event: StatusScreen.Ended) -> None:
        """Go on to the result, or to what a failed test leads to."""
        if event.screen is not self.screen:
            return
        if not self.navigator.visits.take(event.screen, pages.WorkEnd(event.seen)):
            self.run_worker(self.flows.correct.finish(event.seen), group="after-status", exclusive=True)

    @on(StepScreen.BackWanted)
    async def _go_back(self, event: StepScreen.BackWanted) -> None:
        if event.screen is self.screen and not self.navigator.visits.leave(event.screen, event.answer):
            await self.flows.walk.go_back(event.answer)

    def on_field_left(self, event: Field.Left) -> None:
        """Keep what is not secret as soon as a field is left: the line may be cut before Next."""
        page = self.screen
        if not isinstance(page, StepScreen) or self.navigator.visits.holds(page):
            return
        if event.field in page.query(Field):
            self.flows.walk.keep(page.answer())

    def on_live_target_sandbox_found(self, event: LiveTarget.SandboxFound) -> None:
        """Take what the platform says about the sandbox, as long as it is still the target's."""
        if replace(event.target, access_token=None) == replace(self.state.target, access_token=None):
            self.current.now = replace(self.state, sandbox=event.sandbox)
            self.navigator.refresh()

    async def on_review_screen_edit_wanted(self, event: ReviewScreen.EditWanted) -> None:
        """Go to a step to change one answer."""
        await self.flows.walk.edit(event.step, event.parameter)

    def on_review_screen_submit_wanted(self, event: ReviewScreen.SubmitWanted) -> None:
        """Submit the draft, once: a second message from the same page is ignored until the first one is over."""
        if self.screen is event.screen and self.flows.create.submitting is not event.screen:
            # What an earlier review still looks for is no longer wanted by anybody.
            self.workers.cancel_group(self, "submit")
            self.flows.create.submitting = event.screen
            self.run_worker(self.flows.create.submit(event.screen), group="submit")

    def on_status_screen_create_failed(self, event: StatusScreen.CreateFailed) -> None:
        """Return to the review, which shows why; what has changed meanwhile is asked about."""
        if self.screen is not event.screen:
            return
        end = pages.WorkEnd(problem=event.problem, is_unclear=event.is_unclear)
        if not self.navigator.visits.take(event.screen, end):
            failed = self.flows.create.failed(event.problem, event.is_unclear)
            self.run_worker(failed, group="after-status", exclusive=True)

    def on_status_screen_result_changed(self, event: StatusScreen.ResultChanged) -> None:
        """Remember what is printed at the end."""
        if self.navigator.visits.holds(event.screen):
            self.navigator.visits.saw(event.screen, event.news.seen)
        else:
            self.flows.create.result_changed(event.news)

    def on_status_screen_token_replaced(self, event: StatusScreen.TokenReplaced) -> None:
        """Let the target line and later sessions have the new token."""
        self.flows.walk.take_token(event.access_token)

    async def on_done_screen_new_connection_wanted(self, _event: DoneScreen.NewConnectionWanted) -> None:
        """Start another walk with the same target and an empty draft."""
        await self.flows.walk.start_another()

    async def on_credentials_screen_check_wanted(self, event: CredentialsScreen.CheckWanted) -> None:
        """Offer to ask the source about credentials; the refusals of the whole run are counted together."""
        from aep_tui.session.source_checks import CheckAttempts

        attempts = self._check_attempts = self._check_attempts or CheckAttempts()
        method, source = event.method, event.source

        async def check() -> None:
            await self.session.open().check_credentials(method.check, event.values, attempts)

        sent = [
            parameter.label if (parameter := method.parameter(api_name)) else api_name
            for role, api_name in method.reads
            if role != "address"
        ]
        page = dialogs.PrecheckPage(
            source.label if source is not None else "",
            sent,
            str(event.values.get("address", "")),
            check,
            is_practice=self.state.target.mode is Mode.PRACTICE,
        )
        await self.push_screen(page)

    # --- keys -----------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show the help for what has the focus."""
        if isinstance(self.screen, HasHelp):
            self.push_screen(dialogs.TextModal(*self.screen.help_words()))
        elif isinstance(self.screen, dialogs.TextModal):
            self.screen.dismiss()

    @work(group="command", exclusive=True)
    async def action_commands(self) -> None:
        """Offer what the keys do here, in a list that needs no colour; Textual's own palette does."""
        if isinstance(self.screen, StepScreen):
            command = await self.push_screen_wait(
                dialogs.ChoiceModal(dialogs.commands_of(self.screen, self.wardrobe.choose))
            )
            if command is not None:
                await command()

    @work(group="quit", exclusive=True)
    async def _ask_to_quit(self, under_way: StepScreen | None) -> None:
        forgotten = _("Quit? Secrets are forgotten, and in practice mode every answer.")
        question = forgotten if under_way is None else under_way.quit_words
        try:
            if await self.push_screen_wait(
                dialogs.QuestionModal(question, yes=_("Quit"), no=_("Stay"), asked_by="app.quit")
            ):
                self.exit(self.state.result)
        finally:
            self._is_asking_to_quit = False

    async def action_quit(self) -> None:
        """Quit; ask first when answers would be forgotten."""
        if self._is_asking_to_quit:
            return
        steps = [screen for screen in self.screen_stack if isinstance(screen, StepScreen)]
        under_way = next((screen for screen in steps if screen.is_under_way), None)
        is_changing = self.navigator.visits.holds_answers
        if under_way is not None or is_changing or (self.state.wizard.draft != Draft() and self.state.result is None):
            self._is_asking_to_quit = True
            self._ask_to_quit(under_way)
        else:
            self.exit(self.state.result)
