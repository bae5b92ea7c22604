"""What the pages ask, and the typed answers, without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.sandbox import ACTIVE, Sandbox
from aep_tui.domain.source import Suggestion
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.pages.left_open import ForgetAll, GoOnWith, LookFor, StartAnew, unfinished_question
from aep_tui.pages.question import Question, TypedConfirmation
from aep_tui.pages.sandboxes import sandboxes_question
from aep_tui.pages.submit_questions import (
    AfterFailedTest,
    BeforeCreate,
    UseExisting,
    delete_confirmation,
    failed_test,
    production_confirmation,
    similar_connections,
    unclear_outcome,
)
from aep_tui.pages.suggestions import MOST_WITH_DETAILS, suggestions_question
from aep_tui.pages.target_words import place_words
from aep_tui.state.draft_store import SavedDraft
from aep_tui.state.journal import JournalEntry
from aep_tui.state.unfinished import Unfinished
from tests.pages.support import DRAFT, EARLIER, INTENT, LIVE


def test_nothing_is_asked_while_nothing_is_open() -> None:
    assert unfinished_question(Unfinished(), LIVE) is None


def test_saved_answers_alone_are_taken_or_thrown_away_and_never_forgotten() -> None:
    saved = SavedDraft(draft=DRAFT, target=LIVE, asked_for_again=("clientSecret",), saved_at=EARLIER)
    question = unfinished_question(Unfinished(saved=saved), LIVE)
    assert question is not None
    assert [(each.id, each.answer) for each in question.choices] == [
        ("resume", GoOnWith(saved)),
        ("start-anew", StartAnew()),
    ]
    assert question.choices[0].detail == "1 secret is asked for again"


def test_what_is_open_is_asked_about_at_its_own_organization_only() -> None:
    unfinished = Unfinished(open_intents=(replace(INTENT, organization_id="OTHER@AdobeOrg"), INTENT))
    question = unfinished_question(unfinished, LIVE)
    assert question is not None
    assert [(each.id, each.answer) for each in question.choices] == [
        ("look-1", LookFor(INTENT)),
        ("start-anew", StartAnew()),
        ("forget", ForgetAll()),
    ]
    change = ChangeIntent("1", EARLIER, LIVE.base_url, "OTHER@AdobeOrg", "qa", "id-1", ChangeKind.CHANGE, "ACME", '"1"')
    seen = JournalEntry(replace(INTENT, organization_id="OTHER@AdobeOrg"), IntentOutcome(OutcomeKind.CREATED, "id-1"))
    assert unfinished_question(Unfinished(open_changes=(change,), connections=(seen,)), LIVE) is None
    assert unfinished_question(unfinished, replace(LIVE, base_url="https://elsewhere.adobe.io")) is None


def test_an_existing_connection_is_answered_by_its_id() -> None:
    similar = [SimilarConnection(ConnectionStatus(f"id-{n}", "enabled", name=f"n{n}"), "same name") for n in (1, 2)]
    assert [(each.id, each.answer) for each in similar_connections(similar, "").choices] == [
        ("existing-0", UseExisting("id-1")),
        ("existing-1", UseExisting("id-2")),
        ("change-name", BeforeCreate.CHANGE_NAME),
        ("create", BeforeCreate.CREATE),
    ]


@pytest.mark.parametrize(("can_correct", "first"), [(True, AfterFailedTest.CORRECT), (False, AfterFailedTest.KEEP)])
def test_credentials_are_corrected_only_when_they_are_known(can_correct: bool, first: AfterFailedTest) -> None:
    answers = [each.answer for each in failed_test(can_correct).choices]
    assert answers[0] is first
    assert AfterFailedTest.DELETE in answers


def test_after_a_failed_test_no_reason_is_claimed_that_the_platform_did_not_give() -> None:
    # No document has the body of a failing test: a login, the network or the source itself may be what failed.
    words = failed_test(True).text
    assert "the reason where the platform gave one" in words
    assert "log in" not in words


def test_the_name_of_a_sandbox_is_typed_unless_it_is_known_to_be_for_development() -> None:
    practice = Target(Mode.PRACTICE, LIVE_BASE_URL, "org", "prod", "")
    production, development = (Sandbox("prod", type=kind, state=ACTIVE) for kind in ("production", "development"))
    assert production_confirmation(practice, None) is None
    assert production_confirmation(practice, development) is None
    rehearsed = production_confirmation(practice, production)
    assert rehearsed is not None
    assert rehearsed.expected == "prod"
    assert production_confirmation(LIVE, development) is None
    for sandbox in (production, None):
        asked = production_confirmation(LIVE, sandbox)
        assert asked is not None
        assert asked.expected == LIVE.sandbox_name


def test_a_sandbox_with_a_control_character_in_its_name_is_not_offered() -> None:
    good = Sandbox("dev")
    question = sandboxes_question((Sandbox("dev\x1b[2J"), good), "dev")
    assert [each.answer for each in question.choices] == [good]
    assert question.marked_id == "0"


@pytest.mark.parametrize("count", [2, MOST_WITH_DETAILS + 1])
def test_a_suggestion_is_answered_by_its_value_and_free_entry_by_nothing(count: int) -> None:
    question = suggestions_question("Endpoint", [Suggestion(f"https://{n}", f"place {n}") for n in range(count)])
    assert [each.answer for each in question.choices] == [*(f"https://{n}" for n in range(count)), ""]
    assert bool(question.choices[0].badge) is (count > MOST_WITH_DETAILS)


PRODUCTION = Sandbox("prod", "Production", "production", "VA7", ACTIVE)
IN_PRODUCTION = replace(LIVE, sandbox_name="prod")
PLACE = place_words(IN_PRODUCTION, PRODUCTION)


@pytest.mark.parametrize(
    "asked",
    [
        similar_connections([SimilarConnection(ConnectionStatus("id-1", "enabled"), "same name")], PLACE),
        unclear_outcome("ACME", PLACE),
        delete_confirmation("ACME", PLACE),
        production_confirmation(IN_PRODUCTION, PRODUCTION),
    ],
    ids=["similar", "unclear", "delete", "production"],
)
def test_a_question_whose_answer_sends_something_says_where(asked: Question[object] | TypedConfirmation | None) -> None:
    assert asked is not None
    for words in (LIVE.organization_id, "sandbox prod"):
        assert words in asked.text


def test_a_place_says_mode_and_kind_of_the_sandbox() -> None:
    assert f"Where: LIVE, PRODUCTION sandbox prod of {LIVE.organization_id}." == PLACE
    assert "MAYBE PRODUCTION sandbox prod" in place_words(IN_PRODUCTION, None)
    assert place_words(replace(IN_PRODUCTION, mode=Mode.PRACTICE), None).startswith("Where: PRACTICE, sandbox prod of ")
