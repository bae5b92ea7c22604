"""What is confirmed by a name is confirmed by that name and by no other spelling of it."""

from __future__ import annotations

import pytest

from aep_tui.pages.question import TypedConfirmation
from aep_tui.tui.dialogs.asking import TypedConfirmationModal


@pytest.mark.parametrize("text", ["", "PROD", "Prod", "pro", "prod2", "p rod"])
def test_another_spelling_is_an_error_that_names_the_right_one(text: str) -> None:
    modal = TypedConfirmationModal(TypedConfirmation("Production", "It will be changed.", "prod", "Type it", "Change"))
    assert modal._judge("prod") == modal._judge(" prod ") == ()
    [finding] = modal._judge(text)
    assert (finding.is_error, finding.message) == (True, "Type prod to go on, or press Esc.")
