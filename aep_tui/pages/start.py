"""From the welcome page to the first question: does the set-up work, and what did earlier runs leave open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.problem import Problem
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.pages.left_open import (
    ForgetAll,
    GoOnWith,
    LeftOpenAnswer,
    LookFor,
    LookIntoChange,
    StartAnew,
    WatchOn,
    unfinished_message,
    unfinished_question,
)
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.target_session import TargetSession
from aep_tui.pages.walk import WalkFlow
from aep_tui.state.unfinished import Unfinished, find_unfinished

if TYPE_CHECKING:
    from aep_tui.domain.change_intent import ChangeIntent
    from aep_tui.domain.intent import Intent


class StartFlow:
    """In live mode the checks come first, then the question what to do about what is open; both are asked once."""

    def __init__(
        self,
        current: CurrentState,
        navigator: Navigator,
        session: TargetSession,
        walk: WalkFlow,
        kept_answers: KeptAnswers,
        find: Callable[[], Unfinished] = find_unfinished,
    ) -> None:
        """Take what finds out what earlier runs left open; it may wait for the disk."""
        self._current = current
        self._navigator = navigator
        self._session = session
        self._walk = walk
        self._kept_answers = kept_answers
        self._find = find

    async def left_open_words(self) -> str:
        """Return what the welcome page says about earlier runs, "" when nothing is open."""
        return unfinished_message(await asyncio.to_thread(self._find))

    async def begin_live(self) -> None:
        """Go on from the welcome page: what was left open comes before the first question."""
        is_first_time = self._current.now.asks_about_left_open
        if is_first_time and not await self._set_up_is_accepted():
            return
        unfinished = await asyncio.to_thread(self._find) if is_first_time else Unfinished()
        question = unfinished_question(unfinished, self._current.now.target)
        answer: LeftOpenAnswer | None = StartAnew()
        if question is not None:
            answer = await self._navigator.ask(question)
        if answer is None:
            return
        try:
            await self._go_on_with(answer, unfinished)
        except Problem as problem:
            self._navigator.show_trouble(problem)

    async def watch(self, connection_id: str) -> None:
        """Show the live status of an existing connection."""
        try:
            work = self._session.open().for_watch(connection_id)
        except Problem as problem:
            self._navigator.show_trouble(problem)
        else:
            await self._navigator.show_status(work)

    async def _set_up_is_accepted(self) -> bool:
        """Show the checks of the set-up; return whether the person goes on with it."""
        now = self._current.now
        try:
            preflight = self._session.open().preflight(now.wizard.catalog)
        except Problem as problem:
            self._navigator.show_trouble(problem)
            return False
        decision = await self._navigator.check_set_up(now.target, preflight)
        offered = decision.report.offered_auth_spec_names
        self._current.now = replace(self._current.now, offered_auth_spec_names=offered)
        return decision.goes_on

    async def _go_on_with(self, answer: LeftOpenAnswer, unfinished: Unfinished) -> None:
        """Do what was chosen of what is unfinished.

        Raises:
            SettingsProblem: a value of the target, the journal or the saved answers cannot be used.
        """
        match answer:
            case LookFor(intent):
                await self._use_sandbox_of(intent)
                self._current.now = replace(self._current.now, unclear_intent=intent)
                await self._navigator.show_status(self._session.open().for_reconcile(intent))
                return
            case LookIntoChange(change):
                await self._use_sandbox_of(change)
                await self._navigator.show_status(self._session.open().for_change_look(change))
                return
            case WatchOn(entry):
                await self._use_sandbox_of(entry.intent)
                self._session.open().adopt(entry.intent)
                await self.watch(entry.outcome.connection_id if entry.outcome else "")
                return
            case GoOnWith(saved):
                wizard = self._current.now.wizard.with_draft(saved.draft)
                self._current.now = replace(self._current.now, wizard=wizard, asks_about_left_open=False)
                self._kept_answers.take_over(saved)
                await self._walk.go_on_at(saved.step)
                return
            case ForgetAll():
                self._session.open().forget_open_intents(unfinished)
            case StartAnew() if unfinished.saved is not None:
                self._kept_answers.discard(unfinished.saved)
        self._current.now = replace(self._current.now, asks_about_left_open=False)
        await self._walk.show_first_question()

    async def _use_sandbox_of(self, intent: Intent | ChangeIntent) -> None:
        """Turn to the sandbox of an earlier create, in the same organization of the same service."""
        target = self._current.now.target
        if intent.sandbox_name != target.sandbox_name:
            target = replace(target, sandbox_name=intent.sandbox_name)
            self._current.now = replace(self._current.now, target=target, sandbox=None)
            await self._session.close()
