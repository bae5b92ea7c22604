from __future__ import annotations

import contextlib
import os
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.secret_command import secret_from_command
from tests.kit.canary import CANARY


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_output_is_the_secret_without_its_line_end() -> None:
    assert secret_from_command(python(f"print('p${{HOME}}#{CANARY}')"), SystemClock()) == f"p${{HOME}}#{CANARY}"


def test_no_shell_reads_the_command() -> None:
    command = [*python("import sys; print(sys.argv[1])"), "$(id); `id` > x"]
    assert secret_from_command(command, SystemClock()) == "$(id); `id` > x"
    assert list(Path().iterdir()) == []


def test_the_program_gets_neither_our_secrets_nor_our_terminal_nor_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEP_ACCESS_TOKEN", CANARY)
    monkeypatch.setenv("AEP_CLIENT_SECRET", CANARY)
    monkeypatch.setenv("VAULT_ADDR", "kept")
    program = (
        "import os, sys; print('C4NARY' in str(os.environ), os.environ['VAULT_ADDR'], sys.stdin.read(), os.getsid(0))"
    )
    reading, writing = os.pipe()
    os.write(writing, b"typed\n")
    os.close(writing)
    ours = os.dup(0)
    os.dup2(reading, 0)
    try:
        answer = secret_from_command(python(program), SystemClock()).split()
    finally:
        os.dup2(ours, 0)
        os.close(ours)
        os.close(reading)
    assert answer[:2] == ["False", "kept"]
    assert int(answer[2]) != os.getsid(0)


def test_a_failing_program_tells_its_exit_code_and_nothing_that_it_wrote() -> None:
    program = f"import sys; print('{CANARY}'); sys.stderr.write('locked {CANARY} \\x1b[2J' + 'x' * 900); sys.exit(3)"
    with pytest.raises(SettingsProblem) as refusal:
        secret_from_command(python(program), SystemClock())
    assert "exit code 3" in refusal.value.message
    assert "locked" not in refusal.value.message
    assert "What it said is not shown" in refusal.value.message
    assert CANARY not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(refusal.value.message) < 500


def test_arguments_are_not_shown_in_a_message() -> None:
    with pytest.raises(SettingsProblem) as refusal:
        secret_from_command([*python("raise SystemExit(1)"), CANARY], SystemClock())
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize(
    "command", [["no-such-program-of-ours"], ["/"], ["nul\0l"], [], python("pass"), python("print('  ')")]
)
def test_a_program_that_is_missing_or_prints_nothing_is_a_problem_in_words(command: list[str]) -> None:
    with pytest.raises(SettingsProblem, match="did not give the secret"):
        secret_from_command(command, SystemClock())


class ClockOfTheChild:
    """Stands still until the child of the program has reported, then the time is up."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self.time = 0.0

    def now(self) -> datetime:
        raise NotImplementedError

    def today(self) -> date:
        raise NotImplementedError

    def monotonic(self) -> float:
        with contextlib.suppress(BlockingIOError):
            if os.read(self.pipe, 1):
                self.time = 1000.0
        return self.time

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("leaves_early", [False, True])
def test_a_program_that_takes_too_long_is_ended_with_its_children(leaves_early: bool) -> None:
    os.mkfifo("pipe")
    pipe = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    # Closing its output does not end the child, so that only the kill can.
    child = (
        "import contextlib, os, time\n"
        "pipe = os.open('pipe', os.O_WRONLY); os.write(pipe, b'x')\n"
        "with contextlib.suppress(OSError): os.write(1, b'y')\n"
        "time.sleep(60)"
    )
    program = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}])"
    try:
        with pytest.raises(SettingsProblem, match="took longer"):
            secret_from_command(python(program if leaves_early else f"{program}.wait()"), ClockOfTheChild(pipe))
        os.set_blocking(pipe, True)
        assert os.read(pipe, 1) == b"", "the child still holds the pipe"
    finally:
        os.close(pipe)


@pytest.mark.parametrize("program", ["while True: print('y' * 1000)", "print('y' * 65536)"])
def test_a_program_that_prints_too_much_is_ended_and_no_part_of_it_is_the_secret(program: str) -> None:
    with pytest.raises(SettingsProblem, match="printed too much"):
        secret_from_command(python(program), SystemClock())
