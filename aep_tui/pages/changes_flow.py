"""From the page of one existing connection to what can be done to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui import pages
from aep_tui.domain.connection_form import ConnectionForm, connection_form
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.at_hand import AfterChange, ConnectionAtHand, Typed
from aep_tui.pages.change_offers import ChangeOffer, ConnectionAction, change_offers
from aep_tui.pages.flow_tools import FlowTools

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.session.platform_session import PlatformSession


class ChangesFlow:
    """Knows what may be done to a connection, and does it."""

    def __init__(self, tools: FlowTools) -> None:
        self._tools = tools
        self._typed: Typed = {}

    def offers(self, status: ConnectionStatus) -> tuple[ChangeOffer, ...]:
        """Return each action with the reason why it is not offered for a connection, if any."""
        return change_offers(status, self._form(status), is_read_only=self._tools.current.now.target.is_read_only)

    async def run(self, action: ConnectionAction, status: ConnectionStatus, sandbox_name: str) -> AfterChange:
        """Do what the person wants to a connection, as far as it goes; questions wait, so call it in a worker.

        Args:
            action: what is wanted.
            status: the connection in the version that the person sees.
            sandbox_name: where it is; the platform is asked of which type it is when nobody knows.

        Returns:
            What may be different afterwards.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.session.connection_work import SandboxWork

        await self._tools.sandbox_types.learn((sandbox_name,))
        sandbox = self._tools.sandbox_types.of(sandbox_name)
        target = replace(self._tools.current.now.target, sandbox_name=sandbox_name)
        session = self._tools.session.in_sandbox(sandbox_name)
        work, form = SandboxWork(session), self._form(status)
        if form is None and action in {ConnectionAction.SECRET, ConnectionAction.CREDENTIALS} and status.etag:
            try:
                form = await self._tools.tokens.during(lambda: self._described_form(session, status))
            except Problem as problem:
                self._tools.navigator.show_trouble(problem)
                return AfterChange.SAME
        connection = ConnectionAtHand(status, target, sandbox, form)
        flow = pages.ChangeFlow(self._tools, work, connection, self._typed)
        return await flow.run(action)

    def _form(self, status: ConnectionStatus) -> ConnectionForm | None:
        catalog = self._tools.current.now.wizard.catalog
        return connection_form(status, catalog.source_by_connection_spec_id(status.connection_spec_id))

    async def _described_form(self, session: PlatformSession, status: ConnectionStatus) -> ConnectionForm:
        """Return the form that the platform itself describes.

        Raises:
            Problem: it describes none, or could not be asked.
        """
        form = connection_form(status, await session.here.sources.described(status.connection_spec_id))
        if form is None:
            raise Problem(
                _("The form of this connection is not known"),
                _("Neither this program nor the platform describes the auth method {name} of this source now.").format(
                    name=status.auth_spec_name or _("(none)")
                ),
            )
        return form
