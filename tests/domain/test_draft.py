from __future__ import annotations

import pytest

from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.secret import Secret
from tests.kit.canary import CANARY


@pytest.mark.parametrize("answer", [None, "", False, Secret("")])
def test_nothing_and_an_empty_text_and_a_switch_that_is_off_are_no_answers(answer: Answer | None) -> None:
    assert is_empty(answer)


@pytest.mark.parametrize("answer", ["0", " ", True, Secret(" "), Secret(CANARY)])
def test_everything_else_is_an_answer(answer: Answer) -> None:
    assert not is_empty(answer)


def test_a_draft_never_shows_its_answers() -> None:
    draft = Draft(source_id="salesforce", answers={"clientSecret": Secret(CANARY), "clientId": "acme-client"})
    assert CANARY not in repr(draft)
    assert "acme-client" not in repr(draft)
