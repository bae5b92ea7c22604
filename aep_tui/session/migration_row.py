"""What the work on one connection of a migration has at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.migration_plan import MigrationRow
from aep_tui.domain.place import Place
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import NotFound, PlatformError
from aep_tui.session.migration_events import OnEvent, RowSays, StopHere, StopReason
from aep_tui.session.migration_keeper import Keeper, RowJournal
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials

LEAVE: Final = _("Mend it on the platform and start again, or leave this connection out with --leave {id}.")


@dataclass(frozen=True, slots=True)
class RowWork:
    """One connection, and what is needed to work on it.

    Attributes:
        row: the connection.
        service: of its sandbox.
        given: the credentials of its group.
        methods: from which auth method to which.
        keeper: the record.
        target: the platform.
        clock: for waits and times.
        on_event: is told what happens.
        lock: held while something is sent that changes something: one submitter at a time for a place.
    """

    row: MigrationRow
    service: FlowService
    given: GroupCredentials
    methods: Methods
    keeper: Keeper
    target: Target
    clock: Clock
    on_event: OnEvent
    lock: Callable[[Place], AbstractContextManager[object]]

    @property
    def place(self) -> Place:
        """Where the connection is."""
        return replace(self.target.place, sandbox_name=self.row.sandbox_name)

    @property
    def journal(self) -> RowJournal:
        """Where the intents of this connection are kept."""
        return RowJournal(self.keeper, self.row)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the place while something is sent.

        Raises:
            StopHere: another window holds it, or the disk gives none; nothing was sent.
        """
        with ExitStack() as held:
            try:
                held.enter_context(self.lock(self.place))
            except Problem as problem:
                raise StopHere(StopReason.FAILED, problem) from None
            yield

    def say(self, words: str) -> None:
        """Tell what happens now."""
        self.on_event(RowSays(self.row, words))

    async def read(self, connection_id: str) -> ConnectionStatus:
        """Return a connection as it is now.

        Raises:
            StopHere: it is gone, or nobody can tell.
        """
        try:
            return await self.service.connection_status(connection_id)
        except NotFound as error:
            raise StopHere(StopReason.CHANGED if error.proves_refusal else StopReason.FAILED, error) from None
        except PlatformError as error:
            raise StopHere(StopReason.FAILED, error) from None

    def stop(self, reason: StopReason, title: str, message: str, connection_id: str) -> NoReturn:
        """Stop here.

        Args:
            reason: why, for the report.
            title: of the problem.
            message: of the problem; {id} in it becomes `connection_id`.
            connection_id: the connection that the message speaks of.

        Raises:
            StopHere: always.
        """
        next_step = LEAVE.format(id=self.row.connection_id)
        raise StopHere(reason, Problem(title, message.format(id=connection_id), next_step))
