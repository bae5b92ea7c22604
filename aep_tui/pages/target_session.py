"""The session with the present target: opened when it is first needed, closed with another target."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aep_tui.pages.app_state import CurrentState

if TYPE_CHECKING:
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.target import Target
    from aep_tui.flow_service.retry import RetryWait
    from aep_tui.session.open_sandboxes import OpenedSandbox
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.progress import TokenRefusal


class TargetSession:
    """At most one session at a time.

    Attributes:
        on_token_refused: asks the person for another access token while a session looks what became of a request.
    """

    def __init__(self, current: CurrentState, open_new: Callable[[Target, str], PlatformSession]) -> None:
        """Take what opens a session with a target; the text is the id of the practice scenario."""
        self._current = current
        self._open_new = open_new
        self.opened: PlatformSession | None = None
        self._left_unclear = False
        self._elsewhere: dict[str, PlatformSession] = {}
        self.on_token_refused: TokenRefusal | None = None

    def open(self) -> PlatformSession:
        """Return the session with the target.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        if self.opened is None:
            self.opened = self._open_new(self._current.now.target, self._current.now.scenario_id)
            self._ask_for_tokens(self.opened)
        return self.opened

    def _ask_for_tokens(self, session: PlatformSession) -> None:
        if self.on_token_refused is not None:
            session.changes.on_token_refused = self.on_token_refused

    def use_access_token(self, token: Secret) -> None:
        """Let every open session ask with another access token from now on.

        Raises:
            SettingsProblem: no header can carry it; the old one stays.
        """
        for session in self._opened:
            session.use_access_token(token)

    def in_sandbox(self, sandbox_name: str) -> PlatformSession:
        """Return the session with a sandbox of the target, which may be another than the target's own.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        session = self.open()
        if sandbox_name == self._current.now.target.sandbox_name:
            return session
        if sandbox_name not in self._elsewhere:
            from aep_tui.session.connection_work import session_in

            self._elsewhere[sandbox_name] = elsewhere = session_in(session, sandbox_name)
            self._ask_for_tokens(elsewhere)
        return self._elsewhere[sandbox_name]

    @asynccontextmanager
    async def sandboxes(
        self, names: Sequence[str], on_retry: Callable[[RetryWait], None] | None = None
    ) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
        """Yield what asks the platform about each of `names`, over the sign-in of the session.

        Args:
            names: of sandboxes of the target's organization.
            on_retry: is told of each wait before a further attempt.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.session.open_sandboxes import open_sandboxes

        session = self.open()
        async with open_sandboxes(
            self._current.now.target, names, session.wire, sign_ins=session.sign_ins, on_retry=on_retry
        ) as opened:
            yield opened

    @property
    def is_create_unclear(self) -> bool:
        """Whether a create or a change of this run is on its way, or nobody knows what became of it."""
        return self._left_unclear or any(session.is_create_unclear for session in self._opened)

    @property
    def _opened(self) -> tuple[PlatformSession, ...]:
        return (*((self.opened,) if self.opened is not None else ()), *self._elsewhere.values())

    async def close(self) -> None:
        """Close the session, for another target or the end of the program."""
        sessions, self.opened, self._elsewhere = self._opened, None, {}
        for session in sessions:
            self._left_unclear = self._left_unclear or session.is_create_unclear
            await session.close()
