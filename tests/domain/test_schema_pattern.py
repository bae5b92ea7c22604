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
        ("^$", "", True),
        ("$", "a", True),
        ("a$", "ab", False),
    ],
)
def test_a_pattern_is_read_as_a_schema_means_it(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "those_that_fit", "those_that_do_not"),
    [
        (r"^\d$", "0189", "/:a٣"),
        (r"^\D$", "/:a٣", "09"),
        (r"^\w$", "azAZ09_", "-é /"),
        (r"^\W$", "-é /", "az09_"),
        (r"^\s$", " \t\n\r\f\v", "a_"),
        (r"^\S$", "a_", " \t"),
        (r"^[b-d]$", "bcd", "ae"),
        (r"^[^b-d]$", "ae\n", "bcd"),
        (r"^[b-dx]$", "bcdx", "aey-"),
        (r"^[a-]$", "a-", "b"),
        (r"^[-a]$", "a-", "b"),
        (r"^[\]\d]$", "]09", "\\d"),
        (r"^[a-a]$", "a", "b-"),
        (r"^.$", "a \t\x85", "\n\r\u2028\u2029"),
        (r"^[\t\n\r\f\v\0]$", "\t\n\r\f\v\0", "tnrfv0"),
        (r"^[\x41\u00e9]$", "Aé", "x4u"),
        (r"^[]$", "", "a]"),
        (r"^(?:a|b|c)$", "abc", "d|"),
        (r"^\.$", ".", "a"),
    ],
)
def test_a_character_fits_or_does_not(pattern: str, those_that_fit: str, those_that_do_not: str) -> None:
    assert all(fits(pattern, each) is True for each in those_that_fit)
    assert all(fits(pattern, each) is False for each in those_that_do_not)
    assert fits(pattern, "") is False


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [
        ("?", 0, 1),
        ("*", 0, 9),
        ("+", 1, 9),
        ("{2}", 2, 2),
        ("{1,3}", 1, 3),
        ("{3,3}", 3, 3),
        ("{2,}", 2, 9),
        ("{0,2}", 0, 2),
        ("{0}", 0, 0),
        ("{2,4}?", 2, 4),
    ],
)
def test_a_count_is_kept_to_from_below_and_from_above(count: str, least: int, most: int) -> None:
    for pattern in (f"^a{count}$", f"^(?:a|b){count}$"):
        assert [fits(pattern, "a" * times) for times in range(10)] == [least <= times <= most for times in range(10)]


def test_limits_are_where_they_are_said_to_be() -> None:
    assert fits("a" * 500, "a" * 1_000) is True
    assert fits("a" * 501, "a" * 1_000) is None
    assert fits("(" * 19 + "a" + ")" * 19, "a") is True
    assert fits("(" * 20 + "a" + ")" * 20, "a") is None
    assert fits("(a)" * 30, "a" * 30) is True, "groups beside each other are not deep"
    assert fits("(a)" * 30 + "(" * 20 + "a" + ")" * 20, "a" * 31) is None, "and no depth for those that follow"
    assert fits("^a{1000}$", "a" * 1_000) is True
    assert fits("^a{1,1000}$", "a" * 999) is True
    assert fits("^a{1001}$", "a" * 1_000) is None


def test_a_long_text_is_matched_within_the_steps() -> None:
    """A published pattern must have an answer for the longest value that is looked at."""
    assert fits("^(?:a)+$", "a" * 1_000) is True
    assert fits("^(?:a)+$", "a" * 999 + "!") is False
    assert fits("^(?:(?:(?:a|b)|c)|d)+$", "a" * 1_000) is True
    assert fits(r"^([A-Za-z0-9/\+]|=)*$", "a" * 1_000) is True
    assert fits("(a{1000}){1000}", "b") is False, "where nothing is left the end is not waited for"


def test_what_takes_too_many_steps_has_no_answer() -> None:
    assert fits("((a?){1000}){1000}", "a" * 1_000) is None


def test_the_published_pattern_of_mysql_refuses_its_own_example() -> None:
    assert fits(MYSQL, "Server=acme; Port=3306; Database=crm; Uid=reader; Pwd=...") is False
    assert fits(MYSQL, "Server=acme;Port=3306;Database=crm;Uid=reader;Pwd=x") is True


@pytest.mark.parametrize(
    "pattern",
    [
        *("(?=a)", "(?<n>a)", r"(a)\1", r"\bword", r"\p{L}", "(", ")", "[", "a{3", "a**", "a{9999}", "{2}", "*"),
        *("a*{2}", "a+*", "a?+", "^*", "$+", "^{2}", "a}", "a]", "|)", "(a", "[a", "[a-", "\\", "[\\"),
        *("a{2,1}", "a{,2}", "a{}", "a{b}", "a{1,b}", "a{1,2,3}", "a{\u00b2}", "a{-1}", "a{10000}"),
        *("[c-a]", r"[a-\d]", r"[\d-z]", r"\x4", r"\xzz", r"\u004", r"\u00g1"),
    ],
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


@pytest.mark.parametrize("pattern", ["a**", "a+*", "a?*", "a*+", "a{2}*", "^*", "*"])
def test_a_count_of_a_count_is_no_pattern(pattern: str) -> None:
    assert fits(pattern, "a") is None
