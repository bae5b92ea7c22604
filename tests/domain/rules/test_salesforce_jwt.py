from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import Offer
from aep_tui.domain.rules.salesforce_jwt import corrected_audience, suggest_audience
from aep_tui.domain.secret import Secret
from aep_tui.domain.validation import findings_for, findings_for_text
from tests.domain.forms import JWT, NOW, TODAY, are, judge, parameter, suggestions, verdict, words
from tests.domain.tokens import CLIENT_ID, seconds, token
from tests.kit.canary import CANARY

SANDBOX = "https://acme--uat.sandbox.my.salesforce.com"
PRODUCTION = "https://acme.my.salesforce.com"


def offer_for_audience(text: str) -> Offer | None:
    return suggest_audience(RuleContext(parameter(JWT, "jwtToken"), JWT, NOW), text)


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
        ("https://login.salesforce.com/", PRODUCTION, "error"),
        ("login.salesforce.com", PRODUCTION, "error"),
        ("http://test.salesforce.com", SANDBOX, "error"),
        ("https://login.salesforce.com/services/oauth2/token", PRODUCTION, "error"),
        (["https://login.salesforce.com", "https://test.salesforce.com/x"], PRODUCTION, "error"),
        (f"{PRODUCTION}/", PRODUCTION, "warning"),
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
    audience: object, instance_url: str, kind: str
) -> None:
    assert verdict(judge_token(token(aud=audience), instanceUrl=instance_url)) == kind


@pytest.mark.parametrize(("length", "kind"), [(8000, "ok"), (8001, "warning")])
def test_more_than_8000_characters_warn_amazon_appflow(length: int, kind: str) -> None:
    # Three characters become four, so that the header takes what is left.
    sized = (
        token({"alg": "RS256", "kid": "k" * more}, pad="x" * count)
        for more in range(4)
        for count in range(5_500, 5_800)
    )
    padded = next(text for text in sized if len(text) == length)
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


@pytest.mark.parametrize(("signature", "kind"), [("s" * 342, "ok"), ("s" * 171, "ok"), ("s" * 683, "ok")])
def test_a_signature_is_as_long_as_a_key(signature: str, kind: str) -> None:
    assert verdict(judge_token(token(signature=signature))) == kind


@pytest.mark.parametrize("signature", ["s", "c2ln", "s" * 100, "s" * 300, "s" * 341, "s" * 345])
def test_a_signature_that_no_key_makes_warns(signature: str) -> None:
    findings = judge_token(token(signature=signature))
    assert verdict(findings) == "warning"
    assert "RS256 signature" in words(findings)


@pytest.mark.parametrize(
    ("seconds_left", "kind"), [(3_600, "warning"), (1, "warning"), (0, "error"), (-3_600, "error")]
)
def test_a_token_ends_by_the_second(seconds_left: int, kind: str) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    text = token(exp=int(now.timestamp()) + seconds_left)
    findings = findings_for_text(RuleContext(parameter(JWT, "jwtToken"), JWT, now, {}), text)
    wrapped = findings_for(RuleContext(parameter(JWT, "jwtToken"), JWT, now, {}), Secret(text))
    assert verdict(findings) == verdict(wrapped) == kind


@pytest.mark.parametrize(
    ("audience", "exact"),
    [
        ("login.salesforce.com", "https://login.salesforce.com"),
        ("http://test.salesforce.com/", "https://test.salesforce.com"),
        ("https://login.salesforce.com/services/oauth2/token", "https://login.salesforce.com"),
        ("https://Acme.my.salesforce.com/", "https://acme.my.salesforce.com"),
        ("https://login.salesforce.com", ""),
        ("https://partners.example/customers", ""),
    ],
)
def test_the_login_address_that_is_meant_is_offered(audience: str, exact: str) -> None:
    assert corrected_audience(audience) == exact
    offer = offer_for_audience(audience)
    assert (offer.value if offer else "") == exact


@pytest.mark.parametrize("scheme", ["https://", "https://login.salesforce.com/"])
def test_of_an_audience_60_characters_are_shown_and_of_a_longer_one_its_beginning(scheme: str) -> None:
    audience = scheme.ljust(60, "a")
    assert f"claim is {audience}" in words(judge_token(token(aud=audience)))
    assert f"claim is {audience[:59]}…" in words(judge_token(token(aud=audience + "a")))


def test_of_what_is_no_token_no_claim_is_missed() -> None:
    assert are(judge_token("nonsense"), "error This is not a JWT")
    assert are(judge_token(token().rpartition(".")[0] + "."), "error The token is not signed")


@pytest.mark.parametrize(
    ("exp", "finding"),
    [
        ("tomorrow", 'error "exp" claim is not a number'),
        (1e15, 'error "exp" claim is in milliseconds'),
        (-1, "error The token ended on 1969-12-31 at 23:59 UTC"),
        (-1e15, 'error "exp" claim is'),
    ],
)
def test_of_an_impossible_end_one_thing_is_said(exp: object, finding: str) -> None:
    assert are(judge_token(token(exp=exp)), finding)


@pytest.mark.parametrize(
    ("instance_url", "text", "offered"),
    [
        (SANDBOX, "", "https://test.salesforce.com"),
        (SANDBOX, "https://login.salesforce.com", "https://test.salesforce.com"),
        (SANDBOX, "https://test.salesforce.com", ""),
        (SANDBOX, "https://partners.example", ""),
        (PRODUCTION, "", ""),
        (PRODUCTION, "https://login.salesforce.com", ""),
    ],
)
def test_the_login_address_of_a_sandbox_is_offered_beside_its_instance(
    instance_url: str, text: str, offered: str
) -> None:
    names = dict(parameter(JWT, "jwtToken").reads)
    context = RuleContext(parameter(JWT, "jwtToken"), JWT, NOW, {names["instance_url"]: instance_url})
    offer = suggest_audience(context, text)
    assert (offer.value if offer else "") == offered
