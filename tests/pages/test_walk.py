"""The walk from step to step without a terminal: back, other answers, another target, another connection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.draft import Answer
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.state.paths import state_directory
from tests.kit.canary import CANARY
from tests.kit.navigator import FakeNavigator
from tests.pages.support import DEVELOPMENT, INTENT, LIVE, Flows, on_review

pytestmark = pytest.mark.anyio


async def test_back_after_a_row_of_the_review_comes_back_to_the_review() -> None:
    flows = on_review(FakeNavigator())
    await flows.walk.edit(Step.NAME, "description")
    assert flows.navigator.done == ["focus description"]
    await flows.walk.go_back(NameAnswer("Newest", ""))
    assert flows.navigator.open_steps()[-1] is Step.REVIEW
    assert flows.current.now.wizard.draft.name == "Newest"
    await flows.walk.go_back(None)
    assert flows.navigator.pages[-1] is Step.NAME


async def test_back_after_a_row_with_a_wrong_value_goes_to_the_page_before() -> None:
    flows = on_review(FakeNavigator())
    await flows.walk.edit(Step.NAME, "name")
    await flows.walk.go_back(NameAnswer("", ""))
    assert flows.navigator.pages == [Step.WELCOME, Step.CREDENTIALS]


async def test_back_on_the_first_page_does_nothing() -> None:
    flows = Flows(FakeNavigator())
    await flows.walk.go_back(None)
    assert flows.navigator.pages == [Step.WELCOME]


async def test_another_target_ends_the_session_and_its_correction() -> None:
    flows = on_review(FakeNavigator())
    flows.sessions.open()
    flows.current.now = replace(flows.current.now, correction=flows.current.now.correction_of("id-1"))
    await flows.walk.take_target(LIVE, "", DEVELOPMENT)
    assert flows.session.calls == []
    assert flows.current.now.correction is not None
    await flows.walk.take_target(replace(LIVE, sandbox_name="other"), "", None)
    assert flows.session.calls == ["close"]
    assert flows.current.now.correction is None


async def test_a_rehearsal_of_something_else_forgets_what_it_does_not_know_and_the_platform_does_not() -> None:
    for mode, intent in ((Mode.PRACTICE, None), (Mode.LIVE, INTENT)):
        flows = Flows(FakeNavigator())
        flows.current.now = replace(flows.current.now, unclear_intent=INTENT)
        await flows.walk.take_target(replace(LIVE, mode=mode, sandbox_name="qa"), "slow-initializing", None)
        assert flows.current.now.unclear_intent is intent


async def test_another_connection_starts_with_an_empty_draft() -> None:
    flows = on_review(FakeNavigator())
    await flows.walk.start_another()
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK, Step.CLOUD]
    assert flows.current.now.wizard.draft.source_id == ""


async def test_a_field_that_was_left_is_kept_and_its_secret_is_not() -> None:
    flows = on_review(FakeNavigator())
    answers: dict[str, Answer] = {"environmentUrl": "https://acme.my.salesforce.com", "clientSecret": Secret(CANARY)}
    flows.walk.keep(CredentialsAnswer(answers))
    (path,) = state_directory().glob("draft-*.json")
    text = path.read_text()
    assert "https://acme.my.salesforce.com" in text
    assert CANARY not in text
