from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aep_tui.tui.widgets.hanging_lines import hanging


def test_further_lines_stand_under_the_first_behind_the_mark() -> None:
    assert hanging("> (•) one two three", 14, 6) == "> (•) one two\n      three"


def test_what_fits_and_what_never_can_stay_as_they_are() -> None:
    assert hanging("> (•) one", 20, 6) == "> (•) one"
    assert hanging("> (•) one two three", 8, 6) == "> (•) one two three"


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.integers(20, 90))
def test_no_character_is_lost_and_no_line_is_too_long(word: str, width: int) -> None:
    text = " ".join([word[:12]] * 9)
    lines = hanging(text, width, 6).split("\n")
    assert all(len(line) <= width for line in lines)
    assert " ".join(line.strip() for line in lines) == text
