"""Opens a service for each of several sandboxes of one target, over one sign-in. It loads httpx: import it late."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from aep_tui.domain.target import Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.retry import RetryWait
from aep_tui.flow_service.sign_in import SignIns, authentication_for
from aep_tui.session.sources_of_platform import SourcesOfPlatform


@dataclass(frozen=True, slots=True)
class OpenedSandbox:
    """One sandbox, and what asks the platform about it."""

    sandbox_name: str
    service: FlowService

    @property
    def sources(self) -> SourcesOfPlatform:
        """What the platform offers there beside the sources of our catalog."""
        return SourcesOfPlatform(self.service)


@asynccontextmanager
async def open_sandboxes(
    target: Target,
    sandbox_names: Sequence[str],
    wire: Wire,
    *,
    sign_ins: SignIns | None = None,
    on_retry: Callable[[RetryWait], None] | None = None,
) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
    """Yield a service for each sandbox; one token serves them all. Nothing is sent yet.

    Args:
        target: with its token or client credential.
        sandbox_names: each stands in the requests of its own service.
        wire: from `wire_to`.
        sign_ins: of this run, so that its clients share a token.
        on_retry: is told of each wait before a further attempt.

    Raises:
        SettingsProblem: the address, the token or another value cannot be used.
    """
    authentication = authentication_for(target, wire, sign_ins)
    async with AsyncExitStack() as opened:
        sandboxes = []
        for name in sandbox_names:
            service = FlowService(
                replace(target, sandbox_name=name), wire, authentication=authentication, on_retry=on_retry
            )
            sandboxes.append(OpenedSandbox(name, await opened.enter_async_context(service)))
        yield tuple(sandboxes)
