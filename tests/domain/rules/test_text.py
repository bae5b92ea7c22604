"""What is said of any text, whatever field it stands in."""

from __future__ import annotations

import pytest

from aep_tui.domain.rules.text import judge_any_text, judge_own_words
from tests.domain.forms import are, suggestions


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("acme", [], []),
        ("a\tb", ["error line break, a tab"], ["warning line break, a tab"]),
        (" acme ", ["error blanks before or after"], ["warning unless they belong to it"]),
        ("ac\u200bme", ["warning invisible character"], ["warning invisible character"]),
        ("ac\ud800me", ["error broken character"], ["error broken character"]),
        ("ac\ud800m\te", ["error broken character"], ["error broken character"]),
        ("   ", [], []),
    ],
)
def test_what_cannot_work_blocks_where_the_text_is_sent_as_it_is(
    text: str, strict: list[str], lenient: list[str]
) -> None:
    for is_strict, findings in ((True, strict), (False, lenient)):
        judged = tuple(judge_any_text(text, is_secret=False, is_strict=is_strict, is_sent_as_is=True))
        assert are(judged, *findings)


@pytest.mark.parametrize("is_strict", [True, False])
def test_blanks_are_taken_away_by_a_correction_but_for_a_secret(is_strict: bool) -> None:
    for is_secret, suggested in ((False, {"acme"}), (True, set())):
        judged = tuple(judge_any_text(" acme ", is_secret=is_secret, is_strict=is_strict, is_sent_as_is=True))
        assert suggestions(judged) == suggested


@pytest.mark.parametrize(
    ("text", "is_secret", "is_sent_as_is", "finding"),
    [
        ("{CLIENT_ID}", False, True, "error looks like a placeholder"),
        ("{CLIENT_ID}", False, False, "warning looks like a placeholder"),
        ("op://Work/aep/id", False, True, "error Write the value."),
        ("op://Work/aep/id", False, False, "warning Write the value."),
        ("op://Work/aep/id", True, True, "error Give what its own command prints"),
    ],
)
def test_what_stands_for_a_value_is_named(text: str, is_secret: bool, is_sent_as_is: bool, finding: str) -> None:
    assert are(tuple(judge_any_text(text, is_secret=is_secret, is_strict=True, is_sent_as_is=is_sent_as_is)), finding)


@pytest.mark.parametrize(
    ("text", "may_have_lines", "findings"),
    [
        ("one\ntwo", True, ["warning line break"]),
        ("one\ntwo", False, ["error control or an invisible character"]),
        ("one\ttwo", True, ["error control or an invisible character"]),
        ("one\u200dtwo", True, ["error control or an invisible character"]),
        ("one two", False, []),
    ],
)
def test_words_of_one_s_own_hold_nothing_that_steers_a_terminal(
    text: str, may_have_lines: bool, findings: list[str]
) -> None:
    assert are(tuple(judge_own_words(text, may_have_lines=may_have_lines)), *findings)
