"""What every request has in common: the client that sends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from aep_tui.flow_service.errors import UnreadableAnswer
from aep_tui.flow_service.exchange import LARGEST_ANSWER, TimeLimits, make_http_client, request_of, send
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


class ThreeConnections(httpx.AsyncBaseTransport):
    """Closes one connection after another, with a turn of the loop for each."""

    def __init__(self) -> None:
        self.closed = 0

    async def aclose(self) -> None:
        for _connection in range(3):
            self.closed += 1
            await asyncio.sleep(0)


@pytest.mark.parametrize("cancels", [0, 1, 2])
async def test_every_connection_is_closed_although_the_closing_is_cancelled(cancels: int) -> None:
    transport = ThreeConnections()
    closing = asyncio.create_task(make_http_client("http://127.0.0.1", TimeLimits(), transport).aclose())
    while not transport.closed:
        await asyncio.sleep(0)
    for _time in range(cancels):
        closing.cancel()
        await asyncio.sleep(0)
    (outcome,) = await asyncio.gather(closing, return_exceptions=True)
    assert transport.closed == 3
    assert isinstance(outcome, asyncio.CancelledError) == (cancels > 0)


class Unread(httpx.AsyncByteStream):
    """A body that nobody reads to its end; it tells whether it was closed."""

    def __init__(self) -> None:
        self.is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b"x" * LARGEST_ANSWER

    async def aclose(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_an_answer_that_is_not_read_to_its_end_gives_its_connection_back(encoding: str) -> None:
    body = Unread()
    wire = a_wire(answers=lambda _request: httpx.Response(200, headers={"Content-Encoding": encoding}, stream=body))
    async with wire.client() as client:
        with pytest.raises(UnreadableAnswer):
            await send(wire, client, request_of(wire, client, "GET", "/x", {}))
        assert body.is_closed


async def test_what_closing_fails_of_is_told() -> None:
    class Broken(httpx.AsyncBaseTransport):
        async def aclose(self) -> None:
            raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        await make_http_client("http://127.0.0.1", TimeLimits(), Broken()).aclose()
