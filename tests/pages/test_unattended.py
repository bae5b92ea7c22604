"""The answers of a create without a person: everything that is missing or wrong is named at once, no secret with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.pages.unattended import AnswersIncomplete, GivenAnswers, prepared
from tests.domain.tokens import CLIENT_ID, token
from tests.kit.canary import CANARY

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WIZARD = Wizard(load_catalog(), NOW.date())
COMPLETE = GivenAnswers(
    source="salesforce",
    auth_method="oauth2-client-credential",
    name="ACME",
    parameters={"environmentUrl": " https://acme.my.salesforce.com ", "clientId": "3MVG9abc", "apiVersion": "62.0"},
    secrets={"clientSecret": CANARY},
)


def complaints(given: GivenAnswers) -> dict[str, str]:
    with pytest.raises(AnswersIncomplete) as raised:
        prepared(WIZARD, given, Secrets(), NOW)
    assert CANARY not in str(raised.value)
    return {each.option: each.words for each in raised.value.complaints}


def changed(**values: object) -> GivenAnswers:
    from dataclasses import replace

    return replace(COMPLETE, **values)  # type: ignore[arg-type]  # one of the fields each time


def test_complete_answers_come_to_the_review_as_the_form_would_send_them() -> None:
    ready = prepared(WIZARD, changed(description=" EMEA "), Secrets(), NOW)
    assert ready.wizard.first_unanswered_before(Step.REVIEW, NOW) is None
    body = ready.wizard.request().body_with_placeholders()
    assert body["auth"]["params"] == {
        "environmentUrl": "https://acme.my.salesforce.com",
        "clientId": "3MVG9abc",
        "clientSecret": "{CLIENT_SECRET}",
        "apiVersion": "62.0",
    }
    assert body["description"] == "EMEA"
    assert CANARY.encode() in ready.wizard.request().body_to_send()
    assert ready.remarks == ("Cloud: Azure, where this auth method is documented.",)


def test_everything_that_is_missing_is_named_at_once_with_its_option() -> None:
    missing = complaints(GivenAnswers(source="salesforce", auth_method="oauth2-client-credential"))
    assert list(missing) == [
        "--name TEXT",
        "--set environmentUrl=VALUE",
        "--set clientId=VALUE",
        "--secret-file clientSecret=FILE",
        "--set apiVersion=VALUE",
    ]


@pytest.mark.parametrize(
    ("given", "option", "words"),
    [
        (changed(source="salesfroce"), "--source ID", "Did you mean salesforce?"),
        (changed(source=""), "--source ID", "Choose one of: salesforce, oracle-service-cloud, zoho-crm."),
        (changed(auth_method=""), "--auth-method ID", "Choose one of: oauth2-client-credential"),
        (changed(auth_method="basic-auth"), "--auth-method ID", "Did you mean basic-authentication?"),
        (changed(cloud="aws"), "--auth-method ID", "It is documented on Azure only. Choose one of: oauth2-jwt-token-"),
        (changed(cloud="google"), "--cloud ID", "Choose one of: azure, aws."),
        (changed(source="zoho-crm", cloud="aws"), "--cloud ID", "Zoho CRM is documented on Azure only."),
        (changed(name=" "), "--name TEXT", "Enter a name for the connection."),
        (changed(acknowledge=("salesforce-basic",)), "--acknowledge ID", "This is not known."),
    ],
)
def test_a_choice_that_does_not_exist_is_told_with_those_that_do(given: GivenAnswers, option: str, words: str) -> None:
    assert words in complaints(given)[option]


def test_the_auth_method_need_not_be_given_where_there_is_one() -> None:
    ready = prepared(
        WIZARD,
        GivenAnswers(
            source="oracle-service-cloud",
            name="ACME",
            acknowledge=("oracle-service-cloud-retired",),
            parameters={"host": "acme.custhelp.com", "username": "clerk"},
            secrets={"password": CANARY},
        ),
        Secrets(),
        NOW,
    )
    assert ready.remarks[0] == "Auth method: Basic authentication, the only one."
    assert ready.wizard.draft.acknowledged_notice_ids == {"oracle-service-cloud-retired"}


def test_a_notice_that_was_not_acknowledged_is_named_with_its_words() -> None:
    words = complaints(
        changed(
            auth_method="basic-authentication",
            parameters={"environmentUrl": "https://acme.my.salesforce.com", "username": "a@acme.example"},
            secrets={"password": CANARY, "securityToken": CANARY},
        )
    )
    assert set(words) == {"--acknowledge salesforce-basic-authentication"}
    assert "January 2026" in words["--acknowledge salesforce-basic-authentication"]


def test_a_secret_among_the_parameters_is_refused_and_not_repeated() -> None:
    given = changed(parameters={**COMPLETE.parameters, "clientSecret": CANARY}, secrets={})
    assert "others can read the arguments" in complaints(given)["--secret-file clientSecret=FILE"]


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("op://vault/acme/secret", "reference"),
        ("{{clientSecret}}", "reference"),
        ("<your secret>", "placeholder"),
        ("", "Enter the client secret."),
    ],
)
def test_what_only_stands_for_a_secret_is_never_sent(secret: str, words: str) -> None:
    told = complaints(changed(secrets={"clientSecret": secret}))
    assert words in told["--secret-file clientSecret=FILE"]


def test_a_parameter_that_is_no_secret_does_not_come_from_the_place_of_one() -> None:
    given = changed(secrets={**COMPLETE.secrets, "clientId": "3MVG9abc"}, parameters={})
    assert complaints(given)["--set clientId=VALUE"] == "This is no secret; it is given by --set."


def test_an_unknown_parameter_is_told_with_the_nearest() -> None:
    given = changed(parameters={**COMPLETE.parameters, "clientID": "x"})
    assert complaints(given) == {"--set KEY=VALUE": "This is not known. Did you mean clientId?"}


@pytest.mark.parametrize(("text", "sent"), [("true", True), ("false", None), ("yes", None)])
def test_a_switch_is_true_or_false(text: str, sent: bool | None) -> None:
    given = changed(parameters={**COMPLETE.parameters, "includeDeletedObjects": text})
    if text == "yes":
        assert complaints(given) == {"--set includeDeletedObjects=true": "The value has to be true or false."}
    else:
        body = prepared(WIZARD, given, Secrets(), NOW).wizard.request().body_with_placeholders()
        assert body["auth"]["params"].get("includeDeletedObjects") is sent


def test_warnings_of_the_form_are_remarks() -> None:
    given = changed(parameters={**COMPLETE.parameters, "environmentUrl": "https://acme.example.com"})
    assert any(
        remark.startswith("Warning, Environment URL: ") for remark in prepared(WIZARD, given, Secrets(), NOW).remarks
    )


@pytest.mark.parametrize("minutes_left", [-60, 0, 60])
def test_a_token_that_has_ended_today_is_refused_as_in_its_field(minutes_left: int) -> None:
    ends_at = NOW + timedelta(minutes=minutes_left)
    given = GivenAnswers(
        source="salesforce",
        auth_method="oauth2-jwt-token-credential",
        name="ACME",
        acknowledge=tuple(notice.id for notice in WIZARD.catalog.notices),
        parameters={"clientId": CLIENT_ID, "instanceUrl": "https://acme.my.salesforce.com"},
        secrets={"jwtToken": token(exp=int(ends_at.timestamp())), "clientSecret": CANARY},
    )
    if minutes_left > 0:
        assert prepared(WIZARD, given, Secrets(), NOW).wizard.draft.answers.keys() >= {"jwtToken"}
    else:
        assert complaints(given)["--secret-file jwtToken=FILE"].startswith("The token ended on 2026-11-25")
