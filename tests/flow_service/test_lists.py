"""Lists of connections: what is one, where it ends, and what each row says."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from aep_tui.domain.connection import ConnectionList
from aep_tui.flow_service.errors import (
    UnreadableAnswer,
)
from tests.flow_service.helpers import CONNECTION_ID, SPEC_ID, Answers, a_service, answer, flow_error, item
from tests.kit.clock import START

pytestmark = pytest.mark.anyio


async def test_a_search_follows_the_pages_on_our_own_host_only() -> None:
    answers = Answers(
        answer(
            200,
            {
                "items": [item(id="1"), item(id="2", name="Another")],
                "_links": {"next": {"href": "https://evil.example/connections?continuationToken=a%2Fb"}},
            },
        ),
        answer(200, {"items": [item(id="3")]}),
    )
    async with a_service(answers) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID, name="ACME Salesforce")
    assert [status.connection_id for status in found.connections] == ["1", "3"]
    assert found.is_complete
    assert {request.url.host for request in answers.requests} == {"platform.adobe.io"}
    assert answers.requests[0].url.query == (
        f"property=connectionSpec.id=={SPEC_ID}&property=name==ACME%20Salesforce&limit=100".encode()
    )
    assert answers.requests[1].url.query == b"continuationToken=a%2Fb"


async def test_a_list_of_several_pages_is_as_old_as_the_last_of_them() -> None:
    more = {"next": {"href": "/connections?continuationToken=a"}}
    first = answer(200, {"items": [item(id="1")], "_links": more}, Date="Sun, 22 Nov 2026 12:00:00 GMT")
    last = answer(200, {"items": [item(id="2")]}, Date="Sun, 22 Nov 2026 12:00:09 GMT")
    async with a_service(Answers(first, last)) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID)
    assert found.told_at == START + timedelta(seconds=9)


async def test_a_name_with_filter_grammar_is_looked_for_here_and_not_by_the_platform() -> None:
    answers = Answers(answer(200, {"items": [item(id="1", name="a,b"), item(id="2", name="a")]}))
    async with a_service(answers) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID, name="a,b")
    assert [status.connection_id for status in found.connections] == ["1"]
    assert b"name" not in answers.requests[0].url.query


async def test_a_search_leaves_out_what_is_of_another_source() -> None:
    items = [item(id="undated"), item(id="foreign", connectionSpec={"id": "other"})]
    async with a_service(Answers(answer(200, {"items": items}))) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID)
    assert [status.connection_id for status in found.connections] == ["undated"]


INSTANT = START.timestamp()


@pytest.mark.parametrize(
    "created_at",
    [INSTANT * 1000, INSTANT, int(INSTANT), f"{INSTANT * 1000:.0f}", f"{INSTANT:.0f}", "2026-11-22T12:00:00Z"],
)
async def test_an_instant_is_read_from_milliseconds_and_seconds_and_text(created_at: object) -> None:
    async with a_service(Answers(answer(200, {"items": [item(createdAt=created_at)]}))) as service:
        assert (await service.connection_status(CONNECTION_ID)).created_at == START


NO_LISTS = [{}, {"items": None}, {"items": {"id": "1"}}, {"items": ["x"]}, {"items": [item(), None]}, {"count": 0}, []]


@pytest.mark.parametrize(
    "no_list", [*NO_LISTS, {"message": "Service temporarily unavailable", "status": 503}, item(id=CONNECTION_ID)]
)
async def test_an_answer_that_holds_no_list_is_unreadable_and_not_an_empty_list(no_list: object) -> None:
    async with a_service(lambda _request: answer(200, no_list)) as service:
        with pytest.raises(UnreadableAnswer):
            await service.find_connections(connection_spec_id=SPEC_ID)
        with pytest.raises(UnreadableAnswer):
            await service.connection_status(CONNECTION_ID)
        with pytest.raises(UnreadableAnswer):
            await service.auth_spec_names(SPEC_ID)
        with pytest.raises(UnreadableAnswer):
            await service.sandboxes()


@pytest.mark.parametrize("href", ["?start=2", "/connections/?start=2", "connections?start=2", "/a/connections?start=2"])
async def test_a_link_to_the_next_page_is_followed_in_every_form(href: str) -> None:
    answers = Answers(
        answer(200, {"items": [item(id="1")], "_links": {"next": {"href": href}}}),
        answer(200, {"items": [item(id="2")]}),
    )
    pages: list[int] = []
    async with a_service(answers) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID, on_page=pages.append)
    assert [status.connection_id for status in found.connections] == ["1", "2"]
    assert found.is_complete
    assert answers.requests[1].url.query == b"start=2"
    assert pages == [1]


@pytest.mark.parametrize(
    "href", ["/flows?start=2", "/connections", "http://[", f"?property=connectionSpec.id=={SPEC_ID}&limit=100"]
)
async def test_a_link_that_cannot_be_followed_leaves_the_list_incomplete(href: str) -> None:
    page = answer(200, {"items": [item(id="1")], "_links": {"next": {"href": href}}})
    async with a_service(Answers(page)) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID)
    assert [status.connection_id for status in found.connections] == ["1"]
    assert not found.is_complete


@pytest.mark.parametrize("second", [answer(503, {}), answer(200, {}), flow_error("2120-403")])
async def test_what_was_read_stays_when_the_next_page_fails(second: httpx.Response) -> None:
    first = answer(200, {"items": [item(id="1")], "_links": {"next": {"href": "?start=2"}}})
    async with a_service(Answers(first, second)) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID, with_retries=False)
    assert [status.connection_id for status in found.connections] == ["1"]
    assert not found.is_complete


async def test_endless_pages_end_and_the_list_is_said_to_be_incomplete() -> None:
    count = 0

    def endless(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return answer(200, {"items": [], "_links": {"next": {"href": f"/connections?continuationToken={count}"}}})

    async with a_service(endless) as service:
        found = await service.find_connections(connection_spec_id=SPEC_ID)
    assert found == ConnectionList((), is_complete=False, told_at=START)
    assert count == 100
