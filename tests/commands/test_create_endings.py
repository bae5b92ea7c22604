"""However a create ends: what exists is told, and what nobody knows is not called nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import Intent
from aep_tui.flow_service.client import FlowService
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLock
from tests.commands.creating import create, shown
from tests.commands.standard_output import output_that_takes_nothing
from tests.kit.practice_server import PracticeServer

pytestmark = pytest.mark.usefixtures("no_waits")


def open_intent(server: PracticeServer, digest: str = "") -> Intent:
    """An intent that an earlier run left open, in the journal."""
    clock = SystemClock()
    intent = Intent(
        id="0" * 32,
        started_at=clock.now(),
        base_url=server.base_url,
        organization_id="ACME@AdobeOrg",
        sandbox_name="dev",
        api_key="acme-key",
        source_id="salesforce",
        auth_method_id="oauth2-client-credential",
        connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
        name="ACME",
        digest=digest,
        known_connection_ids=(),
        knows_all_before=True,
        not_before=clock.now() - timedelta(minutes=1),
        auth_spec_name="OAuth2 Client Credential",
    )
    Journal().begin(intent)
    return intent


def test_a_create_whose_answer_was_lost_is_looked_for_before_another_is_sent(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    open_intent(live)
    assert create(*answers, "--json", "--confirm-sandbox", "dev") == 6
    out, err = shown(capsys)
    assert "An earlier create of this name has no known outcome." in err
    assert json.loads(out)["type"] == "outcome-unknown"
    assert live.store.connections() == ()


@pytest.mark.parametrize("is_same_request", [True, False])
def test_a_connection_of_an_earlier_run_answers_only_the_same_request(
    is_same_request: bool,
    live: PracticeServer,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with monkeypatch.context() as killed:  # the first run is killed before it can note its end
        killed.setattr(Journal, "finish", lambda *_: None)
        killed.setattr(Journal, "conclude", lambda *_: None)
        assert create(*answers, "--confirm-sandbox", "dev") == 0
    (record,) = live.store.connections()
    shown(capsys)
    changed = [] if is_same_request else ["--set", "clientId=3MVG9other"]
    exit_code = create(*answers, *changed, "--confirm-sandbox", "dev", "--json")
    out, err = shown(capsys)
    assert len(live.store.connections()) == 1
    if is_same_request:
        assert (exit_code, json.loads(out)["id"]) == (0, record.id)
        assert "an earlier run has created it, with the secrets of that run" in " ".join(err.split())
    else:
        assert (exit_code, json.loads(out)["possibleIds"]) == (2, [record.id])


def test_ctrl_c_while_watching_tells_of_the_connection_that_exists(
    live: PracticeServer,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aep_tui.commands.create.watch_unattended", interrupted)
    assert create(*answers, "--confirm-sandbox", "dev", "--wait", "--json") == 3
    out, err = shown(capsys)
    (record,) = live.store.connections()
    assert json.loads(out)["id"] == record.id
    assert "Nothing was created" not in err


def test_ctrl_c_while_watching_keeps_the_state_that_was_told(
    live: PracticeServer,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    looks: list[str] = []
    status_of = FlowService.connection_status

    async def interrupted_at_the_second(service: FlowService, connection_id: str, **named: bool) -> ConnectionStatus:
        looks.append(connection_id)
        if len(looks) > 1:
            raise KeyboardInterrupt
        return await status_of(service, connection_id, **named)

    monkeypatch.setattr(FlowService, "connection_status", interrupted_at_the_second)
    assert create(*answers, "--confirm-sandbox", "dev", "--wait", "--json") == 3
    out, err = shown(capsys)
    assert "The connection is initializing." in err
    assert json.loads(out)["state"] == "initializing"


def test_ctrl_c_while_an_earlier_create_is_looked_for_says_that_nobody_knows(
    live: PracticeServer,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    open_intent(live)
    monkeypatch.setattr("aep_tui.session.platform_session.reconcile", interrupted)
    assert create(*answers, "--confirm-sandbox", "dev") == 6
    assert "Nothing was created" not in shown(capsys)[1]


def test_an_earlier_create_that_another_window_is_sending_is_not_taken_for_lost(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    intent = open_intent(live)
    with SubmitLock(intent.place):
        assert create(*answers, "--confirm-sandbox", "dev", "--json") == 1
    assert json.loads(shown(capsys)[0])["type"] == "submit-lock-taken"


def test_a_folder_cannot_say_that_the_real_platform_is_meant_nor_where_secrets_go(
    answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = "AEP_ORG_ID=EVIL@AdobeOrg\nAEP_SANDBOX_NAME=dev\nAEP_API_KEY=k\nAEP_ACCESS_TOKEN=theirs\n"
    Path(".env").write_text(theirs, encoding="utf-8")
    assert create(*answers, "--json") == 2
    assert json.loads(shown(capsys)[0])["errors"][0]["option"] == "--live"
    Path(".env").write_text(f"{theirs}AEP_BASE_URL=https://evil.example\n", encoding="utf-8")
    assert create(*answers, "--live") == 1
    err = shown(capsys)[1]
    assert "the secrets of your source would go there" in err
    assert "--confirm-host evil.example" in err
    assert create(*answers, "--live", "--confirm-host", "another.example") == 1
    assert create(*answers, "--live", "--confirm-host", "evil.example", "--dry-run") == 0
    assert "https://evil.example/" in shown(capsys)[0]


def test_a_host_of_a_folder_gets_the_token_only_when_it_is_named(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AEP_BASE_URL")
    Path(".env").write_text(f"AEP_BASE_URL={live.base_url}\n", encoding="utf-8")
    assert create(*answers, "--live", "--confirm-sandbox", "dev") == 1
    assert "A secret would go to a host that is not Adobe's" in shown(capsys)[1]
    assert live.requests == 0
    host = live.base_url.partition("://")[2]
    assert create(*answers, "--live", "--confirm-sandbox", "dev", "--confirm-host", host) == 0
    assert len(live.store.connections()) == 1


def test_a_failed_test_of_an_enabled_connection_is_3(answers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert create("--practice", "--scenario", "test-fails", *answers, "--wait", "--json") == 3
    result = json.loads(shown(capsys)[0])
    assert (result["state"], result["testPassed"]) == ("enabled", False)


def test_a_file_that_takes_no_result_hides_no_connection(
    answers: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    monkeypatch.setattr("aep_tui.commands.create.refuse_unusable_output", lambda _path: None)
    assert create("--practice", *answers, "--json", "--output", str(output / "no-folder")) == 1
    out, err = shown(capsys)
    assert "The connection exists: " in err
    assert json.loads(out[: out.index("}\n") + 2])["id"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_standard_output_that_takes_nothing_leaves_the_file(
    answers: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    with output_that_takes_nothing("full"):
        assert create("--practice", *answers, "--output", str(output)) == 1
    _out, err = shown(capsys)
    assert "Traceback" not in err
    assert json.loads(output.read_text(encoding="utf-8"))["id"] in err
