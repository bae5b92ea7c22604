"""Finding connections in practice, from the welcome page, over the practice service."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.wizard import Step
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.tui.connections.connection_lines import ConnectionLines
from tests.kit.person import wizard
from tests.tui.connections.walks import choose_sandboxes, filter_basic, open_list

pytestmark = pytest.mark.anyio


async def test_the_basic_ones_are_found_one_is_opened_and_the_list_is_there_again_as_it_was() -> None:
    async with wizard(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        await open_list(person)
        await person.see("13 connections")
        screen = await filter_basic(person)
        assert "5 of 13 use Basic Authentication" in screen
        assert "OAuth 2" not in screen
        before = await person.press("slash", "a", "c", "m", "e", "enter", "down", "down", "space")
        assert "1 selected" in before
        await person.press("enter")
        await person.at(Step.CONNECTION)
        await person.see("Existing connection: ACME contact centre")
        await person.press("escape")
        assert await person.at(Step.CONNECTIONS) == before
        await person.press("escape")
        assert "> (•) Look at existing connections" in await person.at(Step.TASK)
        await person.press("enter")
        await person.at(Step.CONNECTIONS)
        assert await person.see("1 selected") == before
        for step in (Step.TASK, Step.WELCOME):
            await person.press("escape")
            await person.at(step)
        await person.press("enter")
        assert "> (•) Look at existing connections" in await person.at(Step.TASK), "it is a page of its own again"
        assert person.creates == 0


async def test_the_list_is_left_for_the_first_question_with_its_sandboxes_and_begins_anew_with_another_target() -> None:
    async with wizard(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        await open_list(person)
        await person.see("13 connections")
        await choose_sandboxes(person, "dev")
        before = await person.see("26 connections")
        await person.press("escape")
        await person.at(Step.TASK)
        await person.press("enter")
        await person.at(Step.CONNECTIONS)
        assert await person.see("26 connections") == before
        flow = person.app.flows.connections
        person.app.current.now = replace(person.app.state, target=replace(person.app.state.target, sandbox_name="dev"))
        await flow.show_list()
        assert flow.sandbox_names == ("dev",)


async def test_the_program_can_be_started_with_the_list() -> None:
    async with wizard(LIVED_IN_ORGANIZATION.id, shows_connections=True) as person:
        await person.see("13 connections")
        for step in (Step.TASK, Step.WELCOME):
            await person.press("escape")
            await person.at(step)


async def test_it_begins_with_the_sandboxes_that_were_named() -> None:
    async with wizard(
        LIVED_IN_ORGANIZATION.id, shows_connections=True, listed_sandboxes=("rehearsal", "dev")
    ) as person:
        assert "dev sandboxes rehearsal, dev" in await person.see("26 connections")


async def test_an_empty_rehearsal_says_where_connections_are() -> None:
    async with wizard(size=(80, 22)) as person:
        await open_list(person)
        await person.see("There are no connections here. Lived-in organization on the welcome page has some.")


async def test_several_sandboxes_stand_in_one_list_and_a_closed_one_says_so() -> None:
    async with wizard("some-sandboxes-closed", size=(80, 22)) as person:
        await open_list(person)
        await person.see("13 connections")
        await choose_sandboxes(person, "prod", "dev")
        screen = await person.see("26 connections · row 1 · not all could be read")
        assert "! prod: could not be read." in screen
        assert "PRODUCTION sandbox prod; dev sandboxes rehearsal, dev" in screen
        assert "26 connections · row 26" in await person.press("end")


async def test_ten_thousand_are_read_while_keys_work_and_no_row_is_a_widget() -> None:
    async with wizard("big-organization", size=(80, 22)) as person:
        await open_list(person)
        await person.see("· row 1")
        await person.press("down", "down")
        await person.see("· row 3")
        lines = person.app.screen.query_one(ConnectionLines)
        widgets = len(person.app.screen.walk_children())
        await person.wait_until(lambda: lines.virtual_size.height >= 1_000, "a thousand rows")
        assert len(person.app.screen.walk_children()) == widgets
        await person.see("· row 3")
