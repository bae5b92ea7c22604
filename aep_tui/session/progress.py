"""What work says to a person while it goes on, and the one thing it asks for: another access token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aep_tui.domain.intent import IntentOutcome
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired

OnProgress: TypeAlias = Callable[[str], None]
"""Takes a sentence about what happens now, for example a wait before another attempt."""

TokenRefusal: TypeAlias = Callable[[AuthenticationRequired], Awaitable[bool]]
"""Asks the person for another access token; True when the next look is signed in with one."""


def ignore_progress(_sentence: str) -> None:
    """Drop a sentence: nobody reads it."""


def keep_outcome(
    finish: Callable[[str, IntentOutcome], None], intent_id: str, outcome: IntentOutcome, on_progress: OnProgress
) -> None:
    """Write down what became of an intent; an outcome that is known reaches the person whatever the disk does.

    Args:
        finish: of the journal.
        intent_id: of the intent, which stays open when it cannot be written, and is looked into at the next start.
        outcome: what became of it.
        on_progress: is told when it could not be written.
    """
    try:
        finish(intent_id, outcome)
    except (Problem, OSError):
        on_progress(_("The outcome could not be written into the journal; the next start will look again."))
