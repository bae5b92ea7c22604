"""After the status page: a test that failed leads to a correction, a deletion, or to the result as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.connection import DELETED, ConnectionStatus, CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.wizard import Step
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.submit_questions import AfterFailedTest, delete_confirmation, failed_test
from aep_tui.pages.target_words import place_words
from aep_tui.pages.walk import WalkFlow

if TYPE_CHECKING:
    from aep_tui.pages.status_view import Seen


class CorrectFlow:
    """Decides what becomes of a connection that exists."""

    def __init__(self, tools: FlowTools, walk: WalkFlow) -> None:
        self._tools = tools
        self._walk = walk

    async def finish(self, seen: Seen) -> None:
        """Go to the result; when the platform's test failed, ask first what to do about it."""
        if seen.test_passed is False:
            wizard = self._tools.current.now.wizard
            etag = seen.status.etag if seen.status else ""
            # Without an etag, as while it initializes, a change could not say what it changes.
            can_correct = bool(etag) and wizard.auth_method is not None
            answer = await self._tools.navigator.ask(failed_test(can_correct))
            if answer is AfterFailedTest.CORRECT:
                correction = self._tools.current.now.correction_of(seen.created.connection_id, etag)
                self._tools.current.now = replace(self._tools.current.now, correction=correction)
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
        now = self._tools.current.now
        if not await self._tools.navigator.confirm(delete_confirmation(name, place_words(now.target, now.sandbox))):
            return False
        try:
            seen = status or ConnectionStatus(created.connection_id, "", etag=created.etag)
            await self._tools.session.open().delete(seen)
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
            return False
        if self._tools.current.now.result is not None:
            result = replace(self._tools.current.now.result, state=DELETED)
            self._tools.current.now = replace(self._tools.current.now, result=result)
        return True

    async def _show_result(self) -> None:
        result = self._tools.current.now.result
        if result is None:
            return
        self._tools.current.now = replace(self._tools.current.now, correction=None)
        if self._tools.session.opened is not None:
            try:
                self._tools.session.opened.conclude()
            except Problem as problem:
                self._tools.navigator.show_trouble(problem)
        await self._tools.navigator.show_result(result)
