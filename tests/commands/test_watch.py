"""`aep-tui watch ID` without a terminal: a JSON line for each change, the result last, the exit codes of the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from aep_tui.cli import main
from aep_tui.domain import translation
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.flow_service.errors import RequestRefused
from aep_tui.pages.unattended_watch import Watched
from aep_tui.practice.organization import EXPIRED_TOKEN
from aep_tui.practice.scenarios import scenario_by_id
from tests.commands.creating import set_live_target
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.practice_server import PracticeServer

NEVER_ENABLED = "never-enabled"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Let command and service share a time whose waits pass at once."""
    shared = FakeClock()
    monkeypatch.setattr("aep_tui.commands.launch_options.SystemClock", lambda: shared)
    return shared


@pytest.fixture
def server(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[PracticeServer]:
    scenario = scenario_by_id(getattr(request, "param", "everything-fine"))
    assert scenario is not None
    with PracticeServer(clock=clock, scenario=scenario) as running:
        set_live_target(monkeypatch, running)
        yield running


@pytest.fixture
def connection_id(server: PracticeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    secret = tmp_path / "client-secret"
    secret.write_text(CANARY, encoding="utf-8")
    options = ["--source", "salesforce", "--auth-method", "oauth2-client-credential", "--name", "ACME"]
    for pair in ("environmentUrl=https://acme.my.salesforce.com", "clientId=3MVG9abc", "apiVersion=62.0"):
        options += ["--set", pair]
    assert main(["create", *options, "--secret-file", f"clientSecret={secret}", "--confirm-sandbox", "dev"]) == 0
    capsys.readouterr()
    (record,) = server.store.connections()
    return record.id


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert CANARY not in out + err
    return [json.loads(line) for line in out.splitlines()]


def test_each_change_is_a_line_and_the_result_the_last(
    connection_id: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    assert main(["watch", connection_id, "--output", str(output)]) == 0
    written = lines(capsys)
    assert [line["state"] for line in written] == ["initializing", "enabled", "enabled"]
    assert {line["id"] for line in written} == {connection_id}
    assert written[0]["at"].startswith("2026-11-22T12:00")
    assert json.loads(output.read_text(encoding="utf-8")) == written[-1]
    assert written[-1]["mode"] == "live"


@pytest.mark.parametrize("server", [NEVER_ENABLED], indirect=True)
def test_a_connection_that_stays_initializing_is_3(connection_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", connection_id]) == 3
    assert [line["state"] for line in lines(capsys)] == ["initializing", "initializing"]


def test_a_connection_that_is_not_there_is_told_at_once(
    server: PracticeServer, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", "4cb0c374-d3bb-4557-b139-5712880adc55", "--json"]) == 5
    (problem,) = lines(capsys)
    assert (problem["type"], problem["status"]) == ("not-found", 404)
    assert sum(clock.slept) < 2


def test_a_refused_token_is_4_and_told_with_the_words_of_the_server(
    connection_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AEP_ACCESS_TOKEN", EXPIRED_TOKEN)
    assert main(["watch", connection_id]) == 4
    out, err = capsys.readouterr()
    problem = json.loads(out)
    assert problem["type"] == "authentication-required"
    assert f"  The server said: {problem['serverSaid']}\n" in err
    assert f" · request id {problem['instance']}\n" in err


def test_a_file_that_takes_no_result_is_told_before_anything_is_asked(
    server: PracticeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", "4cb0c374-d3bb-4557-b139-5712880adc55", "--output", "/nowhere/result.json"]) == 1
    (problem,) = lines(capsys)
    assert problem["detail"] == "The folder of /nowhere/result.json is not there."
    assert server.requests == 0


def test_a_watch_that_broke_off_says_why_beside_what_was_seen(
    connection_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def breaks_off(*_arguments: object, **_more: object) -> Watched:
        refusal = RequestRefused("Refused", "The platform did not say it.", status=403)
        return Watched(ConnectionStatus(connection_id, "initializing"), refusal)

    monkeypatch.setattr("aep_tui.commands.watch.watch_unattended", breaks_off)
    assert main(["watch", connection_id]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["state"] == "initializing"
    assert "The platform did not say it." in err


@pytest.mark.usefixtures("clock")
def test_what_the_target_lacks_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "1", "--live"]) == 2
    (problem,) = lines(capsys)
    assert "AEP_API_KEY (--api-key)" in [each["option"] for each in problem["errors"]]


def test_its_lines_are_english_in_every_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Foreign(NullTranslations):
        def gettext(self, message: str) -> str:
            return f"¿{message}"

    monkeypatch.setattr(translation, "_translations", Foreign())
    assert main(["watch", "4cb0c374-d3bb-4557-b139-5712880adc55", "--live"]) == 2
    out = capsys.readouterr().out
    assert json.loads(out)["title"]
    assert "¿" not in out
