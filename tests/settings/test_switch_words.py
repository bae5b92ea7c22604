from __future__ import annotations

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.switch_words import says_pairing


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"AEP_PAIRING": ""}, False),
        ({"AEP_PAIRING": " Yes "}, True),
        ({"AEP_PAIRING": "1"}, True),
        ({"AEP_PAIRING": "off"}, False),
    ],
)
def test_the_variable_says_whether_others_see_this_terminal(environment: dict[str, str], expected: bool) -> None:
    assert says_pairing(environment) is expected


def test_a_word_that_may_mean_anything_is_refused_by_the_name_of_the_variable() -> None:
    with pytest.raises(SettingsProblem, match="AEP_PAIRING has to be true or false"):
        says_pairing({"AEP_PAIRING": "maybe"})
