"""The part of the app before the first question: whether the set-up works, and what earlier runs left open."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from aep_tui.domain.problem import Problem
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.settings.launch import Launch
from aep_tui.tui.platform_app import PlatformApp
from aep_tui.tui.steps.step import StepScreen

if TYPE_CHECKING:
    from aep_tui.domain.intent import Intent
    from aep_tui.pages.left_open import LeftOpenAnswer
    from aep_tui.state.unfinished import Unfinished


class StartApp(PlatformApp):
    """In live mode the checks come first, then the question what to do about what is open."""

    def __init__(self, launch: Launch, wizard: Wizard) -> None:
        """Ask once about what is open."""
        super().__init__(launch, wizard)
        self._asks_about_unfinished = True

    async def look_for_unfinished(self) -> None:
        """Say on the welcome page what earlier runs left open."""
        from aep_tui.pages.left_open import unfinished_message
        from aep_tui.state.unfinished import find_unfinished

        unfinished = await asyncio.to_thread(find_unfinished)
        if isinstance(self.screen, StepScreen) and self.screen.step is Step.WELCOME:
            self.screen.show_frame(replace(self.screen.frame, message=unfinished_message(unfinished)))

    @work(group="begin", exclusive=True)
    async def begin_live_walk(self) -> None:
        """Go on from the welcome page in live mode: what was left open comes before the first question."""
        from aep_tui.pages.left_open import StartAnew, unfinished_question
        from aep_tui.state.unfinished import Unfinished, find_unfinished
        from aep_tui.tui.dialogs.asking import ChoiceModal

        if self._asks_about_unfinished and not await self._set_up_is_accepted():
            return
        unfinished = await asyncio.to_thread(find_unfinished) if self._asks_about_unfinished else Unfinished()
        question = unfinished_question(unfinished, self.target)
        answer = StartAnew() if question is None else await self.push_screen_wait(ChoiceModal(question))
        if answer is None:
            return
        try:
            await self._go_on_with(answer, unfinished)
        except Problem as problem:
            self.show_trouble(problem)

    async def _go_on_with(self, answer: LeftOpenAnswer, unfinished: Unfinished) -> None:
        """Do what was chosen of what is unfinished.

        Raises:
            SettingsProblem: a value of the target, the journal or the saved answers cannot be used.
        """
        from aep_tui.pages.left_open import ForgetAll, GoOnWith, LookFor, WatchOn
        from aep_tui.state.draft_store import remove_draft

        match answer:
            case LookFor(intent):
                await self._push_reconcile(intent)
                return
            case WatchOn(entry):
                await self._use_target_of(entry.intent)
                self.open_session().adopt(entry.intent)
                await self.push_watch(entry.outcome.connection_id if entry.outcome else "")
                return
            case GoOnWith(saved):
                self.wizard = self.wizard.with_draft(saved.draft)
            case ForgetAll():
                self.open_session().forget_open_intents(unfinished)
            case _ if unfinished.saved is not None:
                remove_draft()
        self._asks_about_unfinished = False
        await self.push_first_question()

    async def _set_up_is_accepted(self) -> bool:
        """Show the checks of the set-up; return whether the person goes on with it."""
        from aep_tui.tui.steps.checks import PreflightScreen

        try:
            preflight = self.open_session().preflight(self.wizard.catalog)
        except Problem as problem:
            self.show_trouble(problem)
            return False
        decision = await self.push_screen_wait(PreflightScreen(self.target, preflight))
        self.offered_auth_spec_names = decision.report.offered_auth_spec_names
        return decision.goes_on

    async def push_first_question(self) -> None:
        """Show the first step after the welcome page."""
        raise NotImplementedError

    async def _push_reconcile(self, intent: Intent) -> None:
        from aep_tui.tui.steps.status import StatusScreen

        await self._use_target_of(intent)
        self.unclear_intent = intent
        await self.push_screen(StatusScreen(self.frame(), self.open_session().for_reconcile(intent)))

    async def _use_target_of(self, intent: Intent) -> None:
        """Turn to the sandbox of an earlier create, in the same organization of the same service."""
        if intent.sandbox_name != self.target.sandbox_name:
            self.target = replace(self.target, sandbox_name=intent.sandbox_name)
            self.sandbox = None
            await self.end_session()
