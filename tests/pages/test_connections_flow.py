"""The list of existing connections as it was left, and which sandbox the page of one asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.connection_rows import ListState
from aep_tui.session.connection_listing import RowsArrived
from tests.kit.navigator import FakeNavigator
from tests.pages.support import Flows

pytestmark = pytest.mark.anyio

ROW = ExistingConnection(ConnectionStatus("id-1", "enabled", "ACME"), "qa")
LEFT = ListState("acme", marked=("qa", "id-1"))


async def test_the_list_is_shown_as_it_was_left_and_anew_at_another_place_or_scenario() -> None:
    flows = Flows(FakeNavigator())
    listed, current = flows.connections, flows.current
    elsewhere = replace(current.now.target, organization_id="B@AdobeOrg")
    for now in (
        replace(current.now, target=elsewhere),
        replace(current.now, target=elsewhere, scenario_id="big-organization"),
    ):
        await listed.show_list(("qa",))
        listed.left_list = LEFT
        await listed.show_list()
        assert (listed.left_list, listed.sandbox_names) == (LEFT, ("qa",))
        current.now = now
        await listed.show_list()
        assert (listed.left_list, listed.sandbox_names) == (ListState(), ("dev",))


async def test_what_was_seen_of_a_connection_counts_until_it_is_listed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    flows = Flows(FakeNavigator())
    asked: list[Sequence[str]] = []

    @asynccontextmanager
    async def sandboxes(names: Sequence[str], _on_retry: object = None) -> AsyncIterator[tuple[Any, ...]]:
        asked.append(names)
        yield tuple(names)

    async def listing(*_arguments: object, **_more: object) -> AsyncIterator[RowsArrived]:
        yield RowsArrived("qa", (ROW,), 1)

    monkeypatch.setattr(flows.sessions, "sandboxes", sandboxes)
    monkeypatch.setattr("aep_tui.session.connection_listing.list_connections", listing)
    opened = flows.connections.opened(ROW)
    flows.connections.note(opened, None)
    assert flows.connections.latest(ROW) is None
    async for _event in flows.connections.rows(("qa",)):
        pass
    assert flows.connections.latest(ROW) is ROW
    async with flows.connections.look(opened) as look:
        assert cast(Any, look) is not None
    assert asked == [("qa",), ("qa",)], "the sandbox of the connection, which is not that of the target"
