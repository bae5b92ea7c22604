"""What became of a change or a delete, in one of three true statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import OutcomeUnknown
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome

_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """The change was carried out, or the connection is gone.

    Attributes:
        etag: the new one, "" after a delete or when it is not known.
        found_words: how it was found out, "" when the answer itself said so.
    """

    etag: str = ""
    found_words: str = ""

    @property
    def error(self) -> None:
        """None: every other outcome has one."""
        return None


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
        now: the connection as it was seen last, None when it could not be looked at, or is gone.
    """

    error: OutcomeUnknown
    now: ConnectionStatus | None = None


ChangeOutcome: TypeAlias = Changed | NotChanged | ChangeUnknown


def change_outcome_for_journal(intent: ChangeIntent, outcome: ChangeOutcome) -> IntentOutcome:
    """Return an outcome in the words of the journal."""
    if isinstance(outcome, Changed):
        return IntentOutcome(OutcomeKind.CHANGED, intent.connection_id, outcome.found_words)
    kind = OutcomeKind.NOT_CHANGED if isinstance(outcome, NotChanged) else OutcomeKind.CANNOT_TELL
    return IntentOutcome(kind, intent.connection_id, outcome.error.message)


def as_creation(connection_id: str, outcome: ChangeOutcome) -> CreationOutcome:
    """Return the outcome of a change as that of a create: of a correction the status screen shows the same.

    Raises:
        Problem: nothing was changed.
    """
    if isinstance(outcome, Changed):
        return Created(CreatedConnection(connection_id, outcome.etag, status=_OK), outcome.found_words)
    if isinstance(outcome, NotChanged):
        raise outcome.error
    return CannotTell(outcome.error, outcome.error.next_step, (connection_id,))
