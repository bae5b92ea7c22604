"""The form of an existing connection: filled with what the platform says of what is asked, and with nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection_form import connection_form
from aep_tui.domain.described_source import described_source
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Step
from tests.kit.clock import START
from tests.pages.changing import BASIC, OAUTH, TODAY, URL, all_new, form_of


def test_the_form_is_filled_with_what_the_platform_says_and_no_secret() -> None:
    assert form_of(OAUTH).known_answers(OAUTH) == {
        "environmentUrl": URL,
        "clientId": "3MVG9acme",
        "apiVersion": "60.0",
        "includeDeletedObjects": True,
    }


@pytest.mark.parametrize("told", ["set", "«redacted:clientSecret»", "x" * 1999 + "…", ""])
def test_what_was_masked_or_shortened_on_its_way_is_no_value(told: str) -> None:
    status = replace(OAUTH, parameters={**OAUTH.parameters, "clientId": told})
    assert "clientId" not in form_of(status).known_answers(status)


def test_what_the_form_does_not_ask_for_is_never_sent_back() -> None:
    status = replace(OAUTH, parameters={**OAUTH.parameters, "tenantKey": "from elsewhere"})
    form = form_of(status)
    assert form.names_not_asked(status) == ("tenantKey",)
    sent = form.request(status, {**all_new(status), "tenantKey": "from elsewhere"})
    assert b"tenantKey" not in sent.parameters_patch_to_send()


def test_a_source_or_an_auth_method_that_is_not_in_the_catalog_has_no_form() -> None:
    source = load_catalog().source("salesforce")
    assert connection_form(OAUTH, source) is not None
    assert connection_form(OAUTH, None) is None
    assert connection_form(replace(OAUTH, auth_spec_name="Made up"), source) is None


def test_one_secret_is_a_form_of_one_field_whose_rules_know_the_others() -> None:
    form = form_of(BASIC).for_one_secret("securityToken")
    assert [each.api_name for each in form.method.parameters] == ["securityToken"]
    wizard = form.wizard(BASIC, form_of(BASIC).known_answers(BASIC), TODAY)
    assert wizard.auth_method == form.method
    assert wizard.draft.answers["username"] == "integration@acme.com"


def test_the_pages_of_the_walk_find_source_method_and_answers() -> None:
    wizard = form_of(OAUTH).wizard(OAUTH, all_new(OAUTH), TODAY)
    assert wizard.source is not None
    assert wizard.source.label == "Salesforce"
    assert wizard.is_answered(Step.CREDENTIALS, START)
    assert (wizard.draft.name, wizard.draft.description) == ("ACME Salesforce", "EMEA sales")


def test_a_source_that_only_the_platform_describes_has_the_form_of_its_schema() -> None:
    password = {"type": "string", "format": "password"}
    proxy = {"type": "object", "properties": {"password": password}}
    properties = {"account": {"type": "string"}, "port": {"type": "integer"}, "apiToken": password, "proxy": proxy}
    described = described_source(
        {"id": "x", "name": "acme", "authSpec": [{"name": "Key", "spec": {"properties": properties}}]}
    )
    assert described is not None
    shown = {"account": "acme", "port": "5439", "apiToken": "set", "proxy": "set"}
    status = replace(OAUTH, auth_spec_name="Key", connection_spec_id="x", parameters=shown)
    form = connection_form(status, described.source)
    assert form is not None
    assert [each.api_name for each in form.secrets] == ["apiToken"], "a secret of JSON is not sent by itself"
    answers = form.known_answers(status)
    assert answers == {"account": "acme", "port": "5439"}
    (operation,) = form.request(status, answers).parameters_patch_with_placeholders()
    assert operation["value"] == {"account": "acme", "port": 5439}
    wizard = form.wizard(status, answers, TODAY)
    assert wizard.source is not None
    assert wizard.is_answered(Step.CREDENTIALS, START)


def test_name_and_description_stay_beside_new_credentials() -> None:
    form = form_of(OAUTH)
    request = form.request(OAUTH, all_new(OAUTH))
    assert (request.name, request.description) == ("ACME Salesforce", "EMEA sales")
    draft = form.wizard(OAUTH, all_new(OAUTH), TODAY).draft
    assert (draft.name, draft.description) == ("ACME Salesforce", "EMEA sales")


def test_a_connection_that_is_there_is_changed_although_its_source_is_no_longer_offered() -> None:
    form = form_of(OAUTH)
    gone = replace(form, source=replace(form.source, unavailable=((Cloud.AZURE, "It is gone."),)))
    (source,) = gone.wizard(OAUTH, all_new(OAUTH), TODAY).catalog.sources
    assert source.reason_unavailable_on(Cloud.AZURE) == ""
