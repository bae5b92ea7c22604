"""A sample of what `python -m tests.truth.every_point` does at every point."""

from __future__ import annotations

import pytest

from tests.kit.practice_server import PracticeServer
from tests.truth.every_point import WAYS, sweep
from tests.truth.nursery import Nursery
from tests.truth.restart import Words

pytestmark = pytest.mark.anyio

DEATHS = 6


@pytest.mark.parametrize("way", WAYS, ids=[way or "no-fault" for way in WAYS])
async def test_whenever_a_process_is_killed_the_next_start_tells_the_truth(
    way: str, server: PracticeServer, nursery: Nursery
) -> None:
    result = await sweep(server, nursery, way, deaths=DEATHS)
    assert result.untruths == []
    assert result.deaths >= DEATHS - 1
    assert Words.NOTHING_OPEN.value in result.statements
    assert any("after a look" in statement for statement in result.statements)
