"""New credentials for a connection of a source that only the platform describes, by keys."""

from __future__ import annotations

import pytest

from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.practice.organization import USER_ID
from tests.kit.canary import CANARY
from tests.kit.person import flat
from tests.kit.short_ways import go_to, over_nothing, push
from tests.tui.changing import AtConnection

pytestmark = pytest.mark.anyio


async def test_the_form_of_the_platform_replaces_the_credentials() -> None:
    async with over_nothing("lived-in-organization") as person:
        at = AtConnection(person, "ACME files")
        await at.begin(ConnectionAction.CREDENTIALS)
        page = flat(await person.see("every secret is asked for anew"))
        assert "This program has no tutorial for Azure File Storage and gives no advice" in page
        assert "acme.file.core.windows.net" in page, "what the platform tells stands in its field"
        await go_to(person, "password")
        await person.paste(CANARY)
        await push(person, "next")
        await person.see("Before → after")
        await push(person, "submit")
        await person.see("test: OK")
        (record,) = (each for each in person.store.connections() if each.id == at.connection_id)
        assert record.parameters["userid"] == "acme"
        assert record.finished_by == USER_ID, "it was changed by us"
