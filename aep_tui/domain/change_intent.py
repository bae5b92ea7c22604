"""The intent to change or delete one connection: written down before the request leaves, without any secret."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import IntentOutcome
from aep_tui.domain.place import Place

NAME: Final = "name"
DESCRIPTION: Final = "description"
AUTH_SPEC_NAME: Final = "auth.specName"
_PARAMETERS: Final = "params."


class ChangeKind(StrEnum):
    """What is about to happen to a connection."""

    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ChangeIntent:
    """What is about to be changed or deleted.

    Attributes:
        id: names the intent in the journal.
        started_at: by our clock, aware.
        base_url, organization_id, sandbox_name: the place.
        connection_id: of the connection.
        kind: change or delete.
        name: of the connection, as the person saw it.
        etag: the version that the person saw; the platform refuses the request in any other.
        digests: name and salted SHA-256 of each part that the platform shows of the change; never of a secret.
        secret_names: the secrets that are replaced, by their API names; the platform shows nothing of them.
        is_seen_in_result: whether the version that was seen shows less than all of the change, so that a later version
            which shows all of it has been changed.
        not_before: by the server's clock, when the request left at the earliest; None when the server told no clock.
    """

    id: str
    started_at: datetime
    base_url: str
    organization_id: str
    sandbox_name: str
    connection_id: str
    kind: ChangeKind
    name: str
    etag: str
    digests: tuple[tuple[str, str], ...] = ()
    secret_names: tuple[str, ...] = ()
    is_seen_in_result: bool = False
    not_before: datetime | None = None

    @property
    def place(self) -> Place:
        """Where the connection is."""
        return Place(self.base_url, self.organization_id, self.sandbox_name)

    def with_result_seen(self) -> ChangeIntent:
        """Return the same intent for a version that shows less than all of the change."""
        return replace(self, is_seen_in_result=True)

    def is_shown_by(self, now: ConnectionStatus) -> bool:
        """Return whether all that the platform shows of this change is there."""
        shown = shown_texts(now.name, now.description, now.parameters, now.auth_spec_name)
        return all(_digest(self.id, name, shown.get(name, "")) == digest for name, digest in self.digests)

    def is_proved_by(self, now: ConnectionStatus) -> bool:
        """Return whether a later version of the connection proves that the change was carried out.

        It has to show all of it, which the version that was seen did not. A version that was made before the request
        left proves nothing; `updatedAt` can only keep from certainty, because two clocks may be apart.
        """
        is_older = self.not_before is not None and now.updated_at is not None and now.updated_at < self.not_before
        return self.is_seen_in_result and self.is_shown_by(now) and not is_older


def digests_of_change(intent_id: str, shown: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the digests that an intent keeps of what the platform will show.

    Args:
        intent_id: salts them, so that equal values of two intents do not look equal in the journal.
        shown: from `ConnectionChange.shown_texts`.
    """
    return tuple((name, _digest(intent_id, name, value)) for name, value in sorted(shown.items()))


def shown_texts(
    name: str | None, description: str | None, parameters: Mapping[str, str], auth_spec_name: str | None = None
) -> dict[str, str]:
    """Return what a platform shows, by the names that an intent uses; what is None is left out."""
    texts = {_PARAMETERS + each: value for each, value in parameters.items()}
    if name is not None:
        texts[NAME] = name
    if description is not None:
        texts[DESCRIPTION] = description
    if auth_spec_name is not None:
        texts[AUTH_SPEC_NAME] = auth_spec_name
    return texts


class ChangeJournal(Protocol):
    """Where intents to change are kept; one without a final outcome is open, and the next start speaks of it."""

    def begin_change(self, intent: ChangeIntent) -> None:
        """Write `intent` down; it is on the disk (fsync) when this returns.

        Raises:
            Problem: it could not be written; then nothing may be sent.
        """

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of an intent.

        Raises:
            Problem: it could not be written; the intent stays open.
        """


def _digest(intent_id: str, name: str, value: str) -> str:
    return hashlib.sha256("\n".join((intent_id, name, value)).encode()).hexdigest()
