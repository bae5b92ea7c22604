"""Opens the service of a target, the embedded one in practice mode. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.exchange import Wire, embedded
from aep_tui.flow_service.sign_in import SignIns, authentication_for

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
        wire: how it is reached; in practice mode the embedded service answers.
    """

    service: FlowService
    authentication: BearerToken | ImsAuthentication
    wire: Wire


def wire_to(target: Target, *, clock: Clock, secrets: Secrets, open_practice: Callable[[], Callable[..., Any]]) -> Wire:
    """Return how `target` is reached.

    Args:
        target: whose address counts.
        clock: the time.
        secrets: of this run; no answer says one.
        open_practice: makes the practice service; asked for a practice target only.

    Raises:
        SettingsProblem: the address cannot be used.
    """
    transport = embedded(open_practice()) if target.mode is Mode.PRACTICE else None
    return Wire(target.base_url, clock, secrets, transport=transport, is_read_only=target.is_read_only)


def open_target(
    target: Target,
    wire: Wire,
    *,
    sign_ins: SignIns | None = None,
    on_retry: Callable[[RetryWait], None] | None = None,
) -> OpenedTarget:
    """Return a client for `target`; nothing is sent yet.

    Args:
        target: with its token or client credential.
        wire: from `wire_to`.
        sign_ins: of this run, so that a token that another client has obtained serves this one as well.
        on_retry: is told of each wait before a further attempt.

    Raises:
        SettingsProblem: the token or another value cannot be used.
    """
    authentication = authentication_for(target, wire, sign_ins)
    return OpenedTarget(
        FlowService(target, wire, authentication=authentication, on_retry=on_retry), authentication, wire
    )
