"""A person at one existing connection of the practice organization, without the way to it."""

from __future__ import annotations

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.sandbox import Sandbox
from aep_tui.pages.change_flow import AfterChange
from aep_tui.pages.change_offers import ConnectionAction
from tests.tui.support import Person

OAUTH = "ACME Salesforce, OAuth"
BASIC = "ACME Salesforce (old)"
USED = "ACME Salesforce"
HIDDEN = "ACME loyalty"


class AtConnection:
    """What is done to a connection, and what its page would be told afterwards."""

    def __init__(self, person: Person, name: str, sandbox_name: str = "rehearsal") -> None:
        """Take the connection with this name in this sandbox."""
        self.person = person
        self.sandbox_name = sandbox_name
        self._name = name
        self.after: AfterChange | None = None
        person.app.session.open()  # the service fills its organization when it is made

    @property
    def connection_id(self) -> str:
        """Its id."""
        [record] = [
            each
            for each in self.person.store.connections()
            if each.name == self._name and each.sandbox_name == self.sandbox_name
        ]
        return record.id

    async def seen(self) -> ConnectionStatus:
        """The connection as the platform shows it now."""
        session = self.person.app.session.in_sandbox(self.sandbox_name)
        return await session.here.service.connection_status(self.connection_id)

    async def begin(
        self, action: ConnectionAction, status: ConnectionStatus | None = None, sandbox: Sandbox | None = None
    ) -> None:
        """Start it; the page of the connection would do that."""
        seen = status or await self.seen()
        flow = self.person.app.flows.changes

        async def run() -> None:
            self.after = await flow.run(action, seen, self.sandbox_name, sandbox)

        self.person.app.run_worker(run())
        await self.person.pilot.pause()

    async def ended(self) -> AfterChange:
        """Wait until the work is over."""
        await self.person.wait_until(lambda: self.after is not None, "the end of the change")
        assert self.after is not None
        return self.after
