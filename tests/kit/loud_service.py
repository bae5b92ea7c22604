"""The practice service in the same process, whose own faults end a test instead of counting as an answer of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from aep_tui.flow_service.embedded import EmbeddedService


class LoudService(httpx.AsyncBaseTransport):
    """Hands requests to an ASGI application; what that raises comes through."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of the application."""
        raised: list[Exception] = []

        async def watched(*exchange: object) -> None:
            try:
                await self._application(*exchange)
            except Exception as error:
                raised.append(error)
                raise

        answer = await EmbeddedService(watched).handle_async_request(request)
        for error in raised:
            raise error
        return answer
