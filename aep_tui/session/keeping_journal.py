"""The journal as a session sees it: there is none in a rehearsal, and what is on its way is remembered."""

from __future__ import annotations

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents
from aep_tui.domain.problem import Problem
from aep_tui.state.journal import Journal


class KeepingJournal:
    """Passes intents on to the journal on the disk, if there is one, and remembers the last; a rehearsal has none."""

    def __init__(self, journal: Journal | None) -> None:
        self._journal = journal
        self.last_intent: Intent | None = None
        self.is_open = False

    def begin(self, intent: Intent) -> None:
        """Write the intent down before its request leaves."""
        if self._journal is not None:
            self._journal.begin(intent)
        self.last_intent = intent
        self.is_open = True

    def begin_change(self, intent: ChangeIntent) -> None:
        """Write down that a connection is about to be changed or deleted, before the request leaves."""
        if self._journal is not None:
            self._journal.begin_change(intent)
        self.is_open = True

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of an intent."""
        self.is_open = not outcome.is_final
        if self._journal is not None:
            self._journal.finish(intent_id, outcome)

    def others_like(self, intent: Intent) -> OtherIntents:
        """Return what else was to be created under the name; what cannot be read is not known."""
        try:
            return self._journal.others_like(intent) if self._journal is not None else OtherIntents()
        except Problem:
            return OtherIntents()

    def open_intents(self) -> tuple[Intent, ...]:
        """Return what earlier runs left open, () in a rehearsal and where the journal cannot be read."""
        try:
            return self._journal.open_intents() if self._journal is not None else ()
        except Problem:
            return ()

    def conclude(self, intent_id: str) -> None:
        """Write down that the person has seen the end."""
        if self._journal is not None:
            self._journal.conclude(intent_id)
