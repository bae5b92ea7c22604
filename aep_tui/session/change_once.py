"""Changes or deletes an existing connection: sent once, in the version that the person saw, and told as it is.

A change names the version, so a second one could not be carried out unnoticed; still none is sent without a reason.
When the answer is lost the connection itself is asked: its etag, and all of the change that the platform shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound, OutcomeUnknown, PlatformError
from aep_tui.session.changes import check_unchanged

LOOKS_FOR: Final = 65.0
"""Seconds; the gateway itself gives a request up after 60."""
_BETWEEN_LOOKS: Final = 5.0

Progress: TypeAlias = Callable[[str], None]


class ChangingService(Protocol):
    """What changing needs of `FlowService`."""

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        """Return what the platform says about a connection."""

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        """Change a connection in the version that was seen."""

    async def delete_connection(self, connection_id: str, etag: str) -> None:
        """Delete a connection in the version that `etag` names."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The change was carried out, or the connection is gone.

    Attributes:
        etag: the new one, "" after a delete or when it is not known.
        found_words: how it was found out, "" when the answer itself said so.
    """

    etag: str = ""
    found_words: str = ""


@dataclass(frozen=True, slots=True)
class NotChanged:
    """The connection is what it was before.

    Attributes:
        error: why.
        now: the connection as it is, when it was looked at: with 412 what somebody else has made of it.
    """

    error: Problem
    now: ConnectionStatus | None = None


@dataclass(frozen=True, slots=True)
class ChangeUnknown:
    """Nobody can tell.

    Attributes:
        error: what hid the outcome.
        now: the connection as it was seen last, None when it could not be looked at.
    """

    error: OutcomeUnknown
    now: ConnectionStatus | None = None


ChangeOutcome: TypeAlias = Changed | NotChanged | ChangeUnknown


async def change_once(
    service: ChangingService,
    seen: ConnectionStatus,
    change: ConnectionChange,
    clock: Clock,
    on_progress: Progress | None = None,
) -> ChangeOutcome:
    """Send a change once, and return what became of it.

    Args:
        service: of the connection's sandbox.
        seen: the connection as the person saw it; its etag names the version.
        change: what is to change.
        clock: for the waits.
        on_progress: is told in a sentence what happens now.

    Raises:
        ConnectionChanged: the platform names no version of the connection; nothing was sent.
    """
    check_unchanged(seen, seen)
    try:
        return Changed((await service.change_connection(seen, change)).etag)
    except PlatformError as error:
        failure = error
    if _is_certainly_not_carried_out(failure):
        return NotChanged(failure, await _now(service, seen) if failure.status == _HAS_CHANGED else None)

    def judged(now: ConnectionStatus | None) -> ChangeOutcome | None:
        if now is None or now.etag == seen.etag:
            return None
        if change.is_shown_by(now) and not change.is_shown_by(seen):
            return Changed(now.etag, _("found by looking: it was changed, and the answer was lost"))
        return ChangeUnknown(_unknown(failure, _words_of_another_version(now)), now)

    return await _looked_into(service, seen, failure, judged, clock, on_progress)


async def delete_once(
    service: ChangingService, seen: ConnectionStatus, clock: Clock, on_progress: Progress | None = None
) -> ChangeOutcome:
    """Delete a connection once, in the version that the person saw, and return what became of it.

    It counts as deleted when the platform has said so, or does not find it any more after the request has left.

    Args:
        service: of the connection's sandbox.
        seen: the connection as the person saw it.
        clock: for the waits.
        on_progress: is told in a sentence what happens now.

    Raises:
        ConnectionChanged: the platform names no version of the connection; nothing was sent.
    """
    check_unchanged(seen, seen)
    try:
        await service.delete_connection(seen.connection_id, seen.etag)
    except PlatformError as error:
        failure = error
    else:
        return Changed()
    if _is_certainly_not_carried_out(failure):
        return NotChanged(failure, await _now(service, seen) if failure.status == _HAS_CHANGED else None)

    def judged(now: ConnectionStatus | None) -> ChangeOutcome | None:
        if now is None:
            return Changed(found_words=_("found by looking: it is gone, and the answer was lost"))
        if now.etag == seen.etag:
            return None
        return ChangeUnknown(_unknown(failure, _words_of_another_version(now)), now)

    return await _looked_into(service, seen, failure, judged, clock, on_progress)


_HAS_CHANGED: Final = 412


def _is_certainly_not_carried_out(error: PlatformError) -> bool:
    return not error.request_left or error.proves_refusal


async def _now(service: ChangingService, seen: ConnectionStatus) -> ConnectionStatus | None:
    """Return the connection as it is, for the words about what somebody else has changed; None when it is not told."""
    try:
        return await service.connection_status(seen.connection_id)
    except PlatformError:
        return None


async def _looked_into(
    service: ChangingService,
    seen: ConnectionStatus,
    failure: PlatformError,
    judged: Callable[[ConnectionStatus | None], ChangeOutcome | None],
    clock: Clock,
    on_progress: Progress | None,
) -> ChangeOutcome:
    """Look at the connection until it tells, or until a request can be under way no more.

    `judged` returns what a look proves, None when it proves nothing yet; it gets None when there is no connection.
    """
    last: ConnectionStatus | None = None
    started = clock.monotonic()
    while True:
        if on_progress is not None:
            on_progress(_("The answer was lost. Looking at the connection."))
        has_looked = True
        try:
            last = await service.connection_status(seen.connection_id, with_retries=False)
        except NotFound as error:
            if not error.proves_refusal:
                has_looked = False
            elif (outcome := judged(None)) is not None:
                return outcome
        except PlatformError:
            has_looked = False
        else:
            if (outcome := judged(last)) is not None:
                return outcome
        if clock.monotonic() - started >= LOOKS_FOR:
            break
        await clock.sleep(_BETWEEN_LOOKS)
    if has_looked and last is not None and last.etag == seen.etag:
        return NotChanged(_still_the_same(failure), last)
    words = _("The connection could not be looked at. Look at it again before you try once more.")
    return ChangeUnknown(_unknown(failure, words), last)


def _still_the_same(failure: PlatformError) -> Problem:
    return Problem(
        _("The connection was not changed"),
        _("{reason} A minute later it still is the version that you saw.").format(reason=failure.message),
        _("Try again: a change of this version that came late would be refused or be the one that you see."),
    )


def _words_of_another_version(now: ConnectionStatus) -> str:
    changed_at = f"{now.updated_at:%Y-%m-%d %H:%M} UTC" if now.updated_at else _("an unknown time")
    return _(
        "It was changed at {instant} by {who}, and what the platform shows of it does not tell whether that was your "
        "change. Look at it and test it before you change it again."
    ).format(instant=changed_at, who=now.updated_by or _("somebody"))


def _unknown(cause: PlatformError, what_to_do: str) -> OutcomeUnknown:
    error = OutcomeUnknown(
        _("It is not known whether the connection was changed"),
        cause.message,
        what_to_do,
        status=cause.status,
        code=cause.code,
        request_id=cause.request_id,
        server_said=cause.server_said,
        who_can_fix=cause.who_can_fix,
    )
    error.cause = cause
    return error
