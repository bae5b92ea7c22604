"""The campaign finds nothing wrong with the product, and something with each fault that is put into it."""

from __future__ import annotations

import pytest

from tests.session.fault_schedules import PLATFORMS
from tests.session.hand_made_faults import HAND_MADE_FAULTS, first_notice

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
async def test_no_random_schedule_of_faults_makes_two_connections_or_a_false_statement(platform: str) -> None:
    kinds = [await PLATFORMS[platform](seed) for seed in range(300)]
    assert set(kinds) == {"Created", "NotCreated", "CannotTell"}


@pytest.mark.parametrize("fault", sorted(HAND_MADE_FAULTS))
async def test_a_fault_in_the_product_is_noticed(fault: str) -> None:
    assert await first_notice(fault, 400)
