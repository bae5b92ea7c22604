"""`aep-tui connections change` and `delete`: what is sent, what is refused before, how they end, and no secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aep_tui.cli import main
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.state.submit_lock import SubmitLock
from aep_tui.state.unfinished import find_unfinished
from tests.commands.creating import shown
from tests.commands.test_connections import HIDDEN, UNUSED, USED, set_live
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.session.migrating import SIGNED

pytestmark = pytest.mark.usefixtures("no_waits")

OAUTH = "e6aafed5-c00b-43be-bc9a-7bfc4ba7c610"
NAMES = {USED: "ACME events", UNUSED: "ACME agency", HIDDEN: "ACME loyalty", OAUTH: "ACME Salesforce, OAuth"}


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret"
    path.write_text(f"{CANARY}\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def lived_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeServer]:
    with PracticeServer(scenario=LIVED_IN_ORGANIZATION, clock=SystemClock()) as running:
        set_live(monkeypatch, running.base_url)
        yield running


def change(connection_id: str, *arguments: str) -> int:
    return main(["connections", "change", connection_id, *arguments])


def delete(connection_id: str, *arguments: str) -> int:
    return main(["connections", "delete", connection_id, *arguments])


def an_object(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(shown(capsys)[0])
    return record


@pytest.fixture
def methods(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The methods of all requests that leave, in order."""
    noted: list[str] = []
    send_once = FlowService._send_once

    async def noting(service: FlowService, method: str, *more: Any) -> Any:  # noqa: ANN401 - as the method has it
        noted.append(method)
        return await send_once(service, method, *more)

    monkeypatch.setattr(FlowService, "_send_once", noting)
    return noted


def changing(methods: list[str]) -> list[str]:
    return [method for method in methods if method != "GET"]


def test_a_rename_shows_before_and_after_and_the_version_and_is_tested(capsys: pytest.CaptureFixture[str]) -> None:
    assert change(OAUTH, "--practice", "--name", "ACME sales", "--no-description", "--wait", "--json") == 0
    out, err = shown(capsys)
    result = json.loads(out)
    assert (result["result"], result["name"], result["state"], result["testPassed"]) == (
        "changed",
        "ACME sales",
        "enabled",
        True,
    )
    assert result["etag"] != result["previousEtag"]
    assert "Name: ACME Salesforce, OAuth → ACME sales" in err
    assert f"state enabled, version {result['previousEtag']}." in err
    assert "1 dataflow that you can see uses it." in err


def test_a_rename_that_nobody_watches_is_told_with_the_new_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert change(OAUTH, "--practice", "--name", "ACME sales", "--json") == 0
    record = an_object(capsys)
    assert (record["name"], record["sandboxName"]) == ("ACME sales", "rehearsal")


def test_one_secret_goes_by_its_own_path(secret: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert change(USED, "--practice", "--secret-file", f"s3SecretKey={secret}", "--dry-run") == 0
    request = an_object(capsys)
    assert request["method"] == "PATCH"
    assert request["body"] == [
        {"op": "add", "path": "/auth/params/s3SecretKey", "value": "{S3_SECRET_KEY}"}
    ] or request["body"] == [{"op": "replace", "path": "/auth/params/s3SecretKey", "value": "{S3_SECRET_KEY}"}]
    assert request["headers"]["If-Match"]


@pytest.mark.parametrize(("minutes_left", "code"), [(-60, 2), (60, 0)])
def test_a_token_is_good_until_the_instant_that_it_names(
    lived_in: PracticeServer, tmp_path: Path, minutes_left: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (before,) = (each for each in lived_in.store.connections() if each.id == OAUTH)
    lived_in.store.add(replace(before, id="signed", auth_spec_name=SIGNED.spec_name))
    signed, ends_at = tmp_path / "token", int(START.timestamp()) + 60 * minutes_left
    signed.write_text(token(iss=before.parameters["clientId"], exp=ends_at), encoding="utf-8")
    assert change("signed", "--secret-file", f"jwtToken={signed}", "--dry-run") == code
    assert ("The token ended on 2026-11-22 at 11:00 UTC." in shown(capsys)[1]) is (minutes_left < 0)


def test_a_refused_path_names_the_next_way_and_that_works(secret: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--practice", "--secret-file", f"clientSecret={secret}", "--json")
    assert change(OAUTH, *arguments) == 5
    problem = an_object(capsys)
    assert (problem["title"], problem["code"]) == ("The secret was not taken", "FLOW-1455-400")
    assert "Nothing has changed" in problem["detail"]
    assert "--replace-credentials" in problem["nextStep"]
    assert change(OAUTH, *arguments, "--replace-credentials") == 0
    assert an_object(capsys)["result"] == "changed"


def test_all_credentials_are_the_form_filled_with_what_the_platform_says(
    secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--practice", "--set", "apiVersion=61.0", "--secret-file", f"clientSecret={secret}", "--dry-run")
    assert change(OAUTH, *arguments) == 0
    (operation,) = an_object(capsys)["body"]
    assert operation["path"] == "/auth/params"
    assert operation["value"]["apiVersion"] == "61.0"
    assert operation["value"]["clientSecret"] == "{CLIENT_SECRET}"
    assert operation["value"]["environmentUrl"].startswith("https://")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Nothing says what is to be changed"),
        (("--set", "apiVersion=61.0"), "--secret-file clientSecret=FILE:"),
        (("--set", "nonsense=1"), "--set KEY=VALUE: This is not known."),
        (("--description", "x", "--no-description"), "--no-description: The description is given and taken away"),
        (("--set", "clientSecret=x"), "This is a secret: others can read the arguments"),
        (("--name", "a\x1bb"), "--name TEXT:"),
        (("--name", "x", "--confirm-sandbox", "prod"), "This is not the sandbox of the target"),
        (("--name", "x", "--confirm-sandbox", "prod", "--dry-run"), "This is not the sandbox of the target"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_is_sent(
    lived_in: PracticeServer,
    arguments: tuple[str, ...],
    words: str,
    methods: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert change(OAUTH, "--live", *arguments) == 2
    assert words in shown(capsys)[1]
    assert changing(methods) == []


def test_the_real_platform_has_to_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert change(OAUTH, "--name", "x", "--json") == 2
    assert an_object(capsys)["errors"][0]["option"] == "--live, --practice"


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_read_only_refuses_before_a_byte_leaves(
    lived_in: PracticeServer, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--name", "x") if verb == "change" else ("--confirm-name", NAMES[UNUSED])
    assert main(["connections", verb, UNUSED, *more, "--live", "--read-only"]) == 1
    assert "Read-only" in shown(capsys)[1]
    assert lived_in.requests == 0


def test_production_has_to_be_named(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    listed = main(["connections", "list", "--live", "--sandbox-name", "prod", "--json"])
    assert listed == 0
    row = json.loads(shown(capsys)[0].splitlines()[0])
    arguments = ("--live", "--sandbox-name", "prod", "--name", "Renamed")
    assert change(row["id"], *arguments) == 2
    assert "--confirm-sandbox NAME: This is a production sandbox." in shown(capsys)[1]
    assert changing(methods) == []
    assert change(row["id"], *arguments, "--confirm-sandbox", "prod") == 0
    assert changing(methods) == ["PATCH"]


def test_another_version_than_the_one_that_was_seen_is_not_touched(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert change(OAUTH, "--live", "--name", "x", "--if-etag", '"old"', "--json") == 5
    out, err = shown(capsys)
    assert json.loads(out)["type"] == "connection-changed"
    assert "Changed 20" in err
    assert "Look at it again, and decide then." in err
    assert changing(methods) == []


def test_a_colleague_who_was_faster_is_named_with_what_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert change(OAUTH, "--practice", "--scenario", "busy-organization", "--name", "x", "--json") == 5
    out, err = shown(capsys)
    problem = json.loads(out)
    assert problem["status"] == 412
    assert problem["changes"][0]["field"] == "description"
    assert problem["updatedBy"] in err
    assert "description: " in err


def test_a_lost_answer_is_looked_into_and_the_truth_is_the_exit_code(
    lived_in: PracticeServer, secret: str, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lived_in.faults.put(RequestKind.UPDATE, FAULTS["502-after-commit"])
    assert change(OAUTH, "--live", "--name", "Renamed", "--json") == 0
    assert an_object(capsys)["result"] == "changed"
    lived_in.faults.put(RequestKind.UPDATE, FAULTS["502-after-commit"])
    arguments = ("--live", "--replace-credentials", "--secret-file", f"clientSecret={secret}", "--json")
    assert change(OAUTH, *arguments) == 6
    assert an_object(capsys)["type"] == "outcome-unknown"
    (left,) = find_unfinished().open_changes
    assert (left.connection_id, left.secret_names) == (OAUTH, ("clientSecret",))
    lived_in.faults.put(RequestKind.UPDATE, FAULTS["502-before-commit"])
    assert change(OAUTH, "--live", "--name", "Again", "--json") == 1
    assert "A minute later it still is the version" in an_object(capsys)["detail"]
    assert changing(methods) == ["PATCH"] * 3


def test_another_window_at_the_same_sandbox_goes_first(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    target = Target(Mode.LIVE, lived_in.base_url, ORGANIZATION_ID, "rehearsal")
    with SubmitLock(replace(target.place, sandbox_name="prod")):
        assert change(OAUTH, "--live", "--name", "One") == 0
    shown(capsys)
    with SubmitLock(target.place):
        assert change(OAUTH, "--live", "--name", "Two", "--json") == 1
    assert an_object(capsys)["type"] == "submit-lock-taken"
    assert changing(methods) == ["PATCH"]


def test_what_is_that_already_is_not_sent(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert change(OAUTH, "--live", "--name", NAMES[OAUTH], "--json") == 0
    assert an_object(capsys)["result"] == "unchanged"
    assert changing(methods) == []


def test_a_connection_that_is_used_is_not_deleted_and_the_dataflows_are_listed(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert delete(USED, "--live", "--confirm-name", NAMES[USED], "--json") == 3
    problem = an_object(capsys)
    assert problem["type"] == "dataflows-use-it"
    assert problem["dataflows"][0]["name"]
    assert changing(methods) == []


def test_a_connection_whose_dataflows_cannot_be_read_is_not_deleted(capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--practice", "--scenario", "some-sandboxes-closed", "--sandbox-name", "dev")
    assert main(["connections", "list", *where, "--json"]) == 0
    row = json.loads(shown(capsys)[0].splitlines()[0])
    assert delete(row["id"], *where, "--confirm-name", row["name"], "--json") == 6
    assert an_object(capsys)["dataflows"] is None


def test_hidden_dataflows_are_refused_by_the_platform(
    lived_in: PracticeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert delete(HIDDEN, "--live", "--confirm-name", NAMES[HIDDEN], "--json") == 5
    out, err = shown(capsys)
    assert json.loads(out)["code"] == "FLOW-1418-400"
    assert "Access labels may hide some; the platform then refuses the delete" in err


def test_a_delete_is_confirmed_by_the_name_and_sees_that_it_is_gone(
    lived_in: PracticeServer, methods: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert delete(UNUSED, "--live", "--json") == 2
    assert "--confirm-name" in shown(capsys)[0]
    assert delete(UNUSED, "--live", "--confirm-name", "another") == 2
    assert f"which is {NAMES[UNUSED]}" in shown(capsys)[1]
    assert delete(UNUSED, "--live", "--confirm-name", NAMES[UNUSED], "--dry-run") == 0
    assert an_object(capsys)["method"] == "DELETE"
    assert changing(methods) == []
    assert delete(UNUSED, "--live", "--confirm-name", NAMES[UNUSED], "--json") == 0
    assert an_object(capsys)["result"] == "deleted"
    assert methods[-2:] == ["DELETE", "GET"]
    assert delete(UNUSED, "--live", "--confirm-name", NAMES[UNUSED], "--json") == 5
    assert an_object(capsys)["status"] == 404


def test_a_source_that_the_platform_describes_has_its_form(secret: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert change(HIDDEN, "--practice", "--set", "nonsense=1", "--secret-file", f"token={secret}", "--dry-run") == 2
    assert "This is not known" in shown(capsys)[1]


def test_a_source_that_nobody_knows_takes_what_is_given(
    secret: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def unknown(*_arguments: object) -> None:
        return None

    monkeypatch.setattr("aep_tui.commands.change_connection.form_of", unknown)
    where = ("--practice", "--set", "host=h.example", "--secret-file", f"token={secret}", "--dry-run")
    assert change(HIDDEN, *where) == 0
    out, err = shown(capsys)
    (operation,) = json.loads(out)["body"]
    assert operation["value"] == {"host": "h.example", "token": "{TOKEN}"}
    assert "Not sent, so forgotten: " in err


@pytest.mark.parametrize(
    ("interrupts", "code", "words"),
    [
        ("connection_status", 130, "Ended. Nothing was changed."),
        ("change_connection", 6, "It is not known whether it was carried out; look first."),
        ("test_connection", 3, "Ended after it was carried out."),
    ],
)
def test_ctrl_c_says_the_truth(
    lived_in: PracticeServer,
    interrupts: str,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def interrupted(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FlowService, interrupts, interrupted)
    assert change(OAUTH, "--live", "--name", "x", "--wait") == code
    assert words in shown(capsys)[1]
    assert len(find_unfinished().open_changes) == (code == 6)


@pytest.mark.parametrize(("interrupts", "state"), [("connection_status", ""), ("test_connection", "enabled")])
def test_ctrl_c_after_a_change_prints_what_was_changed_once(
    lived_in: PracticeServer,
    secret: str,
    interrupts: str,
    state: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change_connection = FlowService.change_connection

    async def interrupted(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    async def changed(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - as the method has it
        answer = await change_connection(*arguments, **more)
        monkeypatch.setattr(FlowService, interrupts, interrupted)
        return answer

    monkeypatch.setattr(FlowService, "change_connection", changed)
    arguments = ("--live", "--replace-credentials", "--secret-file", f"clientSecret={secret}", "--wait", "--json")
    assert change(OAUTH, *arguments) == 3
    told = an_object(capsys)
    (now,) = (each for each in lived_in.store.connections() if each.id == OAUTH)
    assert (told["result"], told["etag"], told["state"], told["testPassed"]) == ("changed", now.etag, state, None)


@pytest.mark.parametrize("broken", ["journal", "lock"])
def test_without_journal_or_lock_nothing_is_sent(
    lived_in: PracticeServer,
    broken: str,
    monkeypatch: pytest.MonkeyPatch,
    methods: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    module = {"journal": "aep_tui.state.journal", "lock": "aep_tui.state.submit_lock"}[broken]

    def refused(_path: Path) -> int:
        raise SettingsProblem("It cannot be used", "Read-only file system", "Choose another place.")

    monkeypatch.setattr(f"{module}.open_private_for_append", refused)
    for arguments in (("change", OAUTH, "--name", "x"), ("delete", UNUSED, "--confirm-name", NAMES[UNUSED])):
        assert main(["connections", *arguments, "--live"]) == 1
        assert "Read-only file system" in shown(capsys)[1]
    assert changing(methods) == []
