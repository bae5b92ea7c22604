"""Changes or deletes an existing connection: sent once, in the version that the person saw, and told as it is.

The intent is on the disk before the request leaves. A change names the version, so a second one could not be carried
out unnoticed; still none is sent without a reason. When the answer is lost the connection itself is asked
(`change_look`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, Protocol
from uuid import uuid4

from aep_tui.domain.change_intent import ChangeIntent, ChangeJournal, ChangeKind, digests_of_change
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.intent import DATE_ALLOWANCE
from aep_tui.domain.place import Place
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired, NotFound, PlatformError, has_changed
from aep_tui.session.change_look import ReadingService, look_into, unknown_outcome
from aep_tui.session.change_outcome import (
    Changed,
    ChangeOutcome,
    ChangeUnknown,
    NotChanged,
    change_outcome_for_journal,
)
from aep_tui.session.changes import check_unchanged
from aep_tui.session.outcome import is_certainly_not_carried_out
from aep_tui.session.progress import OnProgress, TokenRefusal, ignore_progress, keep_outcome

_GONE_WITHIN: Final = 60.0
"""Seconds in which a connection should not be found any more after the platform has accepted to delete it."""
_POLL_SECONDS: Final = 2.0

_log = logging.getLogger(__name__)


class ChangingService(Protocol):
    """What changing needs of `FlowService`."""

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        """Return what the platform says about a connection."""

    @property
    def server_time_offset(self) -> timedelta | None:
        """How far the server's clock is ahead of ours, or None."""

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        """Change a connection in the version that was seen."""

    async def delete_connection(self, connection_id: str, etag: str) -> None:
        """Delete a connection in the version that `etag` names."""


async def change_once(
    service: ChangingService,
    seen: ConnectionStatus,
    change: ConnectionChange,
    journal: ChangeJournal,
    clock: Clock,
    *,
    place: Place,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
) -> ChangeOutcome:
    """Write the change down, send it once, and return what became of it.

    Args:
        service: of the connection's place.
        seen: the connection as the person saw it; its etag names the version. One without a state tells nothing of
            what it holds, so that a lost answer is never taken for a change.
        change: what is to change.
        journal: holds the intent.
        clock: for the waits and the time of the intent.
        place: where the connection is.
        on_progress: is told in a sentence what happens now.
        on_token_refused: asks the person for another access token while it is looked what became of it.

    Raises:
        ConnectionChanged: the platform names no version of the connection; nothing was sent.
        Problem: the journal cannot be written; nothing was sent.
    """

    async def send(_intent: ChangeIntent) -> ChangeOutcome:
        return Changed((await service.change_connection(seen, change)).etag)

    intent_id = uuid4().hex
    intent = _intent(intent_id, ChangeKind.CHANGE, seen, place, service, clock, change)
    return await _once(service, seen, intent, send, journal, clock, on_progress, on_token_refused)


async def delete_once(
    service: ChangingService,
    seen: ConnectionStatus,
    journal: ChangeJournal,
    clock: Clock,
    *,
    place: Place,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
) -> ChangeOutcome:
    """Write the delete down, send it once in the version that the person saw, and return what became of it.

    It counts as deleted when the platform has said so and does not find it any more, or when after a lost answer it
    does not find it twice.

    Args:
        service: of the connection's place.
        seen: the connection as the person saw it.
        journal: holds the intent.
        clock: for the waits and the time of the intent.
        place: where the connection is.
        on_progress: is told in a sentence what happens now.
        on_token_refused: asks the person for another access token while it is looked what became of it.

    Raises:
        ConnectionChanged: the platform names no version of the connection; nothing was sent.
        Problem: the journal cannot be written; nothing was sent.
    """

    async def send(intent: ChangeIntent) -> ChangeOutcome:
        await service.delete_connection(seen.connection_id, seen.etag)
        return await _seen_gone(service, intent, clock, on_progress, on_token_refused)

    intent = _intent(uuid4().hex, ChangeKind.DELETE, seen, place, service, clock, None)
    return await _once(service, seen, intent, send, journal, clock, on_progress, on_token_refused)


async def _once(
    service: ChangingService,
    seen: ConnectionStatus,
    intent: ChangeIntent,
    send: Callable[[ChangeIntent], Awaitable[ChangeOutcome]],
    journal: ChangeJournal,
    clock: Clock,
    on_progress: OnProgress,
    on_token_refused: TokenRefusal | None,
) -> ChangeOutcome:
    """Write the intent down, send, and write down what became of it; cancelling leaves the intent open: the truth."""
    check_unchanged(seen, seen)
    journal.begin_change(intent)
    _log.debug("%s %s of connection %s: written down; it leaves now", intent.kind, intent.id, intent.connection_id)
    outcome: ChangeOutcome
    try:
        outcome = await send(intent)
    except PlatformError as failure:
        if is_certainly_not_carried_out(failure):
            now = await _now(service, seen) if has_changed(failure) else None
            outcome = NotChanged(failure, now)
        else:
            outcome = await look_into(
                service, intent, clock, failure=failure, on_progress=on_progress, on_token_refused=on_token_refused
            )
    finish_change(journal, intent, outcome, on_progress)
    return outcome


def finish_change(
    journal: ChangeJournal, intent: ChangeIntent, outcome: ChangeOutcome, on_progress: OnProgress
) -> None:
    """Write down what became of an intent; an outcome that is known reaches the person whatever the disk does.

    Args:
        journal: where the intent stands.
        intent: the intent.
        outcome: what became of it.
        on_progress: is told when it could not be written.
    """
    written = change_outcome_for_journal(intent, outcome)
    _log.debug("%s %s: %s: %s", intent.kind, intent.id, written.kind, written.explanation)
    keep_outcome(journal.finish, intent.id, written, on_progress)


def _intent(
    intent_id: str,
    kind: ChangeKind,
    seen: ConnectionStatus,
    place: Place,
    service: ChangingService,
    clock: Clock,
    change: ConnectionChange | None,
) -> ChangeIntent:
    now, offset = clock.now(), service.server_time_offset
    digests = digests_of_change(intent_id, change.shown_texts()) if change is not None else ()
    intent = ChangeIntent(
        id=intent_id,
        started_at=now,
        base_url=place.base_url,
        organization_id=place.organization_id,
        sandbox_name=place.sandbox_name,
        connection_id=seen.connection_id,
        kind=kind,
        name=seen.name,
        etag=seen.etag,
        digests=digests,
        secret_names=change.secret_names if change is not None else (),
        not_before=now + offset - DATE_ALLOWANCE if offset is not None else None,
    )
    # Of a version without a state only the etag is known.
    return intent.with_result_seen() if seen.state and not intent.is_shown_by(seen) else intent


async def _now(service: ReadingService, seen: ConnectionStatus) -> ConnectionStatus | None:
    """Return the connection as it is, for the words about what somebody else has changed; None when it is not told."""
    try:
        return await service.connection_status(seen.connection_id)
    except PlatformError:
        return None


async def _seen_gone(
    service: ReadingService,
    intent: ChangeIntent,
    clock: Clock,
    on_progress: OnProgress,
    on_token_refused: TokenRefusal | None,
) -> ChangeOutcome:
    """Look until a connection that the platform says it has deleted is not found any more.

    204 and 202 are both documented, and "then GET answers 404" is how to make sure. Where it cannot be looked at, the
    answer to the delete counts; where it was seen after it, nobody can tell.
    """
    started = clock.monotonic()
    last: ConnectionStatus | None = None
    while True:
        try:
            last = await service.connection_status(intent.connection_id, with_retries=False)
        except NotFound as error:
            if error.proves_refusal:
                return Changed()
        except AuthenticationRequired as refusal:
            if on_token_refused is not None and await on_token_refused(refusal):
                continue
            on_token_refused = None
        except PlatformError as error:
            _log.debug("%s: not looked at: %s", intent.id, error.title)
        if clock.monotonic() - started >= _GONE_WITHIN:
            break
        on_progress(_("Accepted. Looking whether it is gone."))
        await clock.sleep(_POLL_SECONDS)
    if last is None:
        return Changed()
    reason = _("The platform has accepted the delete, and a minute later it still shows the connection ({state}).")
    words = _("Look at it again in a few minutes; it was not sent twice.")
    return ChangeUnknown(unknown_outcome(intent, reason.format(state=last.state or "-"), words), last)
