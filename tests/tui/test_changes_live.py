"""A connection is changed in live mode, over real sockets: the sandbox is confirmed, and the journal closes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.pages.app_state import LastChange
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.practice.scenarios import scenario_by_id
from aep_tui.state.journal import Journal
from tests.kit.canary import CANARY, knowing
from tests.kit.platform import Platform, enter, platform_of, see_form, start
from tests.tui.changing import OAUTH, AtConnection
from tests.tui.test_changes import type_new_name

pytestmark = pytest.mark.anyio

PRODUCTION = Sandbox("rehearsal", type="production")


@pytest.fixture
def platform(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    scenario = scenario_by_id("lived-in-organization")
    assert scenario is not None
    with platform_of(tmp_path_factory.mktemp("outside"), monkeypatch, scenario) as platform:
        yield platform


async def test_a_production_sandbox_is_typed_before_anything_leaves(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        await enter(person, "access-token", f"Bearer {CANARY}")
        await start(person)
        person.app.current.now = replace(person.app.state, sandbox=PRODUCTION)
        at = AtConnection(person, OAUTH)
        await at.begin(ConnectionAction.NAME)
        await type_new_name(person, "ACME EMEA")
        await person.button("submit")
        await person.see("This is a production sandbox.")
        await person.press("escape")
        await person.see("Before → after")
        assert at.connection_id  # under its old name
        await person.button("submit")
        await person.see("This is a production sandbox.")
        await person.paste("rehearsal")
        await person.press("enter")
        await person.see("test: OK")
        assert "ACME EMEA" in {record.name for record in person.store.connections()}
        assert person.app.state.last_change is LastChange.DONE
        assert not person.app.session.is_create_unclear
    assert Journal(secrets=knowing({})).unfinished().open_changes == ()
