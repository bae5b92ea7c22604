"""A face whose pages of a change are answered by the test, and a session that writes down what it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from aep_tui.domain.change_result import ChangeResult
from aep_tui.domain.connection import DELETED, ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer
from aep_tui.flow_service.errors import PlatformError, RequestRefused
from aep_tui.pages.app_state import AppState, CurrentState
from aep_tui.pages.at_hand import AfterChange, ConnectionAtHand, Typed
from aep_tui.pages.change_flow import ChangeFlow
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.change_pages import (
    ChangePage,
    WorkEnd,
    WorkPage,
)
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.new_tokens import NewTokens
from aep_tui.pages.status_view import Seen
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.connection_details import UsedBy
from aep_tui.session.status_session import StatusSession, WorkKind
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.navigator import FakeNavigator
from tests.pages.changing import OAUTH, TARGET, form_of
from tests.pages.support import DEVELOPMENT, answered_wizard

Answer = TypeVar("Answer")
BY_A_COLLEAGUE = replace(OAUTH, etag='"theirs"', description="Looked after", updated_by="a.colleague@acme.example")

NEW_NAME = NameAnswer("ACME EMEA", "EMEA sales")
NEW_SECRET = CredentialsAnswer({"clientSecret": Secret(CANARY)})


def refused(status: int = 400, code: str = "FLOW-1455-400", kind: type[PlatformError] = RequestRefused) -> NotChanged:
    """What a refusal of the platform leads to."""
    error = kind("Refused", "The platform did not take it.", status=status, code=code)
    error.proves_refusal = True
    return NotChanged(error, BY_A_COLLEAGUE if status == 412 else None)


@dataclass(frozen=True)
class Left:
    """The person goes back from a form in which `answer` stands."""

    answer: NameAnswer | CredentialsAnswer


class Visitor(FakeNavigator):
    """Answers the pages in order; the status page is left with what the platform's answer leads to."""

    def __init__(
        self,
        *answers: object,
        choices: list[str | None] | None = None,
        is_confirmed: bool = True,
        seen_after: tuple[str, bool | None] = ("enabled", True),
    ) -> None:
        super().__init__(answers=choices, is_confirmed=is_confirmed)
        self._seen_after = seen_after
        self._given = list(answers)
        self.visited: list[ChangePage[Any]] = []
        self.taken: list[Secret] = []

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        self.visited.append(page)
        if not isinstance(page, WorkPage):
            answer = self._given.pop(0)
            if isinstance(answer, Left):
                page.left(answer.answer)
                return None
            return cast("Answer | None", answer)
        assert page.work.create is not None
        outcome = await page.work.create(lambda _words: None)
        assert isinstance(outcome, Changed | NotChanged | ChangeUnknown)
        if not isinstance(outcome, Changed):
            end = WorkEnd(problem=outcome.error, is_unclear=isinstance(outcome, ChangeUnknown))
        else:
            state, test_passed = self._seen_after
            state = DELETED if page.work.kind is WorkKind.DELETE else state
            status = ConnectionStatus(page.work.connection_id, state, NEW_NAME.name)
            created = CreatedConnection(page.work.connection_id, outcome.etag)
            seen = Seen(created, status, test_passed=test_passed)
            page.saw(seen)
            end = WorkEnd(seen)
        return cast(Answer, end)

    def of(self, kind: type[ChangePage[Any]]) -> list[Any]:
        """The visited pages of a kind."""
        return [page for page in self.visited if isinstance(page, kind)]

    @property
    def kinds(self) -> list[str]:
        """The visited pages, by name."""
        return [type(page).__name__.removesuffix("Page") for page in self.visited]


@dataclass
class Work:
    """A session that answers each change with the next outcome, and writes down what it was sent."""

    outcomes: list[ChangeOutcome] = field(default_factory=lambda: [Changed('"after"')])
    used: list[UsedBy] = field(default_factory=lambda: [UsedBy()])
    now: ConnectionStatus | Problem = BY_A_COLLEAGUE
    sent: list[tuple[str, ConnectionChange | None]] = field(default_factory=list)

    async def read(self, connection_id: str) -> ConnectionStatus:
        if isinstance(self.now, Problem):
            raise self.now
        return self.now

    async def used_by(self, connection_id: str) -> UsedBy:
        assert connection_id.startswith("c-")
        return self.used.pop(0) if len(self.used) > 1 else self.used[0]

    def for_change(self, seen: ConnectionStatus, change: ConnectionChange) -> StatusSession:
        return self._session(seen, change, WorkKind.CHANGE)

    def for_delete(self, seen: ConnectionStatus) -> StatusSession:
        return self._session(seen, None, WorkKind.DELETE)

    def _session(self, seen: ConnectionStatus, change: ConnectionChange | None, kind: WorkKind) -> StatusSession:
        async def send(_on_progress: Callable[[str], None]) -> ChangeOutcome:
            self.sent.append((seen.etag, change))
            return self.outcomes.pop(0)

        nothing = cast(Any, None)
        return StatusSession(FakeClock(), nothing, nothing, send, seen.connection_id, kind=kind)


NOT_ASKED = cast(Any, None)


async def run(
    action: ConnectionAction,
    navigator: Visitor,
    work: Work,
    status: ConnectionStatus = OAUTH,
    *,
    sandbox: Sandbox = DEVELOPMENT,
    is_read_only: bool = False,
    has_form: bool = True,
    typed: Typed | None = None,
    earlier: tuple[ChangeResult, ...] = (),
) -> tuple[AfterChange, AppState]:
    """Do it after the changes `earlier`; return what the page of the connection has to know, and the program knows."""
    current = CurrentState(AppState(answered_wizard(), TARGET, changes=earlier))
    target = replace(TARGET, is_read_only=is_read_only)
    connection = ConnectionAtHand(status, target, sandbox, form_of(status) if has_form else None)
    tokens = NewTokens(navigator, navigator.taken.append)
    tools = FlowTools(current, navigator, NOT_ASKED, FakeClock(), tokens, NOT_ASKED, NOT_ASKED)
    flow = ChangeFlow(tools, work, connection, typed)
    return await flow.run(action), current.now
