"""What the tests of the pages share: a target, an earlier create, an answered wizard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final, cast

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.draft import Draft
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.intent import Intent
from aep_tui.domain.problem import Problem
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.pages.app_state import AppState, CurrentState
from aep_tui.pages.changes_flow import ChangesFlow
from aep_tui.pages.connections_flow import ConnectionsFlow
from aep_tui.pages.correct import CorrectFlow
from aep_tui.pages.create import CreateFlow
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.pages.new_tokens import NewTokens
from aep_tui.pages.sandbox_types import SandboxTypes
from aep_tui.pages.start import StartFlow
from aep_tui.pages.target_session import TargetSession
from aep_tui.pages.walk import WalkFlow
from aep_tui.session.platform_session import PlatformSession
from aep_tui.state.unfinished import Unfinished
from tests.kit.clock import START, FakeClock
from tests.kit.journeys import OAUTH2
from tests.kit.navigator import FakeNavigator

NOW: Final = START
EARLIER: Final = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIVE: Final = Target(Mode.LIVE, LIVE_BASE_URL, "ACME@AdobeOrg", "dev", "0a1b2c")
DEVELOPMENT: Final = Sandbox("dev", type="development")
INTENT: Final = Intent(
    id="1",
    started_at=EARLIER,
    base_url=LIVE.base_url,
    organization_id=LIVE.organization_id,
    sandbox_name="qa",
    api_key=LIVE.api_key,
    source_id="salesforce",
    auth_method_id="oauth2-client-credential",
    connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
    name="ACME",
    digest="0" * 64,
    not_before=EARLIER,
)
DRAFT: Final = Draft(Cloud.AZURE, "salesforce", "oauth2-client-credential", name="ACME")


def answered_wizard() -> Wizard:
    """A wizard whose review can be reached."""
    wizard = Wizard(load_catalog(), date(2026, 11, 22)).with_cloud(Cloud(OAUTH2.cloud)).wizard
    wizard = wizard.with_source(OAUTH2.source).wizard.with_auth_method(OAUTH2.auth_method).wizard
    return wizard.with_answers(OAUTH2.answers()).with_name("ACME", "")


@dataclass
class FakeSession:
    """A session whose work is a word in place of a `StatusSession`."""

    similar: tuple[SimilarConnection, ...] = ()
    unclear: Intent | None = None
    failure: Problem | None = None
    unclear_create: Intent | None = None
    is_create_unclear: bool = False
    calls: list[str] = field(default_factory=list)

    async def close(self) -> None:
        self.calls.append("close")

    def use_access_token(self, token: Secret) -> None:
        self.failure = None

    def preflight(self, catalog: object) -> object:
        return object()

    async def unclear_intent(self, name: str, known: Intent | None) -> Intent | None:
        return self.unclear

    async def similar_connections(
        self, request: ConnectionRequest, on_progress: Callable[[str], None]
    ) -> tuple[SimilarConnection, ...]:
        if self.failure is not None:
            raise self.failure
        return self.similar

    def for_create(self, request: ConnectionRequest, draft: Draft) -> str:
        return f"create {request.name}"

    def for_reconcile(self, intent: Intent) -> str:
        return f"reconcile {intent.name}"

    def for_correction(self, connection_id: str, etag: str, request: ConnectionRequest) -> str:
        return f"correct {connection_id} {etag}"

    def for_change_look(self, intent: ChangeIntent) -> str:
        return f"look into {intent.kind} of {intent.name}"

    def for_watch(self, connection_id: str) -> str:
        return f"watch {connection_id}"

    def adopt(self, intent: Intent) -> None:
        self.calls.append(f"adopt {intent.name}")

    def forget_open_intents(self, unfinished: Unfinished) -> None:
        self.calls.append("forget")

    async def delete(self, seen: ConnectionStatus) -> None:
        if self.failure is not None:
            raise self.failure
        self.calls.append(f"delete {seen.connection_id}")

    def conclude(self) -> None:
        self.calls.append("conclude")

    def result(self, wizard: Wizard, created: CreatedConnection, status: ConnectionStatus | None) -> ConnectionResult:
        return result_of(created.connection_id, status.state if status else "")


class FakePage:
    """A review that is open and shown, until the test says otherwise."""

    def __init__(self) -> None:
        self.is_current = True
        self.is_attached = True
        self.words: list[str] = []
        self.problems: list[Exception] = []
        self.under_way = True

    def say(self, words: str) -> None:
        self.words.append(words)

    def show_problem(self, problem: Exception) -> None:
        self.problems.append(problem)

    def request_sent(self, is_under_way: bool) -> None:
        self.under_way = is_under_way


def result_of(connection_id: str, state: str) -> ConnectionResult:
    """What would be printed about a connection."""
    return ConnectionResult("live", connection_id, "", "", state, "ACME", "ACME@AdobeOrg", "dev", "azure", "", "")


class Flows:
    """All flows over one state, one fake face and one fake session."""

    def __init__(
        self,
        navigator: FakeNavigator,
        *,
        session: FakeSession | None = None,
        wizard: Wizard | None = None,
        target: Target = LIVE,
        unfinished: Unfinished | None = None,
    ) -> None:
        self.navigator = navigator
        self.session = session or FakeSession()
        self.current = CurrentState(AppState(wizard or answered_wizard(), target))
        self.opened: list[Target] = []
        sessions = TargetSession(self.current, self._open)
        self.sessions = sessions
        kept = KeptAnswers(FakeClock(), Secrets(), navigator.warn)
        self.walk = WalkFlow(self.current, navigator, sessions, kept, FakeClock())
        types = SandboxTypes(self.current, sessions)
        tokens = NewTokens(navigator, self.walk.take_token)
        tools = FlowTools(self.current, navigator, sessions, FakeClock(), tokens, types, kept)
        self.changes = ChangesFlow(tools)
        self.connections = ConnectionsFlow(tools, self.changes)
        self.start = StartFlow(tools, self.walk, self.connections, lambda: unfinished or Unfinished())
        self.create = CreateFlow(tools, self.walk)
        self.correct = CorrectFlow(tools, self.walk)

    @property
    def works(self) -> list[str]:
        """What the status page was opened with."""
        return [cast(str, work) for work in self.navigator.works]

    def _open(self, target: Target, scenario_id: str) -> PlatformSession:
        self.opened.append(target)
        return cast(PlatformSession, self.session)


def on_review(navigator: FakeNavigator, session: FakeSession | None = None) -> Flows:
    """The flows while the review is shown, in a development sandbox."""
    navigator.pages = [Step.WELCOME, Step.CREDENTIALS, Step.NAME, Step.REVIEW]
    flows = Flows(navigator, session=session)
    flows.current.now = replace(flows.current.now, sandbox=DEVELOPMENT)
    return flows
