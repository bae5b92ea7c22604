from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, Cloud, Parameter
from aep_tui.domain.token_end import end_of_token, expiry_of, inspection_of
from aep_tui.domain.validation import findings_for, findings_for_text
from tests.domain.tokens import CLIENT_ID, token

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def jwt_parameter() -> tuple[AuthMethod, Parameter]:
    source = load_catalog().source("salesforce")
    assert source is not None
    method = source.auth_method(Cloud.AWS, "oauth2-jwt-token-credential")
    assert method is not None
    parameter = method.parameter("jwtToken")
    assert parameter is not None
    return method, parameter


def test_it_stays_a_secret_and_says_when_it_ends() -> None:
    text = token()
    secret = Secret(text)
    shown = f"{secret} {secret!r} {inspection_of(secret)!r}"
    assert not [part for part in (text, *text.split(".")) if part in shown]
    assert end_of_token(secret) == "2027-03-22"
    assert end_of_token(Secret("no token")) == ""
    assert end_of_token(text) == end_of_token(True) == end_of_token(None) == ""


def test_the_end_of_an_access_token_is_its_own_word() -> None:
    assert expiry_of(Secret(token(exp=1_736_592_725_000))) == datetime(2025, 1, 11, 10, 52, 5, tzinfo=UTC)
    assert expiry_of(Secret("no token")) is None
    assert expiry_of(None) is None


@given(
    st.dictionaries(
        st.sampled_from(["exp", "created_at", "expires_in"]),
        st.none() | st.floats() | st.integers() | st.text() | st.lists(st.integers()),
    )
)
def test_any_claims_have_an_end_or_none(claims: dict[str, Any]) -> None:
    end = expiry_of(Secret(token(**{"exp": None, **claims})))
    assert end is None or end.tzinfo is UTC


def test_it_is_judged_as_its_text_is() -> None:
    method, parameter = jwt_parameter()
    short = token(iss="other", signature="s")
    for text in (token(), token(iss="other"), short, token(header={"alg": "none"}), "a.b", token(aud="x")):
        for answers in ({"clientId": CLIENT_ID}, {"clientId": "other"}):
            wrapped = findings_for(RuleContext(parameter, method, NOW, answers), Secret(text))
            typed = findings_for_text(RuleContext(parameter, method, NOW, answers), text)
            assert [finding.message for finding in wrapped] == [finding.message for finding in typed]


def test_another_parameter_has_nothing_to_say_about_a_token() -> None:
    method, _parameter = jwt_parameter()
    client_secret = method.parameter("clientSecret")
    assert client_secret is not None
    assert findings_for(RuleContext(client_secret, method, NOW), Secret("x")) == ()
