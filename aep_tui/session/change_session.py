"""Changes and deletes connections of one place: one at a time, written down, sent once, looked into."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.place import Place
from aep_tui.domain.problem import SettingsProblem
from aep_tui.session.change_look import look_into
from aep_tui.session.change_once import ChangingService, change_once, delete_once, finish_change
from aep_tui.session.change_outcome import ChangeOutcome
from aep_tui.session.keeping_journal import KeepingJournal
from aep_tui.session.progress import OnProgress, TokenRefusal
from aep_tui.state.journal import Journal


class ChangeSession:
    """The changes of one target.

    Attributes:
        on_token_refused: asks the person for another access token while it is looked what became of a request, also of
            a create.
    """

    def __init__(
        self,
        service: ChangingService,
        place: Place,
        clock: Clock,
        journal: Journal | None,
        lock: Callable[[], AbstractContextManager[object]],
    ) -> None:
        """Take what sends, and what keeps the promises.

        Args:
            service: of the place.
            place: where the connections are.
            clock: the time.
            journal: on the disk; None for a rehearsal.
            lock: makes the lock of the place.
        """
        self._service = service
        self._place = place
        self._clock = clock
        self._lock = lock
        self.on_token_refused: TokenRefusal | None = None
        self._journal = KeepingJournal(journal)

    @property
    def is_unclear(self) -> bool:
        """Whether a change is on its way, or nobody knows what became of the last one."""
        return self._journal.is_open

    async def change(self, seen: ConnectionStatus, change: ConnectionChange, on_progress: OnProgress) -> ChangeOutcome:
        """Send a change of the version that the person saw, once, and return what became of it.

        Args:
            seen: the version.
            change: what is to be different.
            on_progress: takes a sentence on what happens now.

        Raises:
            ConnectionChanged: the platform names no version of the connection; nothing was sent.
            SubmitLockTaken: another window is at work at this place; nothing was sent.
            SettingsProblem: journal or lock cannot be used; nothing was sent.
        """
        with self._lock():
            return await change_once(
                self._service,
                seen,
                change,
                self._journal,
                self._clock,
                place=self._place,
                on_progress=on_progress,
                on_token_refused=self.on_token_refused,
            )

    async def delete(self, seen: ConnectionStatus, on_progress: OnProgress) -> ChangeOutcome:
        """Delete the connection in the version that the person saw, once, and return what became of it.

        Raises:
            Problem: as `change`.
        """
        with self._lock():
            return await delete_once(
                self._service,
                seen,
                self._journal,
                self._clock,
                place=self._place,
                on_progress=on_progress,
                on_token_refused=self.on_token_refused,
            )

    async def look_into(self, intent: ChangeIntent, on_progress: OnProgress) -> ChangeOutcome:
        """Find out what became of a change or a delete that an earlier run left open; nothing is sent again.

        Raises:
            SubmitLockTaken: another window may be amid sending this very change.
            AuthenticationRequired: there is no token to look with; it stays open.
        """
        with ExitStack() as held:
            # A disk that takes no lock hides no answer.
            with suppress(SettingsProblem):
                held.enter_context(self._lock())
            outcome = await look_into(
                self._service, intent, self._clock, on_progress=on_progress, on_token_refused=self.on_token_refused
            )
            finish_change(self._journal, intent, outcome, on_progress)
        return outcome
