from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secret_facts import SecretKind, secret_facts
from tests.domain.tokens import token
from tests.kit.canary import CANARY


@pytest.mark.parametrize(
    ("text", "kind", "lines"),
    [
        (CANARY, SecretKind.TEXT, 1),
        ("", SecretKind.TEXT, 1),
        (token(), SecretKind.TOKEN, 1),
        (f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n", SecretKind.PRIVATE_KEY, 3),
        (f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY}\n-----END RSA PRIVATE KEY-----", SecretKind.PRIVATE_KEY, 3),
        (f"-----BEGIN PUBLIC KEY-----\n{CANARY}\n-----END PUBLIC KEY-----", SecretKind.TEXT, 3),
        (f"PRIVATE KEY-----CERTIFICATE-----{CANARY}", SecretKind.TEXT, 1),
        (f"-----BEGIN CERTIFICATE-----\n{CANARY}\n-----END CERTIFICATE-----", SecretKind.CERTIFICATE, 3),
    ],
)
def test_kind_length_and_lines_are_told_issue_4_section_4(text: str, kind: SecretKind, lines: int) -> None:
    facts = secret_facts(text)
    assert (facts.kind, facts.length, facts.line_count) == (kind, len(text), lines)
    assert CANARY not in repr(facts)


def test_a_password_has_no_fingerprint_that_guesses_could_be_tried_against() -> None:
    assert secret_facts(CANARY).fingerprint == ""


def test_a_fingerprint_tells_two_tokens_apart_and_stays_the_same() -> None:
    one, other = secret_facts(token(iss="a")).fingerprint, secret_facts(token(iss="b")).fingerprint
    assert len(one) == 16
    assert one != other
    assert one == secret_facts(token(iss="a")).fingerprint


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert secret_facts(text).length == len(text)
