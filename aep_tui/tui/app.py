"""The app: theme, keys, and moving the wizard from step to step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from aep_tui.domain.draft import Draft
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.settings.launch import Launch
from aep_tui.tui.start_app import StartApp
from aep_tui.tui.steps.step import HasHelp, StepScreen
from aep_tui.tui.steps.welcome import WelcomeAnswers, WelcomeScreen
from aep_tui.tui.widgets.theme import THEME

if TYPE_CHECKING:
    from aep_tui.tui.steps.done import DoneScreen
    from aep_tui.tui.steps.review import ReviewScreen


class WizardApp(StartApp):
    """One walk after the other, from the welcome page to an enabled connection."""

    TITLE = "aep-tui"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", _("Help"), id="app.help", priority=True),
        Binding("f2", "commands", _("Commands"), id="app.commands", priority=True),
        Binding("ctrl+q", "quit", _("Quit"), id="app.quit", priority=True),
        Binding("ctrl+l", "repaint", _("Repaint"), id="app.repaint", show=False),
        Binding("f10", "quit", _("Quit"), id="app.quit-too", priority=True, show=False),
    ]

    def __init__(self, launch: Launch, wizard: Wizard) -> None:
        """Start with an empty draft in `wizard`."""
        super().__init__(launch, wizard)
        self.register_theme(THEME)
        self.theme = "aep"
        self._is_editing = False

    def get_default_screen(self) -> Screen[None]:
        """Return the welcome page: it is the bottom of the stack."""
        return WelcomeScreen(self.frame(), self.launch)

    async def on_mount(self) -> None:
        """Look after the terminal, and load what the first paint did not need."""
        await self.watch_over_terminal()
        if self.launch.mode is Mode.LIVE:
            self.call_after_refresh(self.look_for_unfinished)

    async def push_first_question(self) -> None:
        """Show the first step after the welcome page, or the review again after a change of the target."""
        await self._push_step(self.wizard.next_step(Step.WELCOME, is_edit=self._is_editing))

    def on_welcome_screen_sandbox_known(self, event: WelcomeScreen.SandboxKnown) -> None:
        """Take what the platform says about the sandbox, as long as it is still the target's."""
        if replace(event.target, access_token=None) == replace(self.target, access_token=None):
            self.sandbox = event.sandbox
            self._show_frame()

    # --- moving ------------------------------------------------------------------------------------------------

    @on(StepScreen.Completed)
    async def _advance(self, event: StepScreen.Completed) -> None:
        if event.screen is not self.screen:
            return
        step, message = event.screen.step, ""
        next_after = step
        if isinstance(event.answers, WelcomeAnswers):
            await self._take_target(event.answers)
            if self.launch.watch_connection_id:
                await self.push_watch(self.launch.watch_connection_id)
                return
            if self.target.mode is Mode.LIVE:
                self.begin_live_walk()
                return
        elif step is Step.STATUS:
            from aep_tui.tui.steps.status import StatusAnswers

            if isinstance(event.answers, StatusAnswers):
                self.finish_status(event.answers)
            return
        else:
            change = self.wizard.with_step_answers(step, event.answers)
            self.wizard = change.wizard
            self.drop_correction_of_something_else()
            if change.discarded:
                message = _("Discarded, because it no longer applies: {labels}.").format(
                    labels=", ".join(change.discarded)
                )
            if change.goes_back_to is not None:
                await self.pop_screen()
                next_after = change.goes_back_to
                self._show_frame()
            self.keep_answers()
        await self._push_step(self.wizard.next_step(next_after, is_edit=self._is_editing), message)

    @on(StepScreen.BackWanted)
    async def _go_back(self, event: StepScreen.BackWanted) -> None:
        if event.screen is not self.screen or len(self.screen_stack) < 2:
            return
        if event.screen.step in {Step.NOTICES, Step.CREDENTIALS, Step.NAME}:
            self.wizard = self.wizard.with_step_answers(event.screen.step, event.answers).wizard
            self.keep_answers()
        self._is_editing = False
        await self.pop_screen()
        self._show_frame()

    async def _push_step(self, step: Step, message: str = "") -> None:
        from aep_tui.tui.steps.step_screens import step_screen

        if step is Step.REVIEW:
            self._is_editing = False
            message = message or self.correction_words
        await self.push_screen(step_screen(step, self.frame(message)))

    def _show_frame(self) -> None:
        if isinstance(self.screen, StepScreen):
            self.screen.show_frame(self.frame())

    async def on_review_screen_edit_wanted(self, event: ReviewScreen.EditWanted) -> None:
        """Go to a step to change one answer: back to it when it lies below, otherwise in the place of the review."""
        step = event.step
        steps = [screen.step for screen in self.screen_stack if isinstance(screen, StepScreen)]
        if step in steps:
            while isinstance(self.screen, StepScreen) and self.screen.step is not step:
                await self.pop_screen()
            self._show_frame()
        else:
            # A review that stayed below would show old answers when Back comes to it.
            while isinstance(self.screen, StepScreen) and self.screen.step in {Step.REVIEW, Step.STATUS}:
                await self.pop_screen()
            await self._push_step(step)
        self._is_editing = True
        if isinstance(self.screen, StepScreen) and event.parameter:
            self.screen.focus_field(event.parameter)

    async def _take_target(self, answers: WelcomeAnswers) -> None:
        is_other = answers.target != self.target or answers.scenario_id != self.scenario_id
        self.target, self.scenario_id, self.sandbox = answers.target, answers.scenario_id, answers.sandbox
        self._show_frame()
        if is_other:
            await self.end_session()
            self.drop_correction_of_something_else()
            if self.target.mode is Mode.PRACTICE:
                self.forget_unclear_outcome()

    async def on_done_screen_new_connection_wanted(self, _event: DoneScreen.NewConnectionWanted) -> None:
        """Start another walk with the same target and an empty draft."""
        self.forget_walk()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._show_frame()
        await self._push_step(Step.CLOUD)

    # --- keys ---------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show the help for what has the focus."""
        from aep_tui.tui.dialogs.modals import TextModal

        if isinstance(self.screen, HasHelp):
            self.push_screen(TextModal(*self.screen.help_words()))
        elif isinstance(self.screen, TextModal):
            self.screen.dismiss()

    @work(group="command", exclusive=True)
    async def action_commands(self) -> None:
        """Offer everything that the keys do, in a list that needs no colour; Textual's own palette does."""
        from aep_tui.pages.question import Choice, Question
        from aep_tui.tui.dialogs.asking import ChoiceModal

        if not isinstance(self.screen, StepScreen):
            return
        commands = self.get_system_commands(self.screen)
        choices = (Choice(f"command-{i}", each.title, each, detail=each.help) for i, each in enumerate(commands))
        command = await self.push_screen_wait(ChoiceModal(Question(_("Commands"), tuple(choices))))
        if command is not None:
            command.callback()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield what the keys do; screenshots and themes stay out."""
        yield SystemCommand(_("Help"), _("What this page asks for, and where to find it"), self.action_help)
        if isinstance(screen, StepScreen):
            yield SystemCommand(_("Next"), _("Check this page and go on"), screen.complete)
            yield SystemCommand(_("Back"), _("Go one step back; nothing is forgotten"), screen.action_back)
            for binding in screen.page_bindings():
                action = binding.action
                yield SystemCommand(binding.description, binding.key.upper(), lambda a=action: self._run_on(screen, a))
        yield SystemCommand(_("Quit"), _("End the program; the result is printed"), self._quit_soon)

    @work(group="command")
    async def _run_on(self, screen: StepScreen, action: str) -> None:
        await screen.run_action(action)

    def _quit_soon(self) -> None:
        self.call_later(self.action_quit)

    @work(group="quit", exclusive=True)
    async def _ask_to_quit(self) -> None:
        from aep_tui.tui.dialogs.modals import QuestionModal

        is_under_way = isinstance(self.screen, StepScreen) and self.screen.step is Step.STATUS
        question = (
            _("Quit? What was sent cannot be unsent. In live mode the next start tells what became of it.")
            if is_under_way
            else _("Quit? Secrets are forgotten, and in practice mode every answer.")
        )
        if await self.push_screen_wait(QuestionModal(question, yes=_("Quit"), no=_("Stay"))):
            self.exit(self.result)

    async def action_quit(self) -> None:
        """Quit; ask first when answers would be forgotten."""
        from aep_tui.tui.dialogs.modals import QuestionModal

        if isinstance(self.screen, QuestionModal):
            return
        if self.wizard.draft != Draft() and self.result is None:
            self._ask_to_quit()
        else:
            self.exit(self.result)
