"""Whether a connection in a list can be the one that an intent has made: judged by all that was sent in clear."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import Intent
from aep_tui.domain.redaction import MARK

DESCRIPTION: Final = "description"
_PARAMETERS: Final = "params."
_HIDDEN: Final = "set"
"""What stands in the place of a parameter that may be a secret."""

_LONGEST_DELAY: Final = timedelta(minutes=2)
"""The gateway gives up on a request after 60 seconds; what is made long after that is not certainly this intent's."""

_UNEVENNESS: Final = timedelta(seconds=2)
"""`Date` is cut to the second, and the machines behind one address do not tick together."""

_CLEARLY_OLDER: Final = timedelta(days=1)
"""No two clocks are so far apart by mistake."""


class Likeness(Enum):
    """What a listed connection has to do with an intent."""

    FOREIGN = "foreign"
    """Something of it contradicts what was sent."""

    POSSIBLE = "possible"
    """Nothing contradicts, and something that would make it certain is not told."""

    CERTAIN = "certain"
    """It was not there before, our key has made it in time, and everything that was sent in clear is the same."""


def digests_of(intent_id: str, description: str, parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the digests that an intent keeps of what is sent in clear, by name.

    Args:
        intent_id: salts them, so that equal values of two intents do not look equal in the journal.
        description: of the connection, "" when none is sent.
        parameters: `auth.params` without secrets, as text.
    """
    sent = {DESCRIPTION: description} | {_PARAMETERS + name: value for name, value in parameters.items()}
    return tuple((name, _digest(intent_id, name, value)) for name, value in sorted(sent.items()))


def likeness(status: ConnectionStatus, intent: Intent) -> Likeness:
    """Return what a listed connection of the intent's source and name has to do with it.

    What the platform leaves out contradicts nothing and proves nothing. Neither does `createdAt`: the clocks that write
    it and read it may be apart, so it only keeps a connection from being certain.
    """
    if status.connection_id in (intent.known_connection_ids or ()):
        return Likeness.FOREIGN
    is_told = [
        _agrees(status.created_client.casefold(), intent.api_key.casefold()),
        # A list is of one sandbox already, and an auth specification is told by the parameters too.
        _agrees(status.sandbox_name.casefold(), intent.sandbox_name.casefold()) is not False,
        _agrees(status.auth_spec_name, intent.auth_spec_name) is not False,
        *(_agrees_in(status, intent, name, digest) for name, digest in intent.sent_digests),
    ]
    if False in is_told:
        return Likeness.FOREIGN
    knows_what_was_there = intent.known_connection_ids is not None and intent.knows_all_before
    if not knows_what_was_there and _is_clearly_older(status, intent):
        return Likeness.FOREIGN
    is_certain = (
        knows_what_was_there and bool(intent.sent_digests) and None not in is_told and _is_in_time(status, intent)
    )
    return Likeness.CERTAIN if is_certain else Likeness.POSSIBLE


def is_still_to_come(status: ConnectionStatus, now: datetime) -> bool:
    """Return whether a listed connection says that it was made after the list was told.

    Then the clock that writes `createdAt` is ahead of the one that writes `Date`, and an older connection may look as
    if it were made after the intent.

    Args:
        status: from the list.
        now: the `Date` of the list.
    """
    return status.created_at is not None and status.created_at - now > _UNEVENNESS


def _agrees(told: str, expected: str) -> bool | None:
    """Return whether two texts are the same, None when the platform or an old journal leaves one out."""
    return None if not told or not expected else told == expected


def _agrees_in(status: ConnectionStatus, intent: Intent, name: str, digest: str) -> bool | None:
    if name == DESCRIPTION:
        is_same = _digest(intent.id, name, status.description) == digest
        return is_same if is_same or status.description else None
    told = status.parameters.get(name.removeprefix(_PARAMETERS), "")
    if not told or told == _HIDDEN or MARK in told:
        return None
    return _digest(intent.id, name, told) == digest


def _is_in_time(status: ConnectionStatus, intent: Intent) -> bool:
    return status.created_at is not None and timedelta() <= status.created_at - intent.not_before <= _LONGEST_DELAY


def _is_clearly_older(status: ConnectionStatus, intent: Intent) -> bool:
    return status.created_at is not None and status.created_at < intent.not_before - _CLEARLY_OLDER


def _digest(intent_id: str, name: str, value: str) -> str:
    return hashlib.sha256("\n".join((intent_id, name, _comparable(value))).encode()).hexdigest()


def _comparable(value: str) -> str:
    """Return `value` without what means nothing: blanks around it, and in an address case and a slash at the end."""
    value = value.strip()
    return value.rstrip("/").lower() if "://" in value else value
