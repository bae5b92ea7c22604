"""Lines as they fit a terminal."""

from __future__ import annotations

import pytest

from aep_tui.pages.wrapping import hanging_entries

WORDS = "Accounts, development: dev, acme.my.salesforce.com, test passed, 1 dataflow"


@pytest.mark.parametrize(("mark", "indent"), [("- ", 2), ("1. ", 3), ("12. ", 4)])
def test_the_rows_of_an_entry_stand_under_its_words(mark: str, indent: int) -> None:
    first, *others = hanging_entries([mark + WORDS], 60)
    assert first.startswith(mark + "Accounts")
    assert others
    assert all(line.startswith(" " * indent) and line[indent] != " " for line in others)
    assert max(map(len, (first, *others))) <= 60


def test_what_is_no_entry_is_left_to_whoever_shows_it() -> None:
    lines = ["", "# Migration", f"Warning: {WORDS}", f"-{WORDS}", f"2.5 {WORDS}"]
    assert [*hanging_entries(lines, 40)] == lines
