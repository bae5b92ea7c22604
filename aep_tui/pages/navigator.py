"""What a flow may do with the face: show pages, ask questions, say what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from aep_tui.domain.wizard import Step
from aep_tui.pages.question import Question, TypedConfirmation

if TYPE_CHECKING:
    from aep_tui.domain.described_source import DescribedSource
    from aep_tui.domain.problem import Problem
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.target import Target
    from aep_tui.pages.change_pages import ChangePage
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection
    from aep_tui.pages.other_source import OtherSourceFlow
    from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
    from aep_tui.session.status_session import StatusSession

Answer = TypeVar("Answer")


class Navigator(Protocol):
    """A face. The pages that are open lie over each other, and leaving one shows the page below."""

    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps whose pages are open, the shown one last."""

    async def show_step(self, step: Step, message: str = "") -> None:
        """Open the page of `step`, with `message` at its top."""

    async def show_steps(self, steps: Sequence[Step]) -> None:
        """Open the pages of `steps` over each other; only the last one is shown."""

    async def leave_page(self) -> None:
        """Close the shown page."""

    def refresh(self) -> None:
        """Let the shown page show the present state."""

    def focus_field(self, field_id: str) -> None:
        """Put the cursor into a field of the shown page, when it has that field."""

    async def show_status(self, work: StatusSession) -> None:
        """Open the status page, which begins with `work` at once."""

    async def show_connections(self, flow: ConnectionsFlow) -> None:
        """Open the list of existing connections, which asks `flow` for its rows and hands it what is opened."""

    async def show_connection(self, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        """Open the page of one existing connection, which asks `flow` for all that is known of it."""

    async def show_result(self, result: ConnectionResult) -> None:
        """Open the last page."""

    async def return_with(self, problem: Exception) -> None:
        """Close the status page and say on the review below, or on a page of its own, why it ended."""

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Return the answer to `question`, None when the person gives none."""

    async def confirm(self, confirmation: TypedConfirmation) -> bool:
        """Return whether the person typed what is expected."""

    async def choose_source(self, flow: OtherSourceFlow) -> DescribedSource | None:
        """Show the list of the sources that only the platform knows; return the chosen one, None for none."""

    async def check_set_up(self, target: Target, preflight: PreflightWork) -> PreflightDecision:
        """Show the checks of the set-up, and return how the person left them."""

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        """Open a page of a change, wait, and close it; return what the person answered, None for going back."""

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Return another access token in the place of one that is refused, None when the person has none now."""

    def show_trouble(self, problem: Exception) -> None:
        """Show a failure on a page of its own."""

    def warn(self, problem: Problem) -> None:
        """Say once that something beside the work has failed."""


class SubmitPage(Protocol):
    """The review, as far as a submit talks to it."""

    @property
    def is_current(self) -> bool:
        """Whether it is shown, with nothing over it."""

    @property
    def is_attached(self) -> bool:
        """Whether it is still open."""

    def say(self, words: str) -> None:
        """Say what happens now, "" for nothing."""

    def show_problem(self, problem: Exception) -> None:
        """Say why the last attempt failed."""

    def request_sent(self, is_under_way: bool) -> None:
        """Let Submit do nothing while a request is under way."""
