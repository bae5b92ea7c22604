"""All flows over one state, handed one face."""

from __future__ import annotations

from aep_tui.domain.clock import Clock
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.changes_flow import ChangesFlow
from aep_tui.pages.connections_flow import ConnectionsFlow
from aep_tui.pages.correct import CorrectFlow
from aep_tui.pages.create import CreateFlow
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.new_tokens import NewTokens
from aep_tui.pages.other_source import OtherSourceFlow
from aep_tui.pages.sandbox_types import SandboxTypes
from aep_tui.pages.start import StartFlow
from aep_tui.pages.target_session import TargetSession
from aep_tui.pages.walk import WalkFlow


class Flows:
    """What the pages lead to.

    Attributes:
        walk: from question to question.
        start: from the welcome page to what the person wants to do.
        connections: the existing ones.
        other_source: the sources that only the platform knows.
        create: the submit.
        correct: what follows the status page.
        changes: what is done to an existing connection.
    """

    def __init__(
        self, current: CurrentState, navigator: Navigator, session: TargetSession, *, clock: Clock, secrets: Secrets
    ) -> None:
        """Let all flows share `current` and `session`."""
        kept_answers = KeptAnswers(clock, secrets, navigator.warn)
        self.walk = WalkFlow(current, navigator, session, kept_answers, clock)
        tokens = NewTokens(navigator, self.walk.take_token, lambda: current.now.target.access_token is not None)
        session.on_token_refused = tokens.is_given
        types = SandboxTypes(current, session)
        tools = FlowTools(current, navigator, session, clock, tokens, types, kept_answers)
        self.changes = ChangesFlow(tools)
        self.connections = ConnectionsFlow(tools, self.changes)
        self.start = StartFlow(tools, self.walk, self.connections)
        self.other_source = OtherSourceFlow(tools, self.walk)
        self.create = CreateFlow(tools, self.walk)
        self.correct = CorrectFlow(tools, self.walk)
