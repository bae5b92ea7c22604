"""Opens what stands behind a target, in the way that the launch says. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import Callable

from aep_tui.domain.target import Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.retry import RetryWait
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.target_service import open_target, wire_to
from aep_tui.settings.launch import Launch


def wire_for(launch: Launch, target: Target, scenario_id: str) -> Wire:
    """Return how `target` is reached; in practice mode the practice service answers, in this scenario.

    Args:
        launch: has the clock, the secrets and the practice service of this run.
        target: the platform.
        scenario_id: what the practice service plays.

    Raises:
        SettingsProblem: the address cannot be used.
    """
    return wire_to(
        target,
        clock=launch.clock,
        secrets=launch.secrets,
        open_practice=lambda: launch.practice_application(scenario_id),
    )


def client_for(
    launch: Launch, target: Target, scenario_id: str, on_retry: Callable[[RetryWait], None] | None
) -> FlowService:
    """Return a client for `target` alone, which shares the tokens of this run.

    Args:
        launch: has the clock, the secrets and the tokens of this run.
        target: the platform.
        scenario_id: what the practice service plays.
        on_retry: is told of each wait before a request is repeated.

    Raises:
        SettingsProblem: a value of the target cannot be used.
    """
    wire = wire_for(launch, target, scenario_id)
    return open_target(target, wire, sign_ins=launch.sign_ins, on_retry=on_retry).service


def session_for(launch: Launch, target: Target, scenario_id: str) -> PlatformSession:
    """Return a session with `target`, which shares the tokens of this run; nothing is sent yet.

    Args:
        launch: has the clock, the secrets and the tokens of this run.
        target: the platform.
        scenario_id: what the practice service plays.

    Raises:
        SettingsProblem: a value of the target cannot be used.
    """
    return PlatformSession(target, wire_for(launch, target, scenario_id), sign_ins=launch.sign_ins)
