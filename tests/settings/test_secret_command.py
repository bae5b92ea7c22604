from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.secret_command import secret_from_command
from tests.secrets import CANARY


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_output_is_the_secret_without_its_line_end() -> None:
    assert secret_from_command(python(f"print('p${{HOME}}#{CANARY}')")) == f"p${{HOME}}#{CANARY}"


def test_no_shell_reads_the_command() -> None:
    assert secret_from_command([*python("import sys; print(sys.argv[1])"), "$(id); `id` > x"]) == "$(id); `id` > x"
    assert list(Path().iterdir()) == []


def test_the_program_gets_neither_our_secrets_nor_our_terminal_nor_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEP_ACCESS_TOKEN", CANARY)
    monkeypatch.setenv("AEP_CLIENT_SECRET", CANARY)
    monkeypatch.setenv("VAULT_ADDR", "kept")
    program = (
        "import os, sys; print('AEP_' in str(os.environ), os.environ['VAULT_ADDR'], sys.stdin.read(), os.getsid(0))"
    )
    answer = secret_from_command(python(program)).split()
    assert answer[:2] == ["False", "kept"]
    assert int(answer[2]) != os.getsid(0)


def test_a_failing_program_tells_its_complaint_redacted_and_never_its_output() -> None:
    program = f"import sys; print('{CANARY}'); sys.stderr.write('locked {CANARY} \\x1b[2J' + 'x' * 900); sys.exit(3)"
    with pytest.raises(SettingsProblem) as refusal:
        secret_from_command(python(program))
    assert "exit code 3" in refusal.value.message
    assert "locked" in refusal.value.message
    assert CANARY not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(refusal.value.message) < 500


def test_arguments_are_not_shown_in_a_message() -> None:
    with pytest.raises(SettingsProblem) as refusal:
        secret_from_command([*python("raise SystemExit(1)"), CANARY])
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize(
    "command", [["no-such-program-of-ours"], ["/"], ["nul\0l"], [], python("pass"), python("print('  ')")]
)
def test_a_program_that_is_missing_or_prints_nothing_is_a_problem_in_words(command: list[str]) -> None:
    with pytest.raises(SettingsProblem, match="did not give the secret"):
        secret_from_command(command)


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    program = (
        "import subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    )
    started = time.monotonic()
    with pytest.raises(SettingsProblem, match="took longer"):
        secret_from_command(python(program), time_limit=0.4)
    assert time.monotonic() - started < 10


def test_a_program_that_never_stops_printing_is_ended() -> None:
    with pytest.raises(SettingsProblem, match="printed too much"):
        secret_from_command(python("while True: print('y' * 1000)"))
