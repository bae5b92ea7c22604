"""Looking at existing connections: the list, the page of one, and what both ask the platform."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aep_tui import pages
from aep_tui.domain.existing import ConnectionFilter, ExistingConnection
from aep_tui.domain.place import Place
from aep_tui.pages.changes_flow import ChangesFlow
from aep_tui.pages.connection_rows import ListState
from aep_tui.pages.flow_tools import FlowTools

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.flow_service.retry import RetryWait
    from aep_tui.session.connection_listing import ListingEvent
    from aep_tui.session.connection_look import ConnectionLook


@dataclass(frozen=True, slots=True)
class OpenedConnection:
    """One connection that a person has opened: what its page, and every page that starts from it, is made with.

    Attributes:
        place: host, organization and the sandbox that it was listed in, which may be another than the target's.
        row: as the list showed it, perhaps some minutes ago. What is changed is read anew before.
    """

    place: Place
    row: ExistingConnection

    @property
    def connection_id(self) -> str:
        """Its id."""
        return self.row.status.connection_id

    @property
    def sandbox_name(self) -> str:
        """The sandbox that it is in."""
        return self.place.sandbox_name


class ConnectionsFlow:
    """From the question what to do to the list, and from there to one connection; the platform is only asked.

    Attributes:
        changes: what can be done to a connection.
        sandbox_names: of which the list is.
        left_list: what the person had made of the list when it was left.
        tokens: asks for another access token when one was refused.
        sandbox_types: what is known about the sandboxes of the organization.
    """

    def __init__(self, tools: FlowTools, changes: ChangesFlow) -> None:
        """Ask in the name of the present target; `changes` are what the page of a connection offers to do to it."""
        self.changes = changes
        self.tokens = tools.tokens
        self.sandbox_types = tools.sandbox_types
        self.clock = tools.clock
        self._news: dict[tuple[str, str], ExistingConnection | None] = {}
        self._tools = tools
        self.sandbox_names: tuple[str, ...] = ()
        self.left_list = ListState()
        self._listed_at: tuple[Place, str] | None = None

    @cached_property
    def migrations(self) -> pages.MigrationFlow:
        """Plans of other auth methods for many connections; loaded when somebody wants one."""
        return pages.MigrationFlow(self._tools)

    async def show_list(self, sandbox_names: Sequence[str] = ()) -> None:
        """Open the list of some sandboxes, when none is named as it was left; at first that of the target's own."""
        now = self._tools.current.now
        listed_at = (now.target.place, now.scenario_id)
        if sandbox_names or listed_at != self._listed_at:
            self.sandbox_names = tuple(sandbox_names) or (now.target.sandbox_name,)
            self.left_list = ListState()
        self._listed_at = listed_at
        await self._tools.navigator.show_connections(self)

    async def open(self, row: ExistingConnection) -> None:
        """Open the page of one connection over the list."""
        await self._tools.navigator.show_connection(self.opened(row), self)

    def note(self, opened: OpenedConnection, row: ExistingConnection | None) -> None:
        """Remember what was seen of a connection since it was listed; None when the platform does not know it."""
        self._news[opened.sandbox_name, opened.connection_id] = row

    def latest(self, row: ExistingConnection) -> ExistingConnection | None:
        """Return a listed row as it was seen last, None when the connection is gone: for a list that is shown again."""
        return self._news.get((row.sandbox_name, row.status.connection_id), row)

    def opened(self, row: ExistingConnection) -> OpenedConnection:
        """Return what the pages about the connection of a row are made with."""
        return OpenedConnection(replace(self._tools.current.now.target.place, sandbox_name=row.sandbox_name), row)

    async def offered_sandboxes(self, on_retry: Callable[[RetryWait], None] | None = None) -> tuple[Sandbox, ...]:
        """Return the sandboxes that the credential may use; the name of none is sent.

        Raises:
            Problem: they cannot be read.
        """
        return await self.sandbox_types.read(on_retry)

    async def rows(
        self,
        sandbox_names: Sequence[str],
        wanted: ConnectionFilter | None = None,
        on_retry: Callable[[RetryWait], None] | None = None,
    ) -> AsyncGenerator[ListingEvent, None]:
        """Yield the pages of several sandboxes as they arrive, and the end of each.

        Args:
            sandbox_names: each is asked by itself.
            wanted: which rows; all when left out.
            on_retry: is told of each wait before a further attempt.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.session.connection_listing import RowsArrived, list_connections

        async with self._tools.session.sandboxes(sandbox_names, on_retry) as opened:
            events = list_connections(
                opened,
                wanted or ConnectionFilter(),
                catalog=self._tools.current.now.wizard.catalog,
                clock=self.clock,
                keeps_unusable=True,
            )
            async with aclosing(events):
                async for event in events:
                    for row in event.rows if isinstance(event, RowsArrived) else ():
                        self._news.pop((row.sandbox_name, row.status.connection_id), None)
                    yield event

    @asynccontextmanager
    async def look(
        self, opened: OpenedConnection, on_retry: Callable[[RetryWait], None] | None = None
    ) -> AsyncIterator[ConnectionLook]:
        """Yield what asks the platform about one connection.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.session.connection_look import ConnectionLook

        catalog = self._tools.current.now.wizard.catalog
        async with self._tools.session.sandboxes((opened.sandbox_name,), on_retry) as (sandbox,):
            yield ConnectionLook(sandbox, opened.connection_id, catalog, self.clock)
