from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.safe_text import shortened, without_control_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]52;c;Zm9v\x07", "�]52;c;Zm9v�"),
        ("\x9b31m", "�31m"),
        ("a\u202eb", "a�b"),
        ("zero\u200bwidth", "zero�width"),
        ("one\ttwo\nthree", "one two three"),
        ("[/foo] [bold]ÄÖÜ 東京", "[/foo] [bold]ÄÖÜ 東京"),
        ("line\u2028separator", "line�separator"),
    ],
)
def test_what_could_steer_a_terminal_is_made_visible(text: str, expected: str) -> None:
    assert without_control_characters(text) == expected


def test_newlines_can_be_kept() -> None:
    assert without_control_characters("one\n\ttwo\r\n", keep_newlines=True) == "one\n two�\n"


@given(st.text())
def test_nothing_that_steers_comes_through_and_nothing_else_changes(text: str) -> None:
    safe = without_control_characters(text)
    assert len(safe) == len(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in safe)
    assert without_control_characters(safe) == safe


def test_a_long_text_is_cut_and_says_so() -> None:
    assert shortened("a" * 500) == "a" * 500
    assert shortened("a" * 501) == "a" * 499 + "…"
