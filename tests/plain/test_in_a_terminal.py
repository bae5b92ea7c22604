"""The wizard line by line in a real terminal: what the bytes are, how it is asked for, and how it ends by a signal."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.kit.canary import CANARY
from tests.kit.journeys import JOURNEYS, JWT, OAUTH2, Journey
from tests.plain.script import whole
from tests.tui.terminal.journeys import HURRIED
from tests.tui.terminal.pty_process import PtyProcess, user_environment

pytestmark = pytest.mark.waits

SECONDS = 60.0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., PtyProcess]]:
    """Start the program, or a shell, in a terminal; standard output of the program in a file.

    What a shell starts is the program itself, with all its imports and waits, also for a whole journey.
    """
    started: list[PtyProcess] = []

    def start_one(
        *arguments: str, shell: Sequence[str] = (), size: tuple[int, int] = (80, 24), **environment: str
    ) -> PtyProcess:
        columns, rows = size
        process = PtyProcess(
            shell or [*HURRIED, *arguments],
            columns=columns,
            rows=rows,
            environment=user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).parents[2]), **environment),
            directory=tmp_path,
            stdout=None if shell else tmp_path / "result.json",
            is_warm=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.close()


def wait_for(process: PtyProcess, words: str, *, times: int = 1) -> None:
    """Wait until the program has written something so many times."""
    count = 0
    while process.raw_output.count(words.encode()) < times:
        assert process.exit_code is None, process.raw_output.decode()
        assert process.wait_for_news(count, SECONDS), f"nothing new after {process.raw_output[-400:]!r}"
        count = len(process.chunks)


def local_modes(process: PtyProcess) -> int:
    """The modes of the terminal that a program switches off to read keys by itself."""
    modes: int = termios.tcgetattr(process._master)[3]
    return modes & (termios.ECHO | termios.ICANON)


def modes_of_a_new_terminal() -> list[Any]:
    """What `termios.tcgetattr` says of a terminal that nobody has used."""
    master, slave = os.openpty()
    try:
        return list(termios.tcgetattr(slave))
    finally:
        os.close(master)
        os.close(slave)


def type_lines(process: PtyProcess, lines: Sequence[str]) -> None:
    process.send("".join(f"{line}\r" for line in lines).encode())


@pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.id for journey in JOURNEYS])
def test_each_connection_is_created_without_a_control_sequence_or_an_echoed_secret(
    journey: Journey, start: Callable[..., PtyProcess], tmp_path: Path
) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    type_lines(process, whole(journey))
    assert process.wait_exit(SECONDS) == 0
    written = process.raw_output
    assert b"\x1b" not in written
    assert b"\r" not in written.replace(b"\r\n", b"\n")
    assert CANARY.encode() not in written
    assert JWT.encode() not in written
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["state"] == "enabled"


@pytest.mark.parametrize(
    "environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}, {"TERM": ""}], ids=["ACCESSIBLE", "dumb", "no TERM"]
)
def test_the_environment_asks_for_it(environment: dict[str, str], start: Callable[..., PtyProcess]) -> None:
    process = start("--practice", **environment)
    wait_for(process, "Number or name")
    process.send(b"\x04")
    assert process.wait_exit(SECONDS) == 130
    assert b"\x1b" not in process.raw_output


def test_an_option_goes_before_the_environment(start: Callable[..., PtyProcess]) -> None:
    process = start("--practice", "--no-plain", ACCESSIBLE="1")
    wait_for(process, "\x1b[?1049h")


@pytest.mark.parametrize(
    ("number", "exit_code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)],
)
def test_a_signal_ends_it_and_gives_the_terminal_back(
    number: signal.Signals, exit_code: int, start: Callable[..., PtyProcess]
) -> None:
    process = start("--plain", "--practice")
    terminal = os.dup(process._master)  # lives longer than the process
    before = modes_of_a_new_terminal()  # the program has switched echo off as soon as it runs
    wait_for(process, "Number or name")
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2)[:6])
    wait_for(process, "Which source")
    assert termios.tcgetattr(terminal) != before
    process.kill(number)
    assert process.wait_exit(SECONDS) == exit_code
    assert termios.tcgetattr(terminal) == before
    os.close(terminal)
    assert b"Traceback" not in process.raw_output


def test_a_terminal_that_takes_nothing_holds_no_signal_off(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    terminal = os.dup(process._master)  # lives longer than the process
    before = modes_of_a_new_terminal()
    wait_for(process, "Number or name")
    process.stall()
    while process.has_room():
        type_lines(process, ["?"])
        assert process.wait_until_idle(SECONDS)
    process.kill(signal.SIGTERM)
    assert process.wait_exit(SECONDS) == 143
    assert termios.tcgetattr(terminal) == before
    os.close(terminal)


@pytest.mark.parametrize("asked", ["Which source", "Client secret, typing"])
def test_a_terminal_that_is_gone_ends_it_as_a_hang_up_and_leaves_no_crash_report(
    asked: str, start: Callable[..., PtyProcess], tmp_path: Path
) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2)[:6] if asked == "Which source" else whole(OAUTH2)[:10])
    wait_for(process, asked)
    process.hang_up()
    assert process.wait_exit(SECONDS) == 129
    assert not list(tmp_path.rglob("crash*"))


@pytest.mark.skipif(shutil.which("script") is None, reason="script is not on this machine")
def test_it_works_in_script_and_what_that_keeps_holds_no_secret(
    start: Callable[..., PtyProcess], tmp_path: Path
) -> None:
    kept = tmp_path / "typescript"
    program = f"{sys.executable} -m aep_tui --plain --practice"
    process = start(shell=["script", "-q", "-e", "-c", program, str(kept)])
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2))
    assert process.wait_exit(SECONDS) == 0
    assert b"enabled" in process.raw_output
    assert CANARY.encode() not in process.raw_output + kept.read_bytes()


def test_a_serial_line_that_tells_no_size_gets_lines_of_80_columns(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice", size=(0, 0))
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2)[:6])
    wait_for(process, "Environment URL")  # what is said of it is longer than a line
    lines = process.raw_output.decode().splitlines()
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("shell", [("bash", "--norc", "--noediting", "-i"), ("dash", "-i")], ids=["bash", "dash"])
def test_ctrl_z_gives_the_shell_its_terminal_and_a_secret_stays_unseen_after_fg(
    shell: Sequence[str], start: Callable[..., PtyProcess]
) -> None:
    process = start(shell=shell, PS1="shell> ")
    wait_for(process, "shell> ")
    before = local_modes(process)
    assert before == termios.ECHO | termios.ICANON
    type_lines(process, [f"{sys.executable} -m aep_tui --plain --practice"])
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2)[:8])
    wait_for(process, "Client secret, typing is not shown")
    process.send(CANARY[:12].encode())
    process.send(b"\x1a")
    wait_for(process, "Stopped")
    wait_for(process, "shell> ", times=2)
    assert local_modes(process) == before
    type_lines(process, ["fg"])
    wait_for(process, "Client secret, typing is not shown, file:NAME reads a file: ", times=2)
    assert process.wait_until_idle(SECONDS)
    assert local_modes(process) == 0
    behind = process.raw_output.rpartition(b"fg")[2]
    assert behind.endswith(b"Client secret, typing is not shown, file:NAME reads a file: "), "the question stands anew"
    type_lines(process, [CANARY[12:]])
    wait_for(process, "Received")
    assert CANARY[:12].encode() not in process.raw_output, "nor what was typed before the stop"
    assert CANARY[12:].encode() not in process.raw_output


def test_what_was_typed_before_a_stop_stands_behind_the_question_again(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    process.send(b"liv")
    wait_for(process, "liv")
    written = len(process.raw_output)
    process.kill(signal.SIGSTOP)
    process.kill(signal.SIGCONT)
    assert process.wait_until_idle(SECONDS)
    assert process.raw_output[written:].startswith(b"Number or name")
    assert process.raw_output.endswith(b": liv")


def test_no_line_is_broken_inside_a_word(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    type_lines(process, ["?"])
    wait_for(process, "before you submit")
    lines = process.raw_output.decode().splitlines()
    assert max(map(len, lines)) < 80
    assert any(len(line) > 70 for line in lines), "and they are filled"


def test_a_stop_by_another_program_brings_no_echo(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    before = modes_of_a_new_terminal()
    wait_for(process, "Number or name")
    assert local_modes(process) == 0
    process.kill(signal.SIGSTOP)
    termios.tcsetattr(process._master, termios.TCSANOW, before)  # as a shell does
    process.kill(signal.SIGCONT)
    assert process.wait_until_idle(SECONDS)
    assert local_modes(process) == 0


def test_several_lines_pasted_as_a_secret_are_neither_taken_nor_shown(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    type_lines(process, whole(OAUTH2)[:8])
    wait_for(process, "Client secret, typing is not shown")
    type_lines(process, ["first part", CANARY, CANARY])
    wait_for(process, "several lines came at once")
    wait_for(process, "Client secret, typing is not shown", times=2)
    assert b"Received" not in process.raw_output
    type_lines(process, [CANARY])
    wait_for(process, f"Received, {len(CANARY)} characters.")
    type_lines(process, whole(OAUTH2)[9:])
    assert process.wait_exit(SECONDS) == 0
    assert CANARY.encode() not in process.raw_output


def test_a_line_that_was_there_before_its_secret_was_asked_for_is_told(start: Callable[..., PtyProcess]) -> None:
    process = start("--plain", "--practice")
    wait_for(process, "Number or name")
    type_lines(process, [*whole(OAUTH2)[:8], CANARY])
    wait_for(process, f"Received, {len(CANARY)} characters that were typed before the question.")
    assert CANARY.encode() not in process.raw_output
