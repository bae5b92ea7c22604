"""The campaign finds nothing wrong with the product, and something with each fault that is put into it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.kit.examples import examples
from tests.session.fault_schedules import PLATFORMS, schedule_of_a_made_up_platform
from tests.session.hand_made_faults import HAND_MADE_FAULTS, first_notice

pytestmark = pytest.mark.anyio


async def test_no_random_schedule_of_faults_makes_two_connections_or_a_false_statement() -> None:
    kinds = {await PLATFORMS["practice"](seed) for seed in range(examples(300))}
    assert kinds == {"Created", "NotCreated", "CannotTell"}


async def test_what_really_happens_stands_in_the_schedules_and_nothing_false_is_said_of_it() -> None:
    kinds, rows = Counter[str](), Counter[str]()
    for seed in range(examples(400)):
        outcome, platform = await schedule_of_a_made_up_platform(seed)
        kinds[type(outcome).__name__] += 1
        rows.update(platform.has_had())
    assert set(kinds) == {"Created", "NotCreated", "CannotTell"}
    assert {row for row, times in rows.items() if times < examples(7)} == set()


@pytest.mark.parametrize("fault", sorted(HAND_MADE_FAULTS))
async def test_a_fault_in_the_product_is_noticed(fault: str) -> None:
    assert await first_notice(fault, 400)
