"""Opens a service for each of several sandboxes of one target, over one sign-in. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.retry import RetryWait
from aep_tui.flow_service.sign_in import authentication_for


@dataclass(frozen=True, slots=True)
class OpenedSandbox:
    """One sandbox, and what asks the platform about it."""

    sandbox_name: str
    service: FlowService


@asynccontextmanager
async def open_sandboxes(
    target: Target,
    sandbox_names: Sequence[str],
    *,
    clock: Clock,
    open_practice: Callable[[], Callable[..., Any]],
    on_retry: Callable[[RetryWait], None] | None = None,
) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
    """Yield a service for each sandbox; one token serves them all. Nothing is sent yet.

    Args:
        target: with its token or client credential.
        sandbox_names: each stands in the requests of its own service.
        clock: the time.
        open_practice: makes the practice service; asked for a practice target only.
        on_retry: is told of each wait before a further attempt.

    Raises:
        SettingsProblem: the address, the token or another value cannot be used.
    """
    application = open_practice() if target.mode is Mode.PRACTICE else None
    authentication = authentication_for(target, clock)
    async with AsyncExitStack() as opened:
        sandboxes = []
        for name in sandbox_names:
            service = FlowService(
                replace(target, sandbox_name=name),
                authentication=authentication,
                clock=clock,
                embedded_application=application,
                on_retry=on_retry,
            )
            sandboxes.append(OpenedSandbox(name, await opened.enter_async_context(service)))
        yield tuple(sandboxes)
