"""`aep-tui migrate`: the journeys by commands on both roads, what is asked for, and that no secret surfaces."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.domain.clock import SystemClock
from aep_tui.practice.organization import ORGANIZATION_ID, WRONG_CLIENT_ID
from aep_tui.practice.scenarios import MIGRATION
from tests.commands.made_plan import SANDBOXES, a_plan, migrate
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer

pytestmark = pytest.mark.usefixtures("home", "no_waits")

ACME, EMEA = "acme.my.salesforce.com", "acme-emea.my.salesforce.com"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = a_plan(tmp_path)
    capsys.readouterr()
    return path


def credentials(path: Path, client_id: str = "3MVG9acme") -> list[str]:
    secret = path.with_name("secret")
    secret.write_text(f"{CANARY}\n")
    places = [f"--secret-file={group}:clientSecret={secret}" for group in (ACME, EMEA)]
    return [*places, "--set", f"clientId={client_id}", "--set", "apiVersion=60.0"]


def run(path: Path, *arguments: str, client_id: str = "3MVG9acme") -> int:
    return migrate("run", path, *credentials(path, client_id), *arguments)


def forms(secret: str) -> tuple[str, ...]:
    raw = secret.encode()
    return secret, secret[::-1], base64.b64encode(raw).decode(), raw.hex(), secret.upper()


def shown(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    out, err = capsys.readouterr()
    assert not any(form in out + err for form in forms(CANARY))
    return out, err


def test_the_whole_journey_beside(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plan, "--confirm-sandbox", "prod") == 0
    out, err = shown(capsys)
    assert "25 connections are done" in err
    assert err.startswith(
        "Target: PRACTICE, organization ACME5C1328435BF324E9@AdobeOrg, sandboxes dev, rehearsal, prod.\n"
    )
    assert migrate("check", plan) == 3
    out, _err = shown(capsys)
    assert "8 old connections could go. A migration deletes none: a person does" in out
    assert "old: 3 dataflows still run" in out
    assert migrate("report", plan) == 0
    out, _err = shown(capsys)
    assert "Done: 25 of 25" in out
    assert out.count("- [ ]") == 24
    assert "mapping" in out
    assert migrate("report", plan, "--json") == 0
    report = json.loads(shown(capsys)[0])
    assert {each["stage"] for each in report["connections"]} == {"done"}
    assert all(each["requestIds"] and each["after"]["clientId"] for each in report["connections"])
    for file in plan.parent.iterdir():
        if file.name != "secret" and file.is_file():
            assert not any(form.encode() in file.read_bytes() for form in forms(CANARY)), file


def test_the_whole_journey_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.toml"
    scenario = ("--scenario", "migration-in-place")
    assert migrate("plan", path, "--sandbox-name", SANDBOXES, "--try-in-place", *scenario) == 0
    assert "cannot be undone without the old secrets" in shown(capsys)[0]
    assert run(path, "--confirm-sandbox", "prod", *scenario) == 2
    assert "--try-in-place, --beside" in shown(capsys)[1]
    assert run(path, "--confirm-sandbox", "prod", "--try-in-place", *scenario) == 0
    assert "25 connections are done" in shown(capsys)[1]


def test_in_place_refused_says_so_with_exit_code_5_and_beside_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.toml"
    assert migrate("plan", path, "--sandbox-name", "dev", "--try-in-place") == 0
    assert run(path, "--try-in-place") == 5
    _out, err = shown(capsys)
    assert "Nothing has changed." in err
    assert "--beside" in err
    assert run(path, "--beside") == 0
    assert "8 connections are done" in shown(capsys)[1]


def test_what_is_missing_is_named_all_at_once_and_nothing_is_sent(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert migrate("run", plan) == 2
    _out, err = shown(capsys)
    for option in (
        "--confirm-sandbox prod",
        f"--set {ACME}:clientId=VALUE",
        f"--secret-file {ACME}:clientSecret=FILE",
        f"--secret-file {EMEA}:clientSecret=FILE",
    ):
        assert option in err


def test_a_secret_that_does_not_say_whose_it_is_goes_to_nobody(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = plan.with_name("secret")
    secret.write_text(CANARY)
    assert migrate("run", plan, "--secret-file", f"clientSecret={secret}", "--confirm-sandbox", "prod") == 2
    assert f"Say whose secret it is: {ACME}:clientSecret, {EMEA}:clientSecret" in shown(capsys)[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "nonsense=1"), "A key is not known"),
        (("--set", "elsewhere:clientId=1"), "A group is not known"),
        (("--set", f"clientSecret={CANARY}"), "clientSecret is a secret"),
        (("--leave", "4cb0c374"), "A connection that you named is not in the plan"),
    ],
)
def test_wrong_answers_are_named(
    plan: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], words: str
) -> None:
    assert migrate("run", plan, *arguments) == 2
    assert words in shown(capsys)[1]


def test_credentials_that_the_source_refuses_stop_before_anything_is_sent(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(plan, "--confirm-sandbox", "prod", client_id=WRONG_CLIENT_ID) == 1
    assert "Salesforce" in shown(capsys)[1]
    assert migrate("report", plan) == 0
    assert "Done: 0 of 25" in shown(capsys)[0]
    assert run(plan, "--confirm-sandbox", "prod", "--skip-login-check", client_id=WRONG_CLIENT_ID) == 3
    assert "The new connection fails its test" in shown(capsys)[1]


def test_a_rehearsal_prints_every_request_with_secrets_as_names_and_sends_none(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = plan.with_name("plan.toml.practice").read_bytes()
    assert run(plan, "--dry-run") == 0
    requests = [json.loads(line) for line in shown(capsys)[0].splitlines()]
    assert len(requests) == 25 * 6
    posts = [each for each in requests if each["method"] == "POST"]
    assert len(posts) == 25
    assert {each["body"]["auth"]["params"]["clientSecret"] for each in posts} == {"{CLIENT_SECRET}"}
    first = requests[0]["connection"]
    assert migrate("run", plan, "--dry-run", "--leave", first, "--secret-command", f"{ACME}:clientSecret=false") == 0
    assert first not in {json.loads(line)["connection"] for line in shown(capsys)[0].splitlines()}
    assert plan.with_name("plan.toml.practice").read_bytes() == before
    assert not plan.with_name("plan.toml.record").exists()


def test_a_plan_that_was_changed_by_hand_says_so(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = plan.read_text()
    plan.write_text(text.replace("Campaigns - development (OAuth", "Other (OAuth", 1))
    assert migrate("report", plan) == 0
    out, err = shown(capsys)
    assert "changed by hand" in err
    assert "changed by hand" in out


def test_a_plan_of_another_platform_is_refused(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.write_text(plan.read_text().replace("http://practice.localhost", "https://evil.example"))
    assert run(plan, "--confirm-sandbox", "prod") == 1
    assert "The plan is of another platform" in shown(capsys)[1]


def test_a_plan_with_another_address_of_the_source_stops_before_the_credentials_are_checked(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(plan.read_text().replace(f"https://{ACME}", "https://evil.my.salesforce.com"))
    secret = plan.with_name("secret")
    secret.write_text(CANARY)
    places = [f"--secret-file={group}:clientSecret={secret}" for group in ("evil.my.salesforce.com", EMEA)]
    arguments = (*places, "--set", "clientId=x", "--set", "apiVersion=60.0", "--confirm-sandbox", "prod")
    assert migrate("run", plan, *arguments) == 1
    _out, err = shown(capsys)
    assert "not what was planned" in err
    assert "Asking" not in err


def test_the_plan_says_which_sandboxes_it_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate("plan", tmp_path / "two.toml", "--sandbox-name", "dev,rehearsal") == 0
    err = shown(capsys)[1]
    assert "sandboxes dev, rehearsal." in err
    assert "Reading the connections of 2 sandboxes." in err
    assert migrate("plan", tmp_path / "one.toml", "--sandbox-name", "dev") == 0
    assert "Reading the connections of 1 sandbox." in shown(capsys)[1]


def test_a_plan_is_not_written_over(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate("plan", plan, "--sandbox-name", "dev") == 1
    assert "There is a file of this name already" in shown(capsys)[1]


def test_a_production_sandbox_that_a_plan_calls_development_is_asked_for_all_the_same(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(plan.read_text().replace('sandbox_type = "production"', 'sandbox_type = "development"'))
    assert run(plan) == 2
    assert "--confirm-sandbox prod" in shown(capsys)[1]


def test_json_is_a_line_for_each_thing_that_is_known(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plan, "--confirm-sandbox", "prod", "--json") == 0
    lines = [json.loads(line) for line in shown(capsys)[0].splitlines()]
    assert lines[-1] == {"event": "end", "done": 25, "left": 0, "reason": None, "connection": None, "problem": None}
    assert sum(each["stage"] == "done" for each in lines[:-1]) == 25


def test_the_record_of_another_run_is_locked(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from aep_tui.domain.secrets import Secrets
    from aep_tui.state.migration_files import open_record

    with open_record(plan, Secrets()):
        assert run(plan, "--confirm-sandbox", "prod") == 1
    assert "Another run of this plan is working" in shown(capsys)[1]


def test_a_failed_test_in_place_puts_the_old_credentials_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.toml"
    scenario = ("--scenario", "migration-in-place")
    assert migrate("plan", path, "--sandbox-name", "dev", "--try-in-place", *scenario) == 0
    arguments = ("--try-in-place", "--skip-login-check", *scenario)
    assert run(path, *arguments, "--put-back", client_id=WRONG_CLIENT_ID) == 2
    assert f"--secret-file {ACME}:securityToken=FILE" in shown(capsys)[1]
    secret = path.with_name("secret")
    old = [f"--secret-file={group}:{name}={secret}" for group in (ACME, EMEA) for name in ("password", "securityToken")]
    made = path.read_text(encoding="utf-8")
    path.write_text(made.replace("integration@acme.com", "another@acme.com", 1), encoding="utf-8")
    assert run(path, *arguments, "--put-back", *old) == 2
    assert f"--put-back: The connections of {ACME} have different users" in shown(capsys)[1]
    path.write_text(made, encoding="utf-8")
    assert run(path, *arguments, "--put-back", *old, client_id=WRONG_CLIENT_ID) == 3
    _out, err = shown(capsys)
    assert "The old credentials were put back" in err
    assert migrate("report", path) == 0
    assert "changed, then put back" in shown(capsys)[0]


def test_without_the_old_secrets_the_run_says_that_nothing_can_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.toml"
    scenario = ("--scenario", "migration-in-place")
    assert migrate("plan", path, "--sandbox-name", "dev", "--try-in-place", *scenario) == 0
    arguments = ("--try-in-place", "--skip-login-check", *scenario)
    assert run(path, *arguments, client_id=WRONG_CLIENT_ID) == 3
    _out, err = shown(capsys)
    assert "cannot be undone" in err
    assert "The old credentials are gone from the platform" in err


def test_a_plan_that_lacks_what_was_begun_is_refused(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plan, "--confirm-sandbox", "prod", "--skip-login-check", client_id=WRONG_CLIENT_ID) == 3
    text = plan.read_text()
    first, second = [place for place in range(len(text)) if text.startswith("[[connection]]\n", place)][:2]
    plan.write_text(text[:first] + text[second:])
    assert run(plan, "--confirm-sandbox", "prod") == 1
    assert "The plan lacks a connection that was begun" in shown(capsys)[1]


def live(monkeypatch: pytest.MonkeyPatch, server: PracticeServer) -> None:
    """Name the server as the real platform."""
    for name, value in {
        "AEP_BASE_URL": server.base_url,
        "AEP_ORG_ID": ORGANIZATION_ID,
        "AEP_SANDBOX_NAME": "dev",
        "AEP_API_KEY": "acme-key",
        "AEP_ACCESS_TOKEN": f"{CANARY}-of-the-token",
    }.items():
        monkeypatch.setenv(name, value)


def test_a_token_that_ends_amid_the_run_is_told_with_exit_code_4_and_the_same_command_goes_on_with_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = replace(MIGRATION, initializing_seconds=0.0, migration_size=2, expires_first_token=True)
    path = tmp_path / "plan.toml"
    with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
        live(monkeypatch, server)
        assert main(["migrate", "plan", str(path), "--live", "--sandbox-name", "dev"]) == 0
        places = [each for each in credentials(path) if EMEA not in each]
        command = ["migrate", "run", str(path), "--live", "--skip-login-check", *places]
        assert main(command) == 4
        _out, err = shown(capsys)
        assert "The access token was not accepted" in err
        assert "  HTTP status 401 · code 401013 · request id " in err
        assert "Give a new access token, and the same command again: it goes on at this connection" in " ".join(
            err.split()
        )
        assert main(command) == 4  # before anything is begun: nothing more was sent
        monkeypatch.setenv("AEP_ACCESS_TOKEN", f"{CANARY}-of-another-token")
        assert main(command) == 0
        assert "2 connections are done" in shown(capsys)[1]
        names = [each.name for each in server.store.connections() if "OAuth 2" in each.name]
        assert len(names) == len(set(names)) == 2


def test_on_a_real_platform_two_connections_are_migrated_and_no_file_holds_a_secret(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = replace(MIGRATION, initializing_seconds=0.0)
    monkeypatch.setenv("AEP_LOG_LEVEL", "debug")
    with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
        live(monkeypatch, server)
        path = tmp_path / "plan.toml"
        assert main(["migrate", "plan", str(path), "--live", "--sandbox-name", "dev"]) == 0
        ids = [line.split('"')[1] for line in path.read_text().splitlines() if line.startswith("id = ")][:2]
        path.unlink()
        named = [part for each in ids for part in ("--id", each)]
        assert main(["migrate", "plan", str(path), "--live", "--sandbox-name", "dev", *named]) == 0
        secrets = credentials(path)
        places = [each for each in secrets if EMEA not in each]
        assert main(["migrate", "run", str(path), "--live", "--skip-login-check", *places]) == 0
        assert "2 connections are done" in shown(capsys)[1]
        assert main(["migrate", "check", str(path), "--live"]) == 0
    files = [file for folder in (tmp_path, home) for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".log" for file in files)
    for file in files:
        if file.name != "secret":
            assert not any(form.encode() in file.read_bytes() for form in forms(CANARY)), file


@pytest.mark.parametrize("name", ["", ".", "/", "..", "~nobody-of-this-name/plan.toml"])
@pytest.mark.parametrize("command", ["plan", "run", "check", "report"])
def test_what_names_no_file_is_told_in_words(command: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    where = {"report": (), "plan": ("--practice", "--sandbox-name", "dev")}.get(command, ("--practice",))
    assert main(["migrate", command, name, *where]) in {1, 2}
    _out, err = shown(capsys)
    assert "crash" not in err
    assert "report" not in err.replace("migrate report", "")


def test_a_record_that_somebody_else_has_written_steers_no_terminal(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection_id = plan.read_text().partition('\nid = "')[2].partition('"')[0]
    hostile = "\x1b]0;x\x07\x9b31m\u202e\ud800\r\n# head <b>"
    lines: list[dict[str, object]] = [
        {"event": "made", "connection_id": connection_id, "road": "beside", "new_id": hostile, "words": hostile},
        {"event": "explored", "connection_id": connection_id, "tables": 1, "table": hostile, "columns": 1},
        {"event": "stopped", "connection_id": connection_id, "words": hostile, "request_id": hostile},
        {"event": "enabled", "connection_id": connection_id, "parameters": [[hostile, hostile]]},
    ]
    record = plan.with_name("plan.toml.record")
    record.touch(0o600)
    at = "2026-11-28T12:00:00+00:00"
    record.write_text("".join(json.dumps({"at": at, **line}) + "\n" for line in lines))
    for command, arguments in (("report", ()), ("report", ("--json",)), ("run", ("--dry-run",))):
        assert migrate(command, plan, *arguments) == 0
        out, err = shown(capsys)
        assert "]0;x" in out + err
        assert not [each for each in out + err if not each.isprintable() and each != "\n"]
        assert "\n# head" not in out


def test_where_no_plan_can_be_written_nothing_is_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("aep_tui.commands.migrate.opened", None)  # whoever reaches the platform fails otherwise
    assert migrate("plan", tmp_path / "missing" / "plan.toml", "--sandbox-name", "dev") == 1
    assert "plan.toml cannot be used" in shown(capsys)[1]
    (tmp_path / "plan.toml").write_text("mine")
    assert migrate("plan", tmp_path / "plan.toml", "--sandbox-name", "dev") == 1
    assert "There is a file of this name already." in shown(capsys)[1]
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["plan.toml"]


def test_a_sandbox_that_is_not_there_has_the_same_exit_code_in_a_plan_and_in_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for names in ("nowhere", "dev,nowhere"):
        assert migrate("plan", tmp_path / "plan.toml", "--sandbox-name", names) == 5
        assert "Sandbox nowhere could not be read to its end" in shown(capsys)[1]
    listing = ["connections", "list", "--practice", "--scenario", "migration", "--sandbox-name", "nowhere"]
    assert main(listing) == 5
    assert not (tmp_path / "plan.toml").exists()
