"""Line by line against a service over the network: what the settings lack is asked for, production is typed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aep_tui import settings
from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.plain.line_navigator import LineNavigator
from aep_tui.plain.talk import Talk
from aep_tui.practice.organization import EXPIRED_TOKEN
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.state.journal import Journal
from aep_tui.state.unfinished import find_unfinished
from tests.kit.canary import CANARY
from tests.kit.journeys import OAUTH2
from tests.kit.practice_server import PracticeServer
from tests.plain.script import choices, hold, values

pytestmark = pytest.mark.anyio

ANSWERS = ["create", *choices(OAUTH2), *values(OAUTH2), "ACME live", ""]


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer(clock=SystemClock()) as running:
        yield running


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.chdir(home)


def resolved(server: PracticeServer) -> ResolvedSettings:
    """What the settings say when only the two hosts are set."""
    flags = {
        settings.SettingName.BASE_URL: server.base_url,
        settings.SettingName.IMS_HOST: server.base_url,
    }
    return settings.resolve(flags=flags, env_files=(), clock=SystemClock(), secrets=Secrets())


async def test_what_the_settings_lack_is_asked_for_and_production_is_typed(server: PracticeServer) -> None:
    lines = ["live", "ACME@AdobeOrg", "prod", "acme-key", CANARY, "", *ANSWERS, "submit", "dev", "submit", "prod", ""]
    held = await hold(lines, read_settings=lambda: resolved(server))
    assert not held.is_cancelled, held.text
    assert "Sandbox, required. the name, not the title" in held.text
    assert "Not confirmed: the name is another one." in held.text
    (record,) = server.store.connections()
    assert (record.sandbox_name, record.name) == ("prod", "ACME live")


async def test_a_token_that_has_expired_is_asked_for_at_the_submit_and_the_create_goes_on(
    server: PracticeServer,
) -> None:
    lines = ["live", "ACME@AdobeOrg", "dev", "acme-key", "", EXPIRED_TOKEN, "", *ANSWERS, "submit", "dev", CANARY, ""]
    held = await hold(lines, read_settings=lambda: resolved(server))
    assert not held.is_cancelled, held.text
    assert "Enter goes on without one." in held.text
    assert [record.name for record in server.store.connections()] == ["ACME live"]


async def test_why_a_token_is_needed_is_not_said_twice_in_a_row() -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{CANARY}\n\n".encode())
    os.close(writing)
    output = io.StringIO()
    navigator = LineNavigator(Talk(reading, output), Secrets())
    refusal = AuthenticationRequired("Sign in again", "The access token has expired.", status=401)
    await navigator.return_with(refusal)
    assert await navigator.ask_for_token(refusal) is not None
    assert output.getvalue().count("The access token has expired.") == 1
    assert await navigator.ask_for_token(refusal) is None
    assert output.getvalue().count("The access token has expired.") == 2
    os.close(reading)


async def test_only_what_is_not_in_order_is_said_of_the_checks_until_all_are_wanted(server: PracticeServer) -> None:
    lines = ["live", "ACME@AdobeOrg", "dev", "acme-key", CANARY, "?"]
    held = await hold(lines, read_settings=lambda: resolved(server))
    before, _prompt, behind = held.text.partition("? lists every check")
    assert "OK: Organization." not in before
    assert "OK: Organization." in behind


async def test_a_word_behind_the_checks_does_not_go_on(server: PracticeServer) -> None:
    lines = ["live", "ACME@AdobeOrg", "dev", "acme-key", CANARY, "no"]
    held = await hold(lines, read_settings=lambda: resolved(server))
    checks = held.text.partition("Checking this set-up.")[2]
    assert checks.count("Enter goes on, ? lists every check, < for back:") == 2
    assert "Error: Enter goes on" in checks


async def test_a_sandbox_that_is_not_there_is_told_with_those_that_are(server: PracticeServer) -> None:
    held = await hold(["live", "ACME@AdobeOrg", "nowhere", "acme-key", CANARY], read_settings=lambda: resolved(server))
    assert "The platform lists no sandbox of this name. It lists: " in held.text
    assert "prod" in held.text.partition("It lists: ")[2]


@pytest.mark.parametrize("is_typed", [True, False])
async def test_a_host_that_only_a_folder_names_is_typed_before_anything_goes_there(
    server: PracticeServer, is_typed: bool
) -> None:
    Path(".env").write_text(f"AEP_BASE_URL={server.base_url}\n", encoding="utf-8")
    known = settings.resolve(environment={}, clock=SystemClock(), secrets=Secrets(), asks_for_hosts=True)
    host = server.base_url.partition("://")[2]
    lines = ["live", "ACME@AdobeOrg", "dev", "acme-key", "", CANARY, host if is_typed else "platform.adobe.io"]
    held = await hold(lines, read_settings=lambda: known)
    assert "Type the host to send secrets there" in held.text
    assert "may have come with the folder" in held.text
    assert ("Checking this set-up" in held.text) is is_typed
    assert (f"--confirm-host {host}" in held.text) is not is_typed
    assert (server.requests > 0) is is_typed


@pytest.mark.parametrize("kind", ChangeKind)
async def test_what_an_earlier_run_left_open_of_a_change_is_looked_into_and_not_sent_again(
    server: PracticeServer, kind: ChangeKind
) -> None:
    long_ago = SystemClock().now() - timedelta(hours=1)
    Journal().begin_change(
        ChangeIntent("1" * 32, long_ago, server.base_url, "ACME@AdobeOrg", "dev", "gone", kind, "ACME old", '"1"')
    )
    lines = ["live", "ACME@AdobeOrg", "dev", "acme-key", CANARY, "", "", "1", ""]
    held = await hold(lines, read_settings=lambda: resolved(server))
    assert f"Look whether ACME old {'is gone' if kind is ChangeKind.DELETE else 'was changed'}" in held.text
    assert "Looking what became of it..." in held.text
    assert "Sending" not in held.text
    task, _question, _status = held.text.partition("Something was not finished")
    assert "Look whether ACME old" in task, "what can be done says so already"
    assert ("the connection is deleted" in held.text) is (kind is ChangeKind.DELETE)
    assert ("somebody has deleted it" in held.text) is (kind is ChangeKind.CHANGE)
    assert len(find_unfinished().open_changes) == (kind is ChangeKind.CHANGE)
