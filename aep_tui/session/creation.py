"""A create that cannot go wrong: at most one connection for one intent, and a true statement about it.

What may be said, and why:

- *Created*: the platform answered with the id; or the connection is in the list, was not there just before the create,
  and nothing else can be it.
- *Not created*: the request provably never left, or the platform itself refused it (4xx in one of its own shapes).
- *Cannot tell*: everything else. A list that stays empty for a minute is evidence and no proof: no document promises
  that a new connection shows in the list at once, and the gateway gives up on a request after 60 seconds while the
  service behind it may still be working on it. Saying "not created" there would invite a second connection.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias
from uuid import uuid4

from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.intent import Intent, IntentJournal, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    NotFound,
    OutcomeUnknown,
    PermissionRefused,
    PlatformError,
    RateLimited,
    RequestRefused,
    ServiceUnavailable,
)

LOOKS_FOR: Final = 60.0
"""Seconds during which an unclear outcome is looked into."""

_WAITS: Final = (1.0, 2.0, 4.0, 8.0)
_LONGEST_WAIT: Final = 15.0
_ALLOWANCE_BY_SERVER_TIME: Final = timedelta(seconds=30)
_ALLOWANCE_BY_OUR_TIME: Final = timedelta(minutes=5)
_LONGEST_DELAY: Final = timedelta(hours=2)
"""A connection that is made so much later is not this intent's: the gateway gives a request up after a minute."""

_REFUSALS_THAT_HIDE_THE_OUTCOME: Final = frozenset({408, 409})
"""Time ran out in the connector (1006-408), and a conflict, of which no document speaks."""

Progress: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Created:
    """There is exactly this connection.

    Attributes:
        connection: its id, and what else the platform said.
        was_reconciled: whether it was found by looking, because the answer to the create was lost.
    """

    connection: CreatedConnection
    was_reconciled: bool = False


@dataclass(frozen=True, slots=True)
class NotCreated:
    """There is no connection, for sure; a new attempt is safe.

    Attributes:
        error: why.
    """

    error: PlatformError


@dataclass(frozen=True, slots=True)
class CannotTell:
    """There may be a connection or none.

    Attributes:
        error: what hid the outcome; its `cause` is the failure itself.
        what_to_do: sentences for the person.
        possible_ids: connections that may be the one.
    """

    error: OutcomeUnknown
    what_to_do: str
    possible_ids: tuple[str, ...] = ()


class ConnectionAppeared(Problem):
    """Since the person looked, a connection of the name has come; nothing was sent.

    Attributes:
        connection_ids: what has come.
    """

    def __init__(self, name: str, connection_ids: Collection[str]) -> None:
        super().__init__(
            _("A connection of this name has just appeared"),
            _("Another connection called {name} was created a moment ago: {ids}. Nothing was sent.").format(
                name=name, ids=", ".join(sorted(connection_ids))
            ),
            _("Perhaps it comes from another window of yours. Submit again to choose between it and a new one."),
        )
        self.connection_ids = frozenset(connection_ids)


CreationOutcome: TypeAlias = Created | NotCreated | CannotTell


class CreatingService(Protocol):
    """What creating needs of `FlowService`."""

    @property
    def server_time_offset(self) -> timedelta | None:
        """How far the server's clock is ahead of ours, or None."""

    async def create(self, request: ConnectionRequest) -> CreatedConnection:
        """Create a connection; the request reaches the platform at most once."""

    async def find_connections(
        self,
        *,
        connection_spec_id: str,
        name: str = "",
        created_from: datetime | None = None,
        with_retries: bool = True,
    ) -> tuple[ConnectionStatus, ...]:
        """Return the connections of a source."""


async def create_once(
    service: CreatingService,
    request: ConnectionRequest,
    journal: IntentJournal,
    clock: Clock,
    *,
    target: Target,
    source_id: str,
    auth_method_id: str,
    seen_ids: Collection[str] | None = None,
    others: Callable[[Intent], OtherIntents] | None = None,
    on_progress: Progress | None = None,
) -> CreationOutcome:
    """Create the connection, and find out what happened when the network hides it.

    The list is read once more just before, so that a connection of the same name that exists already is never taken
    for the new one. Then the intent is written down, then the request is sent. Cancelling the task leaves the intent
    open in the journal, which is the truth.

    Args:
        service: of the same target.
        request: what to create.
        journal: holds the intent.
        clock: for the waits and the time of the intent.
        target: goes into the journal.
        source_id: the source in the catalog.
        auth_method_id: the auth method in the catalog.
        seen_ids: the connections that the person knows of; None when they could not be looked for.
        others: returns what else was to be created under this name.
        on_progress: is told in a sentence what happens now.

    Raises:
        ConnectionAppeared: there is one of this name that the person does not know of; nothing was sent.
        Problem: the journal cannot be written or a setting cannot be used; nothing was sent.
    """
    tell = on_progress or _silent
    tell(_("Looking for connections of this name before the create."))
    try:
        known = await _known_before(service, request)
    except PlatformError as error:
        return NotCreated(error)
    if seen_ids is not None and (appeared := set(known or ()).difference(seen_ids)):
        raise ConnectionAppeared(request.name, appeared)
    intent = _intent(request, target, source_id, auth_method_id, clock, service.server_time_offset, known)
    journal.begin(intent)
    tell(_("Creating the connection."))
    outcome: CreationOutcome
    try:
        outcome = Created(await service.create(request))
    except PlatformError as error:
        failure = error
    else:
        _finish(journal, intent, outcome, tell)
        return outcome
    if is_certainly_not_created(failure):
        outcome = NotCreated(failure)
    else:
        among = others(intent) if others else OtherIntents()
        outcome = await reconcile(service, intent, clock, cause=failure, others=among, on_progress=on_progress)
    _finish(journal, intent, outcome, tell)
    return outcome


async def reconcile(
    service: CreatingService,
    intent: Intent,
    clock: Clock,
    *,
    cause: PlatformError | None = None,
    others: OtherIntents | None = None,
    on_progress: Progress | None = None,
) -> Created | CannotTell:
    """Look for the connection of an intent whose outcome is not known, for up to 60 seconds.

    Also for an intent that an earlier run of the program left open; the caller writes the outcome into the journal.

    Args:
        service: of the intent's target.
        intent: what was to be created.
        clock: for the waits.
        cause: the failure that hid the outcome, when this run saw it.
        others: what else was to be created under this name; its connections are not this intent's.
        on_progress: is told in a sentence what happens now.
    """
    tell = on_progress or _silent
    others = others or OtherIntents()
    started = clock.monotonic()
    looks = empty_looks = 0
    last_error = cause
    while True:
        looks += 1
        tell(_("The outcome is not clear. Looking whether the connection exists (look {count}).").format(count=looks))
        try:
            found = await service.find_connections(
                connection_spec_id=intent.connection_spec_id,
                name=intent.name,
                created_from=intent.not_before,
                with_retries=False,
            )
        except (AuthenticationRequired, PermissionRefused) as error:
            return _cannot_tell(
                error, _("The list of connections cannot be read: {reason}").format(reason=error.message)
            )
        except PlatformError as error:
            last_error = error
        else:
            free = [status for status in found if status.connection_id not in others.taken_ids]
            candidates = [status for status in free if _may_be(status, intent)]
            is_certain = intent.known_connection_ids is not None and not any(
                _may_be(status, other) for status in candidates for other in others.unclear
            )
            if len(candidates) == 1 and is_certain:
                return Created(_found(candidates[0]), was_reconciled=True)
            if candidates:
                return _undecided(cause, candidates)
            empty_looks += 1
        left = LOOKS_FOR - (clock.monotonic() - started)
        if left <= 0:
            return _gave_up(cause or last_error, empty_looks)
        wait = _WAITS[looks - 1] if looks <= len(_WAITS) else _LONGEST_WAIT
        await clock.sleep(min(wait, left))


def is_certainly_not_created(error: PlatformError) -> bool:
    """Return whether a failed create provably left nothing behind."""
    if not error.request_left:
        return True
    is_refusal = isinstance(error, AuthenticationRequired | PermissionRefused | NotFound | RequestRefused | RateLimited)
    return is_refusal and error.is_from_platform and error.status not in _REFUSALS_THAT_HIDE_THE_OUTCOME


async def _known_before(service: CreatingService, request: ConnectionRequest) -> tuple[str, ...] | None:
    """Return the ids of connections with this source and name, or None when the platform gives no list.

    Raises:
        PlatformError: the network, the token or the platform itself do not work now, so the create must not start.
    """
    try:
        found = await service.find_connections(connection_spec_id=request.connection_spec_id, name=request.name)
    except (AuthenticationRequired, ConnectionFailed, RateLimited):
        raise
    except ServiceUnavailable as error:
        if error.status in {502, 503, 504}:
            raise
        return None
    except PlatformError:
        return None  # No permission to list, or a list that cannot be read, does not forbid to create.
    return tuple(sorted(status.connection_id for status in found))


def _intent(
    request: ConnectionRequest,
    target: Target,
    source_id: str,
    auth_method_id: str,
    clock: Clock,
    server_time_offset: timedelta | None,
    known: tuple[str, ...] | None,
) -> Intent:
    now = clock.now()
    allowance = _ALLOWANCE_BY_OUR_TIME if server_time_offset is None else _ALLOWANCE_BY_SERVER_TIME
    return Intent(
        id=uuid4().hex,
        started_at=now,
        base_url=target.base_url,
        organization_id=target.organization_id,
        sandbox_name=target.sandbox_name,
        api_key=target.api_key,
        source_id=source_id,
        auth_method_id=auth_method_id,
        connection_spec_id=request.connection_spec_id,
        name=request.name,
        digest=hashlib.sha256(json.dumps(request.body_with_placeholders(), sort_keys=True).encode()).hexdigest(),
        not_before=now + (server_time_offset or timedelta()) - allowance,
        auth_spec_name=request.auth_spec_name,
        known_connection_ids=known,
    )


def _may_be(status: ConnectionStatus, intent: Intent) -> bool:
    """Return whether a listed connection can be the one of `intent`; what the platform leaves out decides nothing."""
    return (
        status.connection_id not in (intent.known_connection_ids or ())
        and (status.created_at is None or timedelta() <= status.created_at - intent.not_before <= _LONGEST_DELAY)
        and status.created_client in {"", intent.api_key}
        and status.auth_spec_name in {"", intent.auth_spec_name}
        and status.sandbox_name in {"", intent.sandbox_name}
    )


def _found(status: ConnectionStatus) -> CreatedConnection:
    return CreatedConnection(status.connection_id, status.etag)


def _undecided(cause: PlatformError | None, candidates: Iterable[ConnectionStatus]) -> CannotTell:
    ids = tuple(sorted(status.connection_id for status in candidates))
    what_to_do = plural(
        "This connection has the name and may be the new one, but also one of before or of another create: {ids}. "
        "Look at it before you create another.",
        "Several connections have the name and may be the new one: {ids}. Look at each and delete what is too much.",
        len(ids),
    )
    return _cannot_tell(cause, what_to_do.format(ids=", ".join(ids)), ids)


def _gave_up(cause: PlatformError | None, empty_looks: int) -> CannotTell:
    if not empty_looks:
        return _cannot_tell(
            cause, _("The list of connections could not be read for a minute. Look again when the platform answers.")
        )
    return _cannot_tell(
        cause,
        plural(
            "The connection was not in the list, at one look within a minute. It was probably not created, but it may "
            "appear late. Wait a few minutes and look again before you create it anew.",
            "The connection was not in the list, at {count} looks within a minute. It was probably not created, but it "
            "may appear late. Wait a few minutes and look again before you create it anew.",
            empty_looks,
        ).format(count=empty_looks),
    )


def _cannot_tell(cause: PlatformError | None, what_to_do: str, possible_ids: tuple[str, ...] = ()) -> CannotTell:
    error = OutcomeUnknown(
        _("It is not known whether the connection was created"),
        _("The request was sent and no clear answer came back.") if cause is None else cause.message,
        what_to_do,
        status=cause.status if cause else None,
        code=cause.code if cause else "",
        request_id=cause.request_id if cause else "",
        server_said=cause.server_said if cause else "",
        who_can_fix=cause.who_can_fix if cause else "",
    )
    error.cause = cause
    return CannotTell(error, what_to_do, possible_ids)


def _finish(journal: IntentJournal, intent: Intent, outcome: CreationOutcome, tell: Progress) -> None:
    try:
        journal.finish(intent.id, outcome_for_journal(outcome))
    except (Problem, OSError):
        # The outcome is known and must reach the person; an intent that stays open is looked into at the next start.
        tell(_("The outcome could not be written into the journal; the next start will look again."))


def outcome_for_journal(outcome: CreationOutcome) -> IntentOutcome:
    """Return an outcome in the words of the journal."""
    if isinstance(outcome, Created):
        return IntentOutcome(OutcomeKind.CREATED, outcome.connection.connection_id)
    if isinstance(outcome, NotCreated):
        return IntentOutcome(OutcomeKind.NOT_CREATED, explanation=outcome.error.message)
    return IntentOutcome(OutcomeKind.CANNOT_TELL, explanation=outcome.error.message)


def _silent(sentence: str) -> None:
    """Tell nobody."""
