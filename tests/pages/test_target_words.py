"""The target line never makes a live sandbox look safer than it is known to be."""

from __future__ import annotations

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.pages.target_words import Care, care_of, sandbox_words, words_of_sandboxes

LIVE = Target(Mode.LIVE, sandbox_name="prod")


@pytest.mark.parametrize(
    ("sandbox", "care", "words"),
    [
        (None, Care.PRODUCTION, "MAYBE PRODUCTION sandbox prod"),
        (Sandbox("prod", type="production"), Care.PRODUCTION, "PRODUCTION sandbox prod"),
        (Sandbox("prod", type="development"), Care.DEVELOPMENT, "dev sandbox prod"),
        (Sandbox("prod", type="staging"), Care.PRODUCTION, "MAYBE PRODUCTION sandbox prod"),
        (Sandbox("another", type="development"), Care.PRODUCTION, "MAYBE PRODUCTION sandbox prod"),
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
    assert sandbox_words(target, Sandbox("prod", type="production")) == "PRODUCTION sandbox prod"


def test_several_sandboxes_are_named_with_their_types_the_most_care_first() -> None:
    dev, qa = Sandbox("dev", type="development"), Sandbox("qa", type="development")
    prod, staging = Sandbox("prod", type="production"), Sandbox("staging", type="staging")
    words = words_of_sandboxes((dev, qa, staging, prod))
    assert words == "PRODUCTION sandbox prod; MAYBE PRODUCTION sandbox staging; dev sandboxes dev, qa"
    assert care_of(LIVE, None, (dev, qa)) is Care.DEVELOPMENT
    assert care_of(LIVE, None, (dev, prod)) is Care.PRODUCTION
    assert care_of(LIVE, None, (dev, staging)) is Care.PRODUCTION
