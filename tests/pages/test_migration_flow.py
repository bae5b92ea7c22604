"""Plans, runs and stops of a migration with a made-up face, against the practice service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx
import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import CredentialsAnswer
from aep_tui.domain.wizard import Wizard
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.app_state import AppState, CurrentState, LastChange
from aep_tui.pages.change_pages import ChangePage, CredentialsPage, SheetPage
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.migration_flow import MigrationFlow
from aep_tui.pages.migration_given import asked_parameters
from aep_tui.pages.migration_pages import LinePage, RunPage
from aep_tui.pages.migration_view import Happening, MigrationEnd
from aep_tui.pages.new_tokens import NewTokens
from aep_tui.pages.target_session import TargetSession
from aep_tui.practice.organization import NO_RUN_AS_USER_CLIENT_ID, PRACTICE_TOKEN, practice_target
from aep_tui.session.migration_events import RunEnded
from aep_tui.state.migration_files import record_path
from tests.kit.canary import CANARY
from tests.kit.navigator import FakeNavigator
from tests.session.migrating import METHODS, SANDBOXES, SECRETS, Transport, World, scenario_of
from tests.session.migration_schedules import end_state

pytestmark = pytest.mark.anyio
Answer = TypeVar("Answer")
GOOD = {"clientId": "3MVG9acme", "clientSecret": SECRETS.hold(CANARY, "clientSecret")}
BAD = {**GOOD, "clientId": NO_RUN_AS_USER_CLIENT_ID}
RUN, BACK = True, None
ROADS = {Road.BESIDE: "migration", Road.IN_PLACE: "migration-in-place"}


class Person(FakeNavigator):
    """Answers pages in order; a run goes to its end by itself."""

    def __init__(self, *pages: object, choices: list[str | None], is_confirmed: bool = True) -> None:
        super().__init__(answers=choices, is_confirmed=is_confirmed)
        self._given = list(pages)
        self.visited: list[ChangePage[Any]] = []
        self.events: list[Happening] = []
        self.before_run: Callable[[], None] = lambda: None

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        self.visited.append(page)
        if isinstance(page, RunPage):
            self.before_run()
            return cast(Answer, await page.work.run(self.events.append))
        answer = self._given.pop(0)
        answer = answer() if callable(answer) else answer
        return cast("Answer | None", CredentialsAnswer(answer) if isinstance(answer, dict) else answer)

    def of(self, kind: type[ChangePage[Any]]) -> list[Any]:
        return [page for page in self.visited if isinstance(page, kind)]


class Session:
    """What a flow needs of a session."""

    is_create_unclear = False
    sign_ins = None

    def __init__(self, world: World) -> None:
        self.wire = world.wire


class Lossy(Transport):
    """Loses the answer to the create of a connection, and cannot be asked afterwards, until it heals."""

    is_healed = False
    is_lost = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_lost and not self.is_healed:
            raise httpx.ConnectError("unreachable")
        response = await super().handle_async_request(request)
        if request.method == "POST" and request.url.path.endswith("/connections") and not self.is_healed:
            self.is_lost = True
            raise httpx.ReadTimeout("lost")
        return response


class Expiring(Transport):
    """Does not accept the first token any more after so many requests; every other token works."""

    def __init__(self, world: World, at: int) -> None:
        super().__init__(world.transport.application)
        self._left = at

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") == f"Bearer {PRACTICE_TOKEN}":
            self._left -= 1
            if self._left < 0:
                return httpx.Response(401, json={"error_code": 401013, "message": "Oauth token is not valid"})
        return await super().handle_async_request(request)


def flow_of(world: World, person: Person, **target: object) -> tuple[MigrationFlow, CurrentState]:
    """A flow over the practice service of `world`."""
    wanted = replace(practice_target(SECRETS), **target)  # type: ignore[arg-type]  # names of its fields
    current = CurrentState(AppState(Wizard(load_catalog(), world.clock.today()), wanted))
    session = TargetSession(current, lambda _target, _scenario: cast(Any, Session(world)))

    def take_token(token: Secret) -> None:
        current.now = replace(current.now, target=replace(current.now.target, access_token=token))

    not_asked = cast(Any, None)
    tools = FlowTools(current, person, session, world.clock, NewTokens(person, take_token), not_asked, not_asked)
    return MigrationFlow(tools), current


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def test_the_form_asks_for_no_address_and_no_check_of_the_page_sends_a_secret_to_the_host_of_a_plan(
    world: World,
) -> None:
    await world.plan(most=1)
    person = Person(str(world.path), RUN, GOOD, BACK, BACK, choices=["unchecked"])
    flow, current = flow_of(world, person)
    assert await flow.open(SANDBOXES, lambda _words: None)
    [form] = person.of(CredentialsPage)
    method = form.wizard.auth_method
    assert [each.api_name for each in method.parameters] == ["clientId", "clientSecret", "includeDeletedObjects"]
    assert method.check == ""
    assert len(world.new_ones) == 1
    assert current.now.last_change is LastChange.DONE
    assert current.now.migration.endswith("plan.toml")
    assert CANARY not in world.path.with_name("plan.toml.record").read_text()


async def test_what_a_plan_leaves_out_is_asked_for_and_the_address_never_is(world: World) -> None:
    [row] = (await world.plan(most=1)).rows
    asked = [each.api_name for each in asked_parameters(METHODS, row.group, [replace(row, parameters=())])]
    assert asked == ["clientId", "clientSecret", "apiVersion", "includeDeletedObjects"]


async def test_a_refused_login_leads_back_to_the_form_which_kept_everything_and_the_road_that_was_said_stays(
    world: World,
) -> None:
    await world.plan(Road.IN_PLACE, most=1)
    person = Person(str(world.path), RUN, BAD, GOOD, BACK, BACK, choices=["beside", "checked", "credentials"])
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    first, second = person.of(CredentialsPage)
    assert first.wizard.draft.answers.get("clientId") is None
    assert second.wizard.draft.answers["clientId"] == NO_RUN_AS_USER_CLIENT_ID
    assert "no client credentials user" in person.asked[-1].text
    assert len(world.new_ones) == 1  # beside: nothing was tried in place
    assert "PATCH" not in {method for method, _path in world.transport.requests}


async def test_a_lost_answer_is_unclear_until_a_person_names_the_connection_and_nothing_is_made_twice(
    world: World,
) -> None:
    await world.plan(most=2)
    lossy = world.transport = Lossy(world.transport.application)
    person = Person(
        str(world.path),
        RUN,
        GOOD,
        lambda: world.new_ones[0].id,
        BACK,
        BACK,
        choices=["unchecked", "made-as"],
    )
    flow, current = flow_of(world, person)
    states: list[LastChange] = []

    def heal() -> None:
        states.append(current.now.last_change)
        lossy.is_healed = lossy.is_lost

    person.before_run = heal
    await flow.open(SANDBOXES, lambda _words: None)
    assert states == [LastChange.NONE, LastChange.UNCLEAR]
    assert [each.id for each in person.asked[-1].choices] == ["report", "go-on", "made-as", "not-made"]
    judge = person.of(LinePage)[-1].line.judge
    assert [bool(judge(text)) for text in ("", "No", "yes", "new-1")] == [True, True, True, False], "no sends it again"
    assert len(world.new_ones) == 2
    assert current.now.last_change is LastChange.DONE
    ends = [each.ended for each in person.events if hasattr(each, "ended")]
    assert isinstance(ends[-1], RunEnded)
    assert ends[-1].left == 0


async def test_a_row_that_somebody_has_changed_is_left_out_and_the_rest_goes_on(world: World) -> None:
    plan = await world.plan(most=2)
    [first] = [each for each in world.store.connections() if each.id == plan.rows[0].connection_id]
    assert world.store.replace(replace(first, name="Renamed"), first.etag)
    person = Person(str(world.path), RUN, GOOD, BACK, BACK, choices=["unchecked", "leave-out"])
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    assert "The connection is not what was planned" in person.asked[-1].text
    assert "--leave" not in person.asked[-1].text
    [new] = world.new_ones
    assert new.name == plan.rows[1].new_name
    assert "left out by a person" in person.of(SheetPage)[-2].sheet.text


async def test_nothing_is_sent_in_production_without_its_name_and_read_only_runs_nothing(world: World) -> None:
    await world.plan()
    person = Person(str(world.path), RUN, BACK, choices=[], is_confirmed=False)
    flow, _current = flow_of(world, person)
    assert not await flow.open(SANDBOXES, lambda _words: None)
    assert [each.expected for each in person.confirmed] == ["prod"]
    reader = Person(str(world.path), BACK, choices=[])
    flow, _current = flow_of(world, reader, is_read_only=True)
    assert not await flow.open(SANDBOXES, lambda _words: None)
    assert reader.of(SheetPage)[0].sheet.yes == ""
    assert world.new_ones == []


async def test_a_plan_of_another_platform_is_shown_to_nobody(world: World) -> None:
    await world.plan(most=1)
    person = Person(str(world.path), choices=[])
    flow, _current = flow_of(world, person, organization_id="0123456789ABCDEF01234567@AdobeOrg")
    assert not await flow.open(SANDBOXES, lambda _words: None)
    [problem] = person.problems
    assert "another platform" in str(getattr(problem, "title", ""))
    assert person.of(SheetPage) == []


async def test_a_disk_that_does_not_take_the_plan_asks_for_another_name_and_reads_nothing_twice(
    world: World,
) -> None:
    nowhere, here = str(world.folder / "missing" / "plan.toml"), str(world.path)
    person = Person(nowhere, here, BACK, choices=["in-place"])
    flow, _current = flow_of(world, person)
    said: list[str] = []
    await flow.plan((), ("dev",), said.append)
    first, second = person.of(LinePage)
    assert "cannot be used" in second.line.says
    assert (first.line.text, second.line.text) == ("migration.toml", nowhere)
    assert sum("Reading the connections" in words for words in said) == 1
    assert "8 connections in dev" in person.of(SheetPage)[0].sheet.text
    assert METHODS.new.label in world.path.read_text()
    assert 'road = "in-place"' in world.path.read_text()


async def _requests_of_a_run(folder: Path, road: Road, at: int, *tokens: Secret | None) -> tuple[World, Person]:
    """Run a plan of two connections whose token ends before the request `at`."""
    folder.mkdir()
    world = World(folder, scenario_of(ROADS[road], migration_size=3))
    await world.plan(road, most=2)
    world.transport = Expiring(world, at)
    said = ["in-place", "no"] if road is Road.IN_PLACE else []
    person = Person(str(world.path), RUN, GOOD, GOOD, BACK, BACK, choices=[*said, "unchecked", "report"])
    person.tokens = list(tokens)
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    return world, person


@pytest.mark.parametrize("road", Road)
async def test_a_token_that_ends_at_any_request_is_asked_for_and_the_run_goes_on_at_the_same_connection(
    tmp_path: Path, road: Road
) -> None:
    whole, _person = await _requests_of_a_run(tmp_path / "whole", road, 10_000)
    wanted = end_state(whole)
    count = len(whole.transport.requests)
    assert count > 10
    fresh = SECRETS.hold("a-fresh-token", "accessToken")
    for at in range(count):
        world, person = await _requests_of_a_run(tmp_path / str(at), road, at, fresh)
        assert [type(each) for each in person.refusals] == [AuthenticationRequired], at
        assert end_state(world) == wanted, at
        ended = [each for each in person.events if isinstance(each, MigrationEnd)][-1].ended
        assert ended is not None
        assert (ended.done, ended.left, ended.reason) == (2, 0, None), at
        changes = [method for method, path in world.transport.requests if method in {"POST", "PATCH"}]
        assert len(changes) == 2, at
        assert "a-fresh-token" not in record_path(world.path).read_text()
        world.store.close()


async def test_without_another_token_the_run_ends_and_says_why(world: World) -> None:
    await world.plan(most=2)
    world.transport = Expiring(world, 8)
    person = Person(str(world.path), RUN, GOOD, BACK, BACK, choices=["unchecked", "report"])
    person.tokens = [None]
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    assert "The access token was not accepted" in person.asked[-1].text
    assert [each.id for each in person.asked[-1].choices] == ["report", "go-on"]


async def test_the_report_leads_to_how_each_connection_is_now_in_the_words_of_the_command(world: World) -> None:
    await world.plan(most=3)
    answers = (RUN, GOOD, GOOD, RUN, RUN, BACK, BACK, BACK)
    person = Person(str(world.path), *answers, choices=["unchecked"])
    flow, _current = flow_of(world, person)
    said: list[str] = []
    await flow.open(SANDBOXES, said.append)
    sheets = [each.sheet for each in person.of(SheetPage)]
    assert [sheet.title for sheet in sheets] == ["Plan", "Report", "Check", "Check", "Report", "Plan"]
    assert [sheet.yes for sheet in sheets[:4]] == ["Run", "Check", "Check again", "Check again"]
    assert sheets[2].statements[0].startswith("3 old connections could go. A migration deletes none: a person does")
    assert sheets[2].remarks[0].endswith("; new: 0 dataflows; old: could go")
    assert said.count("Looking at connection 3 of 3.") == 2
    assert said[-1] == ""


async def test_read_only_the_report_of_what_was_done_and_the_check_can_be_seen(world: World) -> None:
    await world.plan(most=2)
    person = Person(str(world.path), RUN, GOOD, GOOD, BACK, BACK, choices=["unchecked"])
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    sent = len(world.transport.requests)
    world.path.write_text(world.path.read_text() + _MORE)
    reader = Person(str(world.path), RUN, RUN, BACK, BACK, BACK, choices=[])
    flow, _current = flow_of(world, reader, is_read_only=True)
    assert not await flow.open(SANDBOXES, lambda _words: None)
    assert [each.sheet.title for each in reader.of(SheetPage)] == ["Plan", "Report", "Check", "Report", "Plan"]
    assert {method for method, _path in world.transport.requests[sent:]} == {"GET"}


_MORE = """
[[connection]]
id = "another"
name = "Another"
sandbox = "dev"
etag = "1"
"""


async def test_a_rehearsal_that_was_forgotten_says_so_and_the_form_names_the_user_of_the_old_secrets(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, scenario_of("migration-in-place", migration_size=3))
    await world.plan(Road.IN_PLACE, most=1)
    old = {"password": GOOD["clientSecret"], "securityToken": GOOD["clientSecret"]}
    person = Person(str(world.path), RUN, GOOD, old, BACK, BACK, choices=["in-place", "put-back", "unchecked"])
    flow, _current = flow_of(world, person)
    await flow.open(SANDBOXES, lambda _words: None)
    assert ", as they are today, of integration@" in person.of(CredentialsPage)[1].message
    assert all("forgets" not in each.sheet.text for each in person.of(SheetPage))
    later = Person(str(world.path), BACK, choices=[])
    flow, _current = flow_of(world, later)
    await flow.open(SANDBOXES, lambda _words: None)
    assert "a rehearsal in the wizard forgets its connections" in later.of(SheetPage)[0].sheet.text
