"""What is known about the sandboxes of the present organization, for the target line and for confirmations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.known_sandboxes import KnownSandboxes
from aep_tui.pages.target_session import TargetSession

if TYPE_CHECKING:
    from aep_tui.flow_service.retry import RetryWait


class SandboxTypes:
    """Reads the list of sandboxes when a type is wanted that nobody knows, once for each target."""

    def __init__(self, current: CurrentState, session: TargetSession) -> None:
        """Take who is asked, and on whose behalf."""
        self._current = current
        self._session = session
        self._known = KnownSandboxes(None)

    def of(self, name: str) -> Sandbox | None:
        """Return what is known about a sandbox, None for nothing."""
        now = self._current.now
        if now.sandbox is not None and now.sandbox.name == name:
            return now.sandbox
        return self._known.sandbox_of(replace(now.target, sandbox_name=name))

    def all_of(self, names: Iterable[str]) -> tuple[Sandbox, ...]:
        """Return the sandboxes of these names, each with its type as far as that is known."""
        return tuple(self.of(name) or Sandbox(name) for name in names)

    async def read(self, on_retry: Callable[[RetryWait], None] | None = None) -> tuple[Sandbox, ...]:
        """Return the sandboxes that the credential may use; the name of none is sent.

        Raises:
            Problem: they cannot be read.
        """
        target = self._current.now.target
        async with self._session.sandboxes(("",), on_retry) as (organization,):
            found = await organization.service.sandboxes()
        self._known.keep(target, found)
        return found

    async def learn(self, names: Iterable[str]) -> bool:
        """Find out the types of sandboxes that nobody knows yet; return whether anything was learnt.

        A list that cannot be read leaves them unknown, and is asked for again the next time.
        """
        if all(self.of(name) for name in names) or self._known.has_list_of(self._current.now.target):
            return False
        try:
            await self.read()
        except Problem:
            return False
        return True
