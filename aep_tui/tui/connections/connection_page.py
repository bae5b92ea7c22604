"""The page of one existing connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection


class ConnectionScreen(StepScreen):
    """What the list knows of one connection."""

    step = Step.CONNECTION
    help_text = _("What the list knows of this connection. Esc goes back to the list.")

    def __init__(self, frame: Frame, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        """Show `opened`; `flow` tells more of it (`details`) and opens its sandbox (`sandboxes`)."""
        super().__init__(frame)
        self._opened = opened
        self._flow = flow

    def compose_body(self) -> ComposeResult:
        """Yield the facts of the row."""
        row, status = self._opened.row, self._opened.row.status
        yield PlainText(status.name or _("(no name)"), classes="question")
        facts = (
            status.connection_id,
            _("sandbox {name}").format(name=self._opened.sandbox_name),
            row.source or status.connection_spec_id,
            row.auth_method,
            status.state,
            *(each.words for each in row.attention),
        )
        yield PlainText("\n".join(filter(None, facts)), id="facts")

    def compose_actions(self) -> ComposeResult:
        """Yield the way back."""
        yield ActionButton(_("Back"), id="back")
