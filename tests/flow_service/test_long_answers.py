"""A long answer is read beside the event loop, so that keys and clocks of the screen go on meanwhile."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import httpx
import pytest

from aep_tui.flow_service import exchange
from aep_tui.flow_service.errors import PlatformError
from tests.flow_service.helpers import CONNECTION_ID, SPEC_ID, Answers, a_service, answer, item
from tests.kit.canary import CANARY

pytestmark = pytest.mark.anyio


def noting_threads(monkeypatch: pytest.MonkeyPatch, name: str) -> list[bool]:
    """Return a list that gets, for each call of a function of the exchange, whether the loop had to wait for it."""
    real: Callable[..., object] = getattr(exchange, name)
    on_the_loop: list[bool] = []

    def noting(*arguments: object) -> object:
        on_the_loop.append(threading.current_thread() is threading.main_thread())
        return real(*arguments)

    monkeypatch.setattr(exchange, name, noting)
    return on_the_loop


async def test_an_answer_of_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_loop = noting_threads(monkeypatch, "answer_of")
    many = [item(id=f"id-{number}", description=f"{CANARY} {'x' * 500}") for number in range(500)]
    async with a_service(Answers(answer(200, {"items": many}), answer(200, {"items": [item()]}))) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID)
        await service.connection_status(CONNECTION_ID)
    assert on_the_loop == [False, True]
    assert len(found.connections) == 500
    assert CANARY not in repr(found)
    assert found.connections[7].description.startswith("«redacted:clientSecret» xxx")


async def test_an_error_with_a_long_body(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_loop = noting_threads(monkeypatch, "error_of_answer")
    body = json.dumps({"message": f"{CANARY} " * 5_000, "type": "https://ns.adobe.com/aep/errors/FLOW-1415-400"})
    async with a_service(Answers(httpx.Response(400, content=body.encode()))) as service:
        with pytest.raises(PlatformError) as caught:
            await service.connection_status(CONNECTION_ID)
    assert on_the_loop == [False]
    assert caught.value.code == "FLOW-1415-400"
    assert CANARY not in caught.value.server_said
