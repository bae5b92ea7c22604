"""What is done with the connections of one sandbox."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.session.connection_details import UsedBy, used_by_dataflows
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.status_session import StatusSession


@dataclass(frozen=True, slots=True)
class SandboxWork:
    """Reads connections and what rides on them, and gives the status page what changes one.

    Attributes:
        session: with the sandbox.
    """

    session: PlatformSession

    async def read(self, connection_id: str) -> ConnectionStatus:
        """Return what the platform says about a connection now.

        Raises:
            PlatformError: it could not be read.
        """
        return await self.session.here.service.connection_status(connection_id)

    async def used_by(self, connection_id: str) -> UsedBy:
        """Return what rides on a connection; what could not be read is said there."""
        return await used_by_dataflows(self.session.here, connection_id)

    def for_change(self, seen: ConnectionStatus, change: ConnectionChange) -> StatusSession:
        """Return what the status page needs to change the version that the person saw, once."""
        return self.session.for_change(seen, change)

    def for_delete(self, seen: ConnectionStatus) -> StatusSession:
        """Return what the status page needs to delete the version that the person saw, once."""
        return self.session.for_delete(seen)


def session_in(session: PlatformSession, sandbox_name: str) -> PlatformSession:
    """Return a session with another sandbox of the same target, over the same wire; nothing is sent yet."""
    target = replace(session.target, sandbox_name=sandbox_name)
    return PlatformSession(target, session.wire, sign_ins=session.sign_ins)
