"""The answers that are not secret, kept on the disk so that a lost connection loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode
from aep_tui.pages.app_state import AppState
from aep_tui.state.draft_store import remove_draft, save_draft


class KeptAnswers:
    """Saves and removes; a rehearsal is not saved, and a disk that does not take them is told of."""

    def __init__(self, clock: Clock, warn: Callable[[Problem], None]) -> None:
        """Take the clock for the time of the save, and who hears of a failure."""
        self._clock = clock
        self._warn = warn

    def save(self, state: AppState) -> None:
        """Save what is not secret."""
        if state.target.mode is Mode.PRACTICE:
            return
        method = state.wizard.auth_method
        secret_names = [each.api_name for each in method.parameters if each.is_secret] if method else []
        try:
            save_draft(state.wizard.draft, state.target, secret_names=secret_names, clock=self._clock)
        except Problem as problem:
            self._warn(problem)

    def remove(self, state: AppState) -> None:
        """Forget what was saved: the connection is there."""
        if state.target.mode is Mode.PRACTICE:
            return
        try:
            remove_draft()
        except Problem as problem:
            self._warn(problem)
