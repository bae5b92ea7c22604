"""Answers are kept for the next start, but not of a rehearsal, and no secret is among them."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.pages.app_state import AppState
from aep_tui.pages.kept_answers import KeptAnswers
from aep_tui.state.paths import state_directory
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.navigator import FakeNavigator
from tests.pages.support import LIVE, answered_wizard


def test_a_rehearsal_neither_keeps_answers_nor_removes_those_of_a_real_walk() -> None:
    kept = KeptAnswers(FakeClock(), Secrets(), FakeNavigator().warn)
    live = AppState(answered_wizard(), LIVE)
    rehearsal = replace(live, target=replace(LIVE, mode=Mode.PRACTICE))
    kept.save(rehearsal, Step.NAME)
    assert not list(state_directory().glob("draft*"))
    kept.save(live, Step.NAME)
    kept.remove(rehearsal)
    assert len(list(state_directory().glob("draft-*.json"))) == 1


def test_a_secret_of_the_run_is_not_kept_in_the_field_of_something_else() -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "clientSecret")
    kept = KeptAnswers(FakeClock(), secrets, FakeNavigator().warn)
    wizard = answered_wizard()
    kept.save(AppState(wizard.with_answers({**wizard.draft.answers, "clientId": CANARY}), LIVE), Step.NAME)
    [file] = state_directory().glob("draft-*.json")
    assert CANARY not in file.read_text()
    assert "clientId" in file.read_text()


def test_a_secret_that_is_typed_in_clear_is_not_kept() -> None:
    kept = KeptAnswers(FakeClock(), Secrets(), FakeNavigator().warn)
    wizard = answered_wizard()
    kept.save(AppState(wizard.with_answers({**wizard.draft.answers, "clientSecret": CANARY}), LIVE), Step.NAME)
    [file] = state_directory().glob("draft-*.json")
    assert CANARY not in file.read_text()
