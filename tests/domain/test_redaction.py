from __future__ import annotations

import base64
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.redaction import Redactor, redacted_by_name_and_shape
from tests.secrets import CANARY

REDACTOR = Redactor({"clientSecret": CANARY})
ODD = 'p"ä\\ss &wört+/='


@pytest.mark.parametrize("prefix", ["", "x", "xy"])
def test_a_known_secret_is_found_in_base64_at_each_alignment(prefix: str) -> None:
    encoded = base64.b64encode(f"{prefix}{CANARY}:rest".encode()).decode()
    cleaned = REDACTOR.clean(f"Basic {encoded}")
    assert "«redacted:clientSecret»" in cleaned
    assert encoded not in cleaned


@pytest.mark.parametrize("encode", [str, json.dumps, urllib.parse.quote, urllib.parse.quote_plus])
def test_a_known_secret_is_found_in_the_usual_encodings(encode: object) -> None:
    assert callable(encode)
    text = str(encode(ODD))
    assert "«redacted:password»" in Redactor({"password": ODD}).clean(f"before {text} after")
    assert "wört" not in Redactor({"password": ODD}).clean(f"before {text} after")


@pytest.mark.parametrize(
    "text",
    [
        f"password={CANARY}",
        f'{{"clientSecret": "{CANARY}"}}',
        f"client_secret: {CANARY}",
        f"Authorization: Bearer {CANARY}",
        f"bearer {CANARY}",
        f"eyJhbGciOiJSUzI1NiJ9.{CANARY}.c2ln",
        f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----",
        f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY} and cut off",
    ],
)
def test_a_secret_that_nobody_knows_is_found_by_its_name_or_shape(text: str) -> None:
    assert CANARY not in redacted_by_name_and_shape(text)
    assert "«redacted»" in redacted_by_name_and_shape(text)


def test_ordinary_words_stay() -> None:
    text = "HTTP 400: the sandbox dev does not exist (request id 4cb0c374-d3bb-4557-b139-5712880adc55)"
    assert REDACTOR.clean(text) == text


def test_of_two_secrets_the_longer_is_replaced_whole() -> None:
    redactor = Redactor({"short": CANARY, "long": f"{CANARY}-and-more"})
    assert redactor.without_known_values(f"{CANARY}-and-more") == "«redacted:long»"


def test_merged_redactors_know_the_secrets_of_both() -> None:
    merged = REDACTOR.merged_with(Redactor({"password": "correct horse"}))
    assert merged.without_known_values(f"{CANARY}|correct horse") == "«redacted:clientSecret»|«redacted:password»"


def test_a_redactor_shows_names_only() -> None:
    assert repr(REDACTOR) == "Redactor(clientSecret)"


@given(before=st.text(), after=st.text(), secret=st.text(min_size=4))
def test_a_known_secret_never_comes_through(before: str, after: str, secret: str) -> None:
    cleaned = Redactor({"": secret}).without_known_values(before + secret + after)
    # The mark may happen to spell the secret; take it out before looking.
    assert secret not in cleaned.replace("«redacted:»", "") or secret in before + after
