"""What every flow works with, made once for a face."""

from __future__ import annotations

from dataclasses import dataclass

from aep_tui.domain.clock import Clock
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.new_tokens import NewTokens
from aep_tui.pages.sandbox_types import SandboxTypes
from aep_tui.pages.target_session import TargetSession


@dataclass(frozen=True, slots=True)
class FlowTools:
    """What the flows share.

    Attributes:
        current: the state of the program; a flow puts a newer one there.
        navigator: the face.
        session: with the target of `current`.
        clock: says what is old, what ends soon, and which day rules are read on.
        tokens: asks for another access token when one was refused.
        sandbox_types: what is known about the sandboxes of the organization.
        kept_answers: where the answers of an unfinished walk are kept.
    """

    current: CurrentState
    navigator: Navigator
    session: TargetSession
    clock: Clock
    tokens: NewTokens
    sandbox_types: SandboxTypes
    kept_answers: KeptAnswers
