"""Opens the service of a target, the embedded one in practice mode. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.sign_in import authentication_for
from aep_tui.settings.launch import Launch

if TYPE_CHECKING:
    from aep_tui.flow_service.retry import RetryWait


def open_service(
    launch: Launch, target: Target, scenario_id: str, *, on_retry: Callable[[RetryWait], None] | None = None
) -> FlowService:
    """Return a client for `target`; nothing is sent yet.

    Args:
        launch: gives the practice service and the clock.
        target: live targets bring their token or client credential along.
        scenario_id: what the practice service plays.
        on_retry: is told of each wait before a further attempt.

    Raises:
        SettingsProblem: the address, the token or another value cannot be used.
    """
    application = None
    if target.mode is Mode.PRACTICE:
        application = launch.practice_application(scenario_id)
        target = replace(target, access_token=Secret(launch.practice_token))
    return FlowService(
        target,
        authentication=authentication_for(target, launch.clock),
        clock=launch.clock,
        embedded_application=application,
        on_retry=on_retry,
    )
