"""What the use cases of a session hand on: the result on standard output, words while it works, and what is open."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Wizard
from aep_tui.flow_service.errors import PlatformError
from aep_tui.pages.status_view import first_view
from aep_tui.session.change_outcome import Changed, ChangeUnknown, NotChanged
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.platform_session import PlatformSession
from aep_tui.state.journal import Journal
from aep_tui.state.paths import state_directory
from aep_tui.state.submit_lock import SubmitLock, SubmitLockTaken
from tests.flow_service.helpers import CONNECTION_ID, SPEC_ID, a_request, item
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.wire import a_wire
from tests.session.test_platform_session import Recorder

pytestmark = pytest.mark.anyio

PRACTICE = Target(Mode.PRACTICE, "http://practice.localhost", "ACME@AdobeOrg", "dev", "acme-key", Secret(CANARY))
CREATED = CreatedConnection(CONNECTION_ID, '"1"', f"/connections/{CONNECTION_ID}", "request-1")
NO_CONNECTIONS: tuple[int, object] = (200, {"items": []})
SEEN = ConnectionStatus(
    CONNECTION_ID,
    "enabled",
    name="Seen name",
    etag='"2"',
    connection_spec_id=SPEC_ID,
    auth_spec_name="Basic Authentication",
)


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.fixture
async def opened() -> AsyncIterator[Callable[..., PlatformSession]]:
    sessions: list[PlatformSession] = []

    def open_session(answers: Callable[[dict[str, Any]], tuple[int, object]]) -> PlatformSession:
        sessions.append(PlatformSession(PRACTICE, a_wire(application=Recorder(answers))))
        return sessions[-1]

    yield open_session
    for session in sessions:
        await session.close()


def enabled(_scope: dict[str, Any]) -> tuple[int, object]:
    return 200, {"items": [item()]}


def walked() -> Wizard:
    wizard = Wizard(load_catalog(), date(2026, 11, 22)).with_cloud(Cloud.AZURE).wizard
    wizard = wizard.with_source("salesforce").wizard.with_auth_method("basic-authentication").wizard
    return wizard.with_name("Chosen name", "")


async def test_the_result_of_a_create_says_what_was_chosen_and_what_was_seen_last(
    opened: Callable[..., PlatformSession],
) -> None:
    result = opened(enabled).result(walked(), CREATED, SEEN)
    told = (result.mode, result.connection_id, result.etag, result.location, result.state, result.request_id)
    assert told == ("practice", CONNECTION_ID, '"2"', CREATED.location, "enabled", "request-1")
    assert (result.name, result.organization_id, result.sandbox_name) == ("Seen name", "ACME@AdobeOrg", "dev")
    assert (result.cloud, result.source, result.auth_spec_name) == ("azure", "Salesforce", "Basic Authentication")
    assert result.notices == tuple(notice.title for notice in walked().notices) != ()


async def test_before_anything_was_seen_the_result_says_what_was_created(
    opened: Callable[..., PlatformSession],
) -> None:
    result = opened(enabled).result(walked(), CREATED, None)
    assert (result.etag, result.state, result.name) == ('"1"', "", "Chosen name")
    assert (result.source, result.auth_spec_name) == ("Salesforce", "Basic Authentication")
    unseen = ConnectionStatus(CONNECTION_ID, "initializing")
    result = opened(enabled).result(walked(), CREATED, unseen)
    assert (result.etag, result.state, result.name) == ('"1"', "initializing", "Chosen name")


async def test_of_a_connection_that_was_only_watched_the_result_says_what_the_platform_told(
    opened: Callable[..., PlatformSession],
) -> None:
    wizard = Wizard(load_catalog(), date(2026, 11, 22))
    result = opened(enabled).result(wizard, CreatedConnection(CONNECTION_ID), SEEN)
    assert (result.source, result.auth_spec_name, result.cloud) == ("Salesforce", "Basic Authentication", "")
    result = opened(enabled).result(wizard, CreatedConnection(CONNECTION_ID), None)
    assert (result.source, result.auth_spec_name, result.notices) == ("", "", ())


async def test_of_a_connection_that_is_not_the_one_of_the_answers_nothing_of_the_answers_is_said(
    opened: Callable[..., PlatformSession],
) -> None:
    other_method = replace(SEEN, auth_spec_name="OAuth2 Client Credential")
    result = opened(enabled).result(walked(), CREATED, other_method)
    assert (result.source, result.auth_spec_name, result.cloud, result.notices) == (
        "Salesforce",
        "OAuth2 Client Credential",
        "",
        (),
    )
    result = opened(enabled).result(walked(), CREATED, replace(SEEN, connection_spec_id="another"))
    assert (result.source, result.auth_spec_name, result.cloud, result.notices) == ("", "Basic Authentication", "", ())


async def test_what_was_done_is_said_of_a_create_and_of_a_correction(opened: Callable[..., PlatformSession]) -> None:
    session = opened(enabled)
    assert session.for_create(a_request(), Draft()).done_words == "created (HTTP {status})"
    assert session.for_correction(CONNECTION_ID, '"1"', a_request()).done_words == "credentials replaced"
    sent = dict(session.for_create(a_request(), Draft()).sent_parameters)
    assert sent == {
        "environmentUrl": "https://acme.my.salesforce.com",
        "clientId": "acme-client",
        "clientSecret": "set",
        "apiVersion": "60.0",
    }
    assert session.for_watch(CONNECTION_ID).connection_id == CONNECTION_ID
    assert session.for_watch(CONNECTION_ID).create is None


async def test_a_look_at_an_earlier_change_says_that_it_sends_nothing(opened: Callable[..., PlatformSession]) -> None:
    session = opened(enabled)
    intent = ChangeIntent("1", START, "https://a", "O", "dev", CONNECTION_ID, ChangeKind.DELETE, "ACME", '"1"')
    for kind in ChangeKind:
        work = session.for_change_look(replace(intent, kind=kind))
        assert (work.kind.value, work.is_sending) == (kind.value, False)
        assert first_view(work, is_practice=False).activity == "Looking what became of it..."
    sending = (session.for_change(SEEN, ConnectionChange(name="New")), session.for_delete(SEEN))
    assert [(work.kind.value, work.is_sending) for work in sending] == [("change", True), ("delete", True)]
    assert [work.done_words for work in sending] == ["changed", "deleted"]
    assert "Sending" in first_view(sending[0], is_practice=False).activity


async def test_a_live_correction_and_delete_are_written_down_and_locked() -> None:
    live = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "acme-key", Secret(CANARY))

    def nobody(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    session = PlatformSession(live, a_wire(answers=nobody))
    correct = session.for_correction(CONNECTION_ID, '"1"', a_request()).create
    assert correct is not None
    with SubmitLock(live.place):
        with pytest.raises(SubmitLockTaken):
            await correct(lambda _words: None)
        with pytest.raises(SubmitLockTaken):
            await session.changes.delete(SEEN, lambda _words: None)
    with SubmitLock(replace(live.place, sandbox_name="prod")), pytest.raises(PlatformError):
        await correct(lambda _words: None)  # nobody is there, and it never leaves
    await session.close()
    lines = (state_directory() / "journal.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["begin-change", "finish"]
    assert CANARY not in "".join(lines)


async def test_a_rehearsal_writes_no_journal_and_still_knows_its_last_create(
    opened: Callable[..., PlatformSession],
) -> None:
    session = opened(lambda scope: (504, {}) if scope["method"] == "POST" else NO_CONNECTIONS)
    create = session.for_create(a_request(), Draft(source_id="salesforce")).create
    assert create is not None
    told: list[str] = []
    outcome = await create(told.append)
    assert isinstance(outcome, CannotTell)
    assert session.is_create_unclear
    assert session.unclear_create is not None
    assert await session.unclear_intent("another name", None) is None
    assert await session.unclear_intent("another name", session.unclear_create) == session.unclear_create
    assert Journal().entries() == ()
    assert "Creating the connection." in told
    session.conclude()


async def test_a_create_that_ended_well_is_not_unclear(opened: Callable[..., PlatformSession]) -> None:
    session = opened(lambda scope: (201, {"id": CONNECTION_ID}) if scope["method"] == "POST" else NO_CONNECTIONS)
    assert not session.is_create_unclear
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    assert isinstance(await create(lambda _words: None), Created)
    assert session.unclear_create is None, "what is not known of something else says nothing about it"
    assert not session.is_create_unclear


async def test_each_wait_before_a_further_try_is_told_with_its_seconds(opened: Callable[..., PlatformSession]) -> None:
    answers = iter([(503, {}), NO_CONNECTIONS])
    told: list[str] = []
    await opened(lambda _scope: next(answers)).similar_connections(a_request(), told.append)
    (wait,) = [words for words in told if "Retrying" in words]
    assert "(2 of 4)" in wait
    seconds = wait.partition("Retrying in ")[2].partition(" s")[0]
    assert len(seconds.partition(".")[2]) <= 1
    assert 0 < float(seconds) < 5


@pytest.mark.parametrize(("status", "body"), [(403, {"error_code": "403025"}), (404, {}), (400, {"error_code": "4"})])
async def test_a_list_that_is_not_given_away_forbids_nothing(
    opened: Callable[..., PlatformSession], status: int, body: object
) -> None:
    session = opened(lambda _scope: (status, body))
    assert await session.similar_connections(a_request(), lambda _words: None) == ()


async def test_a_live_create_waits_for_no_other_window_and_a_rehearsal_needs_no_lock() -> None:
    live = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "acme-key", Secret(CANARY))
    session = PlatformSession(live, a_wire())
    create = session.for_create(a_request(), Draft()).create
    assert create is not None
    with SubmitLock(live.place), pytest.raises(SubmitLockTaken):
        await create(lambda _words: None)
    await session.close()
    assert Journal().entries() == ()


async def test_a_journal_that_cannot_be_read_does_not_stand_in_the_way_of_a_look(tmp_path: Path) -> None:
    live = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "acme-key", Secret(CANARY))
    session = PlatformSession(live, a_wire())
    (tmp_path / "aep-tui").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "journal.jsonl").touch()
    assert await session.unclear_intent("ACME", None) is None
    await session.close()


async def test_what_became_of_an_earlier_create_is_returned_and_written_down(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    live = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "acme-key", Secret(CANARY))
    answers = Recorder(lambda scope: (504, {}) if scope["method"] == "POST" else NO_CONNECTIONS)
    lost = PlatformSession(live, a_wire(application=answers))
    create = lost.for_create(a_request(), Draft(source_id="salesforce")).create
    assert create is not None
    assert isinstance(await create(lambda _words: None), CannotTell)
    await lost.close()
    (intent,) = Journal().open_intents()

    later = PlatformSession(live, a_wire(application=answers))
    work = later.for_reconcile(intent)
    assert (later.unclear_create, work.is_sending, work.kind.value) == (intent, False, "create")
    assert work.create is not None
    told: list[str] = []
    with SubmitLock(live.place), pytest.raises(SubmitLockTaken):
        await work.create(told.append)  # another window may be amid sending it
    assert later.is_create_unclear
    assert isinstance(await work.create(told.append), CannotTell)
    assert told
    assert later.is_create_unclear
    assert [each.id for each in Journal().open_intents()] == [intent.id]
    assert f"intent {intent.id} of an earlier run: cannot-tell" in caplog.text

    async def found(*_parts: object, **_named: object) -> Created:
        return Created(CREATED)

    monkeypatch.setattr("aep_tui.session.platform_session.reconcile", found)
    with monkeypatch.context() as full:
        full.setattr(Journal, "_append", no_room)
        assert await work.create(told.append) == Created(CREATED), "what was found is told whatever the disk does"
    assert [each.id for each in Journal().open_intents()] == [intent.id]
    assert await work.create(told.append) == Created(CREATED)
    assert not later.is_create_unclear
    assert Journal().open_intents() == ()
    await later.close()
    assert answers.methods.count("POST") == 1


def no_room(*_anything: object) -> None:
    raise SettingsProblem("The journal cannot be written", "No space left on device", "")


@pytest.mark.parametrize("kind", ["change", "delete", "look"])
async def test_what_became_of_a_change_is_returned(opened: Callable[..., PlatformSession], kind: str) -> None:
    def answers(scope: dict[str, Any]) -> tuple[int, object]:
        match scope["method"]:
            case "PATCH":
                return 200, {"id": CONNECTION_ID, "etag": '"3"'}
            case "DELETE":
                return 204, None
        return 200, {"items": [item(name="New", etag='"3"')]}

    session = opened(answers)
    intent = ChangeIntent("1", START, "https://a", "O", "dev", CONNECTION_ID, ChangeKind.CHANGE, "ACME", '"2"')
    work = {
        "change": session.for_change(SEEN, ConnectionChange(name="New")),
        "delete": session.for_delete(SEEN),
        "look": session.for_change_look(intent),
    }[kind]
    assert work.connection_id == CONNECTION_ID
    assert work.create is not None
    assert isinstance(await work.create(lambda _words: None), Changed | NotChanged | ChangeUnknown)


async def test_another_access_token_is_sent_from_the_next_request_on_and_shown_by_the_target() -> None:
    sent: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["authorization"])
        return httpx.Response(200, json={"items": []})

    session = PlatformSession(PRACTICE, a_wire(answers=note))
    await session.similar_connections(a_request(), lambda _words: None)
    session.use_access_token(Secret("another"))
    await session.similar_connections(a_request(), lambda _words: None)
    assert sent == [f"Bearer {CANARY}", "Bearer another"]
    await session.preflight(load_catalog()).run()
    await session.close()
    assert len(sent) > 2
    assert set(sent[1:]) == {"Bearer another"}, "the checks of the set-up as well"
    assert session.target.access_token is not None
    assert session.target.access_token.get_secret_value() == "another"


async def test_a_closed_session_has_closed_its_client() -> None:
    closed: list[bool] = []

    class Transport(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.append(True)

    nothing = Transport(lambda _request: httpx.Response(200, json={"items": []}))
    session = PlatformSession(PRACTICE, a_wire(answers=nothing))
    await session.similar_connections(a_request(), lambda _words: None)
    assert closed == []
    await session.close()
    assert closed == [True]


async def test_a_delete_that_was_refused_is_raised(opened: Callable[..., PlatformSession]) -> None:
    refused = {"type": "https://ns.adobe.com/aep/errors/FLOW-1413-400", "title": "x", "status": 400}
    shown = item(name="Seen name", etag='"2"', connectionSpec={"id": SPEC_ID}, auth={"specName": SEEN.auth_spec_name})
    session = opened(lambda scope: (400, refused) if scope["method"] == "DELETE" else (200, {"items": [shown]}))
    with pytest.raises(PlatformError) as caught:
        await session.delete(SEEN)
    assert caught.value.code == "FLOW-1413-400"
