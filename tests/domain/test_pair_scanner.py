"""What is found in a text that is only almost JSON, pair by pair; `test_where_a_value_ends` tries whole texts."""

from __future__ import annotations

import pytest

from aep_tui.domain.found_pair import Doubt, FoundPair, Remark
from aep_tui.domain.pair_scanner import scan_pairs

KNOWN = ("clientId", "clientSecret")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('"clientId": "a clientSecret b", "other": 1,', [("clientId", "a clientSecret b"), ("other", "1")]),
        ('"clientId": "a""clientSecret": "b"\n', [("clientId", "a"), ("clientSecret", "b")]),
        ('"clientId": {', [("clientId", None)]),
        ('"clientId": "clientSecret": "a"', [("clientId", None), ("clientSecret", "a")]),
        ('"clientId": /* why */ "a"', [("clientId", "a")]),
        ('"clientId": // why\n# and so on\n"a"', [("clientId", "a")]),
        ("PORT=80 clientId=a\n", [("PORT", "80"), ("clientId", "a")]),
        ("clientId={a\n", [("clientId", "{a")]),
        ("clientId: {\n", [("clientId", None)]),
        ('clientId="a\\"b"\n', [("clientId", 'a"b')]),
        ('clientId: "x clientSecret=y"\n', [("clientId", "x clientSecret=y")]),
        ("clientId: a\nother: b\n", [("clientId", "a"), ("other", "b")]),
        ("'clientId': 'a\\'b'", [("clientId", "a'b")]),
        ('"clientId": true\n', [("clientId", "true")]),
        ('"clientId": -1.5e3}', [("clientId", "-1.5e3")]),
        ("no pair at all", []),
        ("", []),
    ],
)
def test_each_key_is_found_with_its_value(text: str, pairs: list[tuple[str, str | None]]) -> None:
    assert list(scan_pairs(text, KNOWN)) == [FoundPair(key, value) for key, value in pairs]


@pytest.mark.parametrize(
    ("text", "names", "doubt"),
    [
        ("clientId: a, other: b, clientSecret: c", ["clientSecret", "clientId"], Doubt.SHARED_LINE),
        ('"clientId": a b, "other": c, "clientSecret": d', ["clientId", "clientSecret"], Doubt.UNCLEAR_END),
        ("# clientId: a, other: b, clientSecret = c", ["clientId", "clientSecret"], Doubt.COMMENTED),
        ("clientId=a PORT=80\n", ["clientId"], Doubt.SHARED_LINE),
        ("# clientId: a, clientId: b", ["clientId"], Doubt.COMMENTED),
    ],
)
def test_what_is_not_certain_names_the_known_keys_and_no_other(text: str, names: list[str], doubt: Doubt) -> None:
    assert list(scan_pairs(text, KNOWN)) == [FoundPair(name, doubt=doubt) for name in names]


TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZHOSJ9.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (f'"clientId": "{TOKEN[:20]}\n  {TOKEN[20:]}"\n', FoundPair("clientId", TOKEN, remark=Remark.JOINED)),
        (f'"clientId": "{TOKEN[:20]}\n  {TOKEN[20:]}"', FoundPair("clientId", TOKEN, remark=Remark.JOINED)),
        ('"clientId": "two\n  lines"\n', FoundPair("clientId", doubt=Doubt.WRAPPED)),
        ('"clientId": "two\n  lines\'\n', FoundPair("clientId", doubt=Doubt.WRAPPED)),
        ('"clientId": "two\n  lines" and more\n', FoundPair("clientId", doubt=Doubt.WRAPPED)),
        ('"clientId": "two\n  lines', FoundPair("clientId", doubt=Doubt.WRAPPED)),
        ('"clientId": "one\n"other": 1', FoundPair("clientId", "one", remark=Remark.UNCLOSED)),
        ('"clientId": "one', FoundPair("clientId", "one", remark=Remark.UNCLOSED)),
        ('"clientId": "one, "other": 1', FoundPair("clientId", "one", remark=Remark.UNCLOSED)),
        ('"clientId": "one two\n}', FoundPair("clientId", doubt=Doubt.UNCLEAR_END)),
        ('"clientId": "a"x,\n', FoundPair("clientId", doubt=Doubt.UNCLEAR_END)),
        ('"clientId": "a" b "c"\n', FoundPair("clientId", doubt=Doubt.UNCLEAR_END)),
    ],
)
def test_a_quoted_value_ends_at_its_mark_or_says_why_it_is_not_taken(text: str, pair: FoundPair) -> None:
    assert next(scan_pairs(text, KNOWN)) == pair
