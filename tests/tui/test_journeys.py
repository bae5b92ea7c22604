"""All five connections by keys, from the welcome page to `enabled`."""

from __future__ import annotations

import json

import pytest

from aep_tui.domain.wizard import Step
from tests.kit.journeys import AWS_JWT, JOURNEYS, OAUTH2, Journey
from tests.kit.person import wizard

pytestmark = pytest.mark.anyio

SPEC_NAMES = {
    "salesforce-oauth2": "OAuth2 Client Credential",
    "salesforce-basic": "Basic Authentication",
    "salesforce-aws": "OAuth2 JWT Token Credential",
    "oracle-service-cloud": "Basic Authentication",
    "zoho-crm": "Basic Authentication",
}


@pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.id for journey in JOURNEYS])
async def test_a_person_gets_an_enabled_connection(journey: Journey) -> None:
    async with wizard() as person:
        await person.walk_to_review(journey)
        assert person.creates == 0
        await person.submit()
        await person.see("OK: the connection is enabled.")
        assert person.creates == 1
        await person.button("next")
        done = await person.at(Step.DONE)
        assert "OK: the base connection is enabled." in done
        await person.tab_to("quit")
        await person.press("enter")
        result = person.app.state.result
        assert result is not None
        (kept,) = person.store.connections()
    record = json.loads(result.to_json())
    assert record["id"] == kept.id
    assert (record["state"], record["mode"], record["cloud"]) == ("enabled", "practice", journey.cloud)
    assert record["authSpecName"] == SPEC_NAMES[journey.id]
    assert bool(record["notices"]) == journey.has_notice
    assert record["etag"].startswith('"')
    assert kept.description == "EMEA sales"
    for api_name, value in journey.values:
        is_secret = kept.parameters[api_name] != value
        assert is_secret == (api_name in {"password", "securityToken", "clientSecret", "jwtToken"} | TOKENS)


TOKENS = {"accessToken", "refreshToken"}


async def test_a_person_can_type_every_character_instead_of_pasting() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        for _api_name, value in OAUTH2.values:
            await person.type(value)
            await person.press("enter")
        await person.button("next")
        await person.at(Step.NAME)
        await person.press("enter", "enter")
        await person.button("next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("OK: the connection is enabled.")


async def test_what_the_service_adds_on_aws_is_shown() -> None:
    async with wizard(at=(Step.REVIEW, AWS_JWT)) as person:
        await person.submit()
        text = await person.see("OK: the connection is enabled.")
        assert "Set by the service: " in text
        assert "orgId" in text


async def test_after_one_connection_another_can_follow() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.see("OK: the connection is enabled.")
        await person.button("next")
        await person.at(Step.DONE)
        await person.button("new")
        await person.at(Step.CLOUD)
        assert person.app.state.wizard.draft.answers == {}
        await person.press("escape")
        await person.at(Step.TASK)
        await person.to_review(AWS_JWT)
        await person.submit()
        question = await person.see("A connection like this exists already")
        assert "same name" in question
        assert person.creates == 1
        await person.choose("create")
        await person.press("enter")
        await person.see("OK: the connection is enabled.")
        assert person.store.count() == 2
