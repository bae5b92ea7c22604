"""A create against a handler, for the tests of what is said about it."""

from __future__ import annotations

import httpx

from aep_tui.flow_service.client import FlowService
from aep_tui.session.creation import create_once
from aep_tui.session.outcome import CreationOutcome
from aep_tui.session.progress import OnProgress, TokenRefusal, ignore_progress
from tests.flow_service.helpers import Handler, a_request, a_service, a_target
from tests.kit.clock import FakeClock
from tests.session.fault_schedules import Journal
from tests.session.made_up_platform import a_list


async def create(
    handler: Handler,
    clock: FakeClock | None = None,
    journal: Journal | None = None,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
) -> CreationOutcome:
    clock = clock or FakeClock()
    async with a_service(handler, clock) as service:
        return await create_with(service, clock, journal, on_progress, on_token_refused)


async def create_with(
    service: FlowService,
    clock: FakeClock,
    journal: Journal | None = None,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
) -> CreationOutcome:
    return await create_once(
        service,
        a_request(),
        journal or Journal(),
        clock,
        target=a_target(),
        source_id="salesforce",
        auth_method_id="oauth2-client-credential",
        on_progress=on_progress,
        on_token_refused=on_token_refused,
    )


def twice(*items: dict[str, object]) -> list[httpx.Response]:
    """Return the answers to two looks."""
    return [a_list(*items), a_list(*items)]
