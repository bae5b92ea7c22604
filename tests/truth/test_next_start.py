"""What the wizard's next start does with what is open: forget, start anew, look in vain; and when the disk refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.draft import Draft
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Step
from aep_tui.state.draft_store import DraftStore
from aep_tui.state.journal import Journal
from aep_tui.state.unfinished import find_unfinished
from tests.kit.canary import CANARY
from tests.kit.person import Person, flat
from tests.kit.platform import platform_of, see_form
from tests.kit.practice_server import PracticeServer
from tests.truth.nursery import Nursery
from tests.truth.submitter import Order, a_live_target
from tests.truth.wizard import CHECKS, QUESTION

ELSEWHERE = "OTHER@AdobeOrg"
"""Another organization, where a create is open too; nobody is asked about it here."""

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def at_the_question(
    nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Person, PracticeServer]]:
    """A person at the next start after a death, who is asked what to do about it."""
    with platform_of(state_home.parent, monkeypatch) as platform:
        server = platform.server
        nursery.run(Order(server.base_url, str(state_home), "before the request leaves"))
        Journal().begin(replace(find_unfinished().open_intents[0], id="elsewhere", organization_id=ELSEWHERE))
        draft = Draft(cloud=Cloud.AZURE, source_id="salesforce")
        left = DraftStore()
        target, secrets = a_live_target(server.base_url), Secrets()
        left.save(draft, target, Step.AUTH_METHOD, secret_names=(), secrets=secrets, clock=SystemClock())
        left.close()
        platform.set_target(AEP_ACCESS_TOKEN=CANARY)
        async with platform.wizard() as person:
            await see_form(person)
            await person.tab_to("next")
            await person.press("enter")
            await person.see(CHECKS)
            await person.press("enter")
            await person.at(Step.TASK)
            await person.press("enter")
            await person.see(QUESTION)
            yield person, server


async def test_start_anew_drops_the_answers_and_keeps_what_is_open(
    nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_question(nursery, state_home, monkeypatch) as (person, _server):
        await person.choose("start-anew")
        await person.press("enter")
        await person.at(Step.CLOUD)
        unfinished = find_unfinished()
        assert unfinished.saved is None
        assert len(unfinished.open_intents) == 2


async def test_forget_is_about_this_organization_only(
    nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_question(nursery, state_home, monkeypatch) as (person, _server):
        await person.choose("forget")
        await person.press("enter")
        await person.at(Step.CLOUD)
        (intent,) = find_unfinished().open_intents
        assert intent.organization_id == ELSEWHERE


async def test_a_journal_that_takes_nothing_more_is_told_and_ends_nothing(
    nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_question(nursery, state_home, monkeypatch) as (person, _server):
        (state_home / "aep-tui" / "journal.jsonl").unlink()
        (state_home / "aep-tui" / "journal.jsonl").mkdir()
        await person.choose("forget")
        await person.press("enter")
        await person.see("That did not work")
        await person.press("escape")
        await person.at(Step.TASK)


async def test_a_look_in_vain_says_that_it_cannot_tell_and_leaves_it_open(
    nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_question(nursery, state_home, monkeypatch) as (person, server):
        await person.choose("look-0")
        await person.press("enter")
        screen = await person.see("It is not known whether the connection was created")
        assert "The connection was not in the list" in flat(screen)
        assert len(find_unfinished().open_intents) == 2
        assert server.store.count() == 0
