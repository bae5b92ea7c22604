"""Watching without a person: a sentence for what happens, and an end that a script can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound, PlatformError, is_failed_test
from aep_tui.session.watch import PollFailed, StateSeen, TokenRefused, WatchEnded

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.session.status_session import StatusSession
    from aep_tui.session.watch import Watch


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watching has shown.

    Attributes:
        status: as it was seen last, None when it was never seen.
        failure: what ended the watching before its time, or None.
    """

    status: ConnectionStatus | None = None
    failure: PlatformError | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether the connection was seen enabled."""
        return self.status is not None and self.status.is_enabled


async def watch_unattended(
    watch: Watch,
    tell: Callable[[str], None],
    on_change: Callable[[StateSeen], None] | None = None,
    *,
    is_new: bool = False,
) -> Watched:
    """Watch until the connection is enabled, its state is one that stays, the time is up, or nobody may look.

    A token that is refused ends it, because nobody can be asked for another one, and so does a connection that the
    platform does not know and did not create a moment ago.

    Args:
        watch: of the connection.
        tell: is told in a sentence what happens now.
        on_change: gets each state that differs from the one before.
        is_new: the connection was created a moment ago, so that the platform may not show it yet.
    """
    status: ConnectionStatus | None = None
    async for event in watch:
        match event:
            case StateSeen(seen, _at, is_change):
                status = seen
                if is_change:
                    tell(_("The connection is {state}.").format(state=seen.state or _("in a state without a name")))
                    if on_change is not None:
                        on_change(event)
            case PollFailed(error, _wait) if isinstance(error, NotFound) and status is None and not is_new:
                return Watched(status, error)
            case PollFailed(error, wait):
                words = _("{reason} Looking again in {seconds} s.")
                tell(words.format(reason=error.message, seconds=round(wait)))
            case TokenRefused(error):
                return Watched(status, error)
            case WatchEnded():
                break
    return Watched(status)


async def tested_unattended(work: StatusSession, connection_id: str, tell: Callable[[str], None]) -> bool | None:
    """Return what the platform's own test of the connection says, None when it gives no answer.

    Args:
        work: asks the platform.
        connection_id: of the connection.
        tell: is told in a sentence what it said.
    """
    try:
        passed = await work.test(connection_id)
    except Problem as problem:
        tell(_("The platform's test of the connection: {reason}").format(reason=problem.message))
        return False if is_failed_test(problem) else None
    tell(_("The platform's test of the connection: OK.") if passed else _("The platform's test failed."))
    return passed
