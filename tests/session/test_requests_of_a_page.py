"""How many requests the page of a connection costs, whatever rides on it: few, and never one for each dataflow."""

from __future__ import annotations

from math import ceil

import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.existing_connections import dataflows_of, source_connections_of
from aep_tui.flow_service.paging import SIDE_BY_SIDE
from aep_tui.practice.organization import practice_target
from aep_tui.session.open_sandboxes import open_sandboxes
from tests.benchmarks.dependencies import cost_of_a_page
from tests.kit.many_dataflows import ManyDataflows
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio

_JOINED = 40
_A_PAGE = 100


@pytest.mark.parametrize("dataflows", [0, 1, 39, 40, 41, 100, 500])
async def test_the_requests_of_a_page_are_few_and_side_by_side_with_a_limit(dataflows: int) -> None:
    cost = await cost_of_a_page(dataflows)
    questions, pages = ceil(dataflows / _JOINED), max(1, ceil(dataflows / _A_PAGE))
    assert cost.dataflows == dataflows
    assert cost.requests["sourceConnections"] == pages
    assert cost.requests["flows"] == cost.requests["runs"] == questions
    assert cost.total == 2 + pages + 2 * questions
    assert cost.most_at_once <= SIDE_BY_SIDE
    assert cost.longest_query < 2_000
    assert (await cost_of_a_page(dataflows)).requests == cost.requests


async def test_questions_wait_for_each_other_only_where_they_are_too_many() -> None:
    assert (await cost_of_a_page(4 * _JOINED)).most_at_once == min(4, SIDE_BY_SIDE)


async def test_the_dataflows_of_a_hundred_connections_are_asked_for_together() -> None:
    platform = ManyDataflows(1)
    async with open_sandboxes(practice_target(Secrets()), ["dev"], a_wire(answers=platform)) as (sandbox,):
        sources = await source_connections_of(sandbox.service, [f"c-{number}" for number in range(100)])
        flows = await dataflows_of(sandbox.service, [each.source_connection_id for each in sources])
    assert (len(sources), len(flows)) == (100, 100)
    assert len(platform.asked) == 6
