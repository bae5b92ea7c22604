"""A few migrations of the campaign, and a few of the faults that it has to notice."""

from __future__ import annotations

import pytest

from tests.kit.examples import examples
from tests.session.migration_faults import first_notice
from tests.session.migration_schedules import KINDS, migrate

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("seed", range(examples(2 * len(KINDS))))
async def test_a_migration_among_faults_ends_as_one_without(seed: int) -> None:
    assert (await migrate(seed)).ends["done"] == 1


@pytest.mark.parametrize(
    "fault",
    [
        "nothing_is_watched_or_tested",
        "a_refused_road_counts_as_done",
        "after_a_create_the_old_one_is_deleted",
        "beside_is_sent_again_when_the_answer_is_lost",
    ],
)
async def test_the_campaign_notices_a_fault(fault: str) -> None:
    assert await first_notice(fault, 3)
