"""Attacks that once succeeded: hostile answers, another connection's state, a terminal of one column."""

from __future__ import annotations

import json

import httpx
import pytest

from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Step
from aep_tui.flow_service.client import FlowService
from tests.kit.canary import CANARY, knowing
from tests.kit.journeys import OAUTH2
from tests.kit.person import wizard
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


def _service(answer: dict[str, object]) -> FlowService:
    def respond(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=json.dumps(answer).encode())

    target = Target(Mode.LIVE, "https://platform.adobe.io", "1@AdobeOrg", "dev", "k", Secret(CANARY))
    return FlowService(target, a_wire(answers=respond, secrets=knowing({"accessToken": CANARY})))


async def test_a_token_that_a_good_answer_echoes_is_removed() -> None:
    async with _service({"items": [{"id": "1", "state": CANARY, "name": CANARY}]}) as service:
        status = await service.connection_status("1")
    assert CANARY not in repr(status)


async def test_the_state_of_another_connection_is_not_taken_for_ours() -> None:
    async with _service({"items": [{"id": "another", "state": "enabled"}]}) as service:
        with pytest.raises(Exception, match=r".+"):
            await service.connection_status("mine")


async def test_a_terminal_of_one_column_does_not_end_the_program() -> None:
    async with wizard() as person:
        await person.stand_on(Step.AUTH_METHOD, OAUTH2, with_pages_below=True)
        for width, height in ((1, 24), (24, 1), (1, 1), (3, 5)):
            await person.pilot.resize_terminal(width, height)
            await person.pilot.pause()
        assert person.app._exception is None
        await person.pilot.resize_terminal(80, 24)
