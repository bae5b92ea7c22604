"""Whatever is sent, the practice service answers in JSON, below 500, and neither shows nor keeps a secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.source import AuthMethod, Source
from aep_tui.practice.request_kind import (
    CONNECTION_SPECS_PATH,
    CONNECTIONS_PATH,
    IMS_TOKEN_PATH,
    SALESFORCE_TOKEN_PATH,
    SANDBOXES_PATH,
)
from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.kit.practice_server import PracticeServer
from tests.practice.support import FIVE_METHODS, HEADERS, JsonObject, body_for

_SETTINGS = settings(max_examples=examples(60), derandomize=True)
_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20)
)
_JSON = st.recursive(
    _SCALARS | st.just(CANARY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_PLACES: list[tuple[str, ...]] = [
    ("name",),
    ("description",),
    ("auth",),
    ("auth", "params"),
    ("connectionSpec",),
    ("connectionSpec", "id"),
    ("connectionSpec", "version"),
    ("extra",),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def hostile_client(folder: Path) -> Iterator[httpx.Client]:
    with (
        PracticeStore(str(folder / "practice.sqlite")) as store,
        PracticeServer(
            store=store, scenario=replace(EVERYTHING_FINE, initializing_seconds=0), clock=SystemClock()
        ) as server,
        httpx.Client(base_url=server.base_url, headers=HEADERS) as client,
    ):
        yield client


def _check(answer: httpx.Response, folder: Path) -> None:
    assert answer.status_code < 500
    assert isinstance(answer.json(), dict)
    assert CANARY not in answer.text
    assert all(CANARY.encode() not in file.read_bytes() for file in folder.iterdir())


@_SETTINGS
@given(
    which=st.sampled_from(FIVE_METHODS),
    place=st.sampled_from([*_PLACES, ("auth", "params", "clientSecret"), ("auth", "params", "password")]),
    value=_JSON,
)
def test_a_documented_body_with_one_strange_part_keeps_its_secrets(
    hostile_client: httpx.Client, folder: Path, which: tuple[Source, AuthMethod], place: tuple[str, ...], value: object
) -> None:
    # Names and descriptions are shown again by right; a secret put there is the person's own choice.
    if place in (("name",), ("description",)) and CANARY in json.dumps(value):
        value = "plain"
    body: JsonObject = body_for(*which)
    inner = body
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    answer = hostile_client.post(CONNECTIONS_PATH, json=body)
    _check(answer, folder)
    if answer.status_code == 201:
        _check(hostile_client.get(answer.headers["location"]), folder)


@_SETTINGS
@given(content=st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
@pytest.mark.parametrize("path", [CONNECTIONS_PATH, IMS_TOKEN_PATH, SALESFORCE_TOKEN_PATH])
def test_any_bytes_as_a_body_are_answered_with_a_refusal(
    hostile_client: httpx.Client, folder: Path, path: str, content: bytes
) -> None:
    answer = hostile_client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    _check(answer, folder)


_OPERATIONS = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "replace", "remove"]) | _JSON,
        "path": st.sampled_from(["/auth/params", "/auth", "/auth/params/clientId", "/connectionSpec", ""]) | _JSON,
        "value": _JSON,
    }
)


@_SETTINGS
@given(operations=st.lists(_OPERATIONS | _JSON, max_size=3))
def test_any_patch_is_answered_with_a_refusal(
    hostile_client: httpx.Client, folder: Path, operations: list[object]
) -> None:
    location = hostile_client.post(CONNECTIONS_PATH, json=body_for(*FIVE_METHODS[0])).headers["location"]
    (item,) = hostile_client.get(location).json()["items"]
    answer = hostile_client.patch(location, json=operations, headers={"If-Match": item["etag"]})
    assert 400 <= answer.status_code < 500
    _check(answer, folder)
    assert hostile_client.get(location).json() == {"items": [item]}


@_SETTINGS
@given(
    path=st.sampled_from([CONNECTIONS_PATH, CONNECTION_SPECS_PATH, f"{SANDBOXES_PATH}/"]),
    query=st.dictionaries(
        st.sampled_from(["property", "orderby", "limit", "offset", "count", "continuationToken"]) | st.text(max_size=5),
        st.text(max_size=30) | st.sampled_from(["name==x", "createdAt>=1", "createdAt>=²", "²", "true", "-name"]),
        max_size=4,
    ),
)
def test_any_query_is_answered_without_an_error_of_the_service(
    hostile_client: httpx.Client, folder: Path, path: str, query: dict[str, str]
) -> None:
    _check(hostile_client.get(path, params=query), folder)


@_SETTINGS
@given(connection_id=st.text(min_size=1, max_size=40))
def test_any_id_is_answered_without_an_error_of_the_service(
    hostile_client: httpx.Client, folder: Path, connection_id: str
) -> None:
    answer = hostile_client.get(f"{CONNECTIONS_PATH}/{quote(connection_id, safe='')}")
    assert answer.status_code in (200, 404)
    _check(answer, folder)


@_SETTINGS
@given(value=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
@pytest.mark.parametrize("name", ["Authorization", "x-api-key", "x-gw-ims-org-id", "x-sandbox-name", "Accept"])
def test_any_header_is_answered_without_an_error_of_the_service(
    hostile_client: httpx.Client, folder: Path, name: str, value: str
) -> None:
    _check(hostile_client.get(CONNECTIONS_PATH, headers={name: value}), folder)
