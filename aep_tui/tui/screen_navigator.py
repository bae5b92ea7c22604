"""The face on a screen: how the flows of `pages/` show steps, questions and failures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.frame import Frame
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui import connections, dialogs, steps
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.terminal.terminal_app import TerminalApp
from aep_tui.tui.visits import Visits

if TYPE_CHECKING:
    from aep_tui.domain.described_source import DescribedSource
    from aep_tui.domain.problem import Problem
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.target import Target
    from aep_tui.pages.change_pages import ChangePage
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection
    from aep_tui.pages.other_source import OtherSourceFlow
    from aep_tui.pages.question import Question, TypedConfirmation
    from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
    from aep_tui.session.status_session import StatusSession

Answer = TypeVar("Answer")


class ScreenNavigator:
    """A `Navigator` whose pages are the screens of an app; questions wait, so they are asked in workers only."""

    def __init__(self, app: TerminalApp[Any], frame: Callable[[str], Frame]) -> None:
        self._app = app
        self._frame = frame
        self._said: set[str] = set()
        self.visits = Visits(app, frame)

    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps whose pages are open, the shown one last."""
        return tuple(screen.step for screen in self._app.screen_stack if isinstance(screen, StepScreen))

    async def show_step(self, step: Step, message: str = "") -> None:
        """Open the page of `step`, with `message` at its top."""
        await self._app.push_screen(steps.step_screen(step, self._frame(message)))

    async def show_steps(self, steps: Sequence[Step]) -> None:
        """Open the pages of `steps` over each other; only the last one is painted."""
        with self._app.batch_update():
            for step in steps:
                await self.show_step(step)

    async def leave_page(self) -> None:
        """Close the shown page."""
        await self._app.pop_screen()

    def refresh(self) -> None:
        """Let the shown page show the present state."""
        if isinstance(self._app.screen, StepScreen):
            self._app.screen.show_frame(self.visits.frame_of(self._app.screen, self._frame("")))

    def show_pairing(self, is_pairing: bool) -> None:
        """Say on every open page whether others are known to see this terminal."""
        for screen in self._app.screen_stack:
            if isinstance(screen, StepScreen):
                screen.frame = replace(screen.frame, is_pairing=is_pairing)
                screen.on_screen_resume()

    def focus_field(self, field_id: str) -> None:
        """Put the cursor into a field of the shown page, when it has that field."""
        if isinstance(self._app.screen, StepScreen):
            self._app.screen.focus_field(field_id)

    async def show_status(self, work: StatusSession) -> None:
        """Open the status page, which begins with `work` at once."""
        await self._app.push_screen(steps.StatusScreen(self._frame(""), work))

    async def show_connections(self, flow: ConnectionsFlow) -> None:
        """Open the list of existing connections, which asks `flow` for its rows and hands it what is opened."""
        await self._app.push_screen(connections.ConnectionListScreen(self._frame(""), flow))

    async def show_connection(self, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        """Open the page of one existing connection, which asks `flow` for all that is known of it."""
        await self._app.push_screen(connections.ConnectionScreen(self._frame(""), opened, flow))

    async def show_result(self, result: ConnectionResult) -> None:
        """Open the last page."""
        await self._app.push_screen(steps.DoneScreen(self._frame(""), result))

    async def return_with(self, problem: Exception) -> None:
        """Close the status page and say on the review below, or on a page of its own, why it ended."""
        await self._app.pop_screen()
        if isinstance(self._app.screen, steps.ReviewScreen):
            self._app.screen.request_sent(False)
            self._app.screen.show_problem(problem)
        else:
            self.show_trouble(problem)

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Return the answer to `question`, None when the person gives none."""
        return await self._app.push_screen_wait(dialogs.ChoiceModal(question))

    async def confirm(self, confirmation: TypedConfirmation) -> bool:
        """Return whether the person typed what is expected."""
        return await self._app.push_screen_wait(dialogs.TypedConfirmationModal(confirmation))

    async def choose_source(self, flow: OtherSourceFlow) -> DescribedSource | None:
        """Show the list of the sources that only the platform knows; return the chosen one, None for none."""
        return await self._app.push_screen_wait(dialogs.SourceListPage(flow))

    async def check_set_up(self, target: Target, preflight: PreflightWork) -> PreflightDecision:
        """Show the checks of the set-up, and return how the person left them."""
        return await self._app.push_screen_wait(
            steps.PreflightScreen(target, preflight, is_pairing=self._frame("").is_pairing)
        )

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        """Open a page of a change, wait, and close it again; return the answer, None for going back."""
        return await self.visits.visit(page)

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Ask for another access token over the page that needs it."""
        text = self._app.secrets.clean(problem_text(reason))
        return await self._app.push_screen_wait(dialogs.NewTokenModal(text, self._app.secrets))

    def show_trouble(self, problem: Exception) -> None:
        """Show a failure on a page of its own."""
        text = self._app.secrets.clean(problem_text(problem))
        self._app.push_screen(dialogs.TextModal(_("That did not work"), text))

    def warn(self, problem: Problem) -> None:
        """Say once that something beside the work has failed."""
        if problem.message not in self._said:
            self._said.add(problem.message)
            self._app.say_on_page(_("Warning: {title}. {message}").format(title=problem.title, message=problem.message))
