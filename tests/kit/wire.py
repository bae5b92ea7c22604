"""A wire for tests: to the platform, with a clock that jumps and secrets of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from aep_tui.domain.clock import Clock
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.exchange import TimeLimits, Wire, embedded
from tests.kit.clock import FakeClock


def a_wire(
    base_url: str = "https://platform.adobe.io",
    *,
    clock: Clock | None = None,
    secrets: Secrets | None = None,
    answers: Callable[[httpx.Request], httpx.Response] | httpx.AsyncBaseTransport | None = None,
    application: Callable[..., Any] | None = None,
    limits: TimeLimits | None = None,
) -> Wire:
    """Return a wire; a function, a transport or an ASGI application may answer in the place of the network."""
    transport = answers if isinstance(answers, httpx.AsyncBaseTransport | None) else httpx.MockTransport(answers)
    return Wire(
        base_url,
        clock or FakeClock(),
        secrets or Secrets(),
        limits or TimeLimits(),
        embedded(application) if application is not None else transport,
    )
