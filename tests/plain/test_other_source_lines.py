"""A source that only the platform describes, line by line."""

from __future__ import annotations

import json

import pytest

from aep_tui.domain.connection import ENABLED
from tests.kit.canary import CANARY
from tests.plain.script import hold
from tests.tui.other_source import WAREHOUSE_ID

pytestmark = pytest.mark.anyio

START = ["practice", "everything-fine", "create", "azure", "another-source"]
PROXY = json.dumps({"host": "proxy", "password": CANARY})
VALUES = ["acme-dwh", "eu", "5439", "2.5", "false", '["public"]', "{}", PROXY, CANARY, CANARY, CANARY, "", "sales"]


async def test_it_is_found_by_a_part_of_its_name_and_created() -> None:
    held = await hold([*START, "?", "nothing of the kind", "warehouse", "", "", *VALUES, "ACME", "", "submit", ""])
    assert held.conversation.result is not None
    assert held.conversation.result.state == ENABLED
    (record,) = held.store.connections()
    assert record.connection_spec_id == WAREHOUSE_ID
    assert (record.parameters["port"], record.parameters["useSsl"]) == (5439, False)
    assert "No source is called so." in held.text
    assert "This program has no tutorial for ACME Warehouse and gives no advice" in held.text
    assert f"Database · acme-warehouse · {WAREHOUSE_ID}" in held.text
    assert "Account, required." in held.text


async def test_back_from_the_list_goes_to_the_search_and_from_there_to_the_sources() -> None:
    held = await hold([*START, "", "1", "<", "<", "salesforce"])
    assert "Error: The sign-in needs a browser: make it in the platform's own pages." in held.text
    assert held.text.count("Part of a name, Enter lists all, ? for help, < for back:") == 2
    assert "How should Experience Platform log in to the source?" in held.text


async def test_a_secret_that_is_not_required_is_kept_by_enter_and_emptied_by_a_minus() -> None:
    begin = [*START, "amazon-s3", "", "", "AKIAACME", CANARY, CANARY, "", ""]
    for typed, is_sent in (("", True), ("-", False)):
        held = await hold([*begin, "ACME", "", "8", typed, "submit", ""])
        assert not held.is_cancelled, held.text
        assert "s3SessionToken, optional, Enter keeps it, - leaves it out." in held.text
        (record,) = held.store.connections()
        assert "s3SecretKey" in record.parameters
        assert ("s3SessionToken" in record.parameters) is is_sent, typed


async def test_what_is_no_json_is_asked_for_again_and_a_warning_is_not() -> None:
    held = await hold([*START, "warehouse", "", "", "Not so", "asia", "many", "", "5439"])
    assert "Warning: The platform describes another form: ^[a-z][a-z0-9-]{2,20}$" in held.text
    assert "Warning: The platform describes other values: eu, us." in held.text
    assert "Error: This is no number." in held.text
    assert held.text.count("Account, required.") == 1
