"""The campaign around changes and deletes finds nothing wrong, and something with each fault that is put in by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.kit.examples import examples
from tests.session.change_schedules import schedule
from tests.session.hand_made_change_faults import HAND_MADE_FAULTS, first_notice

pytestmark = pytest.mark.anyio

HAPPENS = {
    "refused before it was carried out, and sent again",
    "refused by the platform",
    "carried out late, or never",
    "lost on its way",
    "carried out, and the answer was lost",
    "refused, and the answer was lost",
    "refused, because a colleague was faster",
    "a machine that does not know the connection",
    "a version without an etag",
    *(f"a colleague: {does}" for does in ("describe", "rename", "rotate", "delete", "twin")),
}


async def test_no_random_schedule_makes_a_false_statement_or_sends_a_change_twice() -> None:
    kinds, had = Counter[str](), Counter[str]()
    for seed in range(examples(400)):
        kind, platform = await schedule(seed)
        kinds[kind] += 1
        had.update(platform.had)
    assert set(kinds) == {"Changed", "NotChanged", "ChangeUnknown", "Died"}
    assert {each for each in HAPPENS if had[each] < examples(4)} == set(), "what really happens stands in the schedules"


@pytest.mark.parametrize("fault", sorted(HAND_MADE_FAULTS))
async def test_a_fault_in_the_product_is_noticed(fault: str) -> None:
    assert await first_notice(fault, 600)
