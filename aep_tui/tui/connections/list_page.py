"""The list of existing connections."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.domain.existing import ExistingConnection
    from aep_tui.pages.connections_flow import ConnectionsFlow
    from aep_tui.session.connection_listing import ListingEvent


class ConnectionListScreen(StepScreen):
    """The connections of the target's sandbox as their pages arrive."""

    step = Step.CONNECTIONS
    help_text = _("The connections of this sandbox. Enter opens the marked one.")

    def __init__(self, frame: Frame, flow: ConnectionsFlow) -> None:
        """Ask `flow` for the rows, and let it open one."""
        super().__init__(frame)
        self._flow = flow
        self._rows: list[ExistingConnection] = []

    def compose_body(self) -> ComposeResult:
        """Yield the list and what is said about it."""
        yield PlainText(_("Reading..."), id="count")
        yield OptionList(id="connections", markup=False, compact=True)

    def compose_actions(self) -> ComposeResult:
        """Yield the way back."""
        yield ActionButton(_("Back"), id="back")

    def on_mount(self) -> None:
        """Begin to read."""
        super().on_mount()
        self.query_one(OptionList).focus()
        self.run_worker(self._read(), group="listing", exclusive=True)

    async def _read(self) -> None:
        problems: list[Problem] = []
        try:
            async with aclosing(self._flow.rows((self.frame.target.sandbox_name,))) as events:
                async for event in events:
                    self._take(event, problems)
        except Problem as problem:
            problems.append(problem)
        words = [_("{count} connections.").format(count=len(self._rows)), *(problem_text(each) for each in problems)]
        self.query_one("#count", PlainText).show("\n".join(words))

    def _take(self, event: ListingEvent, problems: list[Problem]) -> None:
        problem: Problem | None = getattr(event, "problem", None)
        if problem is not None:
            problems.append(problem)
        rows: tuple[ExistingConnection, ...] = getattr(event, "rows", ())
        self._rows += rows
        self.query_one(OptionList).add_options(
            Option(f"{row.status.name}  {row.source}  {row.auth_method}  {row.status.state}") for row in rows
        )

    @on(OptionList.OptionSelected)
    async def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self._flow.open(self._rows[event.option_index])
