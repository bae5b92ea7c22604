"""Foreign patterns: the same answers as Python's own where both know the pattern, and an end for every pattern."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.schema_pattern import fits

MYSQL = "^Server=(.*);Port=(.*);Database=(.*);Uid=(.*);Pwd=(.*)$"

_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c]", r"\d", r"\w", r"\.", "(?:ab|b)", "(a|)", "c"])
_COUNTS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"])
_PIECES = st.builds(lambda atom, count: atom + count, _ATOMS, _COUNTS)
_PATTERNS = st.builds(
    lambda start, pieces, end: start + "".join(pieces) + end,
    st.sampled_from(["", "^"]),
    st.lists(_PIECES, max_size=5),
    st.sampled_from(["", "$"]),
)


@given(_PATTERNS, st.text("abcd.1", max_size=8))
def test_what_both_know_fits_alike(pattern: str, text: str) -> None:
    assert fits(pattern, text) is (re.search(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^[A-Z2-7]{20}$", "AKIAACMEACMEACMEACME", True),
        (r"^[A-Z2-7]{20}$", "AKIAACMEACMEACMEACM1", False),
        (r"^[A-Za-z0-9/\+]{40}$", "a" * 39 + "+", True),
        (r"^a$", "a\n", False),  # Python's own $ takes a newline at the end
        (r"^\d$", "٣", False),  # digits as ECMA 262 knows them
        (r"[^]x", "\nx", True),
        (r"\u0041\x42", "AB", True),
        ("", "", True),
    ],
)
def test_a_pattern_is_read_as_a_schema_means_it(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected


def test_the_published_pattern_of_mysql_refuses_its_own_example() -> None:
    assert fits(MYSQL, "Server=acme; Port=3306; Database=crm; Uid=reader; Pwd=...") is False
    assert fits(MYSQL, "Server=acme;Port=3306;Database=crm;Uid=reader;Pwd=x") is True


@pytest.mark.parametrize(
    "pattern", ["(?=a)", "(?<n>a)", r"(a)\1", r"\bword", r"\p{L}", "(", ")", "[", "a{3", "a**", "a{9999}", "{2}", "*"]
)
def test_what_is_not_known_refuses_nothing(pattern: str) -> None:
    assert fits(pattern, "whatever") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a|a)*$",
        "^((a*)*)*$",
        "^(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$",
        MYSQL,
        "(((((a{1000}){1000}){1000}){1000}))",
        "((((a?){1000}){1000}){1000})",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(" * 400,
        "[a-z]" * 100 + "$",
    ],
)
def test_every_pattern_ends_on_a_hostile_text(pattern: str) -> None:
    started = time.thread_time()
    for text in ("a" * 1000, "a" * 999 + "!", "Server=" * 140, ";Port=" * 160):
        fits(pattern, text)
    assert time.thread_time() - started < 4.0, "Python's own needs minutes for some of these"
    assert fits(pattern, "a" * 1001) is None, "a longer text is not looked at"


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_pattern_brings_it_down(pattern: str, text: str) -> None:
    assert fits(pattern, text) in {True, False, None}
