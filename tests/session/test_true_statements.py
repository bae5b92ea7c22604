"""What is said about a create whose answer was lost, as far as nothing else than the truth may be said."""

from __future__ import annotations

import httpx
import pytest

from aep_tui.flow_service.errors import ServiceUnavailable
from aep_tui.session.creation import reconcile
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome
from tests.flow_service.helpers import Answers, a_service, answer
from tests.kit.clock import START, FakeClock
from tests.session.creating import create, create_with, twice
from tests.session.fault_schedules import Journal
from tests.session.made_up_platform import a_list, listed

pytestmark = pytest.mark.anyio

SENT_PARAMETERS = {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "acme-client", "apiVersion": "60.0"}


async def created_among(*items: dict[str, object], before: httpx.Response | None = None) -> CreationOutcome:
    """Return what is said when `before` was listed before a create whose answer was lost, and `items` after it."""
    posted: list[str] = []

    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            posted.append("POST")
            return answer(504, {})
        return a_list(*items) if posted else httpx.Response(200, content=(before or a_list()).content)

    return await create(platform)


def with_parameters(**changes: str) -> dict[str, object]:
    return listed(auth={"specName": "OAuth2 Client Credential", "params": {**SENT_PARAMETERS, **changes}})


@pytest.mark.parametrize(
    "foreign",
    [
        with_parameters(environmentUrl="https://another.my.salesforce.com"),
        with_parameters(clientId="another-client"),
        with_parameters(clientId="ACME-client"),
        with_parameters(apiVersion="61.0"),
        listed(description="made by another operator"),
        listed(createdClient="another-key"),
        listed(sandboxName="prod"),
    ],
)
async def test_the_same_name_and_key_with_other_values_is_not_ours_and_is_named(foreign: dict[str, object]) -> None:
    outcome = await created_among(foreign)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ()
    assert "another API key or other values than were sent: new." in outcome.what_to_do
    beside_ours = await created_among(foreign, listed("ours"))
    assert isinstance(beside_ours, Created)
    assert beside_ours.connection.connection_id == "ours"


@pytest.mark.parametrize(
    "ours",
    [
        with_parameters(environmentUrl="HTTPS://ACME.my.salesforce.com/ "),
        listed(createdClient="ACME-KEY"),
        listed(createdAt=str(int(START.timestamp()) + 1)),
        with_parameters(orgId="added by the service", clientSecret="arn:aws:secretsmanager:x"),
    ],
)
async def test_what_the_platform_writes_in_another_way_is_still_ours(ours: dict[str, object]) -> None:
    assert isinstance(await created_among(ours), Created)


@pytest.mark.parametrize(
    "doubtful",
    [
        listed(createdClient=""),
        listed(auth={}),
        listed(auth={"params": {"clientId": "acme-client"}}),
        listed(after=-10),
        listed(after=-600),
        listed(after=3 * 3600),
        listed(createdAt=None),
        listed(createdAt="yesterday"),
    ],
)
async def test_a_new_connection_of_which_not_all_is_told_is_named_as_the_probable_one(
    doubtful: dict[str, object],
) -> None:
    outcome = await created_among(doubtful)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("new",)
    assert "Probably this is the connection: new." in outcome.what_to_do
    assert "was not in the list" not in outcome.what_to_do


@pytest.mark.parametrize(
    "before",
    [
        answer(200, {}),
        answer(200, {"items": None}),
        answer(200, {"message": "Service temporarily unavailable", "status": 503}),
        answer(200, {"items": [], "_links": {"next": {"href": "/elsewhere?start=2"}}}),
    ],
)
async def test_a_list_before_that_was_none_or_not_read_to_its_end_leaves_it_open(before: httpx.Response) -> None:
    outcome = await created_among(listed(), before=before)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("new",)


@pytest.mark.parametrize(
    ("no_list", "words"),
    [
        ({}, "could not be read for a minute"),
        ({"items": {"id": "x"}}, "could not be read for a minute"),
        ({"items": [], "_links": {"next": {"href": "/elsewhere?start=2"}}}, "could not be read to its end"),
    ],
)
async def test_looks_that_read_no_list_to_its_end_claim_no_absence(no_list: object, words: str) -> None:
    posted: list[str] = []

    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            posted.append("POST")
            return answer(504, {})
        return answer(200, no_list) if posted else a_list()

    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert words in outcome.what_to_do
    assert "was not in the list" not in outcome.what_to_do


async def test_a_second_look_comes_before_a_single_connection_is_taken() -> None:
    answers = Answers(a_list(), answer(504, {}), a_list(listed("a")), *twice(listed("a"), listed("b")))
    outcome = await create(answers)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("a", "b")


async def test_what_one_look_has_shown_is_not_forgotten_when_the_others_fail() -> None:
    posted: list[str] = []

    def platform(request: httpx.Request) -> httpx.Response:
        posted.append(request.method)
        if request.method == "POST":
            return answer(504, {})
        if "POST" not in posted:
            return a_list()
        if posted[-2] == "POST":
            return answer(200, {"items": [listed()], "_links": {"next": {"href": "?start=2"}}})
        return answer(503, {})

    outcome = await create(platform)
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("new",)


@pytest.mark.parametrize(
    "refusal",
    [
        *(httpx.Response(status) for status in (400, 401, 403, 404, 412, 413, 421, 425, 429, 499)),
        answer(403, {"message": "Forbidden"}),
        answer(400, {"error": "bad", "status": 400, "type": "about:blank"}),
        answer(403, {"error_code": "4xx", "message": "no code of the gateway"}),
        answer(400, {"type": "https://ns.adobe.com/aep/errors/FLOW-1400-500", "title": "says 500"}),
        answer(429, {"title": "RequestRateTooLarge", "status": 429, "detail": "x"}),
        httpx.Response(429, content=b"<html>slow down</html>"),
        answer(429, {"code": "429050", "message": "Too many requests"}),
    ],
)
async def test_a_refusal_in_no_documented_shape_is_looked_into_and_not_repeated(refusal: httpx.Response) -> None:
    answers = Answers(a_list(), refusal, *twice(listed()))
    outcome = await create(answers)
    assert isinstance(outcome, Created)
    assert bool(outcome.found_words)
    assert answers.methods == ["GET", "POST", "GET", "GET"]


@pytest.mark.parametrize(
    "created",
    [
        answer(201, {"etag": '"1"'}, Location="https://x/data/foundation/flowservice/connections/new"),
        httpx.Response(201, content=b"<html>", headers={"Location": "/connections/new/"}),
        answer(201, {"items": [{"id": "new", "etag": '"1"'}]}),
        answer(201, {"id": "", "items": []}, Location="/connections/new"),
    ],
)
async def test_201_means_created_wherever_the_id_stands(created: httpx.Response) -> None:
    answers = Answers(a_list(), created)
    outcome = await create(answers)
    assert isinstance(outcome, Created)
    assert (outcome.connection.connection_id, bool(outcome.found_words)) == ("new", False)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answer(201, {"etag": '"1"'}), "said that it was created (HTTP 201)"),
        (answer(201, {}, Location="/elsewhere/new"), "said that it was created (HTTP 201)"),
        (answer(202, {"id": "new"}, Location="/connections/new"), "has accepted the request (HTTP 202)"),
    ],
)
async def test_after_created_or_accepted_nobody_is_invited_to_create_again(said: httpx.Response, words: str) -> None:
    outcome = await create(lambda request: said if request.method == "POST" else a_list())
    assert isinstance(outcome, CannotTell)
    assert words in outcome.what_to_do
    assert "probably not" not in outcome.what_to_do


async def test_a_clock_that_cannot_count_the_last_moment_ends_the_search_too() -> None:
    class Coarse(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(max(0.0, seconds - 0.001))

    outcome = await create(lambda request: answer(504, {}) if request.method == "POST" else a_list(), Coarse())
    assert isinstance(outcome, CannotTell)


async def test_the_intent_keeps_a_digest_of_each_value_in_clear_and_of_no_secret() -> None:
    journal = Journal()
    await create(Answers(a_list(), answer(201, {"id": "new"})), journal=journal)
    names = [name for name, _digest in journal.intents[0].sent_digests]
    assert names == ["description", "params.apiVersion", "params.clientId", "params.environmentUrl"]


async def test_without_the_servers_time_nothing_found_is_certain() -> None:
    """The list may have lacked an older row when it was read before, and its time is told by an unknown clock."""
    platform = Answers(a_list(), httpx.ReadTimeout("silence"), *twice(listed()))
    async with a_service(platform, tells_date=False) as service:
        outcome = await create_with(service, FakeClock())
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("new",)
    assert "Probably this is the connection: new" in outcome.what_to_do


@pytest.mark.parametrize("created_after", [4, 60, 119])
async def test_what_the_list_says_was_made_after_its_own_date_is_not_certainly_ours(created_after: float) -> None:
    """It may be an older one that the list before has hidden, written down by a clock that is ahead."""
    outcome = await created_among(listed(after=created_after))
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ("new",)


async def test_a_clock_that_was_ahead_at_one_look_makes_nothing_certain_at_a_later_one() -> None:
    """At the last look its time has passed, and nothing else tells of it."""
    row, failed = listed(after=6), answer(503, {})
    answers = Answers(a_list(), answer(504, {}), a_list(row), failed, failed, a_list(row))
    outcome = await create(answers)
    assert isinstance(outcome, CannotTell)
    assert answers.methods.count("GET") == 5


async def test_the_next_start_finds_its_connection_by_the_date_of_its_own_list() -> None:
    clock, journal = FakeClock(), Journal()
    await create(lambda request: answer(504, {}) if request.method == "POST" else a_list(), clock, journal)
    clock.advance(400)
    late = listed(after=130)
    for row, is_ours in ((listed(), True), (late, False)):
        async with a_service(Answers(*twice(row)), clock) as service:
            outcome = await reconcile(service, journal.intents[0], clock)
        assert isinstance(outcome, Created) is is_ours
    async with a_service(Answers(*twice(listed())), clock, tells_date=False) as service:
        assert isinstance(await reconcile(service, journal.intents[0], clock), CannotTell)


@pytest.mark.parametrize("is_told", [True, False])
async def test_of_several_failures_the_first_is_the_cause(is_told: bool) -> None:
    """The failure of the create goes before that of a look; without one the first failed look is told."""
    journal, clock = Journal(), FakeClock()
    await create(Answers(a_list(), answer(201, {"id": "new"})), journal=journal)
    cause = ServiceUnavailable("Unavailable", "The create failed.", "Wait.", status=504)

    def platform(_request: httpx.Request) -> httpx.Response:
        return answer(503 if clock.elapsed < 30 else 500, {})

    async with a_service(platform, clock) as service:
        outcome = await reconcile(service, journal.intents[0], clock, cause=cause if is_told else None)
    assert isinstance(outcome, CannotTell)
    assert outcome.error.status == (504 if is_told else 503)
    assert ("The create failed." in outcome.error.message) is is_told
