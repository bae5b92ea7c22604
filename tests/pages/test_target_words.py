"""The target line never makes a live sandbox look safer than it is known to be."""

from __future__ import annotations

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.pages.target_words import Care, care_of, sandbox_words

LIVE = Target(Mode.LIVE, sandbox_name="prod")


@pytest.mark.parametrize(
    ("sandbox", "care", "words"),
    [
        (None, Care.PRODUCTION, "PRODUCTION? sandbox prod"),
        (Sandbox("prod", type="production"), Care.PRODUCTION, "PRODUCTION sandbox prod"),
        (Sandbox("prod", type="development"), Care.DEVELOPMENT, "dev sandbox prod"),
        (Sandbox("prod", type="staging"), Care.PRODUCTION, "PRODUCTION? sandbox prod"),
        (Sandbox("another", type="development"), Care.PRODUCTION, "PRODUCTION? sandbox prod"),
    ],
)
def test_what_is_not_known_to_be_development_counts_as_production(
    sandbox: Sandbox | None, care: Care, words: str
) -> None:
    assert (care_of(LIVE, sandbox), sandbox_words(LIVE, sandbox)) == (care, words)


def test_a_rehearsal_is_practice_whatever_its_sandbox_is_called() -> None:
    target = Target(Mode.PRACTICE, sandbox_name="prod")
    assert (care_of(target, None), sandbox_words(target, None)) == (Care.PRACTICE, "sandbox prod")
    assert sandbox_words(Target(Mode.LIVE), None) == "no sandbox"
