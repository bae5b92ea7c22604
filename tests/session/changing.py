"""A journal of changes for tests: it remembers in the order of the calls."""

from __future__ import annotations

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import IntentOutcome


class ChangeNotes:
    """Remembers intents and outcomes; `log` may be shared with a platform, so that the order shows."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = log if log is not None else []
        self.intents: list[ChangeIntent] = []
        self.outcomes: dict[str, IntentOutcome] = {}

    def begin_change(self, intent: ChangeIntent) -> None:
        self.log.append("begin")
        self.intents.append(intent)

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        self.log.append("finish")
        self.outcomes[intent_id] = outcome
