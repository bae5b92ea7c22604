"""Kept answers for a source that only the platform describes: its form is read again, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.described_source import SourceUnknown, described_source
from aep_tui.domain.draft import Draft
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud, Source
from aep_tui.domain.step_answer import OtherSourceAnswer
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.pages.left_open import GoOnWith
from aep_tui.state.draft_store import DraftStore
from aep_tui.state.unfinished import Unfinished
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.navigator import FakeNavigator
from tests.pages.support import LIVE, FakeSession, Flows

pytestmark = pytest.mark.anyio

SPEC_ID = "c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44"


def source() -> Source:
    properties = {name: {"type": "string"} for name in ("account", "apiToken")}
    spec = {"name": "Key Authentication", "spec": {"properties": properties}}
    found = described_source({"id": SPEC_ID, "name": "acme-warehouse", "version": "1.0", "authSpec": [spec]})
    assert found is not None
    return found.source


class Reading(FakeSession):
    """A session that reads the description of a source."""

    @property
    def here(self) -> Reading:
        return self

    @property
    def sources(self) -> Reading:
        return self

    async def described(self, spec_id: str) -> Source:
        self.calls.append(f"read {spec_id}")
        if self.failure is not None:
            raise self.failure
        return source()


def kept() -> Unfinished:
    """What an earlier run has left: the secret was typed, in plain text."""
    wizard = Wizard(load_catalog(), date(2026, 11, 28), Draft(cloud=Cloud.AZURE))
    wizard = wizard.with_answer(OtherSourceAnswer(source())).wizard.with_auth_method("key-authentication").wizard
    wizard = wizard.with_answers({"account": "acme", "apiToken": CANARY}).with_name("ACME", "")
    method = wizard.auth_method
    assert method is not None
    secret_names = [each.api_name for each in method.parameters if each.is_secret]
    store = DraftStore()
    store.save(wizard.draft, LIVE, Step.CREDENTIALS, secret_names=secret_names, secrets=Secrets(), clock=FakeClock())
    store.close()
    saved = DraftStore().left_by_others().newest
    assert saved is not None
    return Unfinished(saved=saved)


async def test_the_form_is_read_again_and_the_answers_that_are_no_secret_come_back() -> None:
    unfinished = kept()
    saved = unfinished.saved
    assert saved is not None
    assert CANARY not in repr(dict(saved.draft.answers))
    assert saved.asked_for_again == ("apiToken",)
    flows = Flows(
        FakeNavigator(answers=["resume"]),
        session=Reading(),
        wizard=Wizard(load_catalog(), date(2026, 11, 28)),
        unfinished=unfinished,
    )
    await flows.start._go_on_with(GoOnWith(saved), unfinished)
    wizard = flows.current.now.wizard
    assert flows.session.calls == [f"read {SPEC_ID}"]
    assert wizard.source is not None
    assert (wizard.source.label, dict(wizard.draft.answers), wizard.draft.name) == (
        "Acme warehouse",
        {"account": "acme"},
        "ACME",
    )
    assert flows.navigator.pages[-1] is Step.CREDENTIALS


async def test_a_description_that_is_gone_says_so_and_the_answers_stay_kept() -> None:
    unfinished = kept()
    saved = unfinished.saved
    assert saved is not None
    flows = Flows(
        FakeNavigator(), session=Reading(failure=SourceUnknown()), wizard=Wizard(load_catalog(), date(2026, 11, 28))
    )
    with pytest.raises(SourceUnknown):
        await flows.start._go_on_with(GoOnWith(saved), unfinished)
    assert flows.current.now.wizard.draft == Draft()
    assert replace(saved) == DraftStore().left_by_others().newest
