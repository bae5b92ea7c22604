"""From the welcome page to what the person wants to do, without a terminal: a fake face answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.check import PreflightReport
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.draft import Draft
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.step_answer import Task
from aep_tui.domain.wizard import Step
from aep_tui.pages.left_open import unfinished_message
from aep_tui.pages.set_up_check import PreflightDecision
from aep_tui.state.draft_store import SavedDraft
from aep_tui.state.journal import JournalEntry
from aep_tui.state.paths import state_directory
from aep_tui.state.unfinished import Unfinished
from tests.kit.navigator import FakeNavigator
from tests.pages.support import DEVELOPMENT, DRAFT, EARLIER, INTENT, LIVE, Flows

pytestmark = pytest.mark.anyio


def starting(navigator: FakeNavigator, unfinished: Unfinished, *, goes_on: bool = True) -> Flows:
    """The flows on the welcome page of live mode."""
    navigator.decision = PreflightDecision(goes_on, PreflightReport((), offered_auth_spec_names={"spec": ("Basic",)}))
    return Flows(navigator, unfinished=unfinished)


async def take_up_left_open(flows: Flows) -> None:
    """Go on from the welcome page to what was left open."""
    await flows.start.begin_live()
    assert flows.current.now.left_open
    assert flows.start.waits(Task.LEFT_OPEN)
    await flows.start.take_up(Task.LEFT_OPEN)


async def test_a_set_up_that_is_not_accepted_leads_nowhere() -> None:
    flows = starting(FakeNavigator(), Unfinished(), goes_on=False)
    await flows.start.begin_live()
    assert flows.navigator.pages == [Step.WELCOME]
    assert flows.start.waits(Task.CREATE), "the checks come again"


async def test_nothing_open_leads_to_the_question_what_to_do_and_the_checks_come_once() -> None:
    flows = starting(FakeNavigator(), Unfinished())
    await flows.start.begin_live()
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK]
    assert flows.current.now.offered_auth_spec_names == {"spec": ("Basic",)}
    assert flows.current.now.left_open == ""
    flows.navigator.decision = None
    assert not flows.start.waits(Task.CREATE)
    await flows.start.take_up(Task.CREATE)
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK, Step.CLOUD]


async def test_the_list_is_shown_at_once_and_the_checks_come_before_a_new_connection() -> None:
    flows = starting(FakeNavigator(), Unfinished((INTENT,)), goes_on=False)
    await flows.start.show_connections()
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK, Step.CONNECTIONS]
    assert flows.current.now.left_open == "Look for ACME"
    await flows.navigator.leave_page()
    assert flows.start.waits(Task.CREATE)
    await flows.start.take_up(Task.CREATE)
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK], "the checks were not accepted"


async def test_looking_at_what_exists_saves_no_answers() -> None:
    flows = starting(FakeNavigator(), Unfinished())
    flows.current.now = replace(flows.current.now, wizard=replace(flows.current.now.wizard, draft=Draft()))
    await flows.start.begin_live()
    await flows.start.take_up(Task.CONNECTIONS)
    await flows.walk.go_back(None)
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK]
    assert not list(state_directory().glob("draft*"))


async def test_a_connection_is_opened_in_the_sandbox_that_it_was_listed_in() -> None:
    flows = Flows(FakeNavigator())
    await flows.connections.open(ExistingConnection(ConnectionStatus("id-1", "enabled"), "qa"))
    assert flows.navigator.done == ["open id-1 in qa"]


async def test_what_is_open_is_looked_for_in_its_own_sandbox() -> None:
    flows = starting(FakeNavigator(answers=["look-0"]), Unfinished((INTENT,)))
    flows.current.now = replace(flows.current.now, sandbox=DEVELOPMENT)
    await take_up_left_open(flows)
    assert flows.current.now.sandbox is None, "of the other one nobody knows whether it is for development"
    assert flows.works == ["reconcile ACME"]
    assert [target.sandbox_name for target in flows.opened] == ["dev", "qa"]
    assert flows.current.now.unclear_intent is INTENT


async def test_a_connection_whose_end_was_not_seen_is_watched() -> None:
    entry = JournalEntry(INTENT, IntentOutcome(OutcomeKind.CREATED, "id-1"))
    flows = starting(FakeNavigator(answers=["watch-0"]), Unfinished(connections=(entry,)))
    await take_up_left_open(flows)
    assert flows.works == ["watch id-1"]
    assert "adopt ACME" in flows.session.calls


CHANGE = ChangeIntent("1", EARLIER, LIVE.base_url, LIVE.organization_id, "qa", "id-1", ChangeKind.CHANGE, "ACME", '"1"')


@pytest.mark.parametrize("kind", ChangeKind)
async def test_an_open_change_is_looked_into_in_its_own_sandbox_and_never_sent_again(kind: ChangeKind) -> None:
    unfinished = Unfinished(open_changes=(replace(CHANGE, kind=kind),))
    flows = starting(FakeNavigator(answers=["change-0"]), unfinished)
    await take_up_left_open(flows)
    choice = flows.navigator.asked[0].choices[0]
    is_gone = kind is ChangeKind.DELETE
    assert choice.title == ("Look whether ACME is gone" if is_gone else "Look whether ACME was changed")
    assert choice.detail == "sandbox qa, sent 2026-11-21 09:00 UTC; nothing is sent again"
    assert flows.works == [f"look into {kind} of ACME"]
    assert [target.sandbox_name for target in flows.opened] == ["dev", "qa"]


def test_the_welcome_page_says_that_answers_were_kept_and_how_to_go_on() -> None:
    saved = SavedDraft(draft=DRAFT, target=LIVE, asked_for_again=(), saved_at=EARLIER)
    assert unfinished_message(Unfinished(saved=saved)).splitlines() == [
        "The answers of 2026-11-21 09:00 UTC were kept.",
        "Choose Start to go on with it, or to start anew.",
    ]
    assert unfinished_message(Unfinished()) == ""


def test_the_welcome_page_names_open_changes_and_deletes() -> None:
    words = unfinished_message(Unfinished(open_changes=(CHANGE, replace(CHANGE, kind=ChangeKind.DELETE, name=""))))
    assert "nobody knows whether ACME was changed in sandbox qa" in words
    assert "nobody knows whether id-1 was deleted in sandbox qa" in words


async def test_saved_answers_are_taken() -> None:
    saved = SavedDraft(draft=DRAFT, target=LIVE, asked_for_again=(), saved_at=EARLIER)
    flows = starting(FakeNavigator(answers=["resume"]), Unfinished(saved=saved))
    await take_up_left_open(flows)
    assert flows.current.now.wizard.draft.name == "ACME"


@pytest.mark.parametrize(("open_step", "shown"), [(Step.NAME, Step.CREDENTIALS), (Step.AUTH_METHOD, Step.AUTH_METHOD)])
async def test_going_on_begins_at_the_step_that_was_open_or_where_an_answer_is_missing(
    open_step: Step, shown: Step
) -> None:
    saved = SavedDraft(draft=DRAFT, target=LIVE, asked_for_again=("clientSecret",), saved_at=EARLIER, step=open_step)
    flows = starting(FakeNavigator(answers=["resume"]), Unfinished(saved=saved))
    await take_up_left_open(flows)
    before = [Step.WELCOME, Step.TASK, Step.CLOUD, Step.SOURCE]
    assert flows.navigator.pages[:4] == before, "Back finds the pages before"
    assert flows.navigator.pages[-1] is shown


async def test_what_is_open_can_be_forgotten_and_no_answer_stays_on_the_question() -> None:
    flows = starting(FakeNavigator(answers=[None, "forget"]), Unfinished((INTENT,)))
    await take_up_left_open(flows)
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK]
    await flows.start.take_up(Task.LEFT_OPEN)
    assert flows.session.calls == ["forget"]
    assert flows.navigator.pages[-1] is Step.CLOUD


async def test_what_is_not_open_any_more_is_not_asked_about() -> None:
    flows = starting(FakeNavigator(), Unfinished())
    flows.current.now = replace(flows.current.now, left_open="Look for ACME")
    await flows.start.take_up(Task.LEFT_OPEN)
    assert flows.navigator.asked == []
    assert flows.current.now.left_open == ""
