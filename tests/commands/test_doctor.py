from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.practice.organization import WRONG_CLIENT_SECRET
from tests.commands.standard_output import output_that_takes_nothing
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer
from tests.tui.terminal.pty_process import user_environment

KEYS = ["id", "name", "state", "seconds", "reason", "what_to_do", "who_can_do_it"]


def test_a_rehearsal_works_and_says_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--practice"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("PRACTICE: ")
    assert "Practice mode has no network." in shown.out
    assert "aep-tui doctor --live" in shown.out
    assert shown.err == ""


@pytest.mark.usefixtures("live")
def test_a_live_set_up_that_works_ends_with_0_and_an_aligned_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("LIVE: 127.0.0.1:")
    assert CANARY not in out
    assert max(len(line) for line in out.splitlines()) <= 100
    rows = [line for line in out.splitlines() if line.startswith(("OK ", "Warning ", "Skipped "))]
    assert len(rows) == 22
    assert {row[47:51] for row in rows} == {" s  "}, "the seconds stand in one column"


@pytest.mark.usefixtures("live")
def test_json_has_stable_keys_and_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json", "--source", "salesforce"]) == 0
    out = capsys.readouterr().out
    assert CANARY not in out
    value = json.loads(out)
    assert list(value) == [
        "mode",
        "base_url",
        "organization_id",
        "sandbox_name",
        "source",
        "result",
        "checks",
        "offered_auth_spec_names",
    ]
    assert (value["mode"], value["source"], value["result"]) == ("live", "salesforce", "warning")
    assert all(list(check) == KEYS for check in value["checks"])
    assert [check["id"] for check in value["checks"]] == [
        "terminal",
        "proxy",
        "certificates",
        "platform-network",
        "platform-tls",
        "identity-network",
        "identity-tls",
        "clock",
        "access-token",
        "api-key",
        "organization",
        "sandbox",
        "view-sources",
        "manage-sources",
        "connection-spec.salesforce",
        "lifecycle.salesforce-basic-authentication",
        "lifecycle.aws-limited-availability",
        "lifecycle.salesforce-soap-login",
    ]


@pytest.mark.usefixtures("live")
def test_a_refusal_by_the_platform_ends_with_5_and_says_who_has_to_do_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--sandbox-name", "nowhere"]) == 5
    out = capsys.readouterr().out
    assert "Failed   Sandbox" in out
    assert "What to do: " in out
    assert "Who can do it: " in out
    assert "(HTTP status 404 · code FLOW-2101-404 · request id " in " ".join(out.split())


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(("secret", "exit_code"), [(CANARY, 0), (WRONG_CLIENT_SECRET, 4)])
def test_a_client_secret_comes_before_a_token_of_the_settings(
    server: PracticeServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    secret: str,
    exit_code: int,
) -> None:
    monkeypatch.delenv("AEP_ACCESS_TOKEN")
    monkeypatch.setenv("AEP_CLIENT_SECRET", secret)
    monkeypatch.setenv("AEP_IMS_HOST", server.base_url)
    assert main(["doctor", "--json"]) == exit_code
    out = capsys.readouterr().out
    assert CANARY not in out
    token = next(check for check in json.loads(out)["checks"] if check["id"] == "access-token")
    assert token["state"] == ("failed" if exit_code else "ok")


def test_without_any_setting_live_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--live", "--base-url", "http://127.0.0.1:9"]) == 1
    out = capsys.readouterr().out
    for words in ("AEP_API_KEY", "AEP_ORG_ID", "AEP_SANDBOX_NAME", "AEP_ACCESS_TOKEN"):
        assert words in out


def test_an_unknown_source_is_refused_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--practice", "--source", CANARY]) == 2
    shown = capsys.readouterr().err
    assert "aep-tui: doctor checks no source of this name. It knows: salesforce, " in shown
    assert CANARY not in shown


@pytest.mark.parametrize("width", [45, 60, 80, 95, 96, 120])
@pytest.mark.parametrize("arguments", [["doctor", "--practice"], ["--practice", "doctor"]])
def test_the_report_fits_the_terminal(
    width: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("aep_tui.commands.doctor.width_of", lambda *_unused: width)
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    head = max(len(line) for line in lines if line.endswith(" s")) if width < 96 else 0
    assert max(len(line) for line in lines) <= max(width, head)
    assert any("Practice mode has no network." in line for line in lines)


def test_an_option_before_the_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--practice", "doctor"]) == 0
    assert capsys.readouterr().out.startswith("PRACTICE: ")
    assert main(["--profile", "nobody", "doctor"]) == 1
    assert "There is no such profile" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("output", ["full", "closed"])
def test_a_standard_output_that_takes_nothing_is_a_sentence(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    with output_that_takes_nothing(output):
        assert main(["doctor", "--practice", "--json"]) == 1
    err = capsys.readouterr().err
    assert "Standard output takes nothing" in err
    assert "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("command", [["settings"], ["profile", "list"]])
@pytest.mark.parametrize("output", ["full", "closed"])
def test_the_interpreter_adds_nothing_to_that_sentence_at_its_end(command: list[str], output: str, home: Path) -> None:
    assert main(["profile", "add", "acme", "--read-only"]) == 0
    redirection = ">/dev/full" if output == "full" else ">&-"
    script = f'exec "$0" -m aep_tui "$@" {redirection}'
    ended = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, *command],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={
            **user_environment(home=home),
            "XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "Standard output takes nothing" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def test_an_env_file_in_the_working_directory_gets_no_token_for_its_host(
    server: PracticeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text(f"AEP_BASE_URL={server.base_url}\n")
    for name, value in (
        ("ORG_ID", "ACME@AdobeOrg"),
        ("SANDBOX_NAME", "dev"),
        ("API_KEY", "k"),
        ("ACCESS_TOKEN", CANARY),
    ):
        monkeypatch.setenv(f"AEP_{name}", value)
    assert main(["doctor", "--live"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "AEP_BASE_URL in .env in the working directory names the host 127.0.0.1:" in shown.err
    assert CANARY not in shown.err
