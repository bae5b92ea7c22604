"""Kill -9 at every border of a change and a delete, then the next start: it tells the truth and sends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.practice_server import PracticeServer
from tests.truth.changes import ChangeWords, made, restart_after_change
from tests.truth.every_point import sweep
from tests.truth.nursery import Nursery
from tests.truth.restart import files_with_secret
from tests.truth.submitter import DELETE, POINTS_OF_A_CHANGE, RENAME, ROTATE, Order

pytestmark = pytest.mark.anyio

NOT_YET = {"before the intent is written", "in the middle of the intent"}
NOT_SENT = {"after the intent was written", "before the request leaves"}
TOLD = {"after the outcome was written"}


def expected(point: str, action: str) -> ChangeWords:
    if point in NOT_YET | TOLD:
        return ChangeWords.NOTHING_OPEN
    if point in NOT_SENT:
        return ChangeWords.NOT_CHANGED
    return ChangeWords.CANNOT_TELL if action == ROTATE else ChangeWords.CHANGED


@pytest.mark.parametrize("action", [RENAME, ROTATE, DELETE])
@pytest.mark.parametrize("point", POINTS_OF_A_CHANGE)
async def test_a_process_that_dies_amid_a_change(
    point: str, action: str, server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    record = await made(server)
    order = Order(server.base_url, str(state_home), point, action=action, connection_id=record.id)
    run = nursery.run(order)
    assert run.was_killed, run.said
    before = server.store.connections()
    statement = await restart_after_change(server.base_url)
    assert statement.untruths(server.store, record.etag, state_home) == []
    assert statement.words is expected(point, action)
    assert server.store.connections() == before, "the next start sends nothing"
    assert files_with_secret(state_home.parent) == []


@pytest.mark.parametrize("action", [RENAME, ROTATE, DELETE])
@pytest.mark.parametrize("way", ["", "reset-after-commit", "502-before-commit"])
async def test_whenever_a_process_is_killed_the_next_start_tells_the_truth(
    way: str, action: str, server: PracticeServer, nursery: Nursery
) -> None:
    result = await sweep(server, nursery, way, action=action, deaths=4)
    assert result.untruths == []
    assert result.deaths >= 3
