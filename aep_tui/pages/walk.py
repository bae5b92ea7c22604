"""The walk from question to question: on, back, and to one answer from the review and back again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.draft import Draft
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer, NoticesAnswer, StepAnswer, SwitchAuthMethod
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.token_end import expiry_of
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.target_session import TargetSession

if TYPE_CHECKING:
    from aep_tui.domain.clock import Clock
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.secret import Secret


class WalkFlow:
    """Takes the answers of the steps, and decides what comes next."""

    def __init__(
        self,
        current: CurrentState,
        navigator: Navigator,
        session: TargetSession,
        kept_answers: KeptAnswers,
        clock: Clock,
    ) -> None:
        self._current = current
        self._navigator = navigator
        self._session = session
        self._kept_answers = kept_answers
        self._clock = clock

    async def take_target(self, target: Target, scenario_id: str, sandbox: Sandbox | None) -> None:
        """Go to `target` from now on; what belonged to another one ends.

        Args:
            target: the platform.
            scenario_id: what the practice service plays.
            sandbox: what the platform says of the target's sandbox, None while nobody knows.
        """
        now = self._current.now
        is_other = target != now.target or scenario_id != now.scenario_id
        self._current.now = replace(now, target=target, scenario_id=scenario_id, sandbox=sandbox)
        self._navigator.refresh()
        if is_other:
            await self._session.close()
            self._drop_correction_of_something_else()
            if target.mode is Mode.PRACTICE:
                # A rehearsal's service was thrown away, and what was sent to it too.
                self._current.now = replace(self._current.now, unclear_intent=None)

    def take_token(self, token: Secret) -> None:
        """Let the target and every session, open or later, have another access token.

        Raises:
            SettingsProblem: no header can carry it; the old one stays.
        """
        self._session.use_access_token(token)
        target = replace(self._current.now.target, access_token=token, token_expires_at=expiry_of(token))
        self._current.now = replace(self._current.now, target=target)
        self._navigator.refresh()

    async def show_first_question(self) -> None:
        """Ask what to do with the target, or show the review again after a change of the target."""
        await self._go_on_after(Step.WELCOME)

    async def begin(self) -> None:
        """Show the first question about a new connection."""
        await self._go_on_after(Step.TASK)

    async def answer(self, step: Step, answer: StepAnswer) -> None:
        """Take the answer of `step`, and go on."""
        change = self._current.now.wizard.with_answer(answer)
        self._current.now = replace(self._current.now, wizard=change.wizard)
        self._drop_correction_of_something_else()
        message = ""
        if change.discarded:
            message = _("Discarded, because it no longer applies: {labels}.").format(labels=", ".join(change.discarded))
        if isinstance(answer, SwitchAuthMethod) and change.wizard.auth_method is not None:
            now_used = _("Auth method is now {label}.").format(label=change.wizard.auth_method.label)
            message = f"{now_used} {message}".strip()
        if change.goes_back_to is not None:
            await self._navigator.leave_page()
            self._navigator.refresh()
        await self._go_on_after(change.goes_back_to or step, message)
        # After the page was opened, so that a warning stands on a page that stays.
        self._save()

    def keep(self, answer: StepAnswer | None) -> None:
        """Keep what stands in the fields of the open page, right or wrong: a field was left."""
        now = self._current.now
        if isinstance(answer, NoticesAnswer | CredentialsAnswer | NameAnswer):
            self._current.now = replace(now, wizard=now.wizard.with_answer(answer).wizard)
            self._save()

    async def go_on_at(self, step: Step) -> None:
        """Open the pages up to `step`, or up to the first whose answers are missing; Back finds them all."""
        wizard = self._current.now.wizard
        order = list(Step)
        wanted = min(step, Step.REVIEW, key=order.index)
        last = wizard.first_unanswered_before(Step.REVIEW, self._clock.now()) or wanted
        last = min(last, wanted, key=order.index)
        opened = self._navigator.open_steps()
        steps = [each for each in wizard.steps() if order.index(each) <= order.index(last) and each not in opened]
        await self._navigator.show_steps(steps or [Step.CLOUD])

    async def go_back(self, answer: StepAnswer | None) -> None:
        """Show the page before: the review when the person came from there.

        Args:
            answer: what stands in the fields, which is kept, right or wrong; a choice from a list is not taken.
        """
        now = self._current.now
        if isinstance(answer, NoticesAnswer | CredentialsAnswer | NameAnswer):
            now = self._current.now = replace(now, wizard=now.wizard.with_answer(answer).wizard)
        came_from_review = now.is_editing
        self._current.now = replace(now, is_editing=False)
        if came_from_review and now.wizard.first_unanswered_before(Step.REVIEW, self._clock.now()) is None:
            await self._show(Step.REVIEW)
        elif len(self._navigator.open_steps()) > 1:
            await self._navigator.leave_page()
            self._navigator.refresh()
        self._save()

    async def edit(self, step: Step, field_id: str) -> None:
        """Go to `step` to change one answer: back to it when it is open, otherwise in the place of the review."""
        if step in self._navigator.open_steps():
            while self._navigator.open_steps()[-1] is not step:
                await self._navigator.leave_page()
            self._navigator.refresh()
        else:
            # A review that stayed below would show old answers when Back comes to it.
            while self._navigator.open_steps()[-1] in {Step.REVIEW, Step.STATUS}:
                await self._navigator.leave_page()
            await self._show(step)
        self._current.now = replace(self._current.now, is_editing=True)
        if field_id:
            self._navigator.focus_field(field_id)

    async def start_another(self) -> None:
        """Begin another walk with the same target and an empty draft."""
        now = self._current.now
        self._current.now = replace(now, wizard=replace(now.wizard, draft=Draft()), correction=None, is_editing=False)
        while len(self._navigator.open_steps()) > 1:
            await self._navigator.leave_page()
        self._navigator.refresh()
        await self._navigator.show_steps([Step.TASK, Step.CLOUD])

    async def _go_on_after(self, step: Step, message: str = "") -> None:
        now = self._current.now
        await self._show(now.wizard.next_step(step, self._clock.now(), is_edit=now.is_editing), message)

    async def _show(self, step: Step, message: str = "") -> None:
        if step is Step.REVIEW:
            self._current.now = replace(self._current.now, is_editing=False)
            message = message or self._current.now.correction_words
        await self._navigator.show_step(step, message)

    def _save(self) -> None:
        if self._current.now.wizard.draft == Draft():
            return  # nothing was answered yet: the person looks at what exists
        self._kept_answers.save(self._current.now, self._navigator.open_steps()[-1])

    def _drop_correction_of_something_else(self) -> None:
        self._current.now = replace(self._current.now, correction=self._current.now.holding_correction)
