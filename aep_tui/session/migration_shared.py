"""What a migration sends stands in the journal of all creates and changes, too: no other door is blind to it.

The record beside the plan is written first and knows more. The journal is what the next start of the wizard reads, and
every create before it leaves: of a request that nobody knows the outcome of they hear there. A rehearsal has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.migration_record import RowRecord, Stage
from aep_tui.domain.place import Place
from aep_tui.domain.problem import Problem
from aep_tui.state.journal import Journal


class SharedJournal:
    """Follows the record of one plan."""

    def __init__(self, journal: Journal | None = None) -> None:
        """Take the journal on the disk; None for a rehearsal."""
        self._journal = journal

    def begin(self, known: RowRecord) -> None:
        """Write down the request that is about to leave.

        Args:
            known: what the record says of the connection by now.

        Raises:
            Problem: the disk does not take it; then nothing may be sent.
        """
        sent = _sent(known)
        if self._journal is None or sent is None:
            return
        if isinstance(sent, Intent):
            self._journal.begin(sent)
        else:
            self._journal.begin_change(sent)

    def settle(self, before: RowRecord, known: RowRecord) -> None:
        """Write down what became of a request, once that is known.

        A disk that does not take it leaves it open there, so that the next start looks into it once more.

        Args:
            before: what the record said of the connection.
            known: what it says now.
        """
        sent = _sent(before)
        if self._journal is None or sent is None or known.is_unknown or known.stage is Stage.LEFT_OUT:
            return
        with suppress(Problem, OSError):
            self._journal.finish(sent.id, _outcome(before, known, sent))
            self._journal.conclude(sent.id)  # what is left to do about it is the migration's

    def catch_up(self, rows: Iterable[RowRecord]) -> None:
        """Close what the record knows the end of, and a kill has left open here."""
        if self._journal is None:
            return
        with suppress(Problem):
            unfinished = self._journal.unfinished()
            left = {each.id for each in unfinished.open_intents} | {each.id for each in unfinished.open_changes}
            for known in rows:
                sent = known.change if known.change is not None else known.intent
                if sent is not None and sent.id in left and not known.is_unknown and known.stage is not Stage.LEFT_OUT:
                    before = RowRecord(Stage.SENDING, intent=known.intent, change=known.change)
                    self._journal.finish(sent.id, _outcome(before, known, sent))
                    self._journal.conclude(sent.id)

    def others_like(self, intent: Intent) -> OtherIntents:
        """Return what else was to be created under the name; what cannot be read is not known."""
        with suppress(Problem):
            return self._journal.others_like(intent) if self._journal is not None else OtherIntents()
        return OtherIntents()

    def unclear(self, place: Place, name: str, own: Intent | None) -> Intent | None:
        """Return a create of this name, there, that another door has sent and of which nobody knows the outcome.

        Args:
            place: where.
            name: of the connection that is about to be created.
            own: what the record knows of itself, None for nothing.
        """
        with suppress(Problem):
            for intent in self._journal.open_intents() if self._journal is not None else ():
                if intent.place == place and intent.name == name and (own is None or intent.id != own.id):
                    return intent
        return None


def _sent(known: RowRecord) -> Intent | ChangeIntent | None:
    """Return the request of which nobody knows the outcome, None where there is none."""
    if not known.is_unknown:
        return None
    return known.change if known.change is not None else known.intent


def _outcome(before: RowRecord, known: RowRecord, sent: Intent | ChangeIntent) -> IntentOutcome:
    """Return what became of `sent`, by what the record said before and says now."""
    is_back = before.stage is Stage.PUTTING_BACK
    is_made = known.stage is Stage.PUT_BACK if is_back else known.stage is not Stage.WAITING
    if isinstance(sent, Intent):
        kind = OutcomeKind.CREATED if is_made else OutcomeKind.NOT_CREATED
        return IntentOutcome(kind, known.new_id if is_made else "", known.stopped)
    kind = OutcomeKind.CHANGED if is_made else OutcomeKind.NOT_CHANGED
    return IntentOutcome(kind, explanation=known.stopped)
