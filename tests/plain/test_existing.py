"""Existing connections line by line: the list, one connection, its test and its tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.practice.organization import practice_target
from tests.kit.canary import CANARY
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
    assert "curl -sS -X GET" in one.text
    assert CANARY not in one.text
