"""A new access token in the place of one that is not accepted any more: asked for in place, and the work goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.navigator import Navigator

if TYPE_CHECKING:
    from aep_tui.domain.secret import Secret

Answer = TypeVar("Answer")

SUBMIT_AGAIN: Final = _(
    "The new access token is used from now on. Nothing has been changed yet, and what you typed is kept."
)
CREATE_AGAIN: Final = _(
    "The new access token is used from now on. Nothing has been created yet, and what you typed is kept: submit again."
)


class NewTokens:
    """Asks for tokens, and lets all that follows use them.

    Attributes:
        take_token: lets later requests ask with another token.
    """

    def __init__(
        self, navigator: Navigator, take_token: Callable[[Secret], None], is_pasted: Callable[[], bool] = lambda: True
    ) -> None:
        """Take the face that asks.

        Args:
            navigator: the face.
            take_token: lets later requests ask with another token.
            is_pasted: whether the token was pasted: a client credential obtains its tokens by itself.
        """
        self._navigator = navigator
        self._is_pasted = is_pasted
        self.take_token = take_token

    async def is_given(self, problem: Exception | None) -> bool:
        """Return whether a new token mends `problem` and the person has given one; questions wait.

        Args:
            problem: why something did not go on, None for no failure.
        """
        if not isinstance(problem, AuthenticationRequired) or not self._is_pasted():
            return False
        reason: Problem = problem
        while (token := await self._navigator.ask_for_token(reason)) is not None:
            try:
                self.take_token(token)
            except SettingsProblem as unusable:
                reason = unusable
            else:
                return True
        return False

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
