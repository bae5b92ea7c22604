from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE
from types import SimpleNamespace
from typing import IO, Any

import pytest

from aep_tui import __version__
from aep_tui.cli import main
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.output import refuse_unusable_output
from aep_tui.commands.run_wizard import _code_after_changes, _code_without_result, _finish, _last_words, _show
from aep_tui.domain.change_result import ChangeEnd, ChangeResult
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.result import ConnectionResult
from aep_tui.flow_service.errors import AuthenticationRequired, ConnectionFailed, PlatformError, RequestRefused
from aep_tui.pages.app_state import LastChange
from aep_tui.practice.scenarios import SCENARIOS
from tests.commands.standard_output import output_that_takes_nothing
from tests.kit.canary import CANARY
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

PROGRAM = [sys.executable, "-m", "aep_tui"]
ENABLED = ConnectionResult("practice", "4cb0c374", state="enabled")


def run(
    *arguments: str, home: Path, stdout: IO[str] | int = PIPE, stderr: IO[str] | int = PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program without a terminal."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env={**user_environment(home=home), **environment},
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        text=True,
        timeout=60,
        check=False,
    )


def run_in_terminal(*arguments: str, home: Path, **environment: str) -> tuple[int, str]:
    """Run the program in a terminal that it leaves by itself; return the exit code and what it wrote."""
    with Terminal(
        [*PROGRAM, *arguments], environment={**user_environment(home=home), **environment}, directory=home, is_warm=True
    ) as terminal:
        exit_code = terminal.wait_exit()
        return exit_code, " ".join(terminal.raw_output.decode().split())


def test_help_names_the_commands_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    for words in ("watch", "practice-server", "--practice", "--output", "exit codes:", "130"):
        assert words in text


@pytest.mark.parametrize("arguments", [["settings"], ["doctor", "--practice"], ["create"], ["connections", "list"]])
def test_what_nobody_expected_is_told_without_a_traceback_and_without_a_value(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AEP_ACCESS_TOKEN", CANARY)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"with {CANARY}")

    for name in (
        "settings.settings_from",
        "doctor.launch_from",
        "create.launch_from",
        "look_at_connections.launch_from",
    ):
        monkeypatch.setattr(f"aep_tui.commands.{name}", fail)
    assert main(arguments) == ExitCode.FAILED
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "aep-tui: an unexpected failure (RuntimeError) ended the program." in shown.err
    (report,) = tmp_path.rglob("crash-*.txt")
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert CANARY not in shown.err + report.read_text(encoding="utf-8")
    assert "Traceback" not in shown.err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"aep-tui {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["--version", "--json"], ["connections", "--help"]])
@pytest.mark.parametrize(("output", "code", "words"), [("pipe", 141, ""), ("full", 1, "No space left on device")])
def test_help_and_version_that_standard_output_does_not_take_end_as_every_other_answer(
    arguments: list[str], output: str, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with output_that_takes_nothing(output):
        assert main(arguments) == code
    said = capsys.readouterr().err
    assert words in said
    assert bool(said) is bool(words)


@pytest.mark.parametrize(
    "arguments", [["--practice", "--live"], ["--nonsense"], ["watch"], ["practice-server", "--port", "x"]]
)
def test_wrong_arguments_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_without_a_terminal_there_is_a_sentence_and_exit_code_2(tmp_path: Path) -> None:
    ended = run("--practice", home=tmp_path)
    assert ended.returncode == 2
    assert "this is not a terminal" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("arguments", [["--practice"], ["create", "--practice"]])
def test_words_that_nobody_takes_leave_the_exit_code_as_it_is(arguments: list[str], tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        ended = run(*arguments, home=tmp_path, stderr=full)
    assert ended.returncode == 2


def test_an_unknown_scenario_is_answered_with_the_names_of_all(tmp_path: Path) -> None:
    exit_code, text = run_in_terminal("--practice", "--scenario", "nonsense", home=tmp_path)
    assert exit_code == 2
    assert "no scenario of this name" in text
    for scenario in SCENARIOS:
        assert scenario.id in text


@pytest.mark.parametrize("address", ["http://platform.adobe.io", "ftp://x", "platform.adobe.io"])
def test_a_base_url_that_is_not_safe_is_refused_before_the_wizard_is_shown(address: str, tmp_path: Path) -> None:
    exit_code, text = run_in_terminal("--live", home=tmp_path, AEP_BASE_URL=address)
    assert exit_code == 1
    assert "https" in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("output", "words"),
    [(".", "is a folder"), ("nowhere/result.json", "The folder of nowhere/result.json is not there")],
)
def test_a_place_that_cannot_take_the_result_is_refused_at_the_start(output: str, words: str, tmp_path: Path) -> None:
    exit_code, text = run_in_terminal("--practice", "--output", output, home=tmp_path)
    assert exit_code == 1
    assert words in text
    assert "\x1b[?1049h" not in text


def test_a_result_file_is_left_as_it_is_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text("before", encoding="utf-8")
    refuse_unusable_output(tmp_path / "before.json")
    refuse_unusable_output(tmp_path / "new.json")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_without_a_terminal_everything_that_is_missing_is_named_together(tmp_path: Path) -> None:
    ended = run("watch", "4cb0c374", "--live", home=tmp_path)
    assert ended.returncode == 2
    for words in ("AEP_ORG_ID (--org-id)", "AEP_SANDBOX_NAME", "AEP_API_KEY", "AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN"):
        assert words in ended.stderr
    ended = run("--practice", home=tmp_path)
    assert "AEP_" not in ended.stderr


@pytest.mark.parametrize(
    ("result", "return_code", "expected"),
    [
        (ENABLED, 0, 0),
        (ConnectionResult("practice", "4cb0c374", state="initializing"), 0, 3),
        (ConnectionResult("practice", "4cb0c374"), 0, 3),
        (None, 0, 130),
        (None, 143, 143),
        (ENABLED, 129, 129),
        (ENABLED, 1, 0),
        (ConnectionResult("practice", "4cb0c374"), 1, 3),
        (None, 1, 1),
    ],
)
def test_the_exit_code_says_how_it_ended(
    result: ConnectionResult | None, return_code: int, expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _finish(result, None, return_code, ExitCode.CANCELLED) == expected
    text = capsys.readouterr().out
    assert (json.loads(text)["id"] if result else text) == ("4cb0c374" if result else "")


def test_what_nobody_can_tell_has_an_exit_code_of_its_own() -> None:
    code = _code_without_result(None, is_unclear=True)
    assert _finish(None, None, 0, code) == 6
    assert _finish(None, None, 129, code) == 129
    assert _finish(ENABLED, None, 0, code) == 0


@pytest.mark.parametrize(
    ("code", "last_change", "expected"),
    [
        (0, LastChange.NONE, 0),
        (130, LastChange.NONE, 130),
        (0, LastChange.DONE, 0),
        (3, LastChange.DONE, 3),
        (0, LastChange.NOT_GOOD, 3),
        (0, LastChange.UNCLEAR, 6),
        (3, LastChange.UNCLEAR, 6),
        (129, LastChange.UNCLEAR, 129),
    ],
)
def test_a_change_and_a_create_of_one_run_end_with_the_worse_code(
    code: int, last_change: LastChange, expected: int
) -> None:
    assert _code_after_changes(code, last_change) == expected


CHANGED = ChangeResult(ChangeEnd.CHANGED, "live", "c-1", "ACME@AdobeOrg", "dev", state="enabled", is_good=True)
NOT_GOOD = replace(CHANGED, state="updating", is_good=False)
UNKNOWN = replace(CHANGED, end=ChangeEnd.UNKNOWN, is_good=False)


@pytest.mark.parametrize(
    ("changes", "return_code", "expected"),
    [
        ((CHANGED,), 0, 0),
        ((CHANGED,), 1, 0),
        ((CHANGED,), 129, 129),
        ((NOT_GOOD,), 0, 3),
        ((NOT_GOOD, CHANGED), 0, 0),
        ((NOT_GOOD, replace(CHANGED, connection_id="c-2")), 0, 3),
        ((UNKNOWN, replace(CHANGED, sandbox_name="qa")), 0, 6),
        ((UNKNOWN,), 129, 129),
    ],
)
def test_every_change_of_a_run_is_printed_and_the_code_is_the_worst_of_the_last_of_each_connection(
    changes: tuple[ChangeResult, ...], return_code: int, expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _finish(None, None, return_code, ExitCode.DONE, changes)
    assert _code_after_changes(code, LastChange.DONE, changes) == expected
    records, text = [], capsys.readouterr().out
    while text:
        record, end = json.JSONDecoder().raw_decode(text)
        records.append(record)
        text = text[end:].lstrip()
    assert [each["result"] for each in records] == [each.end for each in changes]


@pytest.mark.parametrize(("changes", "is_raised"), [((), True), ((CHANGED,), False)])
def test_a_crash_on_the_way_out_does_not_hide_a_change(changes: tuple[ChangeResult, ...], is_raised: bool) -> None:
    def crash(**_unused: object) -> None:
        raise RuntimeError

    app: Any = SimpleNamespace(
        run=crash, crash_words="", return_code=1, state=SimpleNamespace(result=None, changes=changes)
    )
    with pytest.raises(RuntimeError) if is_raised else nullcontext():
        _show(app, has_mouse=False)
    assert bool(app.crash_words) is not is_raised


def test_where_the_record_of_a_migration_is_read_is_said_at_the_end() -> None:
    assert list(_last_words(0, (), "my plan.toml")) == [
        "aep-tui: what was done of the migration stands in its record: aep-tui migrate report 'my plan.toml'"
    ]
    assert list(_last_words(0, ())) == []


def test_what_was_created_is_printed_before_what_was_changed(capsys: pytest.CaptureFixture[str]) -> None:
    _finish(ENABLED, None, 0, ExitCode.DONE, (CHANGED,))
    text = capsys.readouterr().out
    assert text == ENABLED.to_json() + CHANGED.to_json()


def test_who_leaves_after_a_refusal_gets_the_code_that_says_why() -> None:
    refusal = RequestRefused("Refused", "invalid_grant", status=400)
    refusal.proves_refusal = True
    for failure, code in (
        (None, 130),
        (refusal, 5),
        (RequestRefused("Refused", "from a gateway", status=400), 130),
        (AuthenticationRequired("Sign in", "the token has expired", status=401), 4),
        (ConnectionFailed("No network", "no route"), 130),
        (SettingsProblem("No token", "nobody gives one"), 130),
    ):
        assert _code_without_result(failure, is_unclear=False) == code


@pytest.mark.parametrize("error", [AuthenticationRequired, RequestRefused])
def test_who_leaves_after_a_change_and_a_refusal_gets_no_code_that_says_that_nothing_or_all_was_done(
    error: type[PlatformError],
) -> None:
    failure = error("No", "the last thing that was asked", status=400)
    failure.proves_refusal = True
    assert _code_without_result(failure, ExitCode.DONE, is_unclear=False, has_changed=True) == 3
    assert _code_without_result(None, ExitCode.DONE, is_unclear=False, has_changed=True) == 0
    assert _code_without_result(failure, ExitCode.UNCLEAR, is_unclear=False, has_changed=True) == 6


def test_the_result_goes_to_the_file_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _finish(ENABLED, tmp_path / "result.json", 0, ExitCode.CANCELLED)
    assert (tmp_path / "result.json").read_text(encoding="utf-8") == capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_file_that_takes_nothing_is_told_and_the_result_is_on_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Problem, match="was not written"):
        _finish(ENABLED, Path("/dev/full"), 0, ExitCode.CANCELLED)
    assert json.loads(capsys.readouterr().out)["id"] == "4cb0c374"


def test_a_problem_is_a_sentence_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import aep_tui.commands.practice_server as command

    def fail(_options: argparse.Namespace) -> int:
        raise Problem("No port", "Port 8787 is in use.", "Take another one.")

    monkeypatch.setattr(command, "run", fail)
    assert main(["practice-server"]) == 1
    assert capsys.readouterr().err == "aep-tui: No port. Port 8787 is in use. Take another one.\n"


def test_help_needs_neither_textual_nor_httpx() -> None:
    script = (
        "import sys\nfrom aep_tui.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('textual', 'httpx', 'pydantic', 'starlette') if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ), timeout=60
    )
    assert ended.stdout.splitlines()[-1] == "[]"
