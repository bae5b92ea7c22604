from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.error_body import ErrorBody, read_error_body
from tests.kit.canary import CANARY, knowing


def read(value: object, status: int = 400, headers: dict[str, str] | None = None) -> ErrorBody:
    return read_error_body(status, headers or {}, json.dumps(value).encode(), Secrets())


def test_the_flow_service_envelope() -> None:
    said = read(
        {
            "type": "https://ns.adobe.com/aep/errors/FLOW-2120-403",
            "title": "Forbidden",
            "status": 403,
            "report": {"detailed-message": "Insufficient permissions", "request-id": "r-1"},
            "errorMessage": "second",
            "errorDetails": "third",
        }
    )
    assert said == ErrorBody("FLOW-2120-403", "Forbidden", "Insufficient permissions", "r-1", True, proves_refusal=True)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_sandbox_service_with_either_scheme(scheme: str) -> None:
    said = read({"status": 400, "title": "Bad", "type": f"{scheme}://ns.adobe.com/aep/errors/SMS-2074-400"})
    assert (said.code, said.text) == ("SMS-2074-400", "Bad")


@pytest.mark.parametrize("code", ["401013", 401013])
def test_the_gateway_with_its_code_as_text_and_as_a_number(code: object) -> None:
    said = read({"error_code": code, "message": "Oauth token is not valid"}, 401)
    assert (said.code, said.text) == ("401013", "Oauth token is not valid")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"errorMessage": "a", "errorDetails": "b"}, "a b"),
        ({"errorMessage": "the same", "errorDetails": "the same"}, "the same"),
        ({"errorDetails": "b", "detail": "c"}, "b"),
        ({"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError", "detail": "c"}, "c"),
        ({"message": "d", "title": "e"}, "d"),
        ({"title": "e", "error_description": "f"}, "e"),
        ({"report": {"detailed-message": ""}, "errorMessage": "a"}, "a"),
    ],
)
def test_messages_come_in_the_documented_order(body: object, text: str) -> None:
    assert read(body).text == text


def test_the_identity_service() -> None:
    said = read({"error": "invalid_client", "error_description": "invalid client_secret parameter"})
    assert (said.code, said.text) == ("invalid_client", "invalid client_secret parameter")


@pytest.mark.parametrize(
    "body",
    [
        {"errors": {"code": "1415-400", "message": "words"}},
        {"errors": [{"code": "1415-400", "message": "words"}]},
        {"errors": {"400": [{"code": "1415-400", "message": "words"}]}},
        {"error": {"code": "FLOW-1415-400", "message": "words"}},
        [{"code": "1415-400", "message": "words"}],
    ],
)
def test_wrapped_errors(body: object) -> None:
    said = read(body)
    assert (said.code, said.text) == ("FLOW-1415-400", "words")
    assert said.is_platform_shape


def test_a_page_gives_its_title_and_is_not_the_platforms() -> None:
    page = b"<html><head><title>502 Bad &amp; Gateway</title></head><body><script>x</script></body></html>"
    said = read_error_body(502, {"X-Request-Id": "r-2"}, page, Secrets())
    assert (said.code, said.text, said.request_id) == ("", "502 Bad & Gateway", "r-2")
    assert not said.is_platform_shape


@pytest.mark.parametrize("body", [b"", b"   ", b"{", b'{"a":', b"null", b"3", b'"text"', b"[]", b"[[[[[[[]]]]]]]"])
def test_empty_and_broken_bodies_give_the_name_of_the_status(body: bytes) -> None:
    said = read_error_body(503, {}, body, Secrets())
    assert said.title == "Service Unavailable"
    assert not said.is_platform_shape


@pytest.mark.parametrize("body", [b"x" * 2_000_000, b"[" * 300_000, b'{"message":"' + b"eyJ" * 300_000, b"9" * 100_000])
def test_huge_bodies_are_cut(body: bytes) -> None:
    assert len(read_error_body(400, {}, body, Secrets()).text) <= 500


@pytest.mark.parametrize("padding", [0, 480, 490, 7_990, 8_000])
def test_no_cut_leaves_a_part_of_a_secret(padding: int) -> None:
    secrets = knowing({"clientSecret": CANARY})
    for body in (json.dumps({"message": "x" * padding + CANARY * 600}), "<p>" * (padding // 3) + CANARY * 3):
        said = read_error_body(400, {}, body.encode(), secrets)
        for length in range(8, len(CANARY) + 1):
            assert CANARY[:length] not in said.text


def test_a_code_that_repeats_a_secret_or_steers_a_terminal_does_neither() -> None:
    body = json.dumps({"code": f"\x1b[2J{CANARY}", "message": "x"}).encode()
    assert read_error_body(400, {}, body, knowing({"clientSecret": CANARY})).code == "�[2J«redacted:clientSecret»"


@pytest.mark.parametrize("between", ["\x0b", "\x85", "\u2028"])
def test_what_a_control_character_keeps_apart_from_the_name_of_a_secret_is_taken_out_with_it(between: str) -> None:
    assert "s3cretvalue99" not in read({"message": f"password={{{between}s3cretvalue99"}).text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("type", "title", "status", "report", "detailed-message", "request-id", "errorMessage", "id"),
                    *("message", "detail", "error", "errors", "error_code", "code", "error_description"),
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
BODIES = st.binary() | st.text().map(str.encode) | JSON.map(lambda value: json.dumps(value).encode())


@given(
    status=st.integers(0, 999),
    headers=st.dictionaries(st.sampled_from(["x-request-id", "Date", "X-Correlation-ID"]), st.text()),
    body=BODIES,
)
def test_nothing_that_a_server_sends_raises_or_carries_control_characters(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    said = read_error_body(status, headers, body, knowing({"password": CANARY}))
    for text in (said.code, said.title, said.text, said.request_id):
        assert len(text) <= 500
        assert not any(unicodedata.category(character).startswith("C") for character in text if character.isascii())
        assert not {unicodedata.category(character) for character in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


STALE = 'Supplied version=[""1""] does not match the current version on entity=[""2""]'


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (412, {"errorMessage": STALE, "errorDetails": STALE}, True),
        (412, {"errorMessage": "Supplied version=[x] does not match the current version on entity=[y]"}, True),
        (400, {"errorMessage": STALE}, False),
        (412, {"errorMessage": "Precondition failed"}, False),
        (412, {"message": STALE}, False),
        (412, {}, False),
    ],
)
def test_the_platforms_own_sentence_about_a_stale_version_proves_a_refusal(
    status: int, body: object, expected: bool
) -> None:
    assert read_error_body(status, {}, json.dumps(body).encode(), Secrets()).proves_refusal is expected
