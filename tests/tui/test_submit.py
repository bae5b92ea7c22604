"""One Submit is one request, and each scenario is told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import EXPIRED_TOKEN
from aep_tui.practice.store import PracticeStore
from aep_tui.session.progress import OnProgress
from aep_tui.tui.steps.review import ReviewScreen
from tests.kit.canary import CANARY
from tests.kit.journeys import BASIC, OAUTH2, ORACLE, URL
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import fill, go_to, push

pytestmark = pytest.mark.anyio

ENABLED = "OK: the connection is enabled."


async def back_on_review(person: Person) -> str:
    """Wait until the review says what went wrong; every value is still there."""
    await person.at(Step.REVIEW)
    text = await person.see("Error:")
    assert person.app.state.wizard.draft.answers["environmentUrl"] == URL
    assert person.app.state.wizard.draft.name
    assert person.app.state.wizard.draft.description == "EMEA sales"
    return text


async def test_two_enters_on_submit_make_one_connection() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await go_to(person, "submit")
        await person.pilot.press("enter", "enter", "enter")
        await person.wait_until(lambda: person.app.state.result is not None, "a result")
        assert (person.creates, person.store.count()) == (1, 1)


async def test_a_double_click_on_submit_makes_one_connection() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await person.pilot.click("#submit", times=2)
        await person.see(ENABLED)
        assert (person.creates, person.store.count()) == (1, 1)


async def test_two_messages_of_one_review_make_one_connection() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        review = person.app.screen
        assert isinstance(review, ReviewScreen)
        review.post_message(ReviewScreen.SubmitWanted(review))
        review.post_message(ReviewScreen.SubmitWanted(review))
        await person.see(ENABLED)
        assert (person.creates, person.store.count()) == (1, 1)


@pytest.mark.parametrize("scenario_id", ["everything-fine", "service-down"])
async def test_going_back_while_it_looks_for_existing_connections_sends_nothing(scenario_id: str) -> None:
    async with wizard(scenario_id, at=(Step.NAME, OAUTH2)) as person:
        await person.to_review(OAUTH2)
        person.app.session.open()
        person.applications[0].may_answer.clear()
        await person.submit()
        await person.see("Looking for connections that exist already")
        await person.press("enter", "enter")
        await person.at(Step.REVIEW)
        await person.press("escape")
        await person.at(Step.NAME)
        person.applications[0].may_answer.set()
        await person.wait_until(lambda: person.app.flows.create.submitting is None, "the end of the look")
        assert await person.at(Step.NAME)
        assert person.creates == 0
        await push(person, "next")
        await person.at(Step.REVIEW)
        person.clock.advance(60)
        await person.submit()
        await person.see(ENABLED)
        assert person.creates == 1


async def test_who_reads_the_help_while_it_looks_is_told_that_nothing_was_sent() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.app.session.open()
        person.applications[0].may_answer.clear()
        await person.submit()
        await person.see("Looking for connections that exist already")
        await person.press("f1")
        person.applications[0].may_answer.set()
        await person.wait_until(lambda: person.app.flows.create.submitting is None, "the end of the look")
        await person.press("escape")
        assert "Nothing was sent, because something else stood over this page." in flat(await person.at(Step.REVIEW))
        assert person.creates == 0
        await person.submit()
        await person.see(ENABLED)
        assert person.creates == 1


async def test_escape_while_watching_asks_and_says_that_the_request_cannot_be_unsent() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.clock.hold()
        await person.submit()
        await person.see("Created. Waiting until it is enabled...")
        await person.press("escape")
        question = await person.see("Stop watching?")
        assert "the request cannot be unsent" in flat(question)
        await person.press("escape")
        await person.at(Step.STATUS)
        await person.press("escape")
        await person.see("Stop watching?")
        await go_to(person, "yes")
        await person.press("enter")
        await person.see("Watching has ended")
        assert person.store.count() == 1


async def test_an_expired_token_is_asked_for_and_watching_goes_on() -> None:
    async with wizard("expired-token", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.see("A new access token is needed")
        await person.paste(f"Bearer {CANARY}\n")
        await person.press("enter")
        text = await person.see(ENABLED)
        assert "the access token was refused" in text
        assert (person.creates, person.store.count()) == (1, 1)


async def test_without_a_new_token_watching_ends_with_a_way_to_go_on() -> None:
    async with wizard("expired-token", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.see("A new access token is needed")
        await person.press("escape")
        await person.see("Watching has ended")


async def test_a_token_that_ended_before_the_submit_is_asked_for_over_the_review_and_the_create_goes_on() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.app.flows.walk.take_token(person.app.secrets.hold(EXPIRED_TOKEN, "access token"))
        await person.submit()
        await person.see("A new access token is needed")
        await person.paste(f"Bearer {CANARY}\n")
        await person.press("enter")
        await person.see(ENABLED)
        assert (person.creates, person.store.count()) == (1, 1)


async def test_a_token_that_ends_amid_the_submit_is_asked_for_and_the_person_submits_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        session = person.app.session.open()
        look = session.similar_connections

        async def look_with_the_last_of_the_token(
            request: ConnectionRequest, on_progress: OnProgress
        ) -> tuple[SimilarConnection, ...]:
            found = await look(request, on_progress)
            person.app.flows.walk.take_token(person.app.secrets.hold(EXPIRED_TOKEN, "access token"))
            monkeypatch.undo()
            return found

        monkeypatch.setattr(session, "similar_connections", look_with_the_last_of_the_token)
        await person.submit()
        await person.see("A new access token is needed")
        await person.paste(f"Bearer {CANARY}\n")
        await person.press("enter")
        text = flat(await person.see("Nothing has been created yet"))
        assert "Error:" not in text
        assert (person.app.navigator.open_steps().count(Step.REVIEW), person.store.count()) == (1, 0)
        await person.submit()
        await person.see(ENABLED)
        assert person.store.count() == 1


async def test_wrong_credentials_return_to_the_review_with_the_servers_words_and_request_id() -> None:
    async with wizard("wrong-credentials", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        text = await back_on_review(person)
        assert "What to do:" in text
        assert "request id" in text
        assert "HTTP status" in text
        assert person.store.count() == 0
        await person.submit()
        await person.wait_until(lambda: person.creates == 2, "the second create")
        await back_on_review(person)


async def test_a_missing_sandbox_is_told_before_anything_is_made() -> None:
    async with wizard("sandbox-missing", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        text = await back_on_review(person)
        assert "sandbox" in text.lower()
        assert person.store.count() == 0


async def test_a_deprecated_method_that_is_refused_returns_to_the_review() -> None:
    async with wizard("retired-source-refused", at=(Step.REVIEW, BASIC)) as person:
        await person.submit()
        text = await back_on_review(person)
        assert "What to do:" in text
        assert person.store.count() == 0


async def test_a_retired_source_that_is_refused_returns_to_the_review() -> None:
    async with wizard("retired-source-refused", at=(Step.REVIEW, ORACLE)) as person:
        await person.submit()
        await person.at(Step.REVIEW)
        await person.see("Error:")
        assert person.store.count() == 0
        assert person.app.state.wizard.draft.answers["host"] == "https://acme.custhelp.com"


@pytest.mark.parametrize("scenario_id", ["rate-limited", "service-down", "slow-initializing"])
async def test_what_passes_by_itself_is_waited_for(scenario_id: str) -> None:
    async with wizard(scenario_id, at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.wait_until(lambda: ENABLED in person.read() or "Error:" in person.read(), "an end")
        if "Error:" in person.read():
            # The service is down for longer than the look for existing connections waits.
            assert "Retrying" not in person.read()
            person.clock.advance(60)
            await person.submit()
        await person.see(ENABLED)
        assert person.store.count() == 1


async def test_a_connection_that_is_never_enabled_is_given_up_after_ten_minutes() -> None:
    async with wizard("never-enabled", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        text = await person.see("Watching has ended")
        assert "Watching has ended; the last state was initializing." in text
        assert person.clock.elapsed == pytest.approx(600, abs=5)
        await push(person, "next")
        assert "Its last state was: initializing" in await person.at(Step.DONE)


async def test_an_existing_connection_can_be_watched() -> None:
    with PracticeStore() as store:
        async with wizard(earlier=store, at=(Step.REVIEW, OAUTH2)) as person:
            await person.submit()
            await person.see(ENABLED)
        connection_id = store.connections()[0].id
        async with wizard(earlier=store, watch_connection_id=connection_id) as person:
            text = await person.see(ENABLED)
            assert connection_id in text
            assert person.creates == 0
            result = person.app.state.result
            assert result is not None
            assert (result.connection_id, result.state) == (connection_id, "enabled")


async def test_the_test_of_the_connection_stands_in_the_timeline() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        text = await person.see(ENABLED)
        assert "created (HTTP 201)" in text
        assert "initializing" in text
        assert "test: OK" in text


async def test_quitting_amid_a_walk_asks_first() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("ctrl+q")
        await person.see("Quit?")
        await person.press("escape")
        await person.at(Step.CREDENTIALS)


async def test_a_correction_of_what_somebody_else_has_changed_can_be_looked_at_again() -> None:
    async with wizard("test-fails", at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("test: failed")
        await person.press("enter")
        await person.see("The test of the connection failed")
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        await push(person, "next")
        await person.see("Submit replaces the credentials of connection")
        (record,) = person.store.connections()
        assert person.store.replace(replace(record, etag='"of somebody else"'), record.etag)
        await person.submit()
        await person.see("The connection has changed since you saw it")
        await person.press("enter")
        await person.see("test: failed")
        await person.press("enter")
        await person.see("The test of the connection failed")
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("test: failed")
        assert person.store.connections()[0].etag not in {record.etag, '"of somebody else"'}
