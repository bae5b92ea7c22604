"""The frame of a page: how far one has come, and what stands beside it on a wide terminal."""

from __future__ import annotations

import pytest

from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from tests.kit.journeys import OAUTH2
from tests.kit.person import Person, wizard

pytestmark = pytest.mark.anyio


async def resized(person: Person, width: int, height: int) -> str:
    await person.pilot.resize_terminal(width, height)
    await person.pilot.pause()
    return person.read()


async def test_the_trail_says_what_is_done_and_what_comes() -> None:
    async with wizard(size=(80, 22)) as person:
        assert "○" not in (await person.at(Step.WELCOME)).splitlines()[0], "the welcome page is no step"
        await person.stand_on(Step.CREDENTIALS, OAUTH2)
        first = person.read().splitlines()[0]
        assert first.startswith(" Step 4 of 8 · Credentials")
        assert first.endswith("✓─✓─✓─●─○─○─○─○")


async def test_the_pane_follows_the_focus_and_needs_a_wide_terminal() -> None:
    async with wizard(size=(111, 40), at=(Step.CREDENTIALS, OAUTH2)) as person:
        assert "Answers so far" not in person.read()
        wide = await resized(person, 112, 40)
        assert "Answers so far" in wide
        assert "auth.params.environmentUrl" in wide
        await person.press("tab")
        assert "auth.params.clientId" in person.read()
        assert "Answers so far" not in await resized(person, 100, 40)


async def test_a_rehearsal_has_no_pane_before_anything_is_asked() -> None:
    async with wizard(size=(120, 40)) as person:
        await person.at(Step.WELCOME)
        assert not person.app.screen.query("#side-pane")
    async with wizard(size=(120, 40), mode=Mode.LIVE) as person:
        await person.see("Organization ID")
        assert person.app.screen.query("#side-pane")
