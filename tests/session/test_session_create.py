"""What a session does around a create: it tells what has come since the person looked, and waits for nobody in vain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from aep_tui.domain.draft import Draft
from aep_tui.domain.target import LIVE_BASE_URL, Mode
from aep_tui.session.creation import ConnectionAppeared
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.watch import PollFailed
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLock
from tests.flow_service.helpers import CONNECTION_ID, a_request, item
from tests.kit.canary import knowing
from tests.kit.clock import FakeClock
from tests.kit.wire import a_wire
from tests.session.made_up_platform import listed
from tests.session.test_platform_session import Recorder
from tests.session.test_session_result import NO_CONNECTIONS, PRACTICE, SEEN, home_of_its_own, opened
from tests.state.intents import intent

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("home_of_its_own")]

__all__ = ["home_of_its_own", "opened"]


LIVE = replace(PRACTICE, mode=Mode.LIVE, base_url=LIVE_BASE_URL)


class Listing:
    """Answers a create, and a list whose connections can be changed."""

    def __init__(self) -> None:
        self.is_closed = False
        self.items: list[dict[str, object]] = []
        self.posts = 0

    def __call__(self, scope: dict[str, Any]) -> tuple[int, object]:
        if scope["method"] == "POST":
            self.posts += 1
            return 201, {"id": "created"}
        return (403, {"error_code": "403025"}) if self.is_closed else (200, {"items": self.items})


async def test_what_has_come_since_the_person_looked_is_told_once_before_anything_is_sent(
    opened: Callable[..., PlatformSession], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    listing = Listing()
    session = opened(listing)
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    assert await session.similar_connections(a_request(), lambda _words: None) == ()
    listing.items = [item(id="newcomer")]
    with pytest.raises(ConnectionAppeared, match="newcomer"):
        await create(lambda _words: None)
    assert listing.posts == 0
    assert isinstance(await create(lambda _words: None), Created)
    assert listing.posts == 1
    assert "connections of the source: 0 read, 0 like the one to create" in caplog.text
    assert "not sent: newcomer came since the person looked" in caplog.text


async def test_what_was_seen_when_the_person_looked_has_not_appeared(opened: Callable[..., PlatformSession]) -> None:
    listing = Listing()
    listing.items = [item(id="known")]
    session = opened(listing)
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    (similar,) = await session.similar_connections(a_request(), lambda _words: None)
    assert similar.status.connection_id == "known"
    assert isinstance(await create(lambda _words: None), Created)


async def test_who_could_not_look_is_told_of_no_appearance(opened: Callable[..., PlatformSession]) -> None:
    listing = Listing()
    session = opened(listing)
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    listing.items = [item(id="there")]
    assert isinstance(await create(lambda _words: None), Created)


async def test_who_could_not_look_again_is_told_of_no_appearance_since_an_earlier_look(
    opened: Callable[..., PlatformSession],
) -> None:
    listing = Listing()
    session = opened(listing)
    await session.similar_connections(a_request(), lambda _words: None)
    listing.is_closed, listing.items = True, [item(id="there")]
    assert await session.similar_connections(a_request(), lambda _words: None) == ()
    listing.is_closed = False
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    assert isinstance(await create(lambda _words: None), Created)


@pytest.mark.parametrize("is_second", [False, True])
async def test_what_an_earlier_create_may_have_made_is_not_called_the_connection_of_this_one(is_second: bool) -> None:
    clock, rows, lost = FakeClock(), list[dict[str, object]](), list[str]()

    def platform(request: httpx.Request) -> httpx.Response:
        date = {"Date": format_datetime(clock.now(), usegmt=True)}
        if request.method == "POST":
            lost.append("POST")
            if len(lost) > is_second:
                rows.append(listed(after=clock.elapsed + 1))
            return httpx.Response(504, json={}, headers=date)
        return httpx.Response(200, json={"items": rows}, headers=date)

    session = PlatformSession(LIVE, a_wire(answers=platform, clock=clock))
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    if is_second:
        assert isinstance(await create(lambda _words: None), CannotTell)
        clock.advance(5)
    outcome = await create(lambda _words: None)
    assert isinstance(outcome, CannotTell if is_second else Created)
    await session.close()


async def test_the_latest_of_several_creates_that_nobody_knows_of_is_the_one_to_look_for() -> None:
    earlier, later = (replace(intent(each), name="ACME", base_url=LIVE_BASE_URL) for each in ("earlier", "later"))
    for each in (earlier, later):
        Journal().begin(each)
    session = PlatformSession(replace(LIVE, organization_id=earlier.organization_id), a_wire())
    assert await session.unclear_intent("ACME", None) == later
    assert await session.unclear_intent("ACME", earlier) == earlier, "what this run knows of itself goes first"
    await session.close()


async def test_a_list_that_was_not_read_to_its_end_makes_no_newcomer_of_what_it_did_not_show(
    opened: Callable[..., PlatformSession],
) -> None:
    numbers = iter(range(10_000))

    def endless(scope: dict[str, Any]) -> tuple[int, object]:
        if scope["method"] == "POST":
            return 201, {"id": "created"}
        following = {"next": {"href": f"/connections?continuationToken={next(numbers)}"}}
        return 200, {"items": [item(id=f"c-{next(numbers)}")], "_links": following}

    session = opened(endless)
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    await session.similar_connections(a_request(), lambda _words: None)
    assert isinstance(await create(lambda _words: None), Created)


async def test_only_of_what_was_created_a_moment_ago_it_is_said_that_it_does_not_show_yet(
    opened: Callable[..., PlatformSession],
) -> None:
    session = opened(lambda _scope: NO_CONNECTIONS)
    titles = []
    for work in (session.for_create(a_request(), Draft()), session.for_watch(CONNECTION_ID), session.for_delete(SEEN)):
        event = await anext(aiter(work.watch(CONNECTION_ID)))
        assert isinstance(event, PollFailed)
        titles.append(event.error.title)
    assert titles == ["Not visible yet", "Not found", "Not found"]


async def test_a_wait_that_nobody_listens_to_is_waited_all_the_same(opened: Callable[..., PlatformSession]) -> None:
    answers = iter([(503, {}), (200, {"items": [item()]})])
    session = opened(lambda _scope: next(answers))
    assert (await session.here.service.connection_status(CONNECTION_ID)).is_enabled


async def test_a_rehearsal_creates_while_another_window_holds_the_lock(opened: Callable[..., PlatformSession]) -> None:
    session = opened(Listing())
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    with SubmitLock(PRACTICE.place):
        assert isinstance(await create(lambda _words: None), Created)


async def test_a_name_that_is_a_secret_s_value_too_is_still_found_before_a_create() -> None:
    request = a_request(secret="ACME Salesforce")
    wire = a_wire(
        application=Recorder(lambda _scope: (200, {"items": [item()]})), secrets=knowing({"password": request.name})
    )
    session = PlatformSession(PRACTICE, wire)
    (similar,) = await session.similar_connections(request, lambda _words: None)
    await session.close()
    assert similar.status.name == request.name


async def test_each_step_of_a_create_is_told(opened: Callable[..., PlatformSession]) -> None:
    create = opened(Listing()).for_create(a_request(), Draft()).create
    assert create is not None
    told: list[str] = []
    await create(told.append)
    assert told == ["Looking for connections of this name before the create.", "Creating the connection."]


async def test_a_name_that_is_a_secret_s_value_too_is_known_from_before_the_create() -> None:
    request = a_request(name="ACME, EMEA", secret="ACME, EMEA")  # a name with a comma is looked for here
    platform = Listing()
    platform.items = [item(name=request.name)]
    wire = a_wire(application=Recorder(platform), secrets=knowing({"password": request.name}))
    session = PlatformSession(LIVE, wire)
    create = session.for_create(request, Draft()).create
    assert create is not None
    assert isinstance(await create(lambda _words: None), Created)
    await session.close()
    (entry,) = Journal().entries()
    assert entry.intent.known_connection_ids == (CONNECTION_ID,)
