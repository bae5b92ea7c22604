"""The order in which the tests run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import SHUFFLE_OPTION, pytest_collection_modifyitems

NAMES = ["work one", "wait one", "work two", "wait two"]


def in_order(options: dict[str, Any]) -> list[str]:
    items: list[Any] = [
        SimpleNamespace(name=name, get_closest_marker={"waits": "it does" if "wait" in name else None}.get)
        for name in NAMES
    ]
    config: Any = SimpleNamespace(getoption=options.get)
    pytest_collection_modifyitems(config, items)
    return [item.name for item in items]


def test_what_waits_begins_first_and_the_rest_stays_in_its_order() -> None:
    assert in_order({}) == ["wait one", "wait two", "work one", "work two"]


@pytest.mark.parametrize("seed", [0, 7])
def test_a_shuffled_order_is_the_same_for_the_same_number(seed: int) -> None:
    orders = {tuple(in_order({SHUFFLE_OPTION: each})) for each in (seed, seed)}
    assert len(orders) == 1
    assert orders != {tuple(in_order({}))}
    assert sorted(*orders) == sorted(NAMES)
