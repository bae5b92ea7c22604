from __future__ import annotations

import json
from dataclasses import replace

import pytest

from aep_tui.domain.connection_request import (
    ConnectionRequest,
    build_connection_request,
    header_fields,
    placeholder,
    variable_name,
)
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Parameter, ParameterKind
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from tests.domain.forms import BASIC, CLIENT_CREDENTIAL, parameter
from tests.kit.canary import CANARY

ANSWERS: dict[str, Answer] = {
    "environmentUrl": "https://acme.my.salesforce.com",
    "username": "integration",
    "password": Secret(f"{CANARY}-1"),
    "securityToken": Secret(f"{CANARY}-2"),
}


def basic_request(description: str = "", **changes: Answer) -> ConnectionRequest:
    from aep_tui.domain.catalog.catalog import load_catalog

    source = load_catalog().source("salesforce")
    assert source is not None
    draft = Draft(name="ACME", description=description, answers=ANSWERS | changes)
    return build_connection_request(draft, source, BASIC)


def test_an_empty_optional_value_is_left_out() -> None:
    assert "apiVersion" not in json.loads(basic_request(apiVersion="").body_to_send())["auth"]["params"]
    assert json.loads(basic_request(apiVersion="60.0").body_to_send())["auth"]["params"]["apiVersion"] == "60.0"


def test_an_empty_description_is_left_out() -> None:
    assert "description" not in json.loads(basic_request().body_to_send())
    assert json.loads(basic_request("EMEA").body_to_send())["description"] == "EMEA"


def test_an_answer_that_the_method_does_not_ask_for_is_never_sent() -> None:
    assert "clientId" not in json.loads(basic_request(clientId="left over").body_to_send())["auth"]["params"]


def test_a_switch_is_sent_as_a_json_boolean() -> None:
    from aep_tui.domain.catalog.catalog import load_catalog

    source = load_catalog().source("salesforce")
    assert source is not None
    draft = Draft(name="ACME", answers={"includeDeletedObjects": True})
    body = build_connection_request(draft, source, CLIENT_CREDENTIAL).body_to_send()
    assert b'"includeDeletedObjects": true' in body


@pytest.mark.parametrize("secret", ['"', "\\", "}'; echo", "ü😀", " a b "])
def test_any_secret_arrives_as_it_was_typed(secret: str) -> None:
    sent = json.loads(basic_request(password=Secret(secret)).body_to_send())
    assert sent["auth"]["params"]["password"] == secret


def test_the_patch_carries_the_whole_set_of_parameters() -> None:
    (operation,) = json.loads(basic_request().parameters_patch_to_send())
    assert (operation["op"], operation["path"]) == ("replace", "/auth/params")
    assert operation["value"] == json.loads(basic_request().body_to_send())["auth"]["params"]


def test_placeholders_are_written_as_in_the_tutorials() -> None:
    assert placeholder("clientSecret") == "{CLIENT_SECRET}"
    assert variable_name("jwtToken") == "JWT_TOKEN"


def test_there_are_the_five_headers_of_the_tutorials() -> None:
    target = Target(Mode.LIVE, LIVE_BASE_URL, "1A2B@AdobeOrg", "dev", "key")
    assert header_fields(target, "{ACCESS_TOKEN}") == {
        "Authorization": "Bearer {ACCESS_TOKEN}",
        "x-api-key": "key",
        "x-gw-ims-org-id": "1A2B@AdobeOrg",
        "x-sandbox-name": "dev",
        "Content-Type": "application/json",
    }


def test_the_patch_that_is_shown_is_the_one_that_is_sent_but_for_the_secrets() -> None:
    request = basic_request()
    shown = request.parameters_patch_with_placeholders()
    sent = json.loads(request.parameters_patch_to_send())
    assert shown == [
        {
            "op": "replace",
            "path": "/auth/params",
            "value": {
                "environmentUrl": "https://acme.my.salesforce.com",
                "username": "integration",
                "password": "{PASSWORD}",
                "securityToken": "{SECURITY_TOKEN}",
            },
        }
    ]
    assert sent[0]["value"].keys() == shown[0]["value"].keys()
    assert sent[0]["value"]["password"] == f"{CANARY}-1"
    assert CANARY not in json.dumps(shown)
    whole = request.auth_patch_with_placeholders()
    assert whole == [
        {
            "op": "replace",
            "path": "/auth",
            "value": {"specName": request.auth_spec_name, "params": shown[0]["value"]},
        }
    ]
    assert json.loads(request.auth_patch_to_send())[0]["value"]["params"] == sent[0]["value"]


def test_a_secret_is_unwrapped_whatever_it_is_wrapped_in_and_a_plain_one_stays() -> None:
    body = json.loads(basic_request(password="typed in a test", securityToken=Secret(CANARY)).body_to_send())
    assert body["auth"]["params"]["password"] == "typed in a test"
    assert body["auth"]["params"]["securityToken"] == CANARY


@pytest.mark.parametrize(("answer", "shown"), [(True, "true"), (False, "false")])
def test_a_switch_is_shown_as_the_platform_writes_it(answer: bool, shown: str) -> None:
    switch = parameter(CLIENT_CREDENTIAL, "includeDeletedObjects")
    request = ConnectionRequest("n", "", "s", "1", "a", ((switch, answer),))
    assert request.shown_parameters() == {"includeDeletedObjects": shown}


def test_a_switch_that_the_platform_calls_a_secret_is_sent_as_a_switch() -> None:
    switch = Parameter("a", "A", "", "", "", is_required=False, is_secret=True, kind=ParameterKind.BOOLEAN)
    request = replace(basic_request(), parameters=((switch, True),))
    assert json.loads(request.body_to_send())["auth"]["params"] == {"a": True}
    assert request.body_with_placeholders()["auth"]["params"] == {"a": "{A}"}
