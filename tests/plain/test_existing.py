"""Existing connections line by line: the list, one connection, its test and its tables."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import NotFound
from aep_tui.pages.connections_flow import ConnectionsFlow
from aep_tui.pages.details_view import ConnectionEvent, ConnectionRead, ConnectionUnread
from aep_tui.pages.question import Choice, Question, TypedConfirmation
from aep_tui.plain.existing_list import ExistingList
from aep_tui.plain.existing_page import ExistingPage
from aep_tui.plain.line_navigator import LineNavigator
from aep_tui.plain.talk import Talk
from aep_tui.practice.organization import practice_target
from aep_tui.session.connection_listing import ListingEvent, RowsArrived, SandboxDone
from tests.kit.canary import CANARY
from tests.kit.navigator import FakeNavigator
from tests.pages.support import LIVE, Flows
from tests.plain.script import Held, hold

pytestmark = pytest.mark.anyio

LOOK = ["practice", "lived-in-organization", "connections"]


async def held(*lines: str, scenario: str = "lived-in-organization") -> Held:
    return await hold(["practice", scenario, "connections", *lines])


async def test_the_list_is_numbered_searched_and_one_is_opened() -> None:
    text = (await held("/aws", "2", "<", "<", "<")).text
    assert "1. ACME Salesforce: Salesforce, Basic authentication, enabled, changed 2026-07-" in text
    assert "   Attention: deprecation date passed" in text
    assert "13 connections, all are shown." in text
    assert "2 of 13 that were read have it." in text
    assert "\nACME Salesforce on AWS, sandbox\n" in text
    assert "\nstate: draft, unchanged since " in text
    back = text.rpartition("state: draft")[2]
    assert "2. ACME Salesforce on AWS, sandbox: " in back, "back shows the list as it was"
    assert "What do you want to do?" in back, "and < from there goes to the first question"


async def test_one_is_understood_tested_and_explored() -> None:
    text = (await held("1", "test", "explore", "/acc", "1", "<", "answer", "nonsense", "?", "quit")).text
    for words in (
        "auth method: Basic authentication (the platform does not offer it any more)",
        "used by: 2 dataflows that you can see",
        "that date has passed.",
        "- ACME Salesforce to the profile store (2): enabled, every 6 hours, last run ",
        "OK: The platform's test of ACME Salesforce was passed.",
        "9 tables.",
        "1 of 9 tables is found.",
        "Number for its columns, /text searches, < for back:",
        "Columns of Account",
        "- LastModifiedDate  string",
        '"password": "set"',
        "Error: type test, explore, watch, again, answer or curl.",
        "Nothing is changed here: aep-tui connections change and delete do that.",
    ):
        assert words in text, words
    assert "Enter for more" not in text, "all are shown"


async def test_a_list_that_was_left_is_read_anew() -> None:
    text = (await held("<", "connections", "quit")).text
    assert text.count("Reading the connections of the sandbox ") == 2


async def test_a_failed_test_says_why() -> None:
    text = (await held("5", "test", "quit")).text
    assert "Warning: The test of ACME Salesforce on AWS, sandbox has failed." in text
    assert "The server said: " in text


async def test_a_list_that_cannot_be_read_never_looks_empty() -> None:
    closed = replace(practice_target(Secrets()), sandbox_name="prod")
    lines = ["practice", "some-sandboxes-closed", "connections", "", "quit"]
    text = (await hold(lines, practice_target=closed)).text
    assert "Error: Not permitted" in text
    assert "0 connections were read before that." in text
    assert "has no connection" not in text
    assert "all are shown" not in text
    empty = (await hold(["practice", "everything-fine", "connections", "", "1", "quit"])).text
    assert "The sandbox has no connection that you can see." in empty
    assert "These were all." in empty
    assert "Error: there is nothing to open." in empty


async def test_a_long_list_is_read_no_further_than_it_is_shown() -> None:
    one = await hold(["practice", "big-organization", "connections", "", "40", "curl", "<", "quit"])
    assert "20 are shown; there are more." in one.text
    assert "40 are shown; there are more." in one.text
    assert "\n41. " not in one.text
    shown = one.text.partition("\nid: ")[2].partition("\n")[0]
    assert f"/connections/{shown} " in one.text.partition("curl -sS -X GET")[2]
    assert CANARY not in one.text


class Listed:
    """A flow whose list has these rows, and that knows news of them."""

    def __init__(self, *rows: ExistingConnection, problem: Problem | None = None) -> None:
        self.rows_there = rows
        self.problem = problem
        self.news: dict[str, ExistingConnection | None] = {}

    async def rows(self, names: tuple[str, ...]) -> AsyncGenerator[ListingEvent, None]:
        (name,) = names
        yield RowsArrived(name, self.rows_there, len(self.rows_there))
        yield SandboxDone(name, len(self.rows_there), self.problem)

    def latest(self, row: ExistingConnection) -> ExistingConnection | None:
        return self.news.get(row.status.connection_id, row)


def row(number: int, name: str = "") -> ExistingConnection:
    return ExistingConnection(ConnectionStatus(f"id-{number}", "enabled", name or f"ACME {number}"), "dev")


async def test_back_from_a_connection_the_list_says_what_was_learnt_of_it_and_what_is_gone_is_there_no_more() -> None:
    output, flow = io.StringIO(), Listed(row(1), row(2), row(3))
    with typed("2\n1\n", output) as talk:
        listed = ExistingList(talk, cast(ConnectionsFlow, flow), "dev")
        assert (await listed.chosen()).status.connection_id == "id-2"
        flow.news = {"id-1": None, "id-2": row(2, "Renamed")}
        before = len(output.getvalue())
        assert (await listed.chosen()).status.name == "Renamed"
    again = output.getvalue()[before:]
    assert "1. Renamed: " in again
    assert "2. ACME 3: " in again
    assert "ACME 1" not in again


async def test_a_list_that_broke_off_says_so_behind_what_was_read() -> None:
    output, flow = io.StringIO(), Listed(row(1), problem=Problem("Not permitted", "You may not look."))
    with typed("1\n", output) as talk:
        await ExistingList(talk, cast(ConnectionsFlow, flow), "dev").chosen()
    assert output.getvalue().index("You may not look.") < output.getvalue().index("1 connection was read before that.")
    assert "all are shown" not in output.getvalue()


@pytest.mark.parametrize(
    ("events", "latest"),
    [
        ((), row(1)),
        ((ConnectionRead(row(1, "Renamed"), "{}"),), row(1, "Renamed")),
        ((ConnectionUnread(NotFound("Not found", "It is gone.")),), None),
    ],
)
async def test_the_page_of_a_connection_lets_the_list_know_what_it_has_learnt(
    events: tuple[ConnectionEvent, ...], latest: ExistingConnection | None
) -> None:
    flow = Flows(FakeNavigator()).connections
    with typed("", io.StringIO()) as talk:
        page = ExistingPage(talk, flow, flow.opened(row(1)), LIVE)
        for event in events:
            page.happens(event)
    assert flow.latest(row(1)) == latest


@contextmanager
def typed(lines: str, output: io.StringIO) -> Iterator[Talk]:
    reading, writing = os.pipe()
    os.write(writing, lines.encode())
    os.close(writing)
    try:
        yield Talk(reading, output)
    finally:
        os.close(reading)


async def test_behind_a_page_that_asks_one_answer_the_next_asks_all() -> None:
    with typed("", io.StringIO()) as talk:
        navigator = LineNavigator(talk, Secrets())
        navigator.focus_field("clientId")
        await navigator.leave_page()
    assert navigator.field_id == ""


async def test_a_question_says_what_it_asks_and_another_word_confirms_nothing() -> None:
    output = io.StringIO()
    with typed("dev \nprod\n2\n", output) as talk:
        navigator = LineNavigator(talk, Secrets())
        asked = TypedConfirmation("Production", "It will be changed.", "prod", "Type the name", "Change")
        assert not await navigator.confirm(asked)
        assert await navigator.confirm(asked)
        choices = (Choice("a", "First", 1), Choice("b", "Second", 2))
        assert await navigator.ask(Question("Which one?", choices, "It matters.")) == 2
    for words in ("Production\nIt will be changed.", "Not confirmed", "Which one?\nIt matters."):
        assert words in output.getvalue()
