"""From the welcome page to what the person wants to do: does the set-up work, and what did earlier runs leave open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.problem import Problem
from aep_tui.domain.step_answer import Task
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.pages.connections_flow import ConnectionsFlow
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.left_open import (
    ForgetAll,
    GoOnWith,
    LeftOpenAnswer,
    LookFor,
    LookIntoChange,
    StartAnew,
    WatchOn,
    left_open_words,
    unfinished_message,
    unfinished_question,
)
from aep_tui.pages.walk import WalkFlow
from aep_tui.state.unfinished import Unfinished, find_unfinished

if TYPE_CHECKING:
    from aep_tui.domain.change_intent import ChangeIntent
    from aep_tui.domain.draft import Draft
    from aep_tui.domain.intent import Intent
    from aep_tui.domain.wizard import Wizard


class StartFlow:
    """In live mode the checks come first, once; what earlier runs left open stands beside what else can be done."""

    def __init__(
        self,
        tools: FlowTools,
        walk: WalkFlow,
        connections: ConnectionsFlow,
        find: Callable[[], Unfinished] = find_unfinished,
    ) -> None:
        """Take what finds out what earlier runs left open; it may wait for the disk."""
        self._tools = tools
        self._walk = walk
        self._connections = connections
        self._find = find

    async def left_open_words(self) -> str:
        """Return what the welcome page says about earlier runs, "" when nothing is open."""
        return unfinished_message(await asyncio.to_thread(self._find))

    async def begin_live(self) -> None:
        """Go on from the welcome page: the checks of the set-up, then the question what to do."""
        if await self._set_up_is_accepted():
            await self._look_for_left_open()
            await self._walk.show_first_question()

    def waits(self, task: Task) -> bool:
        """Return whether `take_up` asks a question of its own: then it is not awaited where keys are taken."""
        return task is Task.LEFT_OPEN or (task is Task.CREATE and self._asks_about_set_up)

    async def take_up(self, task: Task) -> None:
        """Do what the person wants to do, and remember it for when the question is asked again."""
        self._tools.current.now = replace(self._tools.current.now, task=task)
        match task:
            case Task.LEFT_OPEN:
                await self._ask_about_left_open()
            case Task.CONNECTIONS:
                await self._connections.show_list()
            case Task.CREATE:
                if await self._set_up_is_accepted():
                    await self._walk.begin()

    async def show_connections(self, sandbox_names: Sequence[str] = ()) -> None:
        """Go on from the welcome page to the list of existing connections at once; below it is what else can be done.

        The checks of the set-up are about creating, and come when that is chosen.
        """
        if self._tools.current.now.target.mode is Mode.LIVE:
            await self._look_for_left_open()
        await self._tools.navigator.show_steps([Step.TASK])
        await self._connections.show_list(sandbox_names)

    async def watch(self, connection_id: str) -> None:
        """Show the live status of an existing connection."""
        try:
            work = self._tools.session.open().for_watch(connection_id)
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
        else:
            await self._tools.navigator.show_status(work)

    async def _set_up_is_accepted(self) -> bool:
        """Show the checks of the set-up, unless they were seen; return whether the person goes on with it."""
        now = self._tools.current.now
        if not self._asks_about_set_up:
            return True
        try:
            preflight = self._tools.session.open().preflight(now.wizard.catalog)
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
            return False
        decision = await self._tools.navigator.check_set_up(now.target, preflight)
        offered = decision.report.offered_auth_spec_names
        still_asks = not decision.goes_on
        self._tools.current.now = replace(
            self._tools.current.now, offered_auth_spec_names=offered, asks_about_set_up=still_asks
        )
        return decision.goes_on

    @property
    def _asks_about_set_up(self) -> bool:
        now = self._tools.current.now
        return now.target.mode is Mode.LIVE and now.asks_about_set_up

    async def _look_for_left_open(self) -> Unfinished:
        """Return what is open, and let the question what to do say so; it may wait for the disk."""
        unfinished = await asyncio.to_thread(self._find)
        words = left_open_words(unfinished_question(unfinished, self._tools.current.now.target))
        self._tools.current.now = replace(self._tools.current.now, left_open=words)
        return unfinished

    async def _ask_about_left_open(self) -> None:
        unfinished = await self._look_for_left_open()
        question = unfinished_question(unfinished, self._tools.current.now.target)
        answer: LeftOpenAnswer | None = None
        if question is not None:
            answer = await self._tools.navigator.ask(question)
        try:
            if answer is not None:
                await self._go_on_with(answer, unfinished)
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
        if question is None:
            self._tools.navigator.refresh()

    async def _go_on_with(self, answer: LeftOpenAnswer, unfinished: Unfinished) -> None:
        """Do what was chosen of what is unfinished.

        Raises:
            SettingsProblem: a value of the target, the journal or the saved answers cannot be used.
        """
        match answer:
            case LookFor(intent):
                await self._use_sandbox_of(intent)
                self._tools.current.now = replace(self._tools.current.now, unclear_intent=intent)
                await self._tools.navigator.show_status(self._tools.session.open().for_reconcile(intent))
                return
            case LookIntoChange(change):
                await self._use_sandbox_of(change)
                await self._tools.navigator.show_status(self._tools.session.open().for_change_look(change))
                return
            case WatchOn(entry):
                await self._use_sandbox_of(entry.intent)
                self._tools.session.open().adopt(entry.intent)
                await self.watch(entry.outcome.connection_id if entry.outcome else "")
                return
            case GoOnWith(saved):
                wizard = await self._resumed(saved.draft)
                self._tools.current.now = replace(self._tools.current.now, wizard=wizard)
                self._tools.kept_answers.take_over(saved)
                await self._walk.go_on_at(saved.step)
                return
            case ForgetAll():
                self._tools.session.open().forget_open_intents(unfinished)
            case StartAnew() if unfinished.saved is not None:
                self._tools.kept_answers.discard(unfinished.saved)
        await self._look_for_left_open()
        self._tools.navigator.refresh()
        await self._walk.begin()

    async def _resumed(self, draft: Draft) -> Wizard:
        """Return the walk with the answers of an earlier one; a form that only the platform describes is read anew.

        Raises:
            Problem: the platform does not offer the source any more, or could not be asked; the answers stay kept.
        """
        wizard = self._tools.current.now.wizard
        if draft.source_id and wizard.catalog.source(draft.source_id) is None:
            source = await self._tools.session.open().here.sources.described(draft.source_id)
            wizard = replace(wizard, catalog=wizard.catalog.with_other(source))
        return wizard.with_draft(draft)

    async def _use_sandbox_of(self, intent: Intent | ChangeIntent) -> None:
        """Turn to the sandbox of an earlier create, in the same organization of the same service."""
        target = self._tools.current.now.target
        if intent.place != target.place:
            target = replace(target, sandbox_name=intent.sandbox_name)
            self._tools.current.now = replace(self._tools.current.now, target=target, sandbox=None)
            await self._tools.session.close()
