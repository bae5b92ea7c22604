"""`aep-tui create`: one connection or none, the truth on stdout and stderr, the exit codes of the table, no secret."""

from __future__ import annotations

import gettext
import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from aep_tui.domain import translation
from aep_tui.practice.organization import WRONG_CLIENT_SECRET
from aep_tui.state.unfinished import Unfinished, find_unfinished
from tests.commands.creating import create, shown
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.practice_server import PracticeServer
from tests.tui.terminal.pty_process import user_environment

pytestmark = pytest.mark.usefixtures("no_waits")


def test_a_rehearsal_creates_and_watches_to_the_end(
    answers: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    assert create("--practice", *answers, "--wait", "--json", "--output", str(output)) == 0
    out, err = shown(capsys)
    result = json.loads(out)
    assert (result["mode"], result["state"], result["name"]) == ("practice", "enabled", "ACME")
    assert json.loads(output.read_text(encoding="utf-8")) == result
    assert "Target: PRACTICE, organization ACME5C1328435BF324E9@AdobeOrg, sandbox rehearsal." in err
    assert "The connection is enabled." in err


def test_without_json_the_result_is_for_people(answers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert create("--practice", *answers) == 0
    out, _err = shown(capsys)
    assert out.startswith("id ")
    assert "name          ACME" in out


def test_what_a_dry_run_prints_is_what_a_create_sends(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(*answers, "--dry-run") == 0
    request = json.loads(shown(capsys)[0])
    assert live.store.connections() == ()
    assert request["url"] == f"{live.base_url}/data/foundation/flowservice/connections"
    assert request["headers"]["Authorization"] == "Bearer {ACCESS_TOKEN}"
    assert create(*answers, "--confirm-sandbox", "dev") == 0
    (record,) = live.store.connections()
    body = request["body"]
    assert (record.name, record.auth_spec_name) == (body["name"], body["auth"]["specName"])
    assert set(record.parameters) == set(body["auth"]["params"])


def test_a_development_sandbox_needs_no_confirmation_and_a_production_one_does(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(*answers) == 0
    assert find_unfinished() == Unfinished(), "it was told, so that the next start has nothing to say"
    assert create(*answers, "--sandbox-name", "prod") == 2
    _out, err = shown(capsys)
    assert "--confirm-sandbox NAME: This is a production sandbox." in err
    assert create(*answers, "--sandbox-name", "prod", "--confirm-sandbox", "dev") == 2
    assert "This is not the sandbox of the target, which is prod." in shown(capsys)[1]
    assert create(*answers, "--sandbox-name", "prod", "--confirm-sandbox", "dev", "--dry-run") == 2
    shown(capsys)
    assert len(live.store.connections()) == 1
    assert create(*answers, "--sandbox-name", "prod", "--confirm-sandbox", "prod") == 0
    assert len(live.store.connections()) == 2


def test_a_second_run_makes_no_second_connection_unless_it_is_told_to(
    live: PracticeServer, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(*answers) == 0
    shown(capsys)
    assert create(*answers, "--json") == 2
    problem = json.loads(shown(capsys)[0])
    (record,) = live.store.connections()
    assert (problem["type"], problem["possibleIds"]) == ("similar-connection-exists", [record.id])
    assert create(*answers, "--create-another") == 0
    assert len(live.store.connections()) == 2


@pytest.mark.parametrize(
    ("scenario", "exit_code", "kind"),
    [("wrong-credentials", 5, "request-refused"), ("service-down", 1, "service-unavailable")],
)
def test_a_failure_is_one_object_and_words_with_those_of_the_server_and_the_exit_code_of_the_table(
    answers: list[str], capsys: pytest.CaptureFixture[str], scenario: str, exit_code: int, kind: str
) -> None:
    assert create("--practice", "--scenario", scenario, *answers, "--json") == exit_code
    out, err = shown(capsys)
    problem = json.loads(out)
    assert problem["type"] == kind
    assert problem["title"]
    assert problem["detail"]
    assert f"  The server said: {problem['serverSaid']}\n" in err
    assert f"HTTP status {problem['status']} · code {problem['code']} · request id {problem['instance']}\n" in err


def test_a_refused_sign_in_is_4(
    live: PracticeServer, answers: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AEP_ACCESS_TOKEN")
    monkeypatch.setenv("AEP_CLIENT_SECRET", WRONG_CLIENT_SECRET)
    monkeypatch.setenv("AEP_IMS_HOST", live.base_url)
    assert create(*answers, "--confirm-sandbox", "dev", "--json") == 4
    out, err = shown(capsys)
    assert json.loads(out)["type"] == "authentication-required"
    assert WRONG_CLIENT_SECRET not in out + err
    assert live.store.connections() == ()


def test_a_connection_that_is_never_enabled_is_3(answers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert create("--practice", "--scenario", "expired-token", *answers, "--wait", "--json") == 3
    out, err = shown(capsys)
    assert json.loads(out)["id"]
    assert "The connection was created and was not seen enabled." in err
    assert "  HTTP status 401 · code 401013 · request id " in err


def test_nothing_rehearses_in_silence(answers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert create(*answers, "--json") == 2
    out, _err = shown(capsys)
    assert json.loads(out)["errors"] == [
        {"option": "--live, --practice", "detail": "Nothing says which platform is meant."}
    ]


def test_what_target_and_answers_lack_is_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert create("--live", "--source", "salesforce", "--auth-method", "oauth2-client-credential", "--json") == 2
    out, err = shown(capsys)
    problem = json.loads(out)
    assert problem["type"] == "answers-incomplete"
    options = [each["option"] for each in problem["errors"]]
    assert options == [
        "AEP_ORG_ID (--org-id)",
        "AEP_SANDBOX_NAME (--sandbox-name)",
        "AEP_API_KEY (--api-key)",
        "AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN",
        "--name TEXT",
        "--set environmentUrl=VALUE",
        "--set clientId=VALUE",
        "--secret-file clientSecret=FILE",
        "--set apiVersion=VALUE",
    ]
    assert all(option in err for option in options)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", CANARY], "A value of --set is not of the form KEY=VALUE."),
        (["--set", "a=1", "--set", "a=2"], "More than one option gives a, and they differ."),
        (["--set", f"{CANARY}=1", "--set", f"{CANARY}=2"], "More than one option gives one key, and they differ."),
        (["--secret-env", "clientSecret=X", "--secret-stdin", "clientSecret"], "More than one option gives"),
        (["--secret-env", f"clientSecret={CANARY}"], "It gave nothing."),
        (["--answers", "nowhere.toml"], "nowhere.toml"),
        (["--output", "/nowhere/result.json"], "The folder of /nowhere/result.json is not there."),
    ],
)
def test_a_wrong_argument_is_told_and_not_repeated(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create("--practice", *arguments) in {1, 2}
    assert words in shown(capsys)[1]


def test_the_secret_comes_from_a_program_a_variable_or_standard_input(
    answers: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = [*answers[:2], "--name", "ACME", "--practice", "--dry-run"]
    assert create(*plain, "--secret-command", f"clientSecret=printf %s {CANARY}") == 0
    monkeypatch.setenv("ACME_SECRET", CANARY)
    assert create(*plain, "--secret-env", "clientSecret=ACME_SECRET") == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{CANARY}\n".encode())))
    assert create(*plain, "--secret-stdin", "clientSecret") == 0
    assert shown(capsys)[0].count('"clientSecret": "{CLIENT_SECRET}"') == 3


def test_the_program_of_one_secret_does_not_inherit_the_variable_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("ACME_SECRET", CANARY)
    program = f"sh -c 'printenv ACME_SECRET > {seen}; echo x'"
    create("--practice", "--secret-command", f"a={program}", "--secret-env", "clientSecret=ACME_SECRET")
    assert seen.read_text(encoding="utf-8") == ""
    shown(capsys)


def test_neither_it_nor_the_doctor_needs_a_terminal_or_loads_textual(answers: list[str], home: Path) -> None:
    program = (
        "import sys; from aep_tui.cli import main; assert main(['doctor', '--practice', '--json']) == 0;"
        "code = main(sys.argv[1:]); assert 'textual' not in sys.modules; sys.exit(code)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "create", "--practice", *answers],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**user_environment(home=home), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert run.returncode == 0, run.stderr
    assert CANARY not in run.stdout + run.stderr
    report, _end = json.JSONDecoder().raw_decode(run.stdout)
    assert (report["checks"][0]["id"], report["checks"][0]["state"]) == ("terminal", "warning")


def test_a_read_only_run_creates_nothing_and_says_why(
    live: PracticeServer, answers: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(*answers, "--confirm-sandbox", "dev", "--read-only") == 1
    _out, err = shown(capsys)
    assert "sends nothing that could change something" in err
    assert "Looking for connections" not in err
    assert "Creating the connection" not in err, "it says nothing of what it does not do"
    assert live.requests == 0
    assert create(*answers, "--read-only", "--dry-run") == 0
    monkeypatch.setenv("AEP_READ_ONLY", "true")
    assert create(*answers, "--confirm-sandbox", "dev") == 1
    assert create(*answers, "--practice", "--read-only") == 1
    assert live.store.count() == 0


def test_a_missing_secret_file_is_named_with_everything_else_that_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = ("--secret-file", f"clientSecret={tmp_path / 'nowhere'}")
    walk = ("--practice", "--source", "salesforce", "--auth-method", "oauth2-client-credential")
    assert create(*walk, *place) == 2
    err = shown(capsys)[1]
    for option in ("--set environmentUrl=VALUE", "--name TEXT", "--secret-file clientSecret=FILE"):
        assert err.count(option) == 1
    assert "nowhere cannot be read" in err
    assert create("--practice", *place, "--secret-env", "jwtToken=NOWHERE", "--json") == 2
    record = json.loads(shown(capsys)[0])
    options = [each["option"] for each in record["errors"]]
    assert options[-2:] == ["--secret-file clientSecret=FILE", "--secret-file jwtToken=FILE"]
    assert "--source ID" in options


@pytest.mark.parametrize(("minutes_left", "code"), [(-60, 2), (60, 0)])
def test_a_token_is_good_until_the_instant_that_it_names(
    tmp_path: Path, minutes_left: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    signed, secret = tmp_path / "token", tmp_path / "client-secret"
    signed.write_text(token(iss="3MVG9acme", exp=int(START.timestamp()) + 60 * minutes_left), encoding="utf-8")
    secret.write_text(CANARY, encoding="utf-8")
    walk = ("--cloud", "aws", "--source", "salesforce", "--auth-method", "oauth2-jwt-token-credential")
    values = ("--set", "clientId=3MVG9acme", "--set", "instanceUrl=https://acme.my.salesforce.com", "--name", "ACME")
    secrets = ("--secret-file", f"jwtToken={signed}", "--secret-file", f"clientSecret={secret}")
    assert create("--practice", *walk, *values, *secrets, "--dry-run") == code
    assert ("The token ended on 2026-11-22 at 11:00 UTC." in shown(capsys)[1]) is (minutes_left < 0)


def test_a_secret_file_that_alone_is_missing_is_a_failure_here(
    answers: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "client-secret").unlink()
    assert create("--practice", *answers) == 1
    assert "cannot be read" in shown(capsys)[1]


class Foreign(gettext.NullTranslations):
    """Stands for any other language."""

    def gettext(self, message: str) -> str:
        return f"¿{message}"


@pytest.mark.parametrize("arguments", [["--practice"], ["--nonsense"]])
def test_the_words_of_json_are_english_in_every_language(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation, "_translations", Foreign())
    with suppress(SystemExit):
        create(*arguments)
    assert "¿" in shown(capsys)[1]
    with suppress(SystemExit):
        create(*arguments, "--json")
    out, _err = shown(capsys)
    assert json.loads(out)["title"] in {"The answers are not complete", "Wrong arguments"}
    assert "¿" not in out
