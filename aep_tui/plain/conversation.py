"""The wizard line by line: the same flows, rules and words as on the drawn pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui import plain
from aep_tui.domain.problem import Problem
from aep_tui.domain.step_answer import AnotherSourceWanted, TaskAnswer
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.pages.app_state import AppState, CurrentState
from aep_tui.pages.flows import Flows
from aep_tui.pages.frame import Frame
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.result_view import NEXT_STEPS, result_view
from aep_tui.pages.step_choices import CHOICES_OF_STEPS
from aep_tui.pages.target_session import TargetSession
from aep_tui.plain.for_scripts import ForScripts
from aep_tui.plain.line_navigator import LineNavigator
from aep_tui.plain.prompts import choose
from aep_tui.plain.review import Review
from aep_tui.plain.status import Status
from aep_tui.plain.step_answers import StepAnswers
from aep_tui.plain.talk import GoBack, Talk
from aep_tui.plain.welcome import Welcome

if TYPE_CHECKING:
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.settings.launch import Launch


class Conversation:
    """One conversation from the target to the result.

    Attributes:
        session: with the target.
    """

    def __init__(
        self, launch: Launch, wizard: Wizard, talk: Talk, open_session: Callable[[Target, str], PlatformSession]
    ) -> None:
        """Begin with an empty draft in `wizard`; `open_session` opens a target with a practice scenario.

        Args:
            launch: what the program was started with.
            wizard: the walk, with an empty draft.
            talk: asks and says.
            open_session: opens a target with a practice scenario.
        """
        self._launch = launch
        self._talk = talk
        self._current = CurrentState(AppState(wizard, launch.first_target, launch.scenario_id))
        self._navigator = LineNavigator(talk, launch.secrets)
        self.session = TargetSession(self._current, open_session)
        self._flows = Flows(self._current, self._navigator, self.session, clock=launch.clock, secrets=launch.secrets)
        self._answers = StepAnswers(talk, self._navigator, self._flows, launch)
        self._for_scripts = ForScripts(talk)
        self._listed: plain.ExistingList | None = None
        self._is_over = False

    @property
    def result(self) -> ConnectionResult | None:
        """What is printed when the conversation ends."""
        return self._current.now.result

    @property
    def is_unclear(self) -> bool:
        """Whether something was sent of which nobody knows what became of it."""
        return self._current.now.unclear_intent is not None or self.session.is_create_unclear

    @property
    def failure(self) -> Problem | None:
        """Why the last thing that was asked of the platform did not work, or None."""
        return self._current.now.failure

    @property
    def target(self) -> Target:
        """The present target."""
        return self._current.now.target

    async def run(self) -> None:
        """Ask until the person has the result, or ends.

        Raises:
            Cancelled: the input has ended, or the person quits.
        """
        self._talk.say(_("aep-tui, line by line. ? says more about a question, < goes back, quit ends."))
        try:
            while not self._is_over:
                await self._show(self._navigator.open_steps()[-1])
        finally:
            await self._leave_list()
            await self.session.close()

    async def _show(self, step: Step) -> None:
        frame = self._frame()
        if step is not Step.WELCOME:
            self._write_heading(step, frame)
        try:
            if step in CHOICES_OF_STEPS:
                await self._choose(step, frame)
            elif step is Step.WELCOME:
                await self._welcome()
            elif step is Step.NOTICES:
                await self._answers.notices(frame)
            elif step is Step.CREDENTIALS:
                await self._answers.credentials(frame)
            elif step is Step.NAME:
                await self._answers.name(frame)
            elif step is Step.REVIEW:
                await Review(self._talk, self._flows, self._for_scripts).show(frame)
            elif step is Step.CONNECTIONS:
                await self._existing_list()
            elif step is Step.CONNECTION:
                await self._existing_page()
            elif step is Step.STATUS:
                await self._status(frame)
            else:
                await self._done(frame)
        except Problem as problem:
            self._talk.say(problem_text(problem))

    def _frame(self) -> Frame:
        now = self._current.now
        return Frame(
            now.wizard,
            now.target,
            self._launch.clock,
            self._launch.secrets,
            sandbox=now.sandbox,
            offered_auth_spec_names=now.offered_auth_spec_names,
            corrected_id=now.correction.connection_id if now.correction else "",
            left_open=now.left_open,
        )

    def _write_heading(self, step: Step, frame: Frame) -> None:
        number, count = frame.wizard.position(step)
        words = _("Step {number} of {count}. {label}.") if number else _("{label}.")
        self._talk.say("")
        self._talk.say(words.format(number=number, count=count, label=step.label))
        if self._navigator.message:
            self._talk.say(self._navigator.message)
            self._navigator.message = ""

    async def _choose(self, step: Step, frame: Frame) -> None:
        choices = CHOICES_OF_STEPS[step]
        self._talk.say(choices.question)
        rows, marked_id = list(choices.rows(frame)), choices.chosen_id(frame)
        first = next((row.id for row in rows if not row.reason_disabled), "")
        try:
            chosen_id = await choose(self._talk, rows, marked_id or first, choices.help_text)
        except GoBack:
            await self._flows.walk.go_back(None)
            return
        remark = choices.remark(frame, chosen_id)
        if remark:
            self._talk.say(remark)
        answer = choices.answer_of(chosen_id)
        if isinstance(answer, TaskAnswer):
            await self._flows.start.take_up(answer.task)
        elif isinstance(answer, AnotherSourceWanted):
            await self._flows.other_source.choose()
        else:
            await self._flows.walk.answer(step, answer)

    async def _existing_list(self) -> None:
        if self._listed is None:
            self._listed = plain.ExistingList(
                self._talk, self._flows.connections, self._current.now.target.sandbox_name
            )
        try:
            row = await self._listed.chosen()
        except GoBack:
            await self._leave_list()
            await self._navigator.leave_page()
            return
        await self._flows.connections.open(row)

    async def _existing_page(self) -> None:
        opened = self._navigator.opened
        if opened is not None:
            with suppress(GoBack):
                await plain.ExistingPage(self._talk, self._flows.connections, opened, self.target).show()
        await self._navigator.leave_page()

    async def _leave_list(self) -> None:
        if self._listed is not None:
            listed, self._listed = self._listed, None
            await listed.close()

    async def _welcome(self) -> None:
        try:
            welcome = Welcome(self._talk, self._launch, self._current.now, self._navigator.confirm)
            target, scenario_id, sandbox = await welcome.chosen()
        except GoBack:
            self._talk.say(_("This is the first question; quit ends."))
            return
        await self._flows.walk.take_target(target, scenario_id, sandbox)
        if self._launch.watch_connection_id:
            await self._flows.start.watch(self._launch.watch_connection_id)
        elif self._launch.shows_connections:
            await self._flows.start.show_connections(self._launch.listed_sandboxes)
        elif target.mode is Mode.LIVE:
            await self._flows.start.begin_live()
        else:
            await self._flows.walk.show_first_question()

    async def _status(self, frame: Frame) -> None:
        work = self._navigator.work
        if work is None:
            await self._navigator.leave_page()
            return
        self._navigator.work = None
        status = Status(self._talk, self._flows, work, self._launch.secrets, frame.target)
        await status.run()
        if status.failure is not None:
            await self._flows.create.failed(*status.failure)
        elif status.view.seen is not None:
            steps_before = self._navigator.open_steps()
            await self._flows.correct.finish(status.view.seen)
            if self._navigator.open_steps() == steps_before:
                await self._leave_status()

    async def _leave_status(self) -> None:
        """Go on from a status that led to nothing: a question was closed, or nothing was seen of the connection."""
        result = self._current.now.result
        if result is not None:
            await self._navigator.show_result(result)
        elif self._launch.watch_connection_id:
            self._is_over = True  # it was all that was asked for
        else:
            await self._navigator.leave_page()

    def _result_now(self) -> ConnectionResult:
        result = self._current.now.result
        if result is None:
            raise ValueError("a connection that was seen has a result")
        return result

    async def _done(self, frame: Frame) -> None:
        result = self._result_now()
        view = result_view(frame, result)
        for label, value in result.rows():
            self._talk.say(f"{label}: {value}")
        for words in (view.later, *view.remarks):
            if words:
                self._talk.say(words)
        if view.next_steps:
            self._talk.say(NEXT_STEPS)
        for step in view.next_steps:
            self._talk.say(f"{step.label}: {step.address}")
        self._talk.say(view.headline)
        try:
            text = await self._for_scripts.asked_at_the_end(frame)
        except GoBack:
            self._talk.say(_("The connection exists already. new starts another one."))
            return
        if text == _("new"):
            await self._flows.walk.start_another()
        else:
            self._current.now = replace(self._current.now, result=result)
            self._is_over = True
