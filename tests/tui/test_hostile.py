"""Secrets that people try to copy, and words that are not ours."""

from __future__ import annotations

import pytest

from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.review import ReviewScreen
from tests.kit.canary import CANARY
from tests.kit.journeys import JWT, OAUTH2
from tests.kit.person import Person, wizard
from tests.kit.short_ways import go_to, push

pytestmark = pytest.mark.anyio

HOSTILE = "[/foo] [bold red]x[/] [@click=app.quit]y[/] \x1b]52;c;Zm9v\x07 \x1b[31m \u202e \x9b2J"


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x", "super+c"])
async def test_a_secret_cannot_be_copied_or_cut(key: str) -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste(CANARY)
        await person.press("home", "shift+end", key)
        assert person.app.clipboard == ""
        assert person.app.screen.query_one("#clientSecret").value == CANARY  # type: ignore[attr-defined]  # an input


async def test_an_ordinary_value_can_be_copied() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.paste("https://acme.my.salesforce.com")
        await person.press("home", "shift+end", "ctrl+c")
        assert person.app.clipboard == "https://acme.my.salesforce.com"


async def test_the_curl_text_has_variables_where_the_secrets_are() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await person.press("f5")
        assert "curl" in person.app.clipboard
        assert "read -rs" in person.app.clipboard
        text = await person.press("f6")
        assert "The request as curl" in text
        assert "CLIENT_SECRET" in text
        await person.press("escape")
        await person.at(Step.REVIEW)


async def name_it(person: Person, name: str) -> None:
    await person.stand_on(Step.NAME, OAUTH2)
    await person.clear_field()
    await person.paste(name)
    await go_to(person, "description")
    await person.paste(name)
    await push(person, "next")


async def test_markup_in_a_name_is_text() -> None:
    async with wizard() as person:
        await name_it(person, "[/foo] [bold]ACME[/] {0}")
        assert "[/foo] [bold]ACME[/] {0}" in await person.at(Step.REVIEW)
        await push(person, "submit")
        await person.see("OK: the connection is enabled.")
        await push(person, "next")
        assert "[/foo] [bold]ACME[/] {0}" in await person.at(Step.DONE)


async def test_a_servers_words_are_neither_markup_nor_escape_sequences() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        review = person.app.screen
        assert isinstance(review, ReviewScreen)
        review.show_problem(Problem(HOSTILE, HOSTILE, HOSTILE))
        await person.pilot.pause()
        text = person.read()
        assert "[/foo] [bold red]x[/] [@click=app.quit]y[/]" in text
        for character in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert character not in text


async def test_hostile_ids_do_not_reach_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import aep_tui.flow_service.client as client

    original = client.FlowService.create

    async def create(self: client.FlowService, *arguments: object, **options: object) -> CreatedConnection:
        created = await original(self, *arguments, **options)  # type: ignore[arg-type]  # passed through as they came
        return CreatedConnection(created.connection_id, HOSTILE, HOSTILE, HOSTILE)

    monkeypatch.setattr(client.FlowService, "create", create)
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await push(person, "submit")
        text = await person.see("OK: the connection is enabled.")
        for character in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert character not in text
        await push(person, "next")
        text = await person.at(Step.DONE)
        for character in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert character not in text


@pytest.mark.parametrize("colours", ["NO_COLOR", "TERM"])
async def test_every_state_is_told_in_glyphs_and_words(colours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(colours, {"NO_COLOR": "1", "TERM": "xterm-16color"}[colours])
    async with wizard() as person:
        assert "> (•) Practice" in person.read()
        text = await person.to_credentials(OAUTH2)
        assert "(required)" in text
        assert "[ ] Include deleted objects" in text
        assert "Error: " in await push(person, "next")
        await go_to(person, "includeDeletedObjects")
        assert "> [x] Include deleted objects" in await person.press("space")
        assert ">[ Next ]" in await person.tab_to("next")


async def test_a_secret_field_shows_dots_only() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        text = await person.paste(CANARY)
        assert "•" * len(CANARY) in text
        assert JWT not in text
