"""A new access token in the place of one that is not accepted any more: asked for in place, and the work goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.navigator import Navigator

if TYPE_CHECKING:
    from aep_tui.domain.secret import Secret

Answer = TypeVar("Answer")


class NewTokens:
    """Asks for tokens, and lets all that follows use them."""

    def __init__(self, navigator: Navigator, take_token: Callable[[Secret], None]) -> None:
        """Take the face that asks, and what lets later requests ask with another token."""
        self._navigator = navigator
        self._take_token = take_token

    async def is_given(self, problem: Problem | None) -> bool:
        """Return whether a new token mends `problem` and the person has given one; questions wait.

        Args:
            problem: why something did not go on, None for no failure.
        """
        if not isinstance(problem, AuthenticationRequired):
            return False
        token = await self._navigator.ask_for_token(problem)
        if token is not None:
            self._take_token(token)
        return token is not None

    async def during(self, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return what `work` gives; where its token is refused, it begins again with the next one.

        Args:
            work: only asks, so that it may begin again.

        Raises:
            AuthenticationRequired: the person has no other token now.
        """
        while True:
            try:
                return await work()
            except AuthenticationRequired as refusal:
                if not await self.is_given(refusal):
                    raise
