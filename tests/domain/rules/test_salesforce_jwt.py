from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.finding import Finding
from tests.domain.forms import JWT, TODAY, judge, suggestions, verdict, words
from tests.domain.tokens import CLIENT_ID, seconds, token
from tests.secrets import CANARY

SANDBOX = "https://acme--uat.sandbox.my.salesforce.com"
PRODUCTION = "https://acme.my.salesforce.com"


def judge_token(text: str, today: date = TODAY, **other_answers: str) -> tuple[Finding, ...]:
    return judge(JWT, "jwtToken", text, today, **other_answers)


def test_a_good_token_is_fine() -> None:
    assert judge_token(token(), clientId=CLIENT_ID, instanceUrl=PRODUCTION) == ()


def test_another_algorithm_blocks_facts_section_5() -> None:
    for algorithm in ("HS256", "none", "ES256", "rs256", ""):
        assert "RS256" in words(judge_token(token(header={"alg": algorithm})))
        assert verdict(judge_token(token(header={"alg": algorithm}))) == "error"


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp"])
def test_a_missing_claim_blocks_and_is_named_issue_4_section_1(claim: str) -> None:
    findings = judge_token(token(without=claim))
    assert verdict(findings) == "error"
    assert f'no "{claim}" claim' in words(findings)


def test_an_issuer_other_than_the_client_id_blocks_once_the_client_id_is_known_facts_section_5() -> None:
    assert verdict(judge_token(token(), clientId="another")) == "error"
    assert judge_token(token(), clientId="") == ()
    assert judge_token(token(), clientId=f" {CLIENT_ID} ") == ()


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2027, 2, 20), "ok"),  # 30 days left
        (date(2027, 2, 21), "warning"),  # 29 days left
        (date(2027, 3, 21), "warning"),
        (date(2027, 3, 22), "warning"),  # the day itself: it may still be good for hours
        (date(2027, 3, 23), "error"),
    ],
)
def test_under_30_days_warns_and_the_past_blocks_issue_4_section_1(today: date, kind: str) -> None:
    findings = judge_token(token(exp=seconds(2027, 3, 22)), today)
    assert verdict(findings) == kind
    if findings:
        assert "2027-03-22" in words(findings)


def test_one_day_is_one_day_in_words() -> None:
    assert "in 1 day." in words(judge_token(token(exp=seconds(2027, 3, 22)), date(2027, 3, 21)))


@pytest.mark.parametrize("exp", [-1e15, "tomorrow", -1])
def test_an_end_that_is_no_future_date_blocks(exp: object) -> None:
    assert verdict(judge_token(token(exp=exp))) == "error"


def test_an_end_in_milliseconds_blocks_although_adobe_s_table_says_so_facts_section_5() -> None:
    findings = judge_token(token(exp=3_660_624_000_000))
    assert verdict(findings) == "error"
    assert "milliseconds" in words(findings)


@pytest.mark.parametrize(
    ("audience", "instance_url", "kind"),
    [
        ("https://login.salesforce.com", PRODUCTION, "ok"),
        ("https://login.salesforce.com", SANDBOX, "warning"),
        ("https://login.salesforce.com/", PRODUCTION, "ok"),
        ("https://test.salesforce.com", SANDBOX, "ok"),
        ("https://test.salesforce.com", PRODUCTION, "warning"),
        ("https://test.salesforce.com", "https://acme.develop.my.salesforce.com", "ok"),
        ("https://test.salesforce.com", "", "ok"),
        (PRODUCTION, PRODUCTION, "ok"),
        (PRODUCTION, "", "ok"),
        (PRODUCTION, SANDBOX, "warning"),
        ("https://ims-na1.adobelogin.com", PRODUCTION, "warning"),
    ],
)
def test_the_audience_is_compared_with_the_instance_issue_4_section_1(
    audience: str, instance_url: str, kind: str
) -> None:
    assert verdict(judge_token(token(aud=audience), instanceUrl=instance_url)) == kind


@pytest.mark.parametrize(("length", "kind"), [(8000, "ok"), (8001, "warning")])
def test_more_than_8000_characters_warn_amazon_appflow(length: int, kind: str) -> None:
    padded = token(signature="s" * (length - len(token(signature=""))))
    assert len(padded) == length
    assert verdict(judge_token(padded)) == kind


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        f"Bearer {CANARY}",
        f"{CANARY}.{CANARY}.{CANARY}",
        token(nonce=CANARY, iss=CANARY, sub=CANARY),
        f" {CANARY} ",
        f'"{CANARY}"',
    ],
)
def test_no_finding_holds_the_token_or_what_is_secret_in_it(text: str) -> None:
    findings = judge_token(text, clientId="another")
    assert findings
    assert CANARY not in words(findings)
    assert suggestions(findings) == set()


def test_an_audience_is_harmless_on_a_terminal() -> None:
    assert "\x1b" not in words(judge_token(token(aud="\x1b[2Jx" * 50)))


def test_an_adobe_token_is_called_so() -> None:
    assert "Adobe access token" in words(judge_token(token(**{"as": "ims-na1"})))


def test_a_broken_copy_blocks() -> None:
    for broken in (token()[1:], token()[:30], token() + ".x.y", token().replace(".", " . ")):
        assert verdict(judge_token(broken)) == "error"


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text: str) -> None:
    judge_token(text)
