from __future__ import annotations

import httpx
import pytest

from aep_tui.practice.organization import (
    NO_RUN_AS_USER_CLIENT_ID,
    NOT_APPROVED_CLIENT_ID,
    WRONG_CLIENT_ID,
    WRONG_CLIENT_SECRET,
    WRONG_DOMAIN_CLIENT_ID,
)
from aep_tui.practice.request_kind import (
    CONNECTION_SPECS_PATH,
    CONNECTIONS_PATH,
    IMS_TOKEN_PATH,
    SALESFORCE_TOKEN_PATH,
    SANDBOXES_PATH,
)
from tests.kit.canary import CANARY
from tests.practice.support import FIVE_METHODS, code_of, method_of

CREDENTIAL = {
    "grant_type": "client_credentials",
    "client_id": "acme",
    "client_secret": CANARY,
    "scope": "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext",
}


def test_the_sandbox_list_names_regions_of_both_clouds(client: httpx.Client) -> None:
    body = client.get(f"{SANDBOXES_PATH}/").json()
    regions = {sandbox["name"]: sandbox["region"] for sandbox in body["sandboxes"]}
    assert regions == {"prod": "VA7", "dev": "VA7", "aws-dev": "VA6", "rehearsal": "PRACTICE"}
    assert [sandbox["name"] for sandbox in body["sandboxes"] if sandbox["isDefault"]] == ["prod"]
    assert [sandbox["name"] for sandbox in body["sandboxes"] if sandbox["type"] == "production"] == ["prod"]


def test_the_sandbox_list_has_pages_and_needs_limit_and_offset_together(client: httpx.Client) -> None:
    page = client.get(f"{SANDBOXES_PATH}/", params={"limit": 2, "offset": 1}).json()
    assert [sandbox["name"] for sandbox in page["sandboxes"]] == ["dev", "aws-dev"]
    assert page["_page"] == {"limit": 2, "count": 2}
    last = client.get(f"{SANDBOXES_PATH}/", params={"limit": 9999, "offset": 3}).json()
    assert last["_page"] == {"limit": 9999, "count": 1}
    for query in ({"limit": "2"}, {"offset": "1"}, {"limit": "x", "offset": "1"}, {"limit": "10000", "offset": "1"}):
        answer = client.get(f"{SANDBOXES_PATH}/", params=query)
        assert answer.status_code == 400
        assert answer.json()["type"] == "http://ns.adobe.com/aep/errors/SMS-2074-400"


def test_the_sandbox_list_needs_an_accept_header(client: httpx.Client) -> None:
    assert client.get(f"{SANDBOXES_PATH}/", headers={"Accept": "*/*"}).status_code == 400


def test_specifications_say_which_auth_methods_a_sandbox_offers(client: httpx.Client) -> None:
    source, _ = method_of("salesforce", "basic-authentication")
    for sandbox_name, expected in (
        ("dev", {"Basic Authentication", "OAuth2 Client Credential"}),
        ("aws-dev", {"OAuth2 JWT Token Credential"}),
    ):
        answer = client.get(
            f"{CONNECTION_SPECS_PATH}/{source.connection_spec_id}", headers={"x-sandbox-name": sandbox_name}
        )
        (item,) = answer.json()["items"]
        assert {spec["name"] for spec in item["authSpec"]} == expected


def test_a_specification_says_what_is_required_and_what_is_secret(client: httpx.Client) -> None:
    for source, method in FIVE_METHODS:
        (item,) = client.get(f"{CONNECTION_SPECS_PATH}/{source.connection_spec_id}").json()["items"]
        (spec,) = [each["spec"] for each in item["authSpec"] if each["name"] == method.spec_name]
        assert spec["type"] == "object"
        assert spec["required"] == [each.api_name for each in method.parameters if each.is_required]
        passwords = [name for name, about in spec["properties"].items() if about.get("format") == "password"]
        assert passwords == [each.api_name for each in method.parameters if each.is_secret]


def test_specifications_are_found_by_name(client: httpx.Client) -> None:
    items = client.get(CONNECTION_SPECS_PATH, params={"property": 'name=="salesforce"'}).json()["items"]
    assert [item["name"] for item in items] == ["salesforce"]
    every = [item["name"] for item in client.get(CONNECTION_SPECS_PATH).json()["items"]]
    assert {"salesforce", "mysql", "Amazon S3", "dataset"} <= set(every), "one list holds whatever there is"
    assert code_of(client.get(CONNECTION_SPECS_PATH, params={"property": "colour==red"})) == "1432-400"
    assert code_of(client.get(f"{CONNECTION_SPECS_PATH}/unknown")) == "1439-404"


def test_ims_gives_each_time_a_new_token_that_works(client: httpx.Client) -> None:
    answers = [client.post(IMS_TOKEN_PATH, data=CREDENTIAL).json() for _ in range(2)]
    assert answers[0]["access_token"] != answers[1]["access_token"]
    assert (answers[0]["token_type"], answers[0]["expires_in"]) == ("bearer", 86399)
    headers = {"Authorization": f"Bearer {answers[0]['access_token']}"}
    assert client.get(CONNECTIONS_PATH, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("change", "error", "description"),
    [
        ({"client_id": WRONG_CLIENT_ID}, "invalid_client", "invalid client_id parameter"),
        ({"client_secret": WRONG_CLIENT_SECRET}, "invalid_client", "invalid client_secret parameter"),
        ({"client_secret": ""}, "invalid_client", "invalid client_secret parameter"),
        ({"scope": "openid,everything"}, "invalid_scope", ""),
        ({"scope": ""}, "invalid_scope", ""),
        ({"grant_type": "password"}, "unsupported_grant_type", ""),
    ],
)
def test_ims_refuses_in_its_documented_words(
    client: httpx.Client, change: dict[str, str], error: str, description: str
) -> None:
    answer = client.post(IMS_TOKEN_PATH, data={**CREDENTIAL, **change})
    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert description in answer.json()["error_description"]
    assert CANARY not in answer.text


def test_ims_does_not_read_the_query_string(client: httpx.Client) -> None:
    assert client.post(IMS_TOKEN_PATH, params={"client_id": "acme"}, data={}).status_code == 400


@pytest.mark.parametrize(
    ("change", "error", "description"),
    [
        ({"client_id": WRONG_CLIENT_ID}, "invalid_client_id", "client identifier invalid"),
        ({"client_secret": WRONG_CLIENT_SECRET}, "invalid_client", "invalid client credentials"),
        ({"client_id": NO_RUN_AS_USER_CLIENT_ID}, "invalid_grant", "no client credentials user enabled"),
        ({"client_id": WRONG_DOMAIN_CLIENT_ID}, "invalid_grant", "request not supported on this domain"),
        ({"client_id": NOT_APPROVED_CLIENT_ID}, "invalid_grant", "user hasn't approved this consumer"),
    ],
)
def test_salesforce_refuses_in_its_own_words(
    client: httpx.Client, change: dict[str, str], error: str, description: str
) -> None:
    answer = client.post(SALESFORCE_TOKEN_PATH, data={**CREDENTIAL, **change})
    assert answer.status_code == 400
    assert answer.json() == {"error": error, "error_description": description}


def test_salesforce_gives_a_token_to_everybody_else(client: httpx.Client) -> None:
    body = client.post(SALESFORCE_TOKEN_PATH, data=CREDENTIAL).json()
    assert body["token_type"] == "Bearer"
    assert body["instance_url"].startswith("https://")


@pytest.mark.parametrize("path", [IMS_TOKEN_PATH, SALESFORCE_TOKEN_PATH])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"&" * 5_000, b"a=1&" * 5_000, b"client_id=%ff&=&&="])
def test_a_form_that_is_no_form_is_refused_as_oauth_does(client: httpx.Client, path: str, content: bytes) -> None:
    answer = client.post(path, content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400
    assert "error" in answer.json()


@pytest.mark.parametrize("path", [IMS_TOKEN_PATH, SALESFORCE_TOKEN_PATH])
def test_a_token_is_asked_for_with_a_form_fidelity_17(client: httpx.Client, path: str) -> None:
    answer = client.post(path, data=CREDENTIAL, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"
