"""What became of a create, in one of three true statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.flow_service.errors import OutcomeUnknown, PlatformError


@dataclass(frozen=True, slots=True)
class Created:
    """There is exactly this connection.

    Attributes:
        connection: its id, and what else the platform said.
        found_words: how it was found, for the timeline; "" when the answer itself said so.
    """

    connection: CreatedConnection
    found_words: str = ""


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


CreationOutcome: TypeAlias = Created | NotCreated | CannotTell

_REFUSALS_THAT_HIDE_THE_OUTCOME: Final = frozenset({408, 409})
"""Time ran out in the connector (1006-408), and a conflict, of which no document speaks."""


def is_certainly_not_carried_out(error: PlatformError) -> bool:
    """Return whether a failed create, change or delete provably has changed nothing."""
    if not error.request_left:
        return True
    return error.proves_refusal and error.status not in _REFUSALS_THAT_HIDE_THE_OUTCOME


def outcome_for_journal(outcome: CreationOutcome) -> IntentOutcome:
    """Return an outcome in the words of the journal."""
    if isinstance(outcome, Created):
        return IntentOutcome(OutcomeKind.CREATED, outcome.connection.connection_id)
    if isinstance(outcome, NotCreated):
        return IntentOutcome(OutcomeKind.NOT_CREATED, explanation=outcome.error.message)
    return IntentOutcome(OutcomeKind.CANNOT_TELL, explanation=outcome.error.message)
