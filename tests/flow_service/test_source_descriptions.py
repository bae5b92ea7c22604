"""Connection specifications with their schemas: what is asked, how often, and what an answer may be like."""

from __future__ import annotations

import httpx
import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import UnreadableAnswer
from aep_tui.flow_service.exchange import LARGEST_ANSWER
from aep_tui.flow_service.source_descriptions import all_descriptions, description_of, descriptions_named
from tests.flow_service.helpers import Answers, a_service, answer, flow_error
from tests.kit.canary import CANARY

pytestmark = pytest.mark.anyio

SPEC_ID = "be5ec48c-5b78-4d5e-9f2c-7f1d2a6b9e10"


def spec(spec_id: str = SPEC_ID, name: str = "azure-file-storage", **more: object) -> dict[str, object]:
    schema = {"type": "object", "properties": {"host": {"type": "string"}}}
    described = {"id": spec_id, "name": name, "version": "1.0", "attributes": {"isSource": True}}
    return {**described, "authSpec": [{"name": "Basic Authentication", "spec": schema}], **more}


async def test_the_list_comes_with_one_request_and_pages_are_followed_where_there_are_any() -> None:
    then = {"next": {"href": "/connectionSpecs?continuationToken=a"}}
    answers = Answers(answer(200, {"items": [spec()], "_links": then}), answer(200, {"items": [spec("two", "b")]}))
    async with a_service(answers) as service:
        found = await all_descriptions(service)
    assert [each.name for each in found] == ["azure-file-storage", "b"]
    assert [str(each.url.query, "ascii") for each in answers.requests] == ["", "continuationToken=a"]


async def test_a_list_longer_than_any_other_answer_is_read() -> None:
    filling = {"description": "x" * 1_000}
    items = [spec(f"id-{number}", f"n{number}", filling=filling) for number in range(1_500)]
    body = answer(200, {"items": items})
    assert len(body.content) > LARGEST_ANSWER
    async with a_service(Answers(body)) as service:
        assert len(await all_descriptions(service)) == 1_500


@pytest.mark.parametrize("body", [{"items": [spec()]}, spec()])
async def test_one_description_is_read_wrapped_and_as_it_is(body: dict[str, object]) -> None:
    async with a_service(Answers(answer(200, body))) as service:
        found = await description_of(service, SPEC_ID)
    assert found is not None
    assert [each.api_name for each in found.source.auth_methods[0].parameters] == ["host"]


async def test_what_is_not_offered_and_what_is_about_something_else_is_none() -> None:
    missing: httpx.Response = flow_error("1439-404")
    async with a_service(Answers(missing, answer(200, {"items": [spec("two")]}))) as service:
        assert await description_of(service, SPEC_ID) is None
        assert await description_of(service, SPEC_ID) is None


async def test_a_name_is_asked_for_and_checked_here() -> None:
    answers = Answers(answer(200, {"items": [spec(), spec("two", "other")]}))
    async with a_service(answers) as service:
        assert [each.source.id for each in await descriptions_named(service, "azure-file-storage")] == [SPEC_ID]
        assert await descriptions_named(service, "a,b==c") == ()
    assert len(answers.requests) == 1


async def test_an_answer_without_a_list_is_unreadable() -> None:
    async with a_service(Answers(answer(200, {"items": 7}))) as service:
        with pytest.raises(UnreadableAnswer):
            await all_descriptions(service)


async def test_no_secret_of_this_run_comes_through_a_description() -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "password")
    schema = {"properties": {"host": {"title": CANARY, "description": CANARY, "enum": [CANARY], "default": CANARY}}}
    body = {"items": [spec(name=CANARY, authSpec=[{"name": "A", "spec": {**schema, "required": [CANARY]}}])]}
    async with a_service(Answers(answer(200, body)), secrets=secrets) as service:
        assert CANARY not in repr(await all_descriptions(service))
