"""The flows without a terminal: a fake face answers, a fake session takes what would be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.step_answer import AuthMethodAnswer, CredentialsAnswer, NameAnswer
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.flow_service.errors import AuthenticationRequired, OutcomeUnknown, RequestRefused
from aep_tui.pages.new_tokens import CREATE_AGAIN, SUBMIT_AGAIN
from aep_tui.pages.status_view import News, Seen
from aep_tui.pages.submit_questions import AfterFailedTest
from aep_tui.state.paths import state_directory
from tests.domain.tokens import CLIENT_ID, token
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.navigator import FakeNavigator
from tests.pages.support import INTENT, FakePage, FakeSession, Flows, on_review, result_of

pytestmark = pytest.mark.anyio

TOKEN_ENDED = AuthenticationRequired("Sign in again", "The access token has expired.", status=401)
PROBLEM = Problem("No", "It did not work.", "Try again.")
SIMILAR = (SimilarConnection(ConnectionStatus("id-1", "enabled", name="ACME"), "same name"),)
CREATED = CreatedConnection("id-1")
SEEN = ConnectionStatus("id-1", "enabled", etag='"seen"')


def with_token(ends_at: int) -> Wizard:
    """A walk by a signed token that ends then, all answered."""
    walk = Wizard(load_catalog(), START.date()).with_cloud(Cloud.AWS).wizard.with_source("salesforce").wizard
    walk = walk.with_auth_method("oauth2-jwt-token-credential").wizard
    walk = walk.with_acknowledged(frozenset(notice.id for notice in walk.notices))
    walk = walk.with_answers(
        {
            "clientId": CLIENT_ID,
            "clientSecret": Secret(CANARY),
            "instanceUrl": "https://acme.my.salesforce.com",
            "jwtToken": Secret(token(exp=ends_at)),
        }
    )
    return walk.with_name("ACME", "")


# --- submit -----------------------------------------------------------------------------------------------------------


async def test_a_submit_without_questions_opens_the_status_page_with_the_create() -> None:
    flows, page = on_review(FakeNavigator()), FakePage()
    await flows.create.submit(page)
    assert flows.works == ["create ACME"]
    assert page.words == ["Looking for connections that exist already...", ""]
    assert flows.create.submitting is None


@pytest.mark.parametrize(("minutes_left", "step"), [(60, Step.STATUS), (-60, Step.CREDENTIALS)])
async def test_a_token_that_has_ended_today_is_not_submitted_but_asked_for_again(minutes_left: int, step: Step) -> None:
    flows, page = on_review(FakeNavigator()), FakePage()
    ends_at = int(START.timestamp()) + 60 * minutes_left
    flows.current.now = replace(flows.current.now, wizard=with_token(ends_at))
    await flows.create.submit(page)
    assert flows.works == (["create ACME"] if step is Step.STATUS else [])
    assert flows.navigator.open_steps()[-1] is step
    assert ("focus jwtToken" in flows.navigator.done) is (step is Step.CREDENTIALS)


@pytest.mark.parametrize(("minutes_left", "step"), [(60, Step.REVIEW), (-60, Step.CREDENTIALS)])
async def test_an_edit_does_not_return_to_the_review_with_a_token_that_has_ended_today(
    minutes_left: int, step: Step
) -> None:
    flows = on_review(FakeNavigator())
    ends_at = int(START.timestamp()) + 60 * minutes_left
    flows.current.now = replace(flows.current.now, wizard=with_token(ends_at), is_editing=True)
    await flows.walk.answer(Step.NAME, NameAnswer("ACME", ""))
    assert flows.navigator.open_steps()[-1] is step


@pytest.mark.parametrize(("minutes_left", "step"), [(60, Step.REVIEW), (-60, Step.CREDENTIALS)])
async def test_neither_back_nor_a_walk_that_goes_on_reaches_the_review_with_a_token_that_has_ended_today(
    minutes_left: int, step: Step
) -> None:
    wizard = with_token(int(START.timestamp()) + 60 * minutes_left)
    edited = on_review(FakeNavigator())
    edited.navigator.pages = [Step.WELCOME, Step.CREDENTIALS, Step.NAME]
    edited.current.now = replace(edited.current.now, wizard=wizard, is_editing=True)
    await edited.walk.go_back(None)
    assert edited.navigator.open_steps()[-1] is step
    resumed = on_review(FakeNavigator())
    resumed.navigator.pages = [Step.WELCOME]
    resumed.current.now = replace(resumed.current.now, wizard=wizard)
    await resumed.walk.go_on_at(Step.REVIEW)
    assert resumed.navigator.open_steps()[-1] is step


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


async def test_a_submit_that_ended_under_another_page_says_that_nothing_was_sent() -> None:
    flows, page = on_review(FakeNavigator()), FakePage()
    page.is_current = False
    await flows.create.submit(page)
    assert flows.works == []
    assert page.words[-1] == "Nothing was sent, because something else stood over this page. Submit sends it."
    assert not page.under_way
    page.is_current = True
    await flows.create.submit(page)
    assert flows.works == ["create ACME"]
    assert page.words[-1] == ""


async def test_a_failure_before_the_send_stands_on_the_review() -> None:
    flows, page = on_review(FakeNavigator(), FakeSession(failure=PROBLEM)), FakePage()
    await flows.create.submit(page)
    assert page.problems == [PROBLEM]
    assert page.words[-1] == ""
    assert not page.under_way


async def test_an_unclear_failure_is_remembered_for_the_next_submit() -> None:
    navigator = FakeNavigator()
    flows = on_review(navigator, FakeSession(unclear_create=INTENT))
    await flows.create.submit(FakePage())
    await flows.create.failed(PROBLEM, is_unclear=True)
    assert flows.current.now.unclear_intent is INTENT
    assert navigator.problems == [PROBLEM]
    assert navigator.pages[-1] is Step.REVIEW


async def test_an_earlier_create_that_stays_unclear_is_not_forgotten() -> None:
    flows = on_review(FakeNavigator())
    flows.sessions.open()
    flows.current.now = replace(flows.current.now, unclear_intent=INTENT)
    await flows.create.failed(PROBLEM, is_unclear=True)
    assert flows.current.now.unclear_intent is INTENT


async def test_an_unclear_correction_is_no_unclear_create() -> None:
    flows = on_review(FakeNavigator(), FakeSession(unclear_create=INTENT))
    flows.sessions.open()
    flows.current.now = replace(flows.current.now, correction=flows.current.now.correction_of("id-1", '"1"'))
    await flows.create.failed(PROBLEM, is_unclear=True)
    assert flows.current.now.unclear_intent is None, "the connection that was corrected was created long ago"


async def test_a_result_takes_the_unclear_create_and_the_saved_answers_away() -> None:
    flows = on_review(FakeNavigator())
    flows.current.now = replace(flows.current.now, unclear_intent=INTENT)
    await flows.walk.answer(Step.NAME, NameAnswer("ACME", ""))
    assert len(list(state_directory().glob("draft-*.json"))) == 1
    flows.create.result_changed(News(Seen(CREATED, ConnectionStatus("id-1", "enabled"), True)))
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
    flows.current.now = replace(flows.current.now, correction=flows.current.now.correction_of("id-1", '"1"'))
    await flows.correct.finish(Seen(CREATED, None, True))
    assert flows.current.now.correction is None, "the next submit creates"
    assert flows.navigator.done == ["result enabled"]
    assert flows.session.calls == ["conclude"]


async def test_a_correction_goes_to_the_credentials_and_then_replaces_them() -> None:
    flows, page = finished(FakeNavigator(answers=["correct"])), FakePage()
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    assert flows.navigator.pages[-1] is Step.CREDENTIALS
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    assert flows.navigator.done[-1].startswith("review Submit replaces the credentials of connection id-1")
    flows.current.now = replace(flows.current.now, sandbox=Sandbox("dev", type="production"))
    await flows.create.submit(page)
    assert flows.works == ['correct id-1 "seen"']
    assert "The credentials of the connection in sandbox dev" in flows.navigator.confirmed[0].text


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


async def test_of_a_correction_that_nobody_knows_of_it_is_not_said_that_nothing_was_changed() -> None:
    flows = finished(FakeNavigator(answers=["correct", "look-again"]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    await flows.create.submit(FakePage())
    await flows.create.failed(
        OutcomeUnknown("Not known", "Who said 412?", "", RequestRefused("Refused", "Another version.", status=412)),
        is_unclear=True,
    )
    assert flows.works == ['correct id-1 "seen"'], "nobody is asked"


async def test_another_refusal_of_a_correction_asks_nothing() -> None:
    flows = finished(FakeNavigator(answers=["correct"]))
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.create.failed(RequestRefused("Refused", "Not allowed.", status=400), is_unclear=False)
    assert len(flows.navigator.asked) == 1


async def test_a_create_that_was_refused_for_its_token_waits_on_the_review_with_another_one() -> None:
    flows = on_review(FakeNavigator())
    flows.navigator.tokens = [Secret(CANARY)]
    await flows.create.submit(FakePage())
    await flows.create.failed(TOKEN_ENDED, is_unclear=False)
    assert flows.current.now.target.access_token == Secret(CANARY)
    assert flows.works == ["create ACME"], "the person submits once more"
    assert flows.navigator.pages.count(Step.REVIEW) == 1
    assert flows.navigator.pages[-1] is Step.REVIEW
    assert flows.navigator.done[-1] == f"{Step.REVIEW} {CREATE_AGAIN}"


async def test_who_has_no_other_token_finds_the_refusal_on_the_review() -> None:
    flows = on_review(FakeNavigator())
    await flows.create.submit(FakePage())
    await flows.create.failed(TOKEN_ENDED, is_unclear=False)
    assert flows.navigator.refusals == flows.navigator.problems == [TOKEN_ENDED]
    assert flows.current.now.failure is TOKEN_ENDED


async def test_of_a_create_that_nobody_knows_of_it_is_not_said_that_nothing_was_created() -> None:
    flows = on_review(FakeNavigator(), FakeSession(unclear_create=INTENT))
    flows.navigator.tokens = [Secret(CANARY)]
    await flows.create.submit(FakePage())
    await flows.create.failed(TOKEN_ENDED, is_unclear=True)
    assert (flows.navigator.refusals, flows.navigator.done) == ([], [])


async def test_a_correction_that_was_refused_for_its_token_still_says_what_submit_replaces() -> None:
    flows = finished(FakeNavigator(answers=["correct"]))
    flows.navigator.tokens = [Secret(CANARY)]
    await flows.correct.finish(Seen(CREATED, SEEN, False))
    await flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(flows.current.now.wizard.draft.answers))
    await flows.create.submit(FakePage())
    await flows.create.failed(TOKEN_ENDED, is_unclear=False)
    said = f"{Step.REVIEW} {SUBMIT_AGAIN} Submit replaces the credentials of connection id-1; no second one is made."
    assert flows.navigator.done[-1] == said


async def test_a_token_that_is_refused_while_it_looks_for_existing_ones_is_asked_for_and_the_submit_goes_on() -> None:
    flows, page = on_review(FakeNavigator(), FakeSession(failure=TOKEN_ENDED)), FakePage()
    flows.navigator.tokens = [Secret(CANARY)]
    await flows.create.submit(page)
    assert (flows.works, page.problems) == (["create ACME"], [])


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
