from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.jwt_claims import JwtProblem, inspect_jwt
from tests.domain.tokens import CLIENT_ID, SUBJECT, part, seconds, token
from tests.kit.canary import CANARY

MADE = datetime(2025, 1, 10, 10, 52, 5, 115000, tzinfo=UTC)


def test_a_good_token_says_what_it_says() -> None:
    inspection = inspect_jwt(f" {token()}\n")
    assert inspection.problems == ()
    assert inspection.is_readable
    assert (inspection.algorithm, inspection.issuer, inspection.subject) == ("RS256", CLIENT_ID, SUBJECT)
    assert inspection.audiences == ("https://login.salesforce.com",)
    assert inspection.expires_at == datetime(2027, 3, 22, 12, tzinfo=UTC)
    assert not inspection.has_exp_in_milliseconds


@pytest.mark.parametrize(
    ("exp", "is_in_milliseconds"),
    [
        (seconds(2027, 3, 22), False),
        (str(seconds(2027, 3, 22)), False),  # Adobe's published Java code writes a text
        (float(seconds(2027, 3, 22)), False),
        (seconds(2027, 3, 22) * 1000, True),
        (str(seconds(2027, 3, 22) * 1000), True),
    ],
)
def test_exp_is_read_in_every_writing_that_people_have_facts_section_5(exp: object, is_in_milliseconds: bool) -> None:
    inspection = inspect_jwt(token(exp=exp))
    assert inspection.expires_at == datetime(2027, 3, 22, 12, tzinfo=UTC)
    assert inspection.has_exp_in_milliseconds is is_in_milliseconds


@pytest.mark.parametrize(
    ("exp", "is_in_milliseconds"), [(99_999_999_999, False), (100_000_000_000, True), (3_660_624_000_000, True)]
)
def test_the_boundary_of_milliseconds_is_1e11_facts_section_5(exp: int, is_in_milliseconds: bool) -> None:
    assert inspect_jwt(token(exp=exp)).has_exp_in_milliseconds is is_in_milliseconds


@pytest.mark.parametrize("exp", ["tomorrow", True, [], {}, "", "1e9", "٤"])
def test_an_exp_that_is_no_number_is_a_problem_of_its_own(exp: object) -> None:
    inspection = inspect_jwt(token(exp=exp))
    assert inspection.has_exp
    assert inspection.expires_at is None
    assert inspection.problems == (JwtProblem.EXP_NOT_A_NUMBER,)
    assert inspection.is_readable


@pytest.mark.parametrize(
    ("claims", "end"),
    [
        (
            {"created_at": "1736506325115", "expires_in": "86400000"},
            MADE + timedelta(days=1),
        ),
        ({"created_at": 1736506325115, "expires_in": 0}, MADE),
        ({"created_at": "1736506325115"}, None),
        ({"expires_in": "86400000"}, None),
        ({"created_at": "yesterday", "expires_in": "86400000"}, None),
    ],
)
def test_the_access_tokens_of_adobe_say_when_they_were_made_and_how_long_they_live(
    claims: dict[str, Any], end: datetime | None
) -> None:
    inspection = inspect_jwt(token(without="exp", **claims))
    assert inspection.expires_at == end
    assert not inspection.has_exp
    assert inspect_jwt(token(exp=seconds(2027, 3, 22), **claims)).expires_at == datetime(2027, 3, 22, 12, tzinfo=UTC)


def test_a_token_without_an_end_has_no_problem_of_form() -> None:
    inspection = inspect_jwt(token(without="exp"))
    assert not inspection.has_exp
    assert inspection.problems == ()


def test_an_end_beyond_all_dates_is_no_instant() -> None:
    assert inspect_jwt(token(exp=-1e15)).expires_at is None
    assert inspect_jwt(token(exp=-1.0e400)).expires_at is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", JwtProblem.EMPTY),
        (CANARY, JwtProblem.NOT_THREE_PARTS),
        ("a.b", JwtProblem.NOT_THREE_PARTS),
        ("..", JwtProblem.NOT_THREE_PARTS),
        ("a.b.c.d.e", JwtProblem.ENCRYPTED),
        (f"Bearer {token()}", JwtProblem.BEARER_PREFIX),
        (f'"{token()}"', JwtProblem.SURROUNDED_BY_QUOTES),
        (token().replace(".", ".\n"), JwtProblem.INNER_BLANKS),
        (token() + "=", JwtProblem.NOT_BASE64URL),
        (token(signature="a+/b"), JwtProblem.NOT_BASE64URL),
        (token(header=["RS256"]), JwtProblem.HEADER_NOT_JSON),
        ("x" + token(), JwtProblem.HEADER_NOT_JSON),
        (f"{part({'alg': 'RS256'})}.{part('claims')}.c2ln", JwtProblem.CLAIMS_NOT_JSON),
        (f"{part({'alg': 'RS256'})}.{'9' * 9000}.c2ln", JwtProblem.CLAIMS_NOT_JSON),
        (token(signature=""), JwtProblem.NO_SIGNATURE),
        (f'"{token()}', JwtProblem.SURROUNDED_BY_QUOTES),
        (f'{token()}"', JwtProblem.SURROUNDED_BY_QUOTES),
        ("a" * 100_000, JwtProblem.NOT_THREE_PARTS),
        ("a" * 100_001, JwtProblem.TOO_LONG),
    ],
)
def test_every_unreadable_text_has_its_problem(text: str, problem: JwtProblem) -> None:
    assert inspect_jwt(text).problems == (problem,)


def test_an_adobe_access_token_is_recognised_facts_section_1() -> None:
    assert inspect_jwt(token(header={"alg": "RS256", "x5u": "ims_na1-key-at-1.cer"})).is_adobe_token
    assert inspect_jwt(token(**{"as": "ims-na1"})).is_adobe_token
    assert not inspect_jwt(token()).is_adobe_token


def test_an_audience_may_be_a_list() -> None:
    assert inspect_jwt(token(aud=["https://a.example", 7, ""])).audiences == ("https://a.example",)
    nothing: tuple[object, ...] = (7, "", True, {}, [], None)
    for audience in nothing:
        assert inspect_jwt(token(aud=audience)).audiences == ()


def test_deep_json_and_huge_numbers_are_answered() -> None:
    deep = base64.urlsafe_b64encode(b"[" * 30_000).decode().rstrip("=")
    assert inspect_jwt(f"{deep}.{deep}.c2ln").problems == (JwtProblem.HEADER_NOT_JSON,)
    huge = base64.urlsafe_b64encode(b'{"exp":' + b"9" * 5000 + b"}").decode().rstrip("=")
    assert inspect_jwt(f"{part({})}.{huge}.c2ln").problems == (JwtProblem.CLAIMS_NOT_JSON,)
    assert inspect_jwt(token(exp=10**400)).expires_at is None


def test_the_repr_holds_no_part_of_the_token() -> None:
    text = token(nonce=CANARY)
    shown = repr(inspect_jwt(text))
    assert CANARY not in shown
    assert not any(piece in shown for piece in text.split(".")[1:])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=4), children, max_size=3),
    max_leaves=6,
)


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text: str) -> None:
    inspect_jwt(text)


@given(JSON, JSON, JSON, JSON, JSON)
def test_any_claims_get_an_answer(
    header: object, issuer: object, audience: object, exp: object, origin: object
) -> None:
    inspect_jwt(token(header=header, iss=issuer, aud=audience, exp=exp, nbf=origin))


def test_the_first_second_that_counts_as_milliseconds_is_one_of_the_year_5138() -> None:
    last, first = inspect_jwt(token(exp=99_999_999_999)), inspect_jwt(token(exp=100_000_000_000))
    assert not last.has_exp_in_milliseconds
    assert last.expires_at is not None
    assert last.expires_at.year == 5138
    assert first.has_exp_in_milliseconds
    assert first.expires_at is not None
    assert first.expires_at.year == 1973


@pytest.mark.parametrize(("letters", "size"), [(342, 256), (43, 32), (1, 1)])
def test_the_length_of_a_signature_is_told_in_bytes(letters: int, size: int) -> None:
    signed = token(iss="acme").rpartition(".")[0] + "." + "A" * letters
    assert inspect_jwt(signed).signature_length == size


def test_a_token_of_100_000_characters_is_read_and_a_longer_one_is_not() -> None:
    signed = token(iss="acme").rpartition(".")[0] + "."
    longest = signed.ljust(100_000, "A")
    assert inspect_jwt(longest).issuer == "acme"
    assert inspect_jwt(longest + "A").problems == (JwtProblem.TOO_LONG,)


def test_a_token_in_two_pieces_has_blanks_in_it() -> None:
    assert inspect_jwt(f"{token()[:20]} {token()[20:]}").problems == (JwtProblem.INNER_BLANKS,)
    assert inspect_jwt(f"{token()}'").problems == (JwtProblem.SURROUNDED_BY_QUOTES,)
    assert inspect_jwt(f"{token()}'x").problems == (JwtProblem.NOT_BASE64URL,)


def test_a_token_without_signature_and_with_a_wrong_end_can_still_be_read() -> None:
    inspection = inspect_jwt(token(exp="tomorrow").rpartition(".")[0] + ".")
    assert set(inspection.problems) == {JwtProblem.NO_SIGNATURE, JwtProblem.EXP_NOT_A_NUMBER}
    assert inspection.is_readable
    assert not inspect_jwt("a.b.").is_readable
