"""The answers that are not secret, kept on the disk so that a lost connection loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.pages.app_state import AppState
from aep_tui.state.draft_store import DraftStore, SavedDraft


class KeptAnswers:
    """Saves and removes; a rehearsal is not saved, and a disk that does not take them is told of."""

    def __init__(self, clock: Clock, secrets: Secrets, warn: Callable[[Problem], None]) -> None:
        """Take the clock for the time of the save, the secrets that are not saved, and who hears of a failure."""
        self._clock = clock
        self._secrets = secrets
        self._warn = warn
        self._drafts = DraftStore()

    def save(self, state: AppState, step: Step) -> None:
        """Save what is not secret, and that `step` is open."""
        if state.target.mode is Mode.PRACTICE:
            return
        secret_names = [each.api_name for each in state.wizard.parameters if each.is_secret]
        try:
            self._drafts.save(
                state.wizard.draft,
                state.target,
                step,
                secret_names=secret_names,
                secrets=self._secrets,
                clock=self._clock,
            )
        except Problem as problem:
            self._warn(problem)

    def take_over(self, saved: SavedDraft) -> None:
        """Go on with what another window left behind."""
        self._drafts.take_over(saved)

    def discard(self, saved: SavedDraft) -> None:
        """Forget what another window left behind.

        Raises:
            SettingsProblem: the file cannot be removed.
        """
        self._drafts.discard(saved)

    def remove(self, state: AppState) -> None:
        """Forget what was saved: the connection is there."""
        if state.target.mode is Mode.PRACTICE:
            return
        try:
            self._drafts.remove()
        except Problem as problem:
            self._warn(problem)
