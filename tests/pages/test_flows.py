"""The flows without a terminal: a fake face answers, a fake session takes what would be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.check import PreflightReport
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import AuthMethodAnswer, CredentialsAnswer, NameAnswer, Task
from aep_tui.domain.wizard import Step
from aep_tui.flow_service.errors import RequestRefused
from aep_tui.pages.left_open import unfinished_message
from aep_tui.pages.set_up_check import PreflightDecision
from aep_tui.pages.status_view import Seen
from aep_tui.pages.submit_questions import AfterFailedTest
from aep_tui.state.draft_store import SavedDraft
from aep_tui.state.journal import JournalEntry
from aep_tui.state.paths import state_directory
from aep_tui.state.unfinished import Unfinished
from tests.pages.support import DRAFT, EARLIER, INTENT, LIVE, FakeNavigator, FakePage, FakeSession, Flows, result_of
from tests.secrets import CANARY

pytestmark = pytest.mark.anyio

DEVELOPMENT = Sandbox("dev", type="development")
PROBLEM = Problem("No", "It did not work.", "Try again.")
SIMILAR = (SimilarConnection(ConnectionStatus("id-1", "enabled", name="ACME"), "same name"),)
CREATED = CreatedConnection("id-1")
SEEN = ConnectionStatus("id-1", "enabled", etag='"seen"')


def on_review(navigator: FakeNavigator, session: FakeSession | None = None) -> Flows:
    """The flows while the review is shown, in a development sandbox."""
    navigator.pages = [Step.WELCOME, Step.CREDENTIALS, Step.NAME, Step.REVIEW]
    flows = Flows(navigator, session=session)
    flows.current.now = replace(flows.current.now, sandbox=DEVELOPMENT)
    return flows


# --- submit -----------------------------------------------------------------------------------------------------------


async def test_a_submit_without_questions_opens_the_status_page_with_the_create() -> None:
    flows, page = on_review(FakeNavigator()), FakePage()
    await flows.create.submit(page)
    assert flows.works == ["create ACME"]
    assert page.words == ["Looking for connections that exist already...", ""]
    assert flows.create.submitting is None


@pytest.mark.parametrize(
    ("answer", "works", "pages"),
    [
        ("existing-0", ["watch id-1"], [Step.WELCOME, Step.CREDENTIALS, Step.NAME, Step.REVIEW, Step.STATUS]),
        ("create", ["create ACME"], [Step.WELCOME, Step.CREDENTIALS, Step.NAME, Step.REVIEW, Step.STATUS]),
        ("change-name", [], [Step.WELCOME, Step.CREDENTIALS, Step.NAME]),
        (None, [], [Step.WELCOME, Step.CREDENTIALS, Step.NAME, Step.REVIEW]),
    ],
)
async def test_a_connection_like_it_is_asked_about(answer: str | None, works: list[str], pages: list[Step]) -> None:
    navigator, page = FakeNavigator(answers=[answer]), FakePage()
    flows = on_review(navigator, FakeSession(similar=SIMILAR))
    await flows.create.submit(page)
    assert flows.works == works
    assert navigator.pages == pages
    assert page.under_way is bool(works)
    assert flows.current.now.is_editing is (answer == "change-name")


@pytest.mark.parametrize(
    ("answer", "works"), [("look-again", ["reconcile ACME"]), ("create", ["create ACME"]), (None, [])]
)
async def test_an_unclear_create_is_asked_about_before_another_one(answer: str | None, works: list[str]) -> None:
    flows = on_review(FakeNavigator(answers=[answer]), FakeSession(unclear=INTENT))
    await flows.create.submit(FakePage())
    assert flows.works == works


@pytest.mark.parametrize("is_confirmed", [True, False])
async def test_nothing_goes_to_a_production_sandbox_without_its_name(is_confirmed: bool) -> None:
    navigator, page = FakeNavigator(is_confirmed=is_confirmed), FakePage()
    flows = on_review(navigator)
    flows.current.now = replace(flows.current.now, sandbox=Sandbox("dev", type="production"))
    await flows.create.submit(page)
    assert [each.expected for each in navigator.confirmed] == ["dev"]
    assert flows.works == (["create ACME"] if is_confirmed else [])


async def test_a_person_who_has_left_the_review_has_not_agreed() -> None:
    flows, page = on_review(FakeNavigator()), FakePage()
    page.is_current = page.is_attached = False
    await flows.create.submit(page)
    assert flows.works == []
    assert flows.create.submitting is None


async def test_a_failure_before_the_send_stands_on_the_review() -> None:
    flows, page = on_review(FakeNavigator(), FakeSession(failure=PROBLEM)), FakePage()
    await flows.create.submit(page)
    assert page.problems == [PROBLEM]
    assert not page.under_way


async def test_an_unclear_failure_is_remembered_for_the_next_submit() -> None:
    navigator = FakeNavigator()
    flows = on_review(navigator, FakeSession(last_intent=INTENT))
    await flows.create.submit(FakePage())
    await flows.create.failed(PROBLEM, is_unclear=True)
    assert flows.current.now.unclear_intent is INTENT
    assert navigator.problems == [PROBLEM]
    assert navigator.pages[-1] is Step.REVIEW


async def test_a_result_takes_the_unclear_create_and_the_saved_answers_away() -> None:
    flows = on_review(FakeNavigator())
    flows.current.now = replace(flows.current.now, unclear_intent=INTENT)
    await flows.walk.answer(Step.NAME, NameAnswer("ACME", ""))
    assert len(list(state_directory().glob("draft-*.json"))) == 1
    flows.create.result_changed(CREATED, ConnectionStatus("id-1", "enabled"), True)
    result = flows.current.now.result
    assert result is not None
    assert (result.state, result.test_passed) == ("enabled", True)
    assert flows.current.now.unclear_intent is None
    assert not list(state_directory().glob("draft*"))


# --- after the status page --------------------------------------------------------------------------------------------


def finished(navigator: FakeNavigator, session: FakeSession | None = None) -> Flows:
    """The flows when the status page is over."""
    flows = on_review(navigator, session)
    navigator.pages.append(Step.STATUS)
    flows.sessions.open()
    flows.current.now = replace(flows.current.now, result=result_of("id-1", "enabled"))
    return flows


async def test_a_passed_test_leads_to_the_result() -> None:
    flows = finished(FakeNavigator())
    await flows.correct.finish(Seen(CREATED, None, True))
    assert flows.navigator.done == ["result enabled"]
    assert flows.session.calls == ["conclude"]


async def test_a_correction_goes_to_the_credentials_and_then_replaces_them() -> None:
    flows, page = finished(FakeNavigator(answers=["correct"])), FakePage()
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    assert flows.navigator.pages[-1] is Step.CREDENTIALS
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    assert flows.navigator.done[-1].startswith("review Submit replaces the credentials of connection id-1")
    await flows.create.submit(page)
    assert flows.works == ['correct id-1 "seen"']


@pytest.mark.parametrize(
    ("answer", "works"), [("look-again", ['correct id-1 "seen"', "watch id-1"]), ("stay", ['correct id-1 "seen"'])]
)
async def test_a_correction_of_what_has_changed_meanwhile_leads_to_looking_again(answer: str, works: list[str]) -> None:
    flows = finished(FakeNavigator(answers=["correct", answer, "correct"]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    await flows.create.submit(FakePage())
    await flows.create.failed(RequestRefused("Refused", "It has changed.", status=412), is_unclear=False)
    assert flows.works == works
    if answer == "stay":
        return
    await flows.correct.finish(Seen(CREATED, replace(SEEN, etag='"newer"'), False))
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    await flows.create.submit(FakePage())
    assert flows.works[-1] == 'correct id-1 "newer"'


async def test_another_refusal_of_a_correction_asks_nothing() -> None:
    flows = finished(FakeNavigator(answers=["correct"]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.create.failed(RequestRefused("Refused", "Not allowed.", status=400), is_unclear=False)
    assert len(flows.navigator.asked) == 1


async def test_without_an_etag_no_correction_is_offered() -> None:
    for status in (None, ConnectionStatus("id-1", "enabled")):
        flows = finished(FakeNavigator(answers=[None]))
        await flows.correct.finish(Seen(CREATED, status, False))
        assert AfterFailedTest.CORRECT not in [each.answer for each in flows.navigator.asked[-1].choices]


async def test_a_correction_is_dropped_when_another_method_is_chosen() -> None:
    flows = finished(FakeNavigator(answers=["correct"]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.walk.answer(Step.AUTH_METHOD, AuthMethodAnswer("basic-authentication"))
    assert flows.current.now.correction is None


@pytest.mark.parametrize(
    ("is_confirmed", "failure", "done"),
    [(True, None, ["result deleted"]), (False, None, []), (True, PROBLEM, [])],
)
async def test_a_connection_is_deleted_only_by_its_name(
    is_confirmed: bool, failure: Problem | None, done: list[str]
) -> None:
    navigator = FakeNavigator(answers=["delete"], is_confirmed=is_confirmed)
    flows = finished(navigator, FakeSession(failure=failure))
    await flows.correct.finish(Seen(CREATED, ConnectionStatus("id-1", "enabled", name="ACME"), False))
    assert [each.expected for each in navigator.confirmed] == ["ACME"]
    assert navigator.done == done
    assert navigator.problems == ([failure] if failure else [])


@pytest.mark.parametrize(("answer", "done"), [("keep", ["result enabled"]), (None, [])])
async def test_a_failed_test_is_kept_or_looked_at_once_more(answer: str | None, done: list[str]) -> None:
    flows = finished(FakeNavigator(answers=[answer]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    assert flows.navigator.done == done


# --- the walk ---------------------------------------------------------------------------------------------------------


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


async def test_another_connection_starts_with_an_empty_draft() -> None:
    flows = on_review(FakeNavigator())
    await flows.walk.start_another()
    assert flows.navigator.pages == [Step.WELCOME, Step.TASK, Step.CLOUD]
    assert flows.current.now.wizard.draft.source_id == ""


# --- the start --------------------------------------------------------------------------------------------------------


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
    await take_up_left_open(flows)
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
    await flows.start.begin_live()
    assert flows.works == [f"look into {kind} of ACME"]
    assert [target.sandbox_name for target in flows.opened] == ["dev", "qa"]


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


async def test_a_field_that_was_left_is_kept_and_its_secret_is_not() -> None:
    flows = on_review(FakeNavigator())
    answers: dict[str, Answer] = {"environmentUrl": "https://acme.my.salesforce.com", "clientSecret": Secret(CANARY)}
    flows.walk.keep(CredentialsAnswer(answers))
    (path,) = state_directory().glob("draft-*.json")
    text = path.read_text()
    assert "https://acme.my.salesforce.com" in text
    assert CANARY not in text


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
