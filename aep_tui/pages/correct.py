"""After the status page: a test that failed leads to a correction, a deletion, or to the result as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.connection import DELETED, ConnectionStatus, CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.wizard import Step
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.submit_questions import AfterFailedTest, delete_confirmation, failed_test
from aep_tui.pages.target_session import TargetSession
from aep_tui.pages.target_words import place_words
from aep_tui.pages.walk import WalkFlow

if TYPE_CHECKING:
    from aep_tui.pages.status_view import Seen


class CorrectFlow:
    """Decides what becomes of a connection that exists."""

    def __init__(self, current: CurrentState, navigator: Navigator, session: TargetSession, walk: WalkFlow) -> None:
        self._current = current
        self._navigator = navigator
        self._session = session
        self._walk = walk

    async def finish(self, seen: Seen) -> None:
        """Go to the result; when the platform's test failed, ask first what to do about it."""
        if seen.test_passed is False:
            wizard = self._current.now.wizard
            etag = seen.status.etag if seen.status else ""
            # Without an etag, as while it initializes, a change could not say what it changes.
            can_correct = bool(etag) and wizard.auth_method is not None and wizard.is_answered(Step.REVIEW)
            answer = await self._navigator.ask(failed_test(can_correct))
            if answer is AfterFailedTest.CORRECT:
                correction = self._current.now.correction_of(seen.created.connection_id, etag)
                self._current.now = replace(self._current.now, correction=correction)
                await self._walk.edit(Step.CREDENTIALS, "")
                return
            if answer is None or (
                answer is AfterFailedTest.DELETE and not await self._is_deleted(seen.created, seen.status)
            ):
                return
        await self._show_result()

    async def _is_deleted(self, created: CreatedConnection, status: ConnectionStatus | None) -> bool:
        """Delete the connection when the person types its name; return whether it is gone."""
        name = (status.name if status else "") or created.connection_id
        now = self._current.now
        if not await self._navigator.confirm(delete_confirmation(name, place_words(now.target, now.sandbox))):
            return False
        try:
            seen = status or ConnectionStatus(created.connection_id, "", etag=created.etag)
            await self._session.open().delete(seen)
        except Problem as problem:
            self._navigator.show_trouble(problem)
            return False
        if self._current.now.result is not None:
            result = replace(self._current.now.result, state=DELETED)
            self._current.now = replace(self._current.now, result=result)
        return True

    async def _show_result(self) -> None:
        result = self._current.now.result
        if result is None:
            return
        self._current.now = replace(self._current.now, correction=None)
        if self._session.opened is not None:
            try:
                self._session.opened.conclude()
            except Problem as problem:
                self._navigator.show_trouble(problem)
        await self._navigator.show_result(result)
