"""The JSON Patch of a change: only what changes, secrets as placeholders where people see it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind, digests_of_change
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.secret import Secret
from tests.flow_service.helpers import a_request
from tests.kit.canary import CANARY
from tests.kit.clock import START

SEEN = ConnectionStatus(
    "id", "enabled", "Old", etag='"1"', description="Before", parameters={"s3SessionToken": "set", "apiVersion": "60.0"}
)


def an_intent(change: ConnectionChange) -> ChangeIntent:
    shown = digests_of_change("1", change.shown_texts())
    return ChangeIntent("1", START, "https://a", "O", "dev", "id", ChangeKind.CHANGE, "Old", '"1"', shown)


BARE = ConnectionStatus("id", "enabled", "Old", etag='"1"')


def shown(change: ConnectionChange, seen: ConnectionStatus = SEEN) -> list[tuple[str, str, object]]:
    return [(each["op"], each["path"], each.get("value")) for each in change.operations_with_placeholders(seen)]


@pytest.mark.parametrize(
    ("change", "seen", "operations"),
    [
        (ConnectionChange(name="New"), SEEN, [("replace", "/name", "New")]),
        (ConnectionChange(description="Now"), SEEN, [("add", "/description", "Now")]),
        (ConnectionChange(description=""), SEEN, [("remove", "/description", None)]),
        (ConnectionChange(description=""), BARE, []),
        (ConnectionChange(description=""), replace(SEEN, description=""), []),
        (ConnectionChange(), SEEN, []),
        (
            ConnectionChange(secret=("s3SessionToken", Secret(CANARY))),
            SEEN,
            [("replace", "/auth/params/s3SessionToken", "{S3_SESSION_TOKEN}")],
        ),
        (
            ConnectionChange(secret=("s3SessionToken", Secret(CANARY))),
            BARE,
            [("add", "/auth/params/s3SessionToken", "{S3_SESSION_TOKEN}")],
        ),
    ],
)
def test_only_what_changes_is_said(
    change: ConnectionChange, seen: ConnectionStatus, operations: list[tuple[str, str, object]]
) -> None:
    assert shown(change, seen) == operations
    sent = json.loads(change.body_to_send(seen))
    assert [(each["op"], each["path"]) for each in sent] == [each[:2] for each in operations]


def test_secrets_are_in_clear_on_the_wire_only() -> None:
    change = ConnectionChange(name="New", credentials=a_request(), secret=("securityToken", Secret(CANARY)))
    assert CANARY not in f"{change!r}{shown(change)}"
    body = change.body_to_send(SEEN).decode()
    assert body.count(CANARY) == 2
    assert json.loads(body)[-1]["value"].keys() == {"environmentUrl", "clientId", "clientSecret", "apiVersion"}


def test_another_auth_method_comes_with_all_its_parameters() -> None:
    change = ConnectionChange(name="New", auth=a_request())
    assert [each[:2] for each in shown(change)] == [("replace", "/name"), ("replace", "/auth")]
    value = change.operations_with_placeholders(SEEN)[1]["value"]
    assert value["specName"] == a_request().auth_spec_name
    assert value["params"]["clientSecret"] == "{CLIENT_SECRET}"
    assert CANARY not in f"{change!r}{value}"
    sent = json.loads(change.body_to_send(SEEN))
    assert [(each["op"], each["path"]) for each in sent] == [("replace", "/name"), ("replace", "/auth")]
    assert sent[1]["value"]["params"] == value["params"] | {"clientSecret": CANARY}
    texts = change.shown_texts()
    assert (texts["name"], texts["auth.specName"]) == ("New", a_request().auth_spec_name)
    assert set(texts) == {"name", "auth.specName", "params.environmentUrl", "params.clientId", "params.apiVersion"}


def test_a_body_is_text_of_its_own_letters() -> None:
    assert ConnectionChange(name="Zürich").body_to_send(SEEN).decode().count("Zürich") == 1


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (ConnectionChange(name="New"), ()),
        (ConnectionChange(secret=("pin", Secret(CANARY))), ("pin",)),
        (ConnectionChange(credentials=a_request()), ("clientSecret",)),
        (ConnectionChange(auth=a_request()), ("clientSecret",)),
        (ConnectionChange(secret=("pin", Secret(CANARY)), credentials=a_request()), ("pin", "clientSecret")),
    ],
)
def test_the_secrets_that_are_replaced_are_known_by_their_names(
    change: ConnectionChange, names: tuple[str, ...]
) -> None:
    assert change.secret_names == names


@pytest.mark.parametrize(
    ("change", "is_shown"),
    [
        (ConnectionChange(name="Old"), True),
        (ConnectionChange(name="New"), False),
        (ConnectionChange(description="Before"), True),
        (ConnectionChange(description=""), False),
        (ConnectionChange(name="Old", description="Now"), False),
        (ConnectionChange(credentials=a_request()), False),
        (ConnectionChange(secret=("a", Secret(CANARY))), True),
    ],
)
def test_what_the_platform_shows_is_compared(change: ConnectionChange, is_shown: bool) -> None:
    assert an_intent(change).is_shown_by(SEEN) is is_shown


def test_a_name_is_compared_as_it_is_shown() -> None:
    seen = ConnectionStatus("id", "enabled", "a\N{REPLACEMENT CHARACTER}b")
    assert an_intent(ConnectionChange(name="a\x1bb")).is_shown_by(seen)
