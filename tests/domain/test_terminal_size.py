from __future__ import annotations

import pytest

from aep_tui.domain.terminal_size import is_too_small, too_small_words


@pytest.mark.parametrize(
    ("width", "height", "is_small"), [(80, 22, False), (79, 22, True), (80, 21, True), (200, 60, False)]
)
def test_eighty_columns_and_twenty_two_rows_are_enough(width: int, height: int, is_small: bool) -> None:
    assert is_too_small(width, height) is is_small


@pytest.mark.parametrize(
    ("width", "environment", "advice"),
    [
        (80, {"TMUX": "x"}, "tmux set status off"),
        (80, {"STY": "x"}, "hardstatus ignore"),
        (80, {}, ""),
        (79, {"TMUX": "x"}, ""),
        (79, {"STY": "x"}, ""),
    ],
)
def test_who_lacks_a_row_is_told_what_takes_it(width: int, environment: dict[str, str], advice: str) -> None:
    words = too_small_words(width, 21, environment)
    assert f"needs 80x22; this terminal has {width}x21" in words
    assert "Ctrl+Q quits." in words
    assert ("status" in words) is bool(advice)
    assert advice in words
