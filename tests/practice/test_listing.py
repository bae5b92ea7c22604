from __future__ import annotations

import httpx
import pytest

from aep_tui.practice.request_kind import CONNECTIONS_PATH, FLOW_SERVICE_PATH
from tests.kit.clock import START, FakeClock
from tests.practice.support import code_of, create

_SALESFORCE = "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5"


def _names(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


@pytest.fixture
def three(client: httpx.Client, clock: FakeClock) -> list[str]:
    """Three connections a second apart; the third is still initializing."""
    names = ["beta", "alpha", "gamma, inc"]
    create(client, names[0])
    clock.advance(1)
    create(client, names[1])
    clock.advance(3)
    create(client, names[2])
    return names


def test_all_connections_of_the_sandbox_are_listed_oldest_first(client: httpx.Client, three: list[str]) -> None:
    assert _names(client.get(CONNECTIONS_PATH)) == three


def test_other_sandboxes_and_organizations_see_nothing_of_it(client: httpx.Client, three: list[str]) -> None:
    assert _names(client.get(CONNECTIONS_PATH, headers={"x-sandbox-name": "dev"})) == []
    assert _names(client.get(CONNECTIONS_PATH, headers={"x-gw-ims-org-id": "OTHER@AdobeOrg"})) == []


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (["name==alpha"], ["alpha"]),
        (['name=="alpha"'], ["alpha"]),
        (["name==alpha,beta"], ["beta", "alpha"]),
        (["name==gamma, inc"], []),  # a comma separates values
        (["name==nobody"], []),
        (["state==enabled"], ["beta", "alpha"]),
        (["state==enabled", "name==beta"], ["beta"]),
        (["state!=enabled"], ["gamma, inc"]),
        ([f"connectionSpec.id=={_SALESFORCE}", "name==alpha"], ["alpha"]),
        (["connectionSpec.id==other"], []),
        (["createdClient==acme-practice-api-key", "name==alpha"], ["alpha"]),
        (["description==A connection of the tests", "name==alpha"], ["alpha"]),
    ],
)
def test_property_filters_by_value_with_and_between_parameters_and_or_between_values(
    client: httpx.Client, three: list[str], properties: list[str], expected: list[str]
) -> None:
    assert _names(client.get(CONNECTIONS_PATH, params={"property": properties})) == expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (">=", ["alpha", "gamma, inc"]),
        (">", ["gamma, inc"]),
        ("<=", ["beta", "alpha"]),
        ("<", ["beta"]),
        ("==", ["alpha"]),
    ],
)
def test_created_at_compares_by_epoch_milliseconds(
    client: httpx.Client, three: list[str], operator: str, expected: list[str]
) -> None:
    created_at = client.get(CONNECTIONS_PATH, params={"property": "name==alpha"}).json()["items"][0]["createdAt"]
    assert created_at >= START.timestamp() * 1000
    assert _names(client.get(CONNECTIONS_PATH, params={"property": f"createdAt{operator}{created_at}"})) == expected


@pytest.mark.parametrize(
    ("orderby", "expected"),
    [
        ("name", ["alpha", "beta", "gamma, inc"]),
        ("+name", ["alpha", "beta", "gamma, inc"]),
        ("-name", ["gamma, inc", "beta", "alpha"]),
        ("-createdAt", ["gamma, inc", "alpha", "beta"]),
    ],
)
def test_orderby_sorts_upwards_and_with_a_dash_downwards(
    client: httpx.Client, three: list[str], orderby: str, expected: list[str]
) -> None:
    assert _names(client.get(CONNECTIONS_PATH, params={"orderby": orderby})) == expected


def test_pages_follow_the_next_link_and_keep_filter_and_order(client: httpx.Client, three: list[str]) -> None:
    answer = client.get(CONNECTIONS_PATH, params={"limit": 1, "orderby": "-name", "property": "name==alpha,beta"})
    names = _names(answer)
    while "_links" in answer.json():
        href = answer.json()["_links"]["next"]["href"]
        assert href.startswith("/connections?continuationToken=")
        answer = client.get(FLOW_SERVICE_PATH + href)
        names += _names(answer)
    assert names == ["beta", "alpha"]


def test_the_last_page_has_no_link_even_when_it_is_full(client: httpx.Client, three: list[str]) -> None:
    assert "_links" not in client.get(CONNECTIONS_PATH, params={"limit": 3}).json()


def test_count_gives_the_number_of_matching_connections_and_no_items(client: httpx.Client, three: list[str]) -> None:
    answer = client.get(CONNECTIONS_PATH, params={"count": "true", "property": "state==enabled"})
    assert answer.json() == {"count": 2}
    assert len(_names(client.get(CONNECTIONS_PATH, params={"count": "false", "limit": 20}))) == 3


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"count": "true", "limit": "5"}, "1401-400"),
        ({"property": "name"}, "1432-400"),
        ({"property": "auth==x"}, "1432-400"),
        ({"property": "name>=x"}, "1432-400"),
        ({"property": "createdAt>=yesterday"}, "1432-400"),
        ({"property": "createdAt>=1,2"}, "1432-400"),
        ({"orderby": "auth"}, "1433-400"),
        ({"limit": "0"}, "1440-400"),
        ({"limit": "1001"}, "1440-400"),
        ({"limit": "many"}, "1440-400"),
        ({"continuationToken": "x"}, "1448-400"),
        ({"continuationToken": "eyJzdGFydCI6IC0xfQ=="}, "1448-400"),
        ({"continuationToken": "W10="}, "1448-400"),
    ],
)
def test_a_query_that_cannot_be_understood_is_refused(client: httpx.Client, query: dict[str, str], code: str) -> None:
    assert code_of(client.get(CONNECTIONS_PATH, params=query)) == code


def test_a_plus_that_was_not_encoded_is_a_blank_and_is_refused(client: httpx.Client) -> None:
    assert code_of(client.get(CONNECTIONS_PATH + "?orderby=+name")) == "1433-400"


def test_more_than_a_page_is_never_given_without_a_limit(client: httpx.Client) -> None:
    for number in range(21):
        create(client, f"n{number:02}")
    answer = client.get(CONNECTIONS_PATH)
    assert len(answer.json()["items"]) == 20
    assert _names(client.get(FLOW_SERVICE_PATH + answer.json()["_links"]["next"]["href"])) == ["n20"]
