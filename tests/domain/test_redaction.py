from __future__ import annotations

import base64
import html
import json
import time
import urllib.parse
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aep_tui.domain.redaction import marked, merged, outside, redacted_by_name_and_shape
from tests.kit.canary import CANARY, knowing

KNOWN = knowing({"clientSecret": CANARY})
ODD = 'p"ä\\ss &wört+/='
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize("prefix", ["", "x", "xy"])
def test_a_known_secret_is_found_in_base64_at_each_alignment(prefix: str) -> None:
    encoded = base64.b64encode(f"{prefix}{CANARY}:rest".encode()).decode()
    cleaned = KNOWN.clean(f"Basic {encoded}")
    assert "«redacted:clientSecret»" in cleaned
    assert encoded not in cleaned


@pytest.mark.parametrize("encode", [str, json.dumps, urllib.parse.quote, urllib.parse.quote_plus])
def test_a_known_secret_is_found_in_the_usual_encodings(encode: object) -> None:
    assert callable(encode)
    text = str(encode(ODD))
    assert "«redacted:password»" in knowing({"password": ODD}).clean(f"before {text} after")
    assert "wört" not in knowing({"password": ODD}).clean(f"before {text} after")


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
    assert KNOWN.clean(text) == text


def test_of_two_secrets_the_longer_is_replaced_whole() -> None:
    secrets = knowing({"short": CANARY, "long": f"{CANARY}-and-more"})
    assert secrets.without_known_values(f"{CANARY}-and-more") == "«redacted:long»"


def test_the_secrets_show_names_only() -> None:
    assert repr(KNOWN) == "Secrets(clientSecret)"


@given(before=st.text(), after=st.text(), secret=st.text(min_size=4))
def test_a_known_secret_never_comes_through(before: str, after: str, secret: str) -> None:
    cleaned = knowing({"": secret}).without_known_values(before + secret + after)
    # The mark may happen to spell the secret; take it out before looking.
    assert secret not in cleaned.replace("«redacted:»", "") or secret in before + after


def _in_json_numbers(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


CHANGES: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    str.swapcase,
    str.title,
    lambda text: base64.b64encode(text.encode()).decode(),
    _in_json_numbers,
    lambda text: _in_json_numbers(text).replace("\\", "\\\\").upper().replace("U", "u"),
    lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    lambda text: "".join(f"%25{byte:02x}" for byte in text.encode()),
    lambda text: "".join(f"&#{ord(character)};" for character in text),
    lambda text: "".join(f"&#x{ord(character):X};" for character in text),
    lambda text: "".join(f"&amp;#{ord(character)};" for character in text),
    html.escape,
    lambda text: html.escape(text).upper(),
    json.dumps,
    " ".join,
    "\n".join,
    "\r\n\t".join,
    "\u200b".join,
    lambda text: f"{text[:4]}\n    {text[4:]}",
    lambda text: base64.encodebytes(text.encode()).decode(),
    lambda text: " ".join(_in_json_numbers(character) for character in text),
]
VISIBLE = st.characters(exclude_categories=["C", "Z"], exclude_characters="\ufffd\\")
SECRETS = st.text(VISIBLE, min_size=8, max_size=60)


@given(secret=SECRETS, change=st.sampled_from(CHANGES), before=st.text(), after=st.text())
@example(secret=CANARY, change=str.upper, before="", after="")
@example(secret="ıStraße-ΑΣ", change=str.upper, before="%2", after="")
@example(
    secret="0000000é", change=lambda text: "".join(f"%25{byte:02x}" for byte in text.encode()), before="", after=""
)
def test_a_known_secret_never_comes_through_in_a_changed_form(
    secret: str, change: Callable[[str], str], before: str, after: str
) -> None:
    changed = change(secret)
    # The quotes: what follows at once can change the meaning of an escape, as 30 does that of the percent sign in %25.
    cleaned = knowing({"": secret}).without_known_values(f'{before}"{changed}"{after}')
    assert "«redacted:»" in cleaned
    assert changed.strip('"') not in cleaned.replace("«redacted:»", "|")


@given(secret=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8), text=st.text(VISIBLE))
def test_a_text_without_the_secret_stays_as_it_is(secret: str, text: str) -> None:
    without = "".join(character for character in text if not character.isalnum())
    assert knowing({"": secret}).without_known_values(without) == without


@pytest.mark.parametrize("secret", [CANARY, "Passw0rd", "pass", "word1234", "abc"])
def test_sentences_that_do_not_hold_the_secret_stay_as_they_are(secret: str) -> None:
    text = "The pas&auml;s %20 word\n of HTTP 400 & 1,234 \\n \\u00e4 words (id 4cb0c374-d3bb-4557-b139-5712880adc55)."
    assert knowing({"password": secret}).without_known_values(text) == text


def test_of_a_short_value_only_the_value_itself_is_removed() -> None:
    secrets = knowing({"password": "Term1"})
    assert secrets.without_known_values("Term1, term 1, 1mret") == "«redacted:password», term 1, 1mret"


def test_only_the_secret_goes_and_what_stands_around_it_stays() -> None:
    text = f"a %41 b {_in_json_numbers(CANARY)} c &amp; {CANARY.upper()[:9]}\n{CANARY.upper()[9:]} d"
    assert KNOWN.without_known_values(text) == ("a %41 b «redacted:clientSecret» c &amp; «redacted:clientSecret» d")


def test_a_mark_does_not_grow_when_its_own_name_is_the_secret() -> None:
    secrets = knowing({"clientSecret": "ClientSecret"})
    once = secrets.without_known_values("say CLIENTSECRET now")
    assert once == "say «redacted:clientSecret» now"
    assert secrets.without_known_values(once) == once


@pytest.mark.parametrize("piece", ["a", "\\", "%25", "&amp;", "\\u0061", "%61", " ", "ßaaa"])
def test_a_huge_text_is_not_slow(piece: str) -> None:
    secrets = knowing({"token": CANARY * 60, "password": "a" * 12 + "b"})
    started = time.process_time()
    secrets.without_known_values(piece * (200_000 // len(piece)) + CANARY.upper())
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "text",
    [
        "Failed to get access token: invalid_grant: no client credentials user enabled",
        "access token: expired or revoked",
        "Invalid client secret: provided value",
        "LOGIN_MUST_USE_SECURITY_TOKEN: Invalid username, password, security token; or user locked out.",
        "Authorization: failed",
        "Bearer authentication required",
    ],
)
def test_the_words_of_a_sentence_and_error_codes_stay(text: str) -> None:
    assert redacted_by_name_and_shape(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"password: {CANARY}",
        f"access token:{CANARY} was refused",
        "password=hunter",
        '"client_secret": "hunter"',
        f"Authorization: Bearer {CANARY}",
        f"x.{JWT}, and more",
    ],
)
def test_values_beside_a_name_go(text: str) -> None:
    cleaned = redacted_by_name_and_shape(text)
    assert "«redacted»" in cleaned
    assert not [secret for secret in (CANARY, "hunter", JWT) if secret in cleaned]


@pytest.mark.parametrize(
    "piece",
    ["a-", "eyJ", "eyJ.", "password", "token=", 'token="', f"{CANARY} ", f"{CANARY.upper()} ", "%41%42", "&amp;"],
)
def test_no_text_takes_longer_than_its_length_asks_for(piece: str) -> None:
    # Where the time grows with the square of the length, these texts take minutes and run into the test's time limit.
    text = piece * (1_000_000 // len(piece))
    assert CANARY not in KNOWN.clean(text)


@pytest.mark.parametrize("prefix", ["", "x", "xy", "xyz"])
def test_in_base64_all_goes_that_hangs_on_the_secret_alone(prefix: str) -> None:
    encoded = base64.b64encode(f"{prefix}{CANARY}".encode()).decode().rstrip("=")
    left = KNOWN.without_known_values(f"|{encoded}|").replace("«redacted:clientSecret»", "").strip("|")
    # What is left belongs to the prefix, and one character at each border to both.
    assert len(left) <= len(base64.b64encode(prefix.encode()).rstrip(b"=")) + 1


def test_what_stands_behind_a_private_key_stays() -> None:
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY}\n-----END RSA PRIVATE KEY-----"
    cleaned = redacted_by_name_and_shape(f"before {key} between {key} behind")
    assert [word for word in ("before", "between", "behind") if word in cleaned] == ["before", "between", "behind"]
    assert CANARY not in cleaned
    assert CANARY not in redacted_by_name_and_shape(f"before -----BEGIN PRIVATE KEY-----\n{CANARY} without an end")


@pytest.mark.parametrize(
    ("spans", "marks", "left"),
    [
        ([(3, 8)], [(0, 8)], []),
        ([(0, 8)], [(0, 8)], []),
        ([(0, 5)], [(0, 8)], []),
        ([(3, 9)], [(0, 8)], [(3, 9)]),
        ([(0, 4)], [(1, 8)], [(0, 4)]),
        ([(8, 12)], [(0, 8)], [(8, 12)]),
        ([(0, 2), (11, 12), (20, 22)], [(4, 6), (10, 13)], [(0, 2), (20, 22)]),
        ([(5, 6)], [], [(5, 6)]),
    ],
)
def test_what_a_mark_contains_is_no_secret(
    spans: list[tuple[int, int]], marks: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert [span[:2] for span in outside(((*span, "m") for span in spans), marks)] == left


def test_spans_that_overlap_are_one_with_the_mark_of_the_first_and_longest_and_neighbours_are_two() -> None:
    assert list(merged([(4, 6, "c"), (0, 3, "b"), (0, 5, "a"), (6, 7, "d")])) == [(0, 6, "a"), (6, 7, "d")]
    assert list(merged([])) == []
    assert marked("0123456789", [(0, 2, "a"), (2, 3, "b"), (9, 10, "c")]) == "ab345678c"


def test_every_named_secret_of_a_text_goes() -> None:
    text = "password=Abc12345x then password=Def67890y then clientSecret: Ghi13579z"
    assert redacted_by_name_and_shape(text).count("«redacted»") == 3


def test_what_only_begins_like_a_signed_token_stays() -> None:
    for text in ("eyJhbGciOiJSUzI1NiJ9 alone", "eyJhbGciOiJSUzI1NiJ9. and more", "eyJshort.eyJi.c2ln"):
        assert redacted_by_name_and_shape(text) == text
    assert redacted_by_name_and_shape("x eyJhbGciOiJSUzI1NiJ9.eyJpc3Mi.c2ln y") == "x «redacted» y"


@pytest.mark.parametrize("between", range(9))
def test_a_secret_that_stands_a_thousand_times_is_seen_nowhere(between: int) -> None:
    """After hundreds of places whole stretches go; one that begins in a stretch may end behind it."""
    secrets = knowing({"password": "swordfish"})
    cleaned = secrets.without_known_values(("swordfish" + "-" * between) * 700)
    assert set(cleaned.replace("«redacted:password»", "")) <= {"-"}


@pytest.mark.parametrize(
    "name", ["password", "passphrase", "secret", "token", "assertion", "authorization", "private_key", "PrivateKey"]
)
def test_each_name_of_a_secret_is_known_where_no_other_stands(name: str) -> None:
    assert "hG7-kk2_Zq91" not in redacted_by_name_and_shape(f"status: 1, {name}=hG7-kk2_Zq91, host: acme")
