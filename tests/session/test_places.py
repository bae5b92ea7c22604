"""What earlier runs left open is spoken of where it belongs; one question looks past the sandbox, on purpose."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aep_tui.domain.intent import Intent, OtherIntents
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.pages.known_sandboxes import KnownSandboxes
from aep_tui.pages.left_open import unfinished_question
from aep_tui.session.keeping_journal import KeepingJournal
from aep_tui.session.platform_session import PlatformSession
from aep_tui.state.journal import Journal
from aep_tui.state.unfinished import Unfinished, find_unfinished
from tests.kit.canary import CANARY
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio

TARGET = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "key-1", Secret(CANARY))
AT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
HERE = Intent(
    id="here",
    started_at=AT,
    base_url=TARGET.base_url,
    organization_id=TARGET.organization_id,
    sandbox_name=TARGET.sandbox_name,
    api_key="key-1",
    source_id="salesforce",
    auth_method_id="basic-authentication",
    connection_spec_id="spec",
    name="EMEA sales",
    digest="0" * 64,
    not_before=AT,
)
OTHER_SANDBOX = replace(HERE, id="sandbox", sandbox_name="prod")
OTHER_ORGANIZATION = replace(HERE, id="organization", organization_id="OTHER@AdobeOrg")
OTHER_SERVICE = replace(HERE, id="service", base_url="http://127.0.0.1:8787")
ELSEWHERE = (OTHER_SANDBOX, OTHER_ORGANIZATION, OTHER_SERVICE)


@pytest.fixture
async def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PlatformSession]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    session = PlatformSession(TARGET, a_wire(TARGET.base_url))
    yield session
    await session.close()


async def test_an_unclear_create_of_another_place_does_not_stand_in_the_way(session: PlatformSession) -> None:
    journal = Journal()
    for intent in ELSEWHERE:
        journal.begin(intent)
        assert await session.unclear_intent(HERE.name, intent) is None
    journal.begin(HERE)
    assert await session.unclear_intent(HERE.name, None) == HERE


@pytest.mark.usefixtures("session")
async def test_an_intent_of_another_place_is_no_other_of_this_one() -> None:
    journal = Journal()
    for intent in (*ELSEWHERE, replace(HERE, id="name", name="x"), replace(HERE, id="source", connection_spec_id="x")):
        journal.begin(intent)
    assert journal.others_like(replace(HERE, id="mine")).unclear == ()
    journal.begin(HERE)
    assert journal.others_like(replace(HERE, id="mine")).unclear == (HERE,)


async def test_what_is_open_is_offered_and_forgotten_in_every_sandbox_of_the_organization_only(
    session: PlatformSession,
) -> None:
    journal = Journal()
    for intent in (HERE, *ELSEWHERE):
        journal.begin(intent)
    question = unfinished_question(find_unfinished(), TARGET)
    assert question is not None
    assert [choice.id for choice in question.choices] == ["look-0", "look-1", "start-anew", "forget"]
    session.forget_open_intents(find_unfinished())
    assert find_unfinished().open_intents == (OTHER_ORGANIZATION, OTHER_SERVICE)
    assert unfinished_question(Unfinished(open_intents=(OTHER_ORGANIZATION, OTHER_SERVICE)), TARGET) is None


def test_a_list_of_sandboxes_belongs_to_the_whole_organization() -> None:
    known = KnownSandboxes(None)
    known.keep(TARGET, ())
    assert known.has_list_of(replace(TARGET, sandbox_name="prod"))
    assert not known.has_list_of(replace(TARGET, organization_id="OTHER@AdobeOrg"))
    assert not known.has_list_of(replace(TARGET, base_url="http://127.0.0.1:8787"))
    assert not known.has_list_of(replace(TARGET, api_key="key-2"))
    assert not known.has_list_of(replace(TARGET, mode=Mode.PRACTICE))


async def test_leaving_before_anything_was_created_concludes_nothing(session: PlatformSession) -> None:
    Journal().begin(HERE)
    session.conclude()
    assert [intent.id for intent in Journal().open_intents()] == ["here"]
    session.adopt(HERE)
    session.conclude()
    assert Journal().open_intents() == ()


def test_what_the_journal_knows_of_other_creates_reaches_a_live_create_and_a_rehearsal_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    Journal().begin(HERE)
    mine = replace(HERE, id="mine")
    assert KeepingJournal(Journal()).others_like(mine).unclear == (HERE,)
    assert KeepingJournal(Journal()).open_intents() == (HERE,)
    assert KeepingJournal(None).others_like(mine) == OtherIntents()
    assert KeepingJournal(None).open_intents() == ()
