"""A good answer: its bytes become text without secrets, in whatever part of it they stand."""

from __future__ import annotations

import json

from aep_tui.flow_service.answer import answer_of
from tests.kit.canary import CANARY, knowing


def test_a_secret_in_a_key_in_a_text_or_in_a_header_is_taken_out() -> None:
    value = {CANARY: [{"name": f"a {CANARY}", "deep": {f"x{CANARY}": None}}], "id": 7}
    secrets = knowing({"clientSecret": CANARY})
    answer = answer_of(200, {"X-Echo": CANARY}, json.dumps(value).encode(), secrets)
    assert CANARY not in repr((answer.value, answer.header("x-echo")))
    mark = "«redacted:clientSecret»"
    assert answer.value == {mark: [{"name": f"a {mark}", "deep": {f"x{mark}": None}}], "id": 7}


def test_a_key_that_is_read_stays_though_a_secret_is_the_same_word() -> None:
    answer = answer_of(200, {}, b'{"state": "state"}', knowing({"password": "state"}))
    assert answer.value == {"state": "«redacted:password»"}


def test_an_answer_that_brings_a_secret_lets_it_through() -> None:
    assert answer_of(200, {}, json.dumps({"access_token": CANARY}).encode()).value == {"access_token": CANARY}
