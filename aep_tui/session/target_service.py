"""Opens the service of a target, the embedded one in practice mode. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.sign_in import authentication_for

if TYPE_CHECKING:
    from aep_tui.flow_service.authentication import BearerToken
    from aep_tui.flow_service.ims import ImsAuthentication
    from aep_tui.flow_service.retry import RetryWait


@dataclass(frozen=True, slots=True)
class OpenedTarget:
    """What stands behind a target.

    Attributes:
        service: asks the platform.
        authentication: what it signs in with.
        application: the embedded practice service, None in live mode.
    """

    service: FlowService
    authentication: BearerToken | ImsAuthentication
    application: Callable[..., Any] | None


def open_target(
    target: Target,
    *,
    clock: Clock,
    open_practice: Callable[[], Callable[..., Any]],
    on_retry: Callable[[RetryWait], None] | None = None,
) -> OpenedTarget:
    """Return a client for `target`; nothing is sent yet.

    Args:
        target: with its token or client credential.
        clock: the time.
        open_practice: makes the practice service; asked for a practice target only.
        on_retry: is told of each wait before a further attempt.

    Raises:
        SettingsProblem: the address, the token or another value cannot be used.
    """
    application = open_practice() if target.mode is Mode.PRACTICE else None
    authentication = authentication_for(target, clock)
    service = FlowService(
        target,
        authentication=authentication,
        clock=clock,
        embedded_application=application,
        on_retry=on_retry,
    )
    return OpenedTarget(service, authentication, application)
