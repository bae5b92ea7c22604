"""The session with the present target: opened when it is first needed, closed with another target."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aep_tui.pages.app_state import CurrentState

if TYPE_CHECKING:
    from aep_tui.domain.target import Target
    from aep_tui.session.platform_session import PlatformSession


class TargetSession:
    """At most one session at a time."""

    def __init__(self, current: CurrentState, open_new: Callable[[Target, str], PlatformSession]) -> None:
        """Take what opens a session with a target; the text is the id of the practice scenario."""
        self._current = current
        self._open_new = open_new
        self.opened: PlatformSession | None = None
        self._left_unclear = False

    def open(self) -> PlatformSession:
        """Return the session with the target.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        if self.opened is None:
            self.opened = self._open_new(self._current.now.target, self._current.now.scenario_id)
        return self.opened

    @property
    def is_create_unclear(self) -> bool:
        """Whether a create of this run is on its way, or nobody knows what became of it."""
        return self._left_unclear or (self.opened is not None and self.opened.is_create_unclear)

    async def close(self) -> None:
        """Close the session, for another target or the end of the program."""
        if self.opened is not None:
            session, self.opened = self.opened, None
            self._left_unclear = self._left_unclear or session.is_create_unclear
            await session.close()
