"""When a request is repeated, how long the wait before is, and the loop that does it.

A request that reads is repeated after 429, 502, 503, 504 and after every failure of the network. A request that
changes something is repeated only when it provably was not carried out: it never left, or the gateway refused it
with its documented 429 (`error_code` 429…). Any other 429 may come from something in between.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import SystemRandom
from typing import Final, TypeVar

from aep_tui.domain.clock import Clock
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import ConnectionFailed, PlatformError, RateLimited, ServiceUnavailable

ATTEMPTS: Final = 4
FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 30.0
LONGEST_WAIT_OF_A_CHANGE: Final = 120.0
"""A refused create is asked to wait, sometimes for a minute; the person sees the wait and can leave it."""

_LARGEST_JITTER: Final = 0.2
_PASSING_STATUSES: Final = frozenset({502, 503, 504})
_random = SystemRandom()
_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class RetryWait:
    """A wait that begins now, for a line like "retrying in 4 s (2 of 4)".

    Attributes:
        seconds: how long it takes.
        attempt: the number of the attempt that follows, from 2 on.
        attempts: how many attempts there are at most.
        reason: the failure, in words.
        status: the HTTP status of the failure, or None when the network failed.
    """

    seconds: float
    attempt: int
    attempts: int
    reason: str
    status: int | None = None

    @property
    def words(self) -> str:
        """What is said while it lasts."""
        return _("{reason} Retrying in {seconds} s ({attempt} of {attempts}).").format(
            reason=self.reason, seconds=round(self.seconds, 1), attempt=self.attempt, attempts=self.attempts
        )


def reading_may_be_repeated(error: PlatformError) -> bool:
    """Return whether a GET is worth another try after `error`."""
    if isinstance(error, ServiceUnavailable):
        return error.status in _PASSING_STATUSES
    return isinstance(error, RateLimited | ConnectionFailed)


def change_may_be_repeated(error: PlatformError) -> bool:
    """Return whether a POST, PATCH or DELETE was certainly not carried out and is worth another try."""
    if not error.request_left:
        return reading_may_be_repeated(error)
    return isinstance(error, RateLimited) and error.proves_refusal and error.code.startswith("429")


def seconds_before(attempt: int, asked_for: float | None, jitter: float) -> float:
    """Return the wait before attempt number `attempt` (from 2 on).

    Args:
        attempt: the number of the attempt that follows.
        asked_for: what `Retry-After` says, or None; it is followed exactly.
        jitter: from 0 to 1; spreads clients that failed together.
    """
    if asked_for is not None:
        return asked_for
    return min(FIRST_WAIT * 2.0 ** min(attempt - 2, 30) + jitter * _LARGEST_JITTER, LONGEST_WAIT)


async def with_retries(
    attempt_once: Callable[[], Awaitable[_Result]],
    *,
    may_be_repeated: Callable[[PlatformError], bool],
    clock: Clock,
    on_retry: Callable[[RetryWait], None] | None = None,
    longest_wait: float = LONGEST_WAIT,
    jitter: Callable[[], float] = _random.random,
) -> _Result:
    """Return the result of the first attempt that works, out of at most 4.

    A `Retry-After` beyond `longest_wait` ends the attempts, because coming back earlier than told would be refused
    again; the error then carries the seconds.

    Args:
        attempt_once: sends the request.
        may_be_repeated: judges a failure.
        clock: the waits are spent on it; cancelling the task ends a wait at once.
        on_retry: is told of each wait before it begins.
        longest_wait: seconds.
        jitter: returns a number from 0 to 1.

    Raises:
        PlatformError: the last failure.
    """
    attempt = 1
    while True:
        failure: PlatformError
        try:
            return await attempt_once()
        except PlatformError as error:
            failure = error
        attempt += 1
        asked_for = failure.retry_after if isinstance(failure, RateLimited | ServiceUnavailable) else None
        seconds = seconds_before(attempt, asked_for, jitter())
        if attempt > ATTEMPTS or not may_be_repeated(failure) or seconds > longest_wait:
            failure.attempts = attempt - 1
            raise failure
        _log.debug("attempt %d of %d in %.1f s, after: %s", attempt, ATTEMPTS, seconds, failure.title)
        if on_retry is not None:
            on_retry(RetryWait(seconds, attempt, ATTEMPTS, failure.message, failure.status))
        await clock.sleep(seconds)
