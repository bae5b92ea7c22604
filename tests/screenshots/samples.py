"""Pages that only a lost network or a real organization leads to, with made-up contents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final

from textual.screen import Screen

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.check import CheckResult, CheckState, PlannedCheck, PreflightReport
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.draft import Draft
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.intent import Intent
from aep_tui.domain.sandbox import ACTIVE, Sandbox
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Step
from aep_tui.pages import submit_questions
from aep_tui.pages.left_open import unfinished_question
from aep_tui.pages.target_words import care_of, place_words, target_parts
from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.preflight.plan import SANDBOX, TERMINAL, planned_checks
from aep_tui.state.draft_store import SavedDraft
from aep_tui.state.unfinished import Unfinished
from aep_tui.tui.dialogs.asking import ChoiceModal, TypedConfirmationModal
from aep_tui.tui.steps.checks import PreflightScreen
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.frame_lines import StepLine, TargetLine, target_text
from tests.kit.person import Person

NAME: Final = "Salesforce base connection"
LIVE_TARGET: Final = Target(Mode.LIVE, LIVE_BASE_URL, ORGANIZATION_ID, "prod")
SANDBOX_PROD: Final = Sandbox("prod", "Production", "production", "VA7", ACTIVE)
WHERE: Final = place_words(LIVE_TARGET, SANDBOX_PROD)
_YESTERDAY: Final = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)


def over(make: Callable[[], Screen[Any]], words: str, step: Step = Step.REVIEW) -> Callable[[Person], Awaitable[None]]:
    """Return what shows a page of this file over a page that looks like `step` in live mode, in production.

    Args:
        make: the page, one of the functions below.
        words: stand on it.
        step: which page stands below it; what is over that one goes.
    """

    async def action(person: Person) -> None:
        if not isinstance(person.app.screen, StepScreen):
            await person.app.pop_screen()
        page = person.app.screen
        details = (Cloud.AZURE.label, "Salesforce") if step.is_of_walk else ()
        parts = target_parts(LIVE_TARGET, SANDBOX_PROD, is_pairing=False, details=details)
        text = target_text(parts, page.app.size.width - 2)
        page.query_one(TargetLine).show_target(text, care_of(LIVE_TARGET, SANDBOX_PROD))
        if step is Step.REVIEW:
            page.query_one(StepLine).show_step(f"Step 6 of 8 · {step.label}", 6, 8)
        await person.app.push_screen(make())
        await person.see(words)

    return action


class MadeUpChecks:
    """All is well but the sandbox."""

    def __init__(self) -> None:
        self.planned = planned_checks(load_catalog().sources, load_catalog().notices)

    async def run(self, on_result: Callable[[CheckResult], None] | None = None) -> PreflightReport:
        """Give all results at once."""
        for result in self.report().results:
            if on_result is not None:
                on_result(result)
        return self.report()

    def report(self) -> PreflightReport:
        """Return the results."""
        return PreflightReport(tuple(self._result(number, check) for number, check in enumerate(self.planned)))

    @staticmethod
    def _result(number: int, check: PlannedCheck) -> CheckResult:
        seconds = 0.0 if check.id == TERMINAL else 0.03 + 0.02 * number
        if check.id != SANDBOX:
            return CheckResult(check.id, check.name, CheckState.OK, seconds, "In order.")
        return CheckResult(
            check.id,
            check.name,
            CheckState.FAILED,
            seconds,
            "There is no sandbox prod, or this credential may not use it. It may use: dev, qa.",
            "Choose one of these, or add the credential to a role that has the sandbox.",
            "your Platform administrator",
        )


def preflight() -> Screen[Any]:
    """Return the page of the checks before the first question of live mode."""
    return PreflightScreen(LIVE_TARGET, MadeUpChecks())


def unfinished() -> Screen[Any]:
    """Return the question after a run that was cut off."""
    intent = Intent(
        id="1",
        started_at=_YESTERDAY,
        base_url=LIVE_BASE_URL,
        organization_id=ORGANIZATION_ID,
        sandbox_name="prod",
        api_key="0a1b2c",
        source_id="salesforce",
        auth_method_id="oauth2-client-credential",
        connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
        name=NAME,
        digest="0" * 64,
        not_before=_YESTERDAY,
    )
    saved = SavedDraft(Draft(Cloud.AZURE, "salesforce"), LIVE_TARGET, ("clientSecret",), _YESTERDAY)
    asked = unfinished_question(Unfinished((intent,), saved=saved), LIVE_TARGET)
    assert asked is not None
    return ChoiceModal(asked)


def exists_already() -> Screen[Any]:
    """Return the question when a connection like the wanted one is found."""
    status = ConnectionStatus("6e9631ca-c1c4-4b89-8227-062a19520b50", "enabled", name=NAME)
    return ChoiceModal(submit_questions.similar_connections([SimilarConnection(status, "same name")], WHERE))


def production_sandbox() -> Screen[Any]:
    """Return the question before a create in a production sandbox."""
    asked = submit_questions.production_confirmation(LIVE_TARGET, SANDBOX_PROD)
    assert asked is not None
    return TypedConfirmationModal(asked)


def outcome_unclear() -> Screen[Any]:
    """Return the question when nobody knows whether the request made a connection."""
    return ChoiceModal(submit_questions.unclear_outcome(NAME, WHERE))


def failed_test() -> Screen[Any]:
    """Return the question when the platform's test of the connection failed."""
    return ChoiceModal(submit_questions.failed_test(True))


def delete() -> Screen[Any]:
    """Return the question before a connection is deleted."""
    return TypedConfirmationModal(submit_questions.delete_confirmation(NAME, WHERE))


QUESTIONS: Final = {
    "not-finished": over(unfinished, "Something was not finished", Step.WELCOME),
    "exists-already": over(exists_already, "exists already"),
    "outcome-unclear": over(outcome_unclear, "not known"),
    "test-failed": over(failed_test, "test"),
    "delete": over(delete, "Delete"),
    "production-sandbox": over(production_sandbox, "production sandbox"),
}
"""How to get to each question, by what it is about."""
