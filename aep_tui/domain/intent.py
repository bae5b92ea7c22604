"""The intent to create one connection: written down before the request leaves, so that no crash leaves a riddle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from aep_tui.domain.place import Place

DATE_ALLOWANCE: Final = timedelta(seconds=2)
"""`Date` is cut to the second, and the machines behind one address do not tick together."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to be created, without any secret.

    Attributes:
        id: names the intent in the journal.
        started_at: by our clock, aware.
        base_url, organization_id, sandbox_name, api_key: the target.
        source_id, auth_method_id: the choice in the wizard's words.
        connection_spec_id, auth_spec_name, name: the choice in the platform's words.
        digest: SHA-256 of the body with placeholders in the place of secrets, in hexadecimal.
        not_before: a connection whose `createdAt` is earlier, by the server's clock, is not certainly this one.
        known_connection_ids: connections of this source and name that existed before; None when that is not known.
        knows_all_before: whether the list of those was read to its end, from a server that told its clock.
        sent_digests: name and SHA-256 of each thing that is sent in clear, from `candidates.digests_of`; never of a
            secret.
    """

    id: str
    started_at: datetime
    base_url: str
    organization_id: str
    sandbox_name: str
    api_key: str
    source_id: str
    auth_method_id: str
    connection_spec_id: str
    name: str
    digest: str
    not_before: datetime
    auth_spec_name: str = ""
    known_connection_ids: tuple[str, ...] | None = None
    knows_all_before: bool = True
    sent_digests: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> Place:
        """Where the connection is to be."""
        return Place(self.base_url, self.organization_id, self.sandbox_name)


@dataclass(frozen=True, slots=True)
class OtherIntents:
    """Other intents of the same name, source and sandbox: what one create made must not be taken for another's.

    Attributes:
        taken_ids: connections that are known to be theirs.
        unclear: those of which it is not known whether they made a connection.
    """

    taken_ids: frozenset[str] = frozenset()
    unclear: tuple[Intent, ...] = ()


class OutcomeKind(StrEnum):
    """What is known about an intent."""

    CREATED = "created"
    NOT_CREATED = "not-created"
    CHANGED = "changed"
    NOT_CHANGED = "not-changed"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class IntentOutcome:
    """What became of an intent.

    Attributes:
        kind: created or changed, not so, or not known yet.
        connection_id: of the connection that was created or changed, or "".
        explanation: a sentence without secrets, or "".
    """

    kind: OutcomeKind
    connection_id: str = ""
    explanation: str = ""

    @property
    def is_final(self) -> bool:
        """Whether nobody has to look again."""
        return self.kind is not OutcomeKind.CANNOT_TELL


class IntentJournal(Protocol):
    """Where intents are kept; an intent without a final outcome is open, and the next start speaks of it."""

    def begin(self, intent: Intent) -> None:
        """Write `intent` down; it is on the disk (fsync) when this returns.

        Raises:
            Problem: it could not be written; then nothing may be sent.
        """

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of an intent.

        Raises:
            Problem: it could not be written; the intent stays open.
        """
