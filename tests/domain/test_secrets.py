"""The secrets of a run: known from the first key on, bounded, and asked with one text or with many."""

from __future__ import annotations

import base64
import copy
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import MOST_HELD, Secrets
from tests.kit.canary import CANARY, knowing


def test_what_is_held_is_known_from_then_on() -> None:
    secrets = Secrets()
    assert secrets.clean(f"it is {CANARY}") == f"it is {CANARY}"
    secret = secrets.hold(CANARY, "password")
    assert secret.get_secret_value() == CANARY
    assert secrets.clean(f"it is {CANARY}") == "it is «redacted:password»"


def test_a_secret_is_known_while_it_is_typed_and_its_beginnings_are_forgotten() -> None:
    secrets = Secrets()
    for count in range(1, len(CANARY) + 1):
        secrets.typing(CANARY[:count], "password")
    assert secrets.clean(f"{CANARY[:8]} and {CANARY}") == f"{CANARY[:8]} and «redacted:password»"
    secrets.typing("", "password")
    assert secrets.clean(CANARY) == CANARY


def test_one_to_three_letters_blank_nothing_out() -> None:
    secrets = Secrets()
    for count in range(1, 4):
        secrets.typing("able"[:count], "password")
        assert secrets.clean("The connection is enabled.") == "The connection is enabled."


def test_each_field_is_known_by_itself() -> None:
    secrets = Secrets()
    secrets.typing(f"{CANARY}-1", "password")
    secrets.typing(f"{CANARY}-2", "securityToken")
    assert secrets.clean(f"{CANARY}-1 {CANARY}-2") == "«redacted:password» «redacted:securityToken»"


def test_no_more_is_kept_than_anybody_types() -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "password")
    for number in range(MOST_HELD - 1):
        secrets.hold(f"{CANARY}-{number}", "password")
    assert secrets.clean(f"x {CANARY}") == "x «redacted:password»"
    secrets.hold("one too many", "password")
    assert secrets.clean(f"x {CANARY}") == f"x {CANARY}"
    assert secrets.clean(f"x {CANARY}-0") == "x «redacted:password»"


def test_what_is_held_again_is_the_youngest() -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "password")
    for number in range(MOST_HELD + 50):
        secrets.hold(f"another-secret-{number:04}", "password")
        secrets.hold(CANARY, "password")
    assert secrets.clean(CANARY) == "«redacted:password»"


def test_a_short_slip_is_forgotten_and_a_long_one_is_not() -> None:
    secrets = Secrets()
    secrets.hold("test", "password")
    secrets.hold("test1234", "password")
    secrets.hold("prod", "securityToken")
    secrets.hold("", "securityToken")
    secrets.hold(CANARY, "password")
    assert secrets.clean("a test, test1234 and prod") == "a test, «redacted:password» and «redacted:securityToken»"


def test_threads_learn_and_clean_at_the_same_time() -> None:
    secrets = knowing({"password": CANARY})

    def learn(number: int) -> None:
        for count in range(40):
            secrets.hold(f"a-secret-{number}-{count}", f"name{number}")
            secrets.typing(f"typed-{number}-{count}", f"field{number}-{count}")
            assert secrets.clean(f"{CANARY} a-secret-{number}-{count}").startswith("«redacted:password» «redacted")

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(learn, range(4)))
    finally:
        sys.setswitchinterval(interval)


def test_nothing_shows_a_secret() -> None:
    secrets = knowing({"password": CANARY})
    secrets.typing(f"{CANARY}-typed", "securityToken")
    assert repr(secrets) == "Secrets(password, securityToken)"
    secret = secrets.hold(CANARY, "password")
    assert CANARY not in repr(secret) + str(secret)
    for copying in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copying(secret)


@given(st.lists(st.text() | st.just(CANARY) | st.just(f"x {CANARY.upper()} y")))
def test_many_texts_at_once_become_what_each_becomes_by_itself(texts: list[str]) -> None:
    secrets = knowing({"password": CANARY})
    assert secrets.each_clean(texts) == [secrets.without_known_values(text) for text in texts]


def test_of_many_texts_full_of_secrets_each_keeps_its_place() -> None:
    secrets = knowing({"password": "Passw0rd"})
    texts = [text for number in range(3_000) for text in (f"id {number}", "PASSW0RD.", r"%50assw0rd \u0050assw0rd")]
    cleaned = secrets.each_clean(texts)
    assert cleaned[::3] == texts[::3]
    assert set(cleaned[1::3]) == {"«redacted:password»."}
    assert set(cleaned[2::3]) == {"«redacted:password» «redacted:password»"}


def test_secrets_are_the_same_when_their_texts_are_and_never_equal_a_text() -> None:
    assert Secret(CANARY) == Secret(CANARY)
    assert hash(Secret(CANARY)) == hash(Secret(CANARY))
    assert Secret(CANARY) != Secret("another")
    assert Secret(CANARY) != CANARY
    assert (len(Secret(CANARY)), len(Secret(""))) == (len(CANARY), 0)


@pytest.mark.parametrize("secret", ["Passw0rd!", "another-fine-secret", "sécret-de-l-été"])
def test_of_a_secret_in_the_midst_of_a_base64_text_no_letter_is_left_that_it_alone_decides(secret: str) -> None:
    secrets = knowing({"password": secret})
    for before in range(3):
        raw = secret.encode()
        encoded = base64.b64encode(b"x" * before + raw + b"y" * 4).decode()
        first, last = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        assert secrets.without_known_values(encoded) == f"{encoded[:first]}«redacted:password»{encoded[last:]}"


def test_a_short_secret_is_found_in_base64_from_eight_letters_on() -> None:
    assert knowing({"password": "Passw0"}).without_known_values("x UGFzc3cw y") == "x «redacted:password» y"
    assert knowing({"password": "Passw"}).without_known_values("x UGFzc3c= y") == "x UGFzc3c= y"


def test_a_short_secret_is_found_as_json_writes_it_with_and_without_escapes() -> None:
    secrets = knowing({"password": 'é"ab'})
    for text in ('x é\\"ab y', 'x \\u00e9\\"ab y'):
        assert secrets.without_known_values(text) == "x «redacted:password» y"
