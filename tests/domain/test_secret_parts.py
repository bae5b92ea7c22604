"""What is a secret inside a secret, and that no way out shows it."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secret_parts import secret_parts
from aep_tui.domain.secrets import Secrets
from tests.kit.canary import CANARY


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"Server=acme; Port=3306; Database=crm; Uid=reader; Pwd={CANARY}", (CANARY,)),
        (f"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={CANARY}==", (f"{CANARY}==",)),
        (f"https://acme.blob.core.windows.net/x?sv=2026-01-01&sig={CANARY}", (CANARY,)),
        (f"mongodb+srv://reader:{CANARY}@acme.example/crm", (CANARY,)),
        (json.dumps({"host": "acme", "password": CANARY}), (CANARY,)),
        (json.dumps({"a": [{"login": CANARY}]}), (CANARY,)),
        (json.dumps({"password": f'{CANARY}"/\\\\'}), (f'{CANARY}"/\\\\',)),
        (CANARY, ()),
        ("eyJhbGciOiJub25lIn0.e30.x=", ()),
        ('{"host": "acme"}', ()),
        ("host=acme", ()),
        ("", ()),
        ("Pwd=abcd;Uid=reader", ("abcd",)),
        ("Pwd=abc;Uid=reader", ()),
        ("Access key = abcd ; Uid = reader", ("abcd",)),
        ("Token type=bearer; User name=reader", ()),
        ("Pwd=first; Password=second", ("first", "second")),
        ("Pwd=same;Password=same", ("same",)),
        ('["abcdefghijkl", "abcdefghijk"]', ("abcdefghijkl",)),
        ('{"password": "abcd", "pin": "abc"}', ("abcd",)),
        ('{"password" : ["abcd", "efgh"]}', ("abcd", "efgh")),
        ('{"storageKey": "abcd"}', ("abcd",)),
        ("Storage key=abcd;Storage=efgh", ("abcd",)),
        ('{"password": "abcd", "host": "acme"}', ("abcd",)),
        ('  {"a=b://c:d@e;pwd=abcd": 1}', ()),
        ('{"password": "without an end', ("without an end",)),
    ],
)
def test_the_password_inside_is_a_secret_by_itself(text: str, parts: tuple[str, ...]) -> None:
    assert secret_parts(text) == parts


def test_a_server_that_quotes_the_part_quotes_nothing() -> None:
    secrets = Secrets()
    secrets.hold(json.dumps({"host": "acme", "password": CANARY}), "proxy")
    assert CANARY not in secrets.clean(f"Login failed for reader with {CANARY}.")


def test_only_so_many_parts_are_known_and_no_text_is_slow() -> None:
    many = json.dumps({f"password{number}": f"{CANARY}{number}" for number in range(500)})
    assert secret_parts(many) == tuple(f"{CANARY}{number}" for number in range(20))
    assert secret_parts(f"Uid=reader{' ' * 99_983};Pwd=abcd") == (), "what lies far behind is no part that is quoted"
    started = time.thread_time()
    for text in ("a=" * 50_000, "[" + '"\\' * 50_000, "://" * 33_000, "{" + '"a": "' * 16_000, ";a " * 33_000):
        secret_parts(text)
    assert time.thread_time() - started < 4.0


@given(st.text(max_size=80))
def test_whatever_is_held_gives_parts_of_it(text: str) -> None:
    assert all(part for part in secret_parts(text))
