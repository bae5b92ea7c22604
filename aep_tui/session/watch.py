"""Watches a connection until it is enabled, and tells what it sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    NotFound,
    PlatformError,
    RateLimited,
    ServiceUnavailable,
)

FIRST_WAITS: Final = (1.0, 2.0, 5.0)
USUAL_WAIT: Final = 10.0
LONGEST_WAIT_AFTER_FAILURE: Final = 60.0
GIVES_UP_AFTER: Final = 600.0
SHOWN_WITHIN: Final = 60.0
"""Seconds in which a new connection that is not found is taken for one that does not show yet."""


class WatchEnd(StrEnum):
    """Why watching ended."""

    ENABLED = "enabled"
    UNKNOWN_STATE = "unknown-state"
    GAVE_UP = "gave-up"


@dataclass(frozen=True, slots=True)
class StateSeen:
    """A poll worked.

    Attributes:
        status: what the platform says.
        at: when it was seen.
        is_change: whether the state differs from the one seen before; True for the first.
    """

    status: ConnectionStatus
    at: datetime
    is_change: bool


@dataclass(frozen=True, slots=True)
class PollFailed:
    """A poll failed, which says nothing about the connection; watching goes on.

    Attributes:
        error: the failure.
        next_poll_in: seconds until the next poll.
    """

    error: PlatformError
    next_poll_in: float


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The access token was refused; watching pauses until `Watch.use_access_token` or `Watch.resume`.

    Attributes:
        error: the failure.
    """

    error: AuthenticationRequired


@dataclass(frozen=True, slots=True)
class WatchEnded:
    """The last event.

    Attributes:
        reason: enabled; a state that is not known to pass by itself; or ten minutes without either.
    """

    reason: WatchEnd


WatchEvent: TypeAlias = StateSeen | PollFailed | TokenRefused | WatchEnded


class StatusService(Protocol):
    """What watching needs of `FlowService`."""

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        """Return what the platform says about a connection."""

    def replace_access_token(self, token: Secret) -> None:
        """Send `token` from the next request on."""


class Watch:
    """The watching of one connection: iterate over it once for the events.

    Polls after 1 s, 2 s and 5 s, then every 10 s. A poll is a single attempt without the retries of other reads,
    because the next poll is the retry, and a person should read of a failure at once. After failures in a row the wait
    doubles from what is due up to 60 s, and never is shorter than the platform asks. The time of a pause for a new
    token does not count towards the ten minutes.
    """

    def __init__(self, service: StatusService, connection_id: str, *, clock: Clock, is_new: bool = False) -> None:
        """Take what is watched; nothing is sent until the iteration begins.

        Args:
            service: of the connection's target.
            connection_id: the connection.
            clock: for the waits.
            is_new: it was created a moment ago, so the platform may not show it yet.
        """
        self._service = service
        self._connection_id = connection_id
        self._clock = clock
        self._may_be_late = is_new
        self._may_go_on = asyncio.Event()

    def use_access_token(self, token: Secret) -> None:
        """Give the service a new access token, and go on at once.

        Raises:
            SettingsProblem: no header can carry it; the watching stays paused.
        """
        self._service.replace_access_token(token)
        self.resume()

    def resume(self) -> None:
        """Go on after a pause, for a caller that has given the service a new token itself."""
        self._may_go_on.set()

    async def events(self) -> AsyncIterator[WatchEvent]:
        """Yield what happens, `WatchEnded` last. Cancelling the task ends a wait at once."""
        started = self._clock.monotonic()
        polls = failures = 0
        last_state: str | None = None
        wait = FIRST_WAITS[0]
        while True:
            left = GIVES_UP_AFTER - (self._clock.monotonic() - started)
            if left <= 0:
                yield WatchEnded(WatchEnd.GAVE_UP)
                return
            await self._clock.sleep(min(wait, left))
            polls += 1
            due = FIRST_WAITS[polls] if polls < len(FIRST_WAITS) else USUAL_WAIT
            try:
                status = await self._service.connection_status(self._connection_id, with_retries=False)
            except AuthenticationRequired as error:
                refusal = error
            except PlatformError as error:
                failures += 1
                wait = _wait_after(error, failures, due)
                is_young = self._may_be_late and self._clock.monotonic() - started < SHOWN_WITHIN
                yield PollFailed(_not_shown_yet(error) if is_young and isinstance(error, NotFound) else error, wait)
                continue
            else:
                failures = 0
                wait = due
                self._may_be_late = False
                yield StateSeen(status, self._clock.now(), is_change=status.state != last_state)
                last_state = status.state
                if status.is_enabled:
                    yield WatchEnded(WatchEnd.ENABLED)
                    return
                if status.state and not status.is_pending:
                    yield WatchEnded(WatchEnd.UNKNOWN_STATE)
                    return
                continue
            # The signal falls before the event goes out, so that a token which is given while the event is being
            # handled is not lost.
            self._may_go_on.clear()
            paused_at = self._clock.monotonic()
            yield TokenRefused(refusal)
            await self._may_go_on.wait()
            started += self._clock.monotonic() - paused_at
            polls = 0
            wait = 0.0

    def __aiter__(self) -> AsyncIterator[WatchEvent]:
        return self.events()


def watch_connection(service: StatusService, connection_id: str, *, clock: Clock, is_new: bool = False) -> Watch:
    """Return the watching of a connection, ready for `async for`; `is_new` as for `Watch`."""
    return Watch(service, connection_id, clock=clock, is_new=is_new)


def _not_shown_yet(error: NotFound) -> NotFound:
    return NotFound(
        _("Not visible yet"),
        _("The platform does not show the connection yet, as may be in the first minute after a create."),
        _("Nothing is to be done; it is looked for again."),
        status=error.status,
        code=error.code,
        request_id=error.request_id,
        server_said=error.server_said,
    )


def _wait_after(error: PlatformError, failures: int, due: float) -> float:
    wait = min(due * 2.0 ** min(failures - 1, 10), LONGEST_WAIT_AFTER_FAILURE)
    asked_for = error.retry_after if isinstance(error, RateLimited | ServiceUnavailable) else None
    return max(wait, asked_for or 0.0)
