"""The page of one existing connection alone, driven by keys: what a person reads there, and what it asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ExploredTable
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.wizard import Step
from aep_tui.pages.at_hand import AfterChange
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.changes_flow import ChangesFlow
from aep_tui.pages.details_run import DetailsRun
from aep_tui.practice.organization import EXPIRED_TOKEN
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.tui.connections import TablesPage
from aep_tui.tui.connections.connection_page import ConnectionScreen
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import over_nothing, push
from tests.tui.existing import BASIC, DRAFT, OF_DEV, listed, open_page
from tests.tui.page_rules import hold_key_line, unseen

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def page_of(
    row: ExistingConnection, scenario_id: str = LIVED_IN_ORGANIZATION.id, size: tuple[int, int] = (80, 22)
) -> AsyncIterator[Person]:
    """The page of one connection."""
    async with over_nothing(scenario_id, size=size) as person:
        await open_page(person, row)
        yield person


async def test_it_stands_at_once_with_what_the_list_knew_and_then_with_what_is_so() -> None:
    async with over_nothing(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        person.app.session.open()
        (application,) = person.applications
        application.may_answer.clear()
        await open_page(person, listed(BASIC, "ACME Salesforce", "initializing"))
        first = flat(await person.see("Existing connection: ACME Salesforce"))
        assert "Reading the connection. What stands here is what the list knew." in first
        assert "state initializing used by being read..." in first
        application.may_answer.set()
        screen = await person.see("2 dataflows that you can see")
        assert "Basic authentication (the platform does not offer it any more)" in flat(screen)
        assert "enabled, unchanged since 2026-07-02 11:56 UTC" in screen
        assert "created         2025-11-09 16:46 UTC by j.okafor@acme.example" in screen
        assert "password        set" in screen
        assert "Reading" not in screen


async def test_a_long_page_is_read_to_its_end_by_keys() -> None:
    async with page_of(listed(BASIC, "ACME Salesforce")) as person:
        await person.see("2 dataflows that you can see")
        end = flat(await person.press("pagedown", "pagedown"))
        assert "deprecated in January 2026; that date has passed. Use OAuth 2 Client Credential." in end
        assert "failed (CONNECTOR-1001-500: Copying from the source failed: the sign-in was refused.)" in end
        assert "reads from ACME Salesforce, table 2" in end
        assert "source          Salesforce" not in await person.press("up"), "a line, not a page"
        await person.press("f5")
        assert "Sent to your terminal's clipboard: 41d7b993" in flat(await person.see("Sent to your terminal"))
        assert person.app.clipboard == BASIC


async def test_a_test_says_at_the_top_what_it_found() -> None:
    async with page_of(listed(BASIC, "ACME Salesforce")) as person:
        await person.see("2 dataflows that you can see")
        await person.press("pagedown", "f12")
        screen = await person.see("was passed")
        assert "OK: The platform's test of ACME Salesforce was passed. (12:00:00 UTC)" in screen


async def test_a_test_that_cannot_be_made_shows_why() -> None:
    async with page_of(listed(DRAFT, "ACME Salesforce on AWS, sandbox", "draft")) as person:
        await person.see("used by")
        await person.press("f12")
        screen = flat(await person.see("has failed"))
        assert "The platform refused the request" in screen
        assert "draft" in screen


async def test_tables_are_searched_and_their_columns_shown() -> None:
    async with page_of(listed(BASIC, "ACME Salesforce")) as person:
        await person.see("2 dataflows that you can see")
        await person.press("f3")
        await person.see("9 tables.")
        page = await person.press("slash", "A", "c", "z", "enter")
        assert "Enter" not in page.splitlines()[-1], "there is no row to go to"
        assert "2 of 9 tables are found." in await person.press("backspace")
        await person.press("enter", "down", "enter")
        screen = await person.see("Columns of Contact")
        assert "LastModifiedDate  string" in screen
        await person.press("escape", "escape")
        assert "9 tables." in person.read(), "Esc shows all again before it closes"
        await person.press("escape")
        assert person.app.screen.query("#facts")


@pytest.mark.parametrize("size", [(80, 22), (120, 40)])
async def test_what_could_not_be_read_says_so_and_never_looks_like_none(size: tuple[int, int]) -> None:
    row = listed(OF_DEV, "ACME", sandbox_name="dev")
    async with page_of(row, "some-sandboxes-closed", size) as person:
        assert "used by         could not be read" in await person.see("could not be read")
        assert "sandbox dev" in person.read().splitlines()[1]
        end = flat(await person.press("pagedown", "pagedown"))
        assert "The dataflows could not be read:" in end
        assert "What to do:" in end
        assert "No dataflow" not in end
        assert not unseen(person)
        await hold_key_line(person)


async def test_a_connection_that_is_gone_is_told_and_nothing_is_offered() -> None:
    async with page_of(listed("nothing", "ACME")) as person:
        screen = flat(await person.see("does not know this connection"))
        assert "Error: Not found" in screen
        assert person.app.flows.connections.latest(listed("nothing", "ACME")) is None, "the list is told"
        assert "F12" not in screen
        assert "dataflow" not in screen
        await push(person, "change")
        screen = flat(await person.see("What do you want to do to this connection?"))
        assert "The platform names no version of this connection" in screen or "does not know this connection" in screen
        await person.press("enter")
        assert person.app.screen.query("#facts"), "what is not offered does nothing"


async def test_what_is_done_to_it_is_done_in_its_sandbox_and_one_that_is_deleted_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[ConnectionAction, str, str]] = []

    async def run(
        _flow: ChangesFlow, action: ConnectionAction, status: ConnectionStatus, sandbox_name: str
    ) -> AfterChange:
        asked.append((action, status.connection_id, sandbox_name))
        return AfterChange.GONE

    monkeypatch.setattr(ChangesFlow, "run", run)
    row = listed(OF_DEV, "ACME Salesforce, development", sandbox_name="dev")
    async with page_of(row) as person:
        await open_page(person, row)
        await person.see("unchanged since")
        connection = person.app.screen
        assert isinstance(connection, ConnectionScreen)
        connection.action_copy_as_curl()
        assert "x-sandbox-name: dev" in person.app.clipboard
        connection.action_change("delete")
        await person.wait_until(lambda: person.app.screen is not connection, "the page below")
        assert asked == [(ConnectionAction.DELETE, OF_DEV, "dev")]
        assert person.app.flows.connections.latest(row) is None, "the list shows it no more"


async def test_one_that_initializes_can_be_watched_until_it_is_enabled() -> None:
    async with over_nothing(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        flow = person.app.flows.connections
        async with flow.look(flow.opened(listed(BASIC, "ACME"))) as look:
            await look.read()  # the practice service is there now, and what is in it
        (record,) = (each for each in person.store.connections() if each.id == BASIC)
        enabled_at = int(person.clock.now().timestamp() + 30) * 1000
        assert person.store.replace(replace(record, fixed_state="", enabled_at=enabled_at, etag='"new"'), record.etag)
        person.clock.hold()
        await open_page(person, listed(BASIC, "ACME", "initializing"))
        await person.see("state           initializing, unchanged since")
        assert "[ Watch ]" in person.read()
        await push(person, "watch")
        await person.see("Watching until the state changes")
        person.clock.release()
        screen = await person.see("OK: the connection is enabled.")
        assert "[ Watch ]" not in screen
        assert "state           enabled" in screen


async def test_the_answer_of_the_platform_is_shown_without_secrets_and_all_commands_are_listed() -> None:
    async with page_of(listed(BASIC, "ACME Salesforce"), size=(100, 60)) as person:
        await person.see("2 dataflows that you can see")
        answer = await person.press("f6")
        assert '"password": "set"' in answer
        assert '"version": "1.0"' in answer
        await person.press("escape")
        commands = flat(await person.press("f2")) + flat(await person.press("end"))
        for words in ("Test the connection", "Copy as curl", "Read it once more", "Replace credentials", "Delete"):
            assert words in commands
        assert "Watch the state" not in commands, "it is enabled"


async def test_an_access_token_that_has_ended_is_asked_for_anew_and_the_page_goes_on() -> None:
    async with over_nothing(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        walk, good = person.app.flows.walk, person.app.state.target.access_token
        assert good is not None
        walk.take_token(person.app.launch.secrets.hold(EXPIRED_TOKEN, "access token"))
        await open_page(person, listed(BASIC, "ACME Salesforce"))
        await person.see("A new access token is needed")
        await person.paste(good.get_secret_value())
        await person.press("enter")
        await person.see("2 dataflows that you can see")


async def test_from_the_first_question_one_is_found_understood_tested_explored_renamed_and_listed_anew() -> None:
    async with wizard(LIVED_IN_ORGANIZATION.id, size=(80, 22)) as person:
        await person.press("enter")
        await person.at(Step.TASK)
        await person.choose("connections")
        await person.press("enter")
        await person.see("13 connections")
        await person.press("enter")
        await person.see("2 dataflows that you can see")
        await person.press("f12")
        await person.see("was passed")
        await person.press("f3")
        await person.see("9 tables.")
        await person.press("enter")
        await person.see("Columns of Account")
        await person.press("escape", "escape")
        await rename(person, " two")
        screen = await person.see("Existing connection: ACME Salesforce two")
        assert "was passed" not in screen, "another version was tested"
        latest = person.app.flows.connections.latest(listed(BASIC, "ACME Salesforce"))
        assert latest is not None
        assert latest.status.name == "ACME Salesforce two", "the list is told"
        await person.press("escape")
        screen = await person.see("13 connections")
        assert "ACME Salesforce two" in screen


async def rename(person: Person, more: str) -> None:
    """Add something to the name, as a person does it."""
    await person.press("f2", *["up"] * 6)
    await person.see("> (•) Rename")
    await person.press("enter")
    await person.see("What should the connection be called?")
    await person.press("end")
    await person.type(more)
    await push(person, "next")
    await push(person, "submit")
    await person.see("enabled")
    await push(person, "next")
    await person.see("Done")
    await person.press("escape")


class ManyTables:
    """A connection with more tables than stand in a list at once."""

    async def tables(self, _spec_id: str) -> tuple[ExploredTable, ...]:
        return tuple(ExploredTable(f"T{number}", f"db.T{number}") for number in range(450))


async def test_two_hundred_tables_at_a_time_and_the_last_row_shows_more() -> None:
    async with over_nothing(size=(80, 22)) as person:
        run = cast(DetailsRun, ManyTables())
        await person.app.push_screen(TablesPage("ACME", run, ""))
        assert "200 of 450 tables are shown." in await person.see("are shown")
        assert "db.T0" not in await person.press("pagedown", "pagedown")
        assert "Show 200 more" in await person.press("end")
        screen = await person.press("enter")
        assert "> " in next(line for line in screen.splitlines() if "db.T200" in line), "the mark goes on from there"
        await person.press("end", "enter", "end")
        assert "db.T449" in person.read()
        await person.press("home")
        assert "450 tables." in person.read()
