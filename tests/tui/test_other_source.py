"""A source that only the platform describes, by keys: the list, the form that its schema makes, and the request."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.described_source import DescribedSource, described_sources
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.step_answer import OtherSourceAnswer
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.flow_service.errors import ServiceUnavailable
from aep_tui.pages.app_state import AppState, CurrentState
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.other_source import OtherSourceFlow
from aep_tui.practice.organization import practice_target
from aep_tui.practice.specifications import Specifications
from aep_tui.tui.dialogs.source_list import SourceListPage
from aep_tui.tui.steps.step_screens import step_screen
from tests.kit.canary import CANARY
from tests.kit.person import TODAY, flat
from tests.kit.short_ways import go_to, over_nothing, push, put_in
from tests.tui.other_source import WAREHOUSE_ID, to_form, to_list

pytestmark = pytest.mark.anyio

VALUES = (
    ("account", "acme-dwh"),
    ("region", "eu"),
    ("port", "5439"),
    ("timeout", "2.5"),
    ("useSsl", "false"),
    ("schemas", '["public", "sales"]'),
    ("options", '{"warehouse": "small"}'),
    ("proxy", json.dumps({"host": "proxy.acme.example", "password": CANARY})),
    ("apiToken", CANARY),
    ("password", CANARY),
    ("certificate", CANARY),
    ("mystery", "whatever"),
)


async def test_a_connection_with_every_kind_of_parameter_is_created_and_enabled() -> None:
    async with over_nothing(size=(80, 22)) as person:
        await to_form(person)
        for api_name, value in VALUES:
            await person.tab_to(api_name)
            await person.paste(value)
        await person.button("next")
        await person.at(Step.NAME)
        await person.tab_to("name")
        await person.paste("ACME warehouse")
        await person.button("next")
        review = flat(await person.at(Step.REVIEW))
        assert "ACME Warehouse" in review
        await person.submit()
        await person.see("enabled")
        (record,) = person.store.connections()
    assert (record.connection_spec_id, record.auth_spec_name) == (WAREHOUSE_ID, "Key Authentication")
    assert {name: record.parameters[name] for name in ("port", "timeout", "useSsl", "schemas", "options")} == {
        "port": 5439,
        "timeout": 2.5,
        "useSsl": False,
        "schemas": ["public", "sales"],
        "options": {"warehouse": "small"},
    }
    assert "workspace" not in record.parameters, "what is called required and left empty is not sent"


async def test_the_form_says_what_is_known_and_what_it_demands_only_warns() -> None:
    async with over_nothing() as person:
        page = flat(await to_form(person))
        assert "This program has no tutorial for ACME Warehouse and gives no advice" in page
        assert "Account (required)" in page
        await put_in(person, "Not so")
        await person.press("tab")
        assert "Warning: The platform describes another form: ^[a-z][a-z0-9-]{2,20}$" in flat(person.read())
        await go_to(person, "port")
        await person.type("abc")
        await person.press("tab")
        assert "Error: This is no number." in flat(person.read())
        assert "F4 puts in" not in person.read(), "a mistyped number is hardly meant as a text"
        await person.press("shift+tab")
        await person.clear_field()
        await person.type('"abc"')
        await person.press("tab")
        assert "Warning: The platform describes another type of value: integer." in flat(person.read())
        await go_to(person, "apiToken")
        help_page = flat(await person.press("f1"))
        assert "It is a secret: dots stand for it, and only Show secret shows what you typed." in help_page
        assert "this program has no tutorial for this source" in help_page
        await person.press("escape")
        await push(person, "next")
        await person.at(Step.NAME)


async def test_back_forgets_nothing_and_the_list_marks_what_is_chosen() -> None:
    async with over_nothing() as person:
        await to_form(person)
        await put_in(person, "acme-dwh")
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        await person.press("escape")
        assert "Chosen: ACME Warehouse." in flat(await person.at(Step.SOURCE))
        await person.press("enter")
        await person.see("(•) ACME Warehouse")
        assert "database · acme-warehouse" in person.read().lower()
        await person.press("enter")
        await person.at(Step.AUTH_METHOD)
        await person.press("enter")
        assert "acme-dwh" in await person.at(Step.CREDENTIALS)


async def test_a_source_that_cannot_be_connected_here_says_why() -> None:
    async with over_nothing() as person:
        page = flat(await to_list(person))
        assert "ACME Ads The sign-in needs a browser: make it in the platform's own pages." in page
        assert "Data Landing Zone No credentials are described for it: there is nothing to fill in here." in page


class Listed:
    """What the page asks for the list: each answer is a list or a failure."""

    def __init__(self, *answers: tuple[DescribedSource, ...] | Problem) -> None:
        self._answers = list(answers)
        self.asked: list[bool] = []
        self.chosen_id = ""

    async def found(self, *, anew: bool = False) -> tuple[DescribedSource, ...]:
        self.asked.append(anew)
        answer = self._answers.pop(0)
        if isinstance(answer, Problem):
            raise answer
        return answer


def described(count: int) -> tuple[DescribedSource, ...]:
    spec = {"name": "Basic", "spec": {"properties": {"host": {"type": "string"}}}}
    return described_sources(
        {"id": f"id-{number:03}", "name": f"acme-{number:03}", "authSpec": [spec]} for number in range(count)
    )


async def test_a_list_that_cannot_be_read_says_so_and_is_read_again() -> None:
    listed = Listed(Problem("Not allowed", "The platform refused the list.", "Ask for the permission."), described(3))
    async with over_nothing() as person:
        await person.app.push_screen(SourceListPage(listed))  # type: ignore[arg-type]  # what the page asks of it
        page = flat(await person.see("The platform refused the list."))
        assert "Ask for the permission." in page
        await push(person, "again")
        await person.see("3 sources")
    assert listed.asked == [False, True]


async def test_a_long_list_is_searched_and_paged_and_an_empty_search_says_so() -> None:
    async with over_nothing(size=(80, 22)) as person:
        await person.app.push_screen(SourceListPage(Listed(described(300))))  # type: ignore[arg-type]  # as above
        await person.see("300 sources")
        await person.press("pagedown", "pagedown")
        first = person.read()
        assert "Acme 000" not in first
        await person.press("slash")
        await person.type("299")
        assert "1 of 300 sources" in await person.see("Acme 299")
        await person.type("x")
        await person.see("No source is called so.")
        page = await person.press("enter", "enter")
        assert isinstance(person.app.screen, SourceListPage), "nothing is marked, so nothing is taken"
        assert "Enter" not in page.splitlines()[-1]
        assert "Choose" not in page.splitlines()[-1]
        page = await person.press("backspace")
        assert "1 of 300 sources" in page, "the focus has stayed in the search"
        assert "Enter To the list" in page
        assert "Enter Next" in await person.press("enter")
        await person.press("slash")
        await person.type("x")
        await person.press("escape")
        assert not isinstance(person.app.screen, SourceListPage)


async def test_the_list_is_read_once_for_a_target_and_anew_when_that_is_wanted() -> None:
    calls: list[str] = []

    class Session:
        async def other(self, _catalog: object) -> tuple[DescribedSource, ...]:
            calls.append("read")
            if len(calls) == 4:
                raise ServiceUnavailable("The platform could not answer", "It answered 503.")
            return described(1)

        @property
        def here(self) -> Session:
            return self

        @property
        def sources(self) -> Session:
            return self

    class Sessions:
        def open(self) -> Session:
            return Session()

    current = CurrentState(AppState(Wizard(load_catalog(), TODAY), practice_target(Secrets())))
    not_asked = cast(Any, None)
    tools = FlowTools(current, not_asked, cast(Any, Sessions()), not_asked, not_asked, not_asked, not_asked)
    flow = OtherSourceFlow(tools, not_asked)
    await flow.found()
    await flow.found()
    await flow.found(anew=True)
    current.now = AppState(current.now.wizard, practice_target(Secrets()), "slow-initializing")
    await flow.found()
    assert calls == ["read"] * 3
    with pytest.raises(ServiceUnavailable):
        await flow.found(anew=True)
    await flow.found()
    assert calls == ["read"] * 5, "the list of before is not taken for the present one"


def warehouse() -> DescribedSource:
    items = Specifications(load_catalog(), TODAY).as_items(frozenset(Cloud))
    return next(each for each in described_sources(items) if each.source.id == WAREHOUSE_ID)


def test_no_other_answer_is_kept_with_another_source() -> None:
    walk = Wizard(load_catalog(), TODAY, Draft(cloud=Cloud.AZURE)).with_source("salesforce").wizard
    walk = walk.with_answer(OtherSourceAnswer(warehouse().source)).wizard
    assert walk.source is not None
    assert walk.source.label == "ACME Warehouse"
    assert walk.auth_method is None
    method = walk.source.auth_methods[0]
    walk = walk.with_auth_method(method.id).wizard.with_answers({"account": "acme", "unknown": "x"})
    assert dict(walk.draft.answers) == {"account": "acme"}
    again = walk.with_answer(OtherSourceAnswer(warehouse().source)).wizard
    assert dict(again.draft.answers) == {"account": "acme"}, "the same source, read once more"
    assert walk.with_auth_method("oauth2-authorization-code").wizard.auth_method is None


async def test_what_a_description_says_is_shown_as_it_stands_and_steers_nothing() -> None:
    evil = "[red]x[/] [@click=app.quit]y[/ \x1b[2J\u202e" + "Z" * 300
    described_evil = {"type": "string", "title": evil, "description": evil, "examples": [evil], "enum": [evil, "ok"]}
    properties = {"host": described_evil, "password": {**described_evil, "format": "password"}}
    spec = {"name": "[b]Key[/b]", "spec": {"properties": properties, "description": evil, "required": [evil]}}
    ui = {"isSource": True, "label": {"text": evil}, "category": evil}
    item = {"id": "evil", "name": evil, "authSpec": [spec], "sourceSpec": {"attributes": {"uiAttributes": ui}}}
    found = described_sources([item])
    async with over_nothing(size=(80, 22)) as person:
        await person.app.push_screen(SourceListPage(Listed(found)))  # type: ignore[arg-type]  # as above
        assert "[red]x[/] [@click=app.quit]y[/" in flat(await person.see("1 source"))
        await person.press("escape")
        walk = person.app.state.wizard.with_cloud(Cloud.AZURE).wizard
        walk = walk.with_answer(OtherSourceAnswer(found[0].source)).wizard.with_auth_method("b-key-b").wizard
        person.app.current.now = replace(person.app.state, wizard=walk)
        for step in (Step.AUTH_METHOD, Step.CREDENTIALS):
            await person.app.push_screen(step_screen(step, person.app.frame()))
            assert "[b]Key[/b]" in await person.at(step)
        await go_to(person, "host")
        assert "[@click=app.quit]" in flat(await person.press("f1"))
        await person.press("escape")
        await person.press("down")
        await person.press("escape")
        await person.type("x")
        page = await person.press("tab")
        assert "\x1b" not in page
        assert "\u202e" not in page
        await push(person, "next")
        await person.at(Step.NAME)
