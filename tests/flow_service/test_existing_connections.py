"""Existing connections and what rides on them: what is asked, page by page, and what of the answers is believed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx
import pytest

from aep_tui.domain.dataflow import DataflowRun, ExploredColumn, RunResult, Schedule
from aep_tui.flow_service.errors import PermissionRefused, PlatformError, UnreadableAnswer
from aep_tui.flow_service.existing_connections import (
    connection_pages,
    connection_specs,
    connection_specs_named,
    dataflows_of,
    explored_columns,
    explored_tables,
    runs_by_id,
    source_connections_of,
)
from aep_tui.flow_service.paging import SIDE_BY_SIDE
from tests.flow_service.helpers import CONNECTION_ID, SPEC_ID, TOKEN, Answers, a_service, answer, flow_error, item
from tests.kit.canary import CANARY

pytestmark = pytest.mark.anyio


def page(*ids: str, then: str = "") -> httpx.Response:
    body: dict[str, object] = {"items": [item(id=each, connectionSpec={"id": SPEC_ID}) for each in ids]}
    if then:
        body["_links"] = {"next": {"href": f"/connections?continuationToken={then}"}}
    return answer(200, body)


async def pages_of(answers: Callable[[httpx.Request], httpx.Response], **query: object) -> list[list[str]]:
    async with a_service(answers) as service:
        return [
            [status.connection_id for status in found]
            async for found in connection_pages(service, **query)  # type: ignore[arg-type]  # passed on
        ]


async def test_pages_come_one_by_one_and_each_connection_once() -> None:
    answers = Answers(page("1", "2", then="a"), page("2", "3", then="b"), page("4"))
    async with a_service(answers) as service:
        found = connection_pages(service)
        assert [status.connection_id for status in await anext(found)] == ["1", "2"]
        assert len(answers.requests) == 1, "the next page is asked for when it is wanted"
        assert [[status.connection_id for status in each] async for each in found] == [["3"], ["4"]]
    assert answers.methods == ["GET"] * 3


async def test_a_filter_of_the_platform_is_used_where_it_is_documented_and_checked_here() -> None:
    answers = Answers(
        answer(
            200,
            {
                "items": [
                    item(id="1", connectionSpec={"id": SPEC_ID}),
                    item(id="2", connectionSpec={"id": "other"}),
                    item(id="3", connectionSpec={"id": SPEC_ID}, state="disabled"),
                    item(id="4"),
                ]
            },
        )
    )
    assert await pages_of(answers, spec_ids=(SPEC_ID, "more"), state="enabled") == [["1", "4"]]
    query = parse_qs(answers.requests[0].url.query.decode())
    assert query == {"property": [f"connectionSpec.id=={SPEC_ID},more", "state==enabled"], "limit": ["100"]}


async def test_a_state_with_filter_grammar_is_not_sent() -> None:
    answers = Answers(page("1"))
    assert await pages_of(answers, state="a==b") == [[]]
    assert b"state" not in answers.requests[0].url.query


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (page("2", then="a"), "read before"),
        (answer(200, {"items": [], "_links": {"next": {"href": "https://evil.example/flows?x=1"}}}), "cannot be"),
        (answer(200, {"items": "none"}), "not what the documents"),
        (flow_error("2120-403"), "Not permitted"),
    ],
    ids=["loop", "another list", "no list", "refused"],
)
async def test_what_was_read_stays_when_the_rest_of_the_list_cannot_be_read(last: httpx.Response, reason: str) -> None:
    found: list[str] = []
    async with a_service(Answers(page("1", then="a"), last)) as service:

        async def read() -> None:
            async for statuses in connection_pages(service):
                found.extend(status.connection_id for status in statuses)

        with pytest.raises(PlatformError, match=reason):
            await read()
    assert found[0] == "1"


async def test_a_list_that_never_ends_is_given_up() -> None:
    count = 0

    def endless(_request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return page("1", then=str(count))

    with pytest.raises(UnreadableAnswer, match="on and on"):
        await pages_of(endless)
    assert count < 30


async def test_ids_are_joined_and_a_few_requests_are_under_way_at_once() -> None:
    under_way, most = 0, 0
    requests: list[httpx.Request] = []

    async def answered(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        requests.append(request)
        under_way += 1
        most = max(most, under_way)
        for _ in range(10):
            await asyncio.sleep(0)
        under_way -= 1
        ids = parse_qs(request.url.query.decode())["property"][0].partition("==")[2].split(",")
        return answer(200, {"items": [{"id": f"s{each}", "baseConnectionId": each} for each in (*ids, "other")]})

    ids = [str(number) for number in range(400)]
    async with a_service(answered, tells_date=False) as service:  # type: ignore[arg-type]  # a coroutine works too
        found = await source_connections_of(service, [*ids, "1", "", "a,b"])
    assert [each.base_connection_id for each in found] == ids
    assert len(requests) == 10
    assert most == SIDE_BY_SIDE


async def test_one_failure_ends_the_requests_beside_it() -> None:
    def refused(request: httpx.Request) -> httpx.Response:
        return flow_error("2120-403", f"{TOKEN} may not")

    async with a_service(refused) as service:
        with pytest.raises(PermissionRefused) as caught:
            await dataflows_of(service, [str(number) for number in range(200)])
    assert caught.value.__context__ is None
    assert CANARY not in str(vars(caught.value))


async def test_numbers_of_a_schedule_are_read_as_texts_and_as_numbers() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    seconds = int(at.timestamp())
    flows: list[dict[str, object]] = [
        {"scheduleParams": {"frequency": "minute", "interval": "15", "startTime": str(seconds), "backfill": "true"}},
        {"scheduleParams": {"frequency": "minute", "interval": 15, "startTime": seconds}},
        {"scheduleParams": {"frequency": ["x"], "interval": "many", "startTime": {}}},
        {"scheduleParams": 7},
    ]
    items = [{"id": str(number), "sourceConnectionIds": ["s"], **flow} for number, flow in enumerate(flows)]
    async with a_service(Answers(answer(200, {"items": items}))) as service:
        found = await dataflows_of(service, ["s"])
    assert [each.schedule for each in found] == [
        Schedule("minute", 15, at),
        Schedule("minute", 15, at),
        Schedule(),
        Schedule(),
    ]


async def test_a_dataflow_tells_its_connections_and_its_last_run() -> None:
    flow = {
        "id": "f",
        "name": "Flow\x1b[31m",
        "state": "enabled",
        "inheritedAttributes": {"sourceConnections": [{"id": "s", "baseConnection": {"id": "b"}}, {"id": "t"}]},
        "lastRunDetails": {"id": "r", "state": "failed", "startedAtUTC": 1_764_057_600_000},
    }
    other = {"id": "g", "sourceConnectionIds": ["of another connection"]}
    async with a_service(Answers(answer(200, {"items": [flow, other, flow]}))) as service:
        (found,) = await dataflows_of(service, ["s"])
    assert found.source_connection_ids == ("s", "t")
    assert "\x1b" not in found.name
    assert found.last_run == DataflowRun("r", "f", "failed", datetime(2025, 11, 25, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("status", "metrics", "expected"),
    [
        ("success", {}, RunResult.SUCCEEDED),
        ("SUCCESS", {"failedRecordCount": 0}, RunResult.SUCCEEDED),
        ("success", {"failedRecordCount": 3}, RunResult.WITH_ERRORS),
        ("success", {"failedRecordCount": -1}, RunResult.SUCCEEDED),
        ("success", {"failedInfo": [{"code": "MAPPER-3700-400"}]}, RunResult.WITH_ERRORS),
        ("PARTIAL_SUCCESS", {}, RunResult.WITH_ERRORS),
        ("Failed", {}, RunResult.FAILED),
        ("inProgress", {}, RunResult.UNDER_WAY),
        ("IN_PROGRESS", {}, RunResult.UNDER_WAY),
        ("unheard-of", {}, RunResult.OTHER),
        ("", {}, RunResult.OTHER),
    ],
)
async def test_the_spellings_of_a_result(status: str, metrics: dict[str, object], expected: RunResult) -> None:
    run = {"id": "r", "metrics": {"statusSummary": {"status": status}, "recordSummary": metrics}}
    async with a_service(Answers(answer(200, {"items": [run, {"id": "another"}]}))) as service:
        found = await runs_by_id(service, ["r"])
    assert found.keys() == {"r"}
    assert found["r"].result is expected
    assert found["r"].status == status


@pytest.mark.parametrize("key", ["activities", "activites"])
async def test_the_most_exact_reason_of_a_failure_comes_first_and_no_secret_with_it(key: str) -> None:
    extensions = {"errors": [{"code": "CONNECTOR-1001-500", "message": f"Refused {TOKEN}"}], "errorDetail": "at host"}
    run = {
        "id": "r",
        "metrics": {
            "recordSummary": {"failedInfo": [{"message": "lost", "count": 3}, "x"]},
            "statusSummary": {"status": "failed", "errors": [{"code": "1", "message": "general"}, {}]},
        },
        key: [{"statusSummary": {"status": "failed", "extensions": extensions}}, {"statusSummary": []}],
    }
    async with a_service(Answers(answer(200, {"items": [run]}))) as service:
        found = (await runs_by_id(service, ["r"]))["r"]
    assert len(found.errors) == 4
    assert found.errors[0].startswith("CONNECTOR-1001-500: Refused «redacted")
    assert found.errors[1:] == ("at host", "lost", "1: general")
    assert CANARY not in repr(found)


@pytest.mark.parametrize(
    ("spec", "title"),
    [
        ({"sourceSpec": {"attributes": {"uiAttributes": {"label": {"text": "Amazon S3"}}}}}, "Amazon S3"),
        ({"sourceSpec": {"attributes": {"uiAttributes": {"label": "Amazon S3"}}}}, "Amazon S3"),
        (
            {
                "sourceSpec": {"attributes": {"uiAttributes": {"label": {"key": "amazonS3Label"}}}},
                "attributes": {"connectorName": "S3"},
            },
            "S3",
        ),
        ({}, "Amazon s3"),
        ({"sourceSpec": 7, "attributes": [], "authSpec": "x"}, "Amazon s3"),
    ],
)
async def test_a_source_is_called_by_its_label_and_never_by_the_key_of_one(spec: dict[str, object], title: str) -> None:
    answers = Answers(answer(200, {"items": [{"id": "i", "name": "amazon-s3", **spec}, {"id": "j"}]}))
    async with a_service(answers) as service:
        found = await connection_specs(service, ["i"])
    assert {spec_id: spec.title for spec_id, spec in found.items()} == {"i": title}
    assert answers.requests[0].url.query == b"property=id==i", "the document knows no limit here"


async def test_a_specification_is_looked_up_by_its_exact_name() -> None:
    specs = [{"id": "i", "name": "sftp", "authSpec": [{"name": "A"}, {}]}, {"id": "j", "name": "sftp-2"}]
    async with a_service(Answers(answer(200, {"items": specs}))) as service:
        (found,) = await connection_specs_named(service, "sftp")
        assert await connection_specs_named(service, "a==b") == ()
    assert (found.spec_id, found.auth_spec_names) == ("i", ("A",))


async def test_tables_and_columns_are_explored() -> None:
    tables = [{"type": "table", "name": "Account", "path": "crm/Account"}, {"path": "x"}]
    columns = {"schema": {"columns": [{"name": "Id", "type": "string", "xdm": {}}, {"name": "At", "meta": {}}, 7]}}
    answers = Answers(answer(200, tables), answer(200, columns))
    async with a_service(answers) as service:
        found = await explored_tables(service, CONNECTION_ID)
        assert [(each.name, each.path, each.kind) for each in found] == [
            ("Account", "crm/Account", "table"),
            ("x", "x", ""),
        ]
        assert await explored_columns(service, CONNECTION_ID, "crm/Account") == (
            ExploredColumn("Id", "string"),
            ExploredColumn("At"),
        )
    assert answers.requests[1].url.query == b"objectType=table&object=crm%2FAccount"


@pytest.mark.parametrize("body", [{"items": []}, "text", [7], None])
async def test_what_is_no_list_of_tables_is_no_empty_list(body: object) -> None:
    async with a_service(Answers(answer(200, body))) as service:
        with pytest.raises(UnreadableAnswer):
            await explored_tables(service, CONNECTION_ID)


async def test_no_answer_about_existing_connections_says_the_token() -> None:
    echo = f"{TOKEN} and {CANARY}"
    thing = {"id": "1", "name": echo, "state": echo, "type": echo, "path": echo, "createdBy": echo, "flowId": "1"}

    def echoing(request: httpx.Request) -> httpx.Response:
        body: object = [thing] if request.url.path.endswith("/explore") else {"items": [thing]}
        return httpx.Response(200, content=json.dumps(body).encode())

    async with a_service(echoing) as service:
        said = [
            [statuses async for statuses in connection_pages(service)],
            await source_connections_of(service, ["1"]),
            await dataflows_of(service, ["1"]),
            await runs_by_id(service, ["1"]),
            await connection_specs(service, ["1"]),
            await explored_tables(service, "1"),
        ]
    assert TOKEN not in repr(said)
    assert "«redacted" in repr(said)


async def test_an_unusable_id_hides_no_other_connection_of_a_list_that_is_only_shown() -> None:
    bad = [item(id="with blank", name="Bad one", etag='"1"'), item(id="a/b"), item(id="../etc\x1b[2J"), item(id="1")]
    answers = Answers(answer(200, {"items": bad}))
    async with a_service(answers) as service:
        [found] = [each async for each in connection_pages(service, keeps_unusable=True)]
    assert [(each.connection_id, each.told_id) for each in found] == [
        ("", "with blank"),
        ("", "a/b"),
        ("", "../etc\ufffd[2J"),
        ("1", ""),
    ]
    assert (found[0].name, found[0].etag) == ("Bad one", ""), "without a version nothing can be changed"
    with pytest.raises(UnreadableAnswer):
        await pages_of(Answers(answer(200, {"items": bad})))
