"""A create that cannot go wrong: at most one connection for one intent, and a true statement about it.

What may be said, and why:

- *Created*: the platform answered with the id; or two looks at the whole list show one new connection of the name,
  made in time by our API key, with every value that was sent in clear (see `domain.candidates`). A twin that somebody
  else makes with the same key and the same values in the same minutes cannot be told apart. Neither can an older one
  like it that the list before has hidden, when the clock of `createdAt` is ahead of `Date` by just its age and no
  look shows that.
- *Not created*: the request provably never left, or the platform itself refused it (4xx in a documented shape).
- *Cannot tell*: everything else. A list without it for a minute is evidence and no proof: no document promises
  that a new connection shows in the list at once, and the gateway gives up on a request after 60 seconds while the
  service behind it may still be working on it. Saying "not created" there would invite a second connection.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol
from uuid import uuid4

from aep_tui.domain.candidates import digests_of
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionList, CreatedConnection
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.intent import DATE_ALLOWANCE, Intent, IntentJournal, OtherIntents
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    PermissionRefused,
    PlatformError,
    RateLimited,
    ServiceUnavailable,
)
from aep_tui.session.outcome import (
    CannotTell,
    Created,
    CreationOutcome,
    NotCreated,
    is_certainly_not_carried_out,
    outcome_for_journal,
)
from aep_tui.session.progress import OnProgress, TokenRefusal, ignore_progress, keep_outcome
from aep_tui.session.search import Search

LOOKS_FOR: Final = 60.0
"""Seconds during which an unclear outcome is looked into."""

_WAITS: Final = (1.0, 2.0, 4.0, 8.0)
_LONGEST_WAIT: Final = 15.0
_LONGEST_WAIT_FOR_A_SECOND_SIGHT: Final = 2.0
_SHORTEST_WAIT: Final = 0.01
"""Seconds; a shorter rest is none, because a clock need not be able to count it."""


_log = logging.getLogger(__name__)


class ConnectionAppeared(Problem):
    """Since the person looked, a connection of the name has come; nothing was sent.

    Attributes:
        connection_ids: what has come.
    """

    def __init__(self, name: str, connection_ids: Collection[str]) -> None:
        super().__init__(
            _("A connection of this name has just appeared"),
            _("A connection called {name} is in the list that was not there before: {ids}. Nothing was sent.").format(
                name=name, ids=", ".join(sorted(connection_ids))
            ),
            _("Perhaps it comes from another window of yours. Submit again to choose between it and a new one."),
        )
        self.connection_ids = frozenset(connection_ids)


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
        with_retries: bool = True,
    ) -> ConnectionList:
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
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
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
        on_token_refused: asks the person for another access token while it is looked what became of it.

    Raises:
        ConnectionAppeared: there is one of this name that the person does not know of; nothing was sent.
        Problem: the journal cannot be written or a setting cannot be used; nothing was sent.
    """
    on_progress(_("Looking for connections of this name before the create."))
    try:
        known = await _known_before(service, request)
    except PlatformError as error:
        return NotCreated(error.without_anything_sent())
    known_ids = tuple(sorted(status.connection_id for status in known.connections)) if known else None
    _log.debug("before the create: %s", _seen(known))
    if seen_ids is not None and (appeared := set(known_ids or ()).difference(seen_ids)):
        _log.debug("not sent: %s came since the person looked", ", ".join(sorted(appeared)))
        raise ConnectionAppeared(request.name, appeared)
    intent = replace(
        _intent(request, target, source_id, auth_method_id, clock, service.server_time_offset),
        known_connection_ids=known_ids,
        # A list may lack a row for a moment. Then only its time tells it from ours, and without `Date` nobody knows by
        # which clock that was written.
        knows_all_before=known is not None and known.is_complete and service.server_time_offset is not None,
    )
    journal.begin(intent)
    _log.debug("intent %s: written down; the request leaves now", intent.id)
    on_progress(_("Creating the connection."))
    outcome = await _sent(service, request, intent, clock, others, on_progress, on_token_refused)
    _finish(journal, intent, outcome, on_progress)
    return outcome


async def _sent(
    service: CreatingService,
    request: ConnectionRequest,
    intent: Intent,
    clock: Clock,
    others: Callable[[Intent], OtherIntents] | None,
    on_progress: OnProgress,
    on_token_refused: TokenRefusal | None,
) -> CreationOutcome:
    """Send the request once, and return what became of it; the parameters are those of `create_once`."""
    try:
        return Created(await service.create(request))
    except PlatformError as error:
        failure = error
    if is_certainly_not_carried_out(failure):
        if isinstance(failure, AuthenticationRequired):  # its own words speak of the token alone
            failure.message = _("Nothing was created. {message}").format(message=failure.message)
        return NotCreated(failure)
    among = others(intent) if others else OtherIntents()
    return await reconcile(
        service,
        intent,
        clock,
        cause=failure,
        others=among,
        on_progress=on_progress,
        on_token_refused=on_token_refused,
    )


async def reconcile(
    service: CreatingService,
    intent: Intent,
    clock: Clock,
    *,
    cause: PlatformError | None = None,
    others: OtherIntents | None = None,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
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
        on_token_refused: asks the person for another access token; None when nobody can be asked.
    """
    search = Search(intent, others or OtherIntents(), cause)
    started = clock.monotonic()
    looks = 0
    while True:
        looks += 1
        on_progress(
            _("The outcome is not clear. Looking whether the connection exists (look {count}).").format(count=looks)
        )
        try:
            listed = await service.find_connections(
                connection_spec_id=intent.connection_spec_id, name=intent.name, with_retries=False
            )
        except (AuthenticationRequired, PermissionRefused) as error:
            _log.debug("intent %s: look %d failed: %s", intent.id, looks, error.title)
            if error.is_from_platform:
                if not await _has_new_token(error, on_token_refused):
                    return search.interrupted(error)
                started = clock.monotonic()  # while the person looked for a token, nobody looked for the connection
                continue
        except PlatformError as error:
            _log.debug("intent %s: look %d failed: %s", intent.id, looks, error.title)
            if search.cause is None:
                search.cause = error
        else:
            is_settled = search.note(listed)
            found = ", ".join(sorted(search.candidates)) or "none"
            _log.debug("intent %s: look %d: %s, may be ours: %s", intent.id, looks, _seen(listed), found)
            if is_settled:
                return search.conclusion()
        left = LOOKS_FOR - (clock.monotonic() - started)
        if left < _SHORTEST_WAIT:
            return search.given_up()
        wait = _WAITS[looks - 1] if looks <= len(_WAITS) else _LONGEST_WAIT
        await clock.sleep(min(wait, left, _LONGEST_WAIT_FOR_A_SECOND_SIGHT if search.candidates else left))


async def _has_new_token(
    error: AuthenticationRequired | PermissionRefused, on_token_refused: TokenRefusal | None
) -> bool:
    return isinstance(error, AuthenticationRequired) and on_token_refused is not None and await on_token_refused(error)


def digest_of(request: ConnectionRequest) -> str:
    """Return what an intent remembers of a request: the same for the same answers, whatever its secrets are."""
    return hashlib.sha256(json.dumps(request.body_with_placeholders(), sort_keys=True).encode()).hexdigest()


async def _known_before(service: CreatingService, request: ConnectionRequest) -> ConnectionList | None:
    """Return the connections with this source and name, or None when the platform gives no list.

    Raises:
        PlatformError: the network, the token or the platform itself do not work now, so the create must not start.
    """
    try:
        return await service.find_connections(connection_spec_id=request.connection_spec_id, name=request.name)
    except (AuthenticationRequired, ConnectionFailed, RateLimited):
        raise
    except ServiceUnavailable as error:
        if error.status in {502, 503, 504}:
            raise
        return None
    except PlatformError:
        return None  # No permission to list, or a list that cannot be read, does not forbid to create.


def _intent(
    request: ConnectionRequest,
    target: Target,
    source_id: str,
    auth_method_id: str,
    clock: Clock,
    server_time_offset: timedelta | None,
) -> Intent:
    now = clock.now()
    intent_id = uuid4().hex
    return Intent(
        id=intent_id,
        started_at=now,
        base_url=target.base_url,
        organization_id=target.organization_id,
        sandbox_name=target.sandbox_name,
        api_key=target.api_key,
        source_id=source_id,
        auth_method_id=auth_method_id,
        connection_spec_id=request.connection_spec_id,
        name=request.name,
        digest=digest_of(request),
        not_before=now + (server_time_offset or timedelta()) - DATE_ALLOWANCE,
        auth_spec_name=request.auth_spec_name,
        sent_digests=digests_of(intent_id, request.description, request.shown_parameters()),
    )


def _seen(listed: ConnectionList | None) -> str:
    """Return for the log what a look has shown."""
    if listed is None:
        return "no list"
    return (
        f"{len(listed.connections)} of the name in {'the whole list' if listed.is_complete else 'a part of the list'}"
    )


def _finish(journal: IntentJournal, intent: Intent, outcome: CreationOutcome, on_progress: OnProgress) -> None:
    written = outcome_for_journal(outcome)
    _log.debug("intent %s: %s %s: %s", intent.id, written.kind.value, written.connection_id, written.explanation)
    keep_outcome(journal.finish, intent.id, written, on_progress)
