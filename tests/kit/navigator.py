"""A face without a screen, for tests of what the pages lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from aep_tui.domain.described_source import DescribedSource
from aep_tui.domain.problem import Problem
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Target
from aep_tui.domain.wizard import Step
from aep_tui.pages.change_pages import ChangePage
from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection
from aep_tui.pages.other_source import OtherSourceFlow
from aep_tui.pages.question import Question, TypedConfirmation
from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
from aep_tui.session.status_session import StatusSession

Answer = TypeVar("Answer")


class FakeNavigator:
    """A face that writes down what it is told, and answers as the test says."""

    def __init__(self, *, answers: list[str | None] | None = None, is_confirmed: bool = True) -> None:
        """Answer the questions with the choices of these ids, in order; None is no answer."""
        self.pages: list[Step] = [Step.WELCOME]
        self.done: list[str] = []
        self.works: list[StatusSession] = []
        self.asked: list[Question[Any]] = []
        self.confirmed: list[TypedConfirmation] = []
        self.problems: list[Exception] = []
        self._answers = answers or []
        self._is_confirmed = is_confirmed
        self.tokens: list[Secret | None] = []
        self.refusals: list[Problem] = []
        self.decision: PreflightDecision | None = None
        self.wanted_source = ""

    def open_steps(self) -> tuple[Step, ...]:
        return tuple(self.pages)

    async def show_step(self, step: Step, message: str = "") -> None:
        self.pages.append(step)
        self.done.append(f"{step} {message}".strip())

    async def show_steps(self, steps: Sequence[Step]) -> None:
        for step in steps:
            await self.show_step(step)

    async def leave_page(self) -> None:
        self.pages.pop()

    def refresh(self) -> None:
        pass

    def focus_field(self, field_id: str) -> None:
        self.done.append(f"focus {field_id}")

    async def show_status(self, work: StatusSession) -> None:
        self.pages.append(Step.STATUS)
        self.works.append(work)

    async def show_result(self, result: ConnectionResult) -> None:
        self.pages.append(Step.DONE)
        self.done.append(f"result {result.state}")

    async def show_connections(self, flow: ConnectionsFlow) -> None:
        self.pages.append(Step.CONNECTIONS)

    async def show_connection(self, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        self.pages.append(Step.CONNECTION)
        self.done.append(f"open {opened.connection_id} in {opened.sandbox_name}")

    async def return_with(self, problem: Exception) -> None:
        self.pages.pop()
        self.problems.append(problem)

    async def ask(self, question: Question[Answer]) -> Answer | None:
        self.asked.append(question)
        choice_id = self._answers.pop(0)
        return None if choice_id is None else next(each.answer for each in question.choices if each.id == choice_id)

    async def confirm(self, confirmation: TypedConfirmation) -> bool:
        self.confirmed.append(confirmation)
        return self._is_confirmed

    async def choose_source(self, flow: OtherSourceFlow) -> DescribedSource | None:
        found = await flow.found()
        self.done.append(", ".join(each.source.label for each in found))
        return next((each for each in found if each.source.label == self.wanted_source), None)

    async def check_set_up(self, target: Target, preflight: PreflightWork) -> PreflightDecision:
        assert self.decision is not None
        return self.decision

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        self.done.append(f"visit {page.place.title}")
        return None

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        self.refusals.append(reason)
        return self.tokens.pop(0) if self.tokens else None

    def show_trouble(self, problem: Exception) -> None:
        self.problems.append(problem)

    def warn(self, problem: Problem) -> None:
        self.problems.append(problem)
