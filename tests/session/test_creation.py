from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from aep_tui.domain.intent import Intent, IntentOutcome, OutcomeKind
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import AuthenticationRequired, PlatformError
from aep_tui.session.creation import create_once, reconcile
from aep_tui.session.outcome import CannotTell, Created, NotCreated
from tests.flow_service.helpers import (
    SPEC_ID,
    Answers,
    a_request,
    a_service,
    a_target,
    answer,
    everything_said_by,
    flow_error,
)
from tests.kit.canary import CANARY
from tests.kit.clock import START, FakeClock
from tests.session.creating import create, create_with, twice
from tests.session.fault_schedules import Journal
from tests.session.made_up_platform import UNCLEAR, a_list, listed

pytestmark = pytest.mark.anyio

TOKEN_ENDED = answer(401, {"error_code": "401013"})


async def test_a_create_that_works_is_written_down_before_and_after() -> None:
    log: list[str] = []
    answers = Answers(a_list(), answer(201, {"id": "new", "etag": '"1"'}))

    def platform(request: httpx.Request) -> httpx.Response:
        log.append(request.method)
        return answers(request)

    journal = Journal(log)
    outcome = await create(platform, journal=journal)
    assert isinstance(outcome, Created)
    assert (outcome.connection.connection_id, bool(outcome.found_words)) == ("new", False)
    assert log == ["GET", "begin", "POST", "finish"]
    assert journal.outcomes == {journal.intents[0].id: IntentOutcome(OutcomeKind.CREATED, "new")}


async def test_the_intent_holds_the_target_and_no_secret() -> None:
    journal = Journal()
    await create(Answers(a_list(), answer(201, {"id": "new"})), journal=journal)
    intent = journal.intents[0]
    assert (intent.organization_id, intent.sandbox_name, intent.api_key) == ("ACME@AdobeOrg", "dev", "acme-key")
    assert (intent.source_id, intent.auth_method_id) == ("salesforce", "oauth2-client-credential")
    assert (intent.connection_spec_id, intent.name, intent.started_at) == (SPEC_ID, "ACME Salesforce", START)
    assert len(intent.digest) == 64
    assert CANARY not in repr(intent)


@pytest.mark.parametrize("tells_date", [True, False])
async def test_a_list_before_the_create_shows_all_only_when_it_tells_its_time(tells_date: bool) -> None:
    clock, journal = FakeClock(), Journal()
    async with a_service(Answers(a_list(), answer(201, {"id": "new"})), clock, tells_date=tells_date) as service:
        await create_with(service, clock, journal)
    assert journal.intents[0].knows_all_before is tells_date


async def test_a_refusal_of_something_in_between_is_one_look_that_failed_and_no_end_of_the_looking() -> None:
    between = httpx.Response(403, content=b"<html>a proxy</html>")
    assert isinstance(await create(Answers(a_list(), answer(504, {}), between, *twice(listed()))), Created)


async def test_the_digest_does_not_depend_on_the_secret() -> None:
    digests = set()
    for secret in (CANARY, CANARY * 2):
        journal = Journal()
        async with a_service(Answers(a_list(), answer(201, {"id": "new"}))) as service:
            await create_once(
                service,
                a_request(secret=secret),
                journal,
                FakeClock(),
                target=a_target(),
                source_id="s",
                auth_method_id="a",
            )
        digests.add(journal.intents[0].digest)
    assert len(digests) == 1


@pytest.mark.parametrize("failure", UNCLEAR)
async def test_an_unclear_answer_is_looked_into_and_the_connection_found(failure: httpx.Response | Exception) -> None:
    answers = Answers(a_list(), failure, a_list(), a_list(listed()), a_list(listed()))
    journal = Journal()
    outcome = await create(answers, journal=journal)
    assert isinstance(outcome, Created)
    assert (outcome.connection.connection_id, bool(outcome.found_words)) == ("new", True)
    assert answers.methods == ["GET", "POST", "GET", "GET", "GET"]
    assert [each.kind for each in journal.outcomes.values()] == [OutcomeKind.CREATED]


@pytest.mark.parametrize("failure", UNCLEAR)
async def test_an_empty_list_for_a_minute_is_no_proof(failure: httpx.Response | Exception) -> None:
    clock, journal = FakeClock(), Journal()
    count = 0

    def platform(request: httpx.Request) -> httpx.Response:
        nonlocal count
        if request.method == "GET":
            count += 1
            return a_list()
        if isinstance(failure, Exception):
            raise failure
        return failure

    outcome = await create(platform, clock, journal)
    assert isinstance(outcome, CannotTell)
    says_created = isinstance(failure, httpx.Response) and failure.status_code in {201, 202}
    assert ("probably not created" in outcome.what_to_do) is not says_created
    assert ("Do not create it anew" in outcome.what_to_do) is says_created
    assert outcome.error.cause is not None
    assert clock.elapsed == 60
    assert 5 <= count <= 12
    assert not next(iter(journal.outcomes.values())).is_final


@pytest.mark.parametrize(
    "refusal",
    [
        flow_error("1415-400"),
        flow_error("2120-403"),
        flow_error("2101-404"),
        answer(401, {"error_code": "401013", "message": "x"}),
        answer(403, {"error_code": 403025, "message": "Profile is not valid"}),
    ],
)
async def test_a_refusal_of_the_platform_means_not_created(refusal: httpx.Response) -> None:
    journal, answers = Journal(), Answers(a_list(), refusal)
    outcome = await create(answers, journal=journal)
    assert isinstance(outcome, NotCreated)
    assert answers.methods == ["GET", "POST"]
    assert [each.kind for each in journal.outcomes.values()] == [OutcomeKind.NOT_CREATED]


async def test_a_request_that_never_left_means_not_created() -> None:
    outcome = await create(Answers(a_list(), *[httpx.ConnectError("refused")] * 4))
    assert isinstance(outcome, NotCreated)


@pytest.mark.parametrize(
    "failure",
    [answer(502, {}), answer(503, {}), answer(504, {}), httpx.ConnectError("x"), answer(401, {"error_code": "401013"})],
)
async def test_when_the_platform_cannot_be_asked_before_nothing_is_sent(failure: httpx.Response | Exception) -> None:
    journal, answers = Journal(), Answers(*[failure] * 4)
    outcome = await create(answers, journal=journal)
    assert isinstance(outcome, NotCreated)
    assert "POST" not in answers.methods
    assert journal.intents == []


@pytest.mark.parametrize("no_list", [[flow_error("2120-403")], [answer(500, {})], [answer(501, {})]])
async def test_a_list_that_the_platform_does_not_give_does_not_forbid_to_create(no_list: list[httpx.Response]) -> None:
    journal = Journal()
    outcome = await create(Answers(*no_list, answer(201, {"id": "new"})), journal=journal)
    assert isinstance(outcome, Created)
    assert journal.intents[0].known_connection_ids is None


@pytest.mark.parametrize(
    "other",
    [
        listed("old"),
        listed("x", after=-600),
        listed("x", name="Another"),
        listed("x", createdClient="another-key"),
        listed("x", auth={"specName": "Basic Authentication"}),
        listed("x", sandboxName="prod"),
        listed("x", connectionSpec={"id": "another"}),
    ],
)
async def test_a_connection_that_is_not_the_one_is_never_taken_for_it(other: dict[str, object]) -> None:
    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return answer(504, {})
        return a_list(listed("old"), other)

    assert isinstance(await create(platform), CannotTell)


async def test_without_a_list_from_before_a_single_connection_is_named_and_not_claimed() -> None:
    posted = False

    def platform(request: httpx.Request) -> httpx.Response:
        nonlocal posted
        if request.method == "POST":
            posted = True
            return answer(504, {})
        return a_list(listed("maybe")) if posted else flow_error("2120-403")

    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("maybe",)


async def test_the_servers_own_time_decides_what_is_older() -> None:
    clock = FakeClock()
    ahead = timedelta(hours=2)
    date = (START + ahead).strftime("%a, %d %b %Y %H:%M:%S GMT")
    journal = Journal()
    later = [answer(200, {"items": [listed(after=7200)]}, Date=date) for _look in range(2)]
    outcome = await create(Answers(answer(200, {"items": []}, Date=date), answer(504, {}), *later), clock, journal)
    assert isinstance(outcome, Created)
    assert journal.intents[0].not_before == START + ahead - timedelta(seconds=2)


async def test_several_candidates_are_named() -> None:
    outcome = await create(Answers(a_list(), answer(502, {}), *twice(listed("a"), listed("b"))))
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("a", "b")
    assert "a, b" in outcome.what_to_do


async def test_looks_that_fail_are_repeated_and_a_refused_token_ends_them() -> None:
    answers = Answers(a_list(), answer(502, {}), answer(503, {}), httpx.ReadTimeout("x"), *twice(listed()))
    assert isinstance(await create(answers), Created)
    answers = Answers(a_list(), answer(502, {}), TOKEN_ENDED)
    outcome = await create(answers)
    assert isinstance(outcome, CannotTell)
    assert "cannot be read" in outcome.what_to_do


class Person:
    """Is asked for a token, gives one as often as the test says, and takes five minutes for it."""

    def __init__(self, clock: FakeClock, tokens: int) -> None:
        self._clock = clock
        self._tokens = tokens
        self.asked = 0

    async def give(self, _refusal: AuthenticationRequired) -> bool:
        self.asked += 1
        await self._clock.sleep(300)
        return self.asked <= self._tokens


async def test_a_token_that_ends_while_it_is_looked_is_asked_for_and_the_looks_go_on_as_long_as_before() -> None:
    clock = FakeClock()
    person = Person(clock, tokens=1)
    answers = Answers(a_list(), answer(502, {}), TOKEN_ENDED, *[a_list()] * 4, *twice(listed()))
    outcome = await create(answers, clock, on_token_refused=person.give)
    assert isinstance(outcome, Created)
    assert (person.asked, answers.methods.count("POST")) == (1, 1)


async def test_a_create_that_is_refused_for_its_token_says_once_that_nothing_was_created() -> None:
    outcome = await create(Answers(a_list(), TOKEN_ENDED))
    assert isinstance(outcome, NotCreated)
    assert outcome.error.message.startswith("Nothing was created. ")
    looked = await create(Answers(TOKEN_ENDED))
    assert isinstance(looked, NotCreated)
    assert looked.error.message.startswith("Nothing was sent. ")
    assert "Nothing was created" not in looked.error.message


async def test_who_has_no_other_token_hears_that_nobody_could_look() -> None:
    clock = FakeClock()
    person = Person(clock, tokens=1)
    answers = Answers(a_list(), answer(502, {}), TOKEN_ENDED, TOKEN_ENDED)
    outcome = await create(answers, clock, on_token_refused=person.give)
    assert isinstance(outcome, CannotTell)
    assert "cannot be read" in outcome.what_to_do
    assert (person.asked, answers.methods.count("POST")) == (2, 1)


async def test_a_refusal_of_the_permission_asks_for_no_token() -> None:
    clock = FakeClock()
    person = Person(clock, tokens=1)
    answers = Answers(a_list(), answer(502, {}), answer(403, {"error_code": "403000"}))
    assert isinstance(await create(answers, clock, on_token_refused=person.give), CannotTell)
    assert person.asked == 0


async def test_a_platform_that_stays_silent_leaves_the_outcome_open() -> None:
    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "GET" and not posted:
            return a_list()
        posted.append(request)
        return answer(503, {})

    posted: list[httpx.Request] = []
    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert "could not be read" in outcome.what_to_do
    assert [request.method for request in posted].count("POST") == 1


async def test_a_journal_that_cannot_be_written_before_means_that_nothing_is_sent() -> None:
    class Full(Journal):
        def begin(self, intent: Intent) -> None:
            raise Problem("Disk full", "No space is left.")

    answers = Answers(a_list())
    with pytest.raises(Problem, match="Disk full"):
        await create(answers, journal=Full())
    assert answers.methods == ["GET"]


async def test_a_journal_that_cannot_be_written_after_does_not_lose_the_result() -> None:
    class Full(Journal):
        def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
            raise OSError(28, "No space left on device")

    told: list[str] = []
    outcome = await create(Answers(a_list(), answer(201, {"id": "new"})), journal=Full(), on_progress=told.append)
    assert isinstance(outcome, Created)
    assert "next start will look again" in told[-1]


async def test_an_open_intent_of_an_earlier_run_can_be_looked_into() -> None:
    journal = Journal()
    clock = FakeClock()
    await create(Answers(a_list(), answer(201, {"id": "new"})), clock, journal)
    async with a_service(Answers(*twice(listed())), clock) as service:
        outcome = await reconcile(service, journal.intents[0], clock)
    assert isinstance(outcome, Created)
    assert bool(outcome.found_words)


async def test_an_unclear_outcome_does_not_reveal_what_the_server_echoed() -> None:
    def platform(request: httpx.Request) -> httpx.Response:
        return a_list() if request.method == "GET" else answer(502, {"message": request.content.decode()})

    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert CANARY not in everything_said_by(outcome.error)
    assert isinstance(outcome.error.cause, PlatformError)
    assert CANARY not in everything_said_by(outcome.error.cause)


async def test_the_looks_come_after_1_2_4_and_8_seconds_and_then_every_15_whatever_the_clock_began_with() -> None:
    clock = FakeClock()
    clock.advance(5_000)
    outcome = await create(lambda request: answer(504, {}) if request.method == "POST" else a_list(), clock)
    assert isinstance(outcome, CannotTell)
    assert clock.slept == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert "at 8 looks" in outcome.what_to_do


async def test_once_something_was_seen_the_second_look_does_not_wait_long() -> None:
    clock = FakeClock()
    answers = Answers(a_list(), answer(504, {}), *[a_list() for _look in range(4)], *twice(listed(after=15)))
    assert isinstance(await create(answers, clock), Created)
    assert clock.slept == [1.0, 2.0, 4.0, 8.0, 2.0]


async def test_the_log_tells_each_look_that_failed_and_why(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "aep_tui.session")
    answers = Answers(a_list(), answer(502, {}), answer(503, {}), answer(401, {"error_code": "401013"}))
    await create(answers)
    assert [words for words in caplog.messages if "look 1 failed" in words]
    assert [words for words in caplog.messages if "look 2 failed" in words]
