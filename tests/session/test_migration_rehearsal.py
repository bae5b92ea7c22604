"""What a run would send, told before it: each request in its order, and of a secret only its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aep_tui.domain.connection_request import CONNECTIONS_PATH
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.session.migration_rehearsal import rehearsed
from aep_tui.session.migration_requests import GroupCredentials
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.session.migrating import CREDENTIALS, METHODS
from tests.session.migration_in_memory import GROUP, ROW

_BASE = "https://platform.adobe.io"
_PATH = f"{_BASE}{CONNECTIONS_PATH}"
_PLANNED = replace(ROW, parameters=(("environmentUrl", "https://not.the.group"), ("apiVersion", "59.0")))


def told(
    *rows: MigrationRow,
    road: Road = Road.BESIDE,
    given: GroupCredentials = CREDENTIALS,
    left_out: tuple[str, ...] = (),
    **known: RowRecord,
) -> list[dict[str, Any]]:
    source = METHODS.source.id
    plan = MigrationPlan(_BASE, "1A2B@AdobeOrg", START, source, METHODS.old.id, METHODS.new.id, road, rows)
    record = MigrationRecord({connection_id.replace("_", "-"): each for connection_id, each in known.items()})
    return list(rehearsed(plan, record, road, {GROUP: given}, METHODS, left_out))


def sent(requests: list[dict[str, Any]]) -> list[str]:
    return [f"{each['method']} {each['url'].removeprefix(_PATH)}" for each in requests]


def looks_at(connection_id: str) -> list[str]:
    explore = f"GET /{connection_id}/explore?objectType"
    return [
        f"GET /{connection_id}",
        f"GET /{connection_id}/test",
        f"{explore}=root",
        f"{explore}=table&object={{TABLE}}",
    ]


def test_beside_the_old_connection_is_read_and_the_new_one_made_watched_tested_and_explored() -> None:
    requests = told(_PLANNED)
    assert sent(requests) == ["GET /old-1", "POST ", *looks_at("{NEW_ID}")]
    assert {(each["connection"], each["sandbox"]) for each in requests} == {("old-1", "dev")}
    assert [each["body"] for each in requests if "body" in each] == [
        {
            "name": "ACME (OAuth2)",
            "auth": {
                "specName": METHODS.new.spec_name,
                "params": {
                    "environmentUrl": GROUP,
                    "clientId": "3MVG9acme",
                    "clientSecret": "{CLIENT_SECRET}",
                    "apiVersion": "60.0",
                },
            },
            "connectionSpec": {"id": METHODS.source.connection_spec_id, "version": "1.0"},
        }
    ]
    assert CANARY not in str(requests)


def test_in_place_the_version_that_was_seen_is_changed() -> None:
    requests = told(_PLANNED, road=Road.IN_PLACE)
    assert sent(requests) == ["GET /old-1", "PATCH /old-1", *looks_at("old-1")]
    (operation,) = requests[1]["body"]
    assert (operation["op"], operation["path"]) == ("replace", "/auth")
    assert operation["value"]["specName"] == METHODS.new.spec_name
    assert requests[1]["ifMatch"] == '"1"'


def test_what_was_not_given_is_kept_and_what_is_missing_stands_there_as_its_name() -> None:
    def parameters(row: MigrationRow, given: GroupCredentials) -> dict[str, object]:
        body: dict[str, Any] = told(row, given=given)[1]["body"]
        parameters: dict[str, object] = body["auth"]["params"]
        return parameters

    nothing = GroupCredentials()
    secret = {"clientSecret": "{CLIENT_SECRET}", "clientId": "{CLIENT_ID}"}
    assert parameters(_PLANNED, nothing) == secret | {"environmentUrl": GROUP, "apiVersion": "59.0"}
    ungrouped = replace(_PLANNED, group="", parameters=(("environmentUrl", "https://kept"), ("apiVersion", "")))
    assert parameters(ungrouped, nothing) == secret | {"environmentUrl": "https://kept", "apiVersion": "{API_VERSION}"}
    switch = next(each.api_name for each in METHODS.new.parameters if not each.is_required and not each.is_secret)
    assert parameters(_PLANNED, GroupCredentials(new={switch: True}))[switch] is True, "asked for only when given"


def test_of_what_is_made_only_the_looks_are_left_and_of_the_rest_nothing() -> None:
    rows = [replace(ROW, connection_id=name) for name in ("made-1", "changed-1", "done-1", "unknown-1")]
    requests = told(
        *rows,
        made_1=RowRecord(Stage.MADE, Road.BESIDE, new_id="new-1"),
        changed_1=RowRecord(Stage.MADE, Road.IN_PLACE),
        done_1=RowRecord(Stage.DONE),
        unknown_1=RowRecord(Stage.SENDING),
    )
    assert sent(requests) == [*looks_at("new-1"), *looks_at("changed-1")]
    assert all("body" not in each for each in requests)


def test_what_is_left_out_gets_no_request() -> None:
    assert told(_PLANNED, left_out=("old-1",)) == []
    assert sent(
        told(replace(ROW, connection_id="made-1"), left_out=("old-1",), made_1=RowRecord(Stage.MADE))
    ) == looks_at("made-1")
