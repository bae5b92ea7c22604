"""However the program ends, the terminal is as it was, and no secret is left behind."""

from __future__ import annotations

import json
import signal
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kit.canary import CANARY
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, walk
from tests.tui.terminal.keyboard import encode_key
from tests.tui.terminal.protocol import Profile
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal
from tests.tui.terminal.test_first_paint import settle

pytestmark = pytest.mark.waits

PRACTICE = [sys.executable, "-m", "aep_tui", "--practice"]
WELCOME = "Where should the connection be created?"

CRASHING_PROGRAM = """
import sys
from aep_tui.cli import main
from aep_tui.tui.steps.cloud import CloudChoices

def crash(self, frame):
    secret = CANARY
    raise RuntimeError(f"password={secret}")

CloudChoices.rows = crash
sys.exit(main(["--practice"]))
"""


def started(command: Sequence[str], home: Path, stdout: Path | None = None) -> Terminal:
    return Terminal(command, environment=user_environment(home=home), directory=home, stdout=stdout, is_warm=True)


@pytest.mark.parametrize(
    ("number", "exit_code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)]
)
def test_a_signal_ends_the_program_in_order(number: signal.Signals, exit_code: int, tmp_path: Path) -> None:
    with started(PRACTICE, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        terminal.kill(number)
        assert terminal.wait_exit() == exit_code
        assert terminal.restoration_problems() == []
        assert f"ended by a signal ({number.name})".encode() in terminal.raw_output


def test_a_signal_amid_the_form_leaves_no_secret_behind(tmp_path: Path) -> None:
    with started(PRACTICE, tmp_path) as terminal:
        walk(terminal, SALESFORCE_ON_AZURE[:5])
        terminal.wait_for_text("Client secret")
        terminal.send_keys("tab", "tab", CANARY)
        terminal.wait_for_text("•" * len(CANARY))
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert terminal.restoration_problems() == []
        assert CANARY.encode() not in terminal.raw_output
    assert files_with_the_secret(tmp_path) == []


def test_a_terminal_that_hangs_up_ends_the_program_with_its_own_code(tmp_path: Path) -> None:
    """The last words, which nobody takes any more, are not tried again by the interpreter, which would end with 120."""
    with started(PRACTICE, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        terminal.hang_up()
        assert terminal.wait_exit() == 129


def test_a_terminal_that_takes_nothing_holds_no_signal_off(tmp_path: Path) -> None:
    """The loop stands still then, with secrets in memory: what it would do at the signal never comes."""
    with started(PRACTICE, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        settle(terminal)
        terminal.stall()
        while terminal.process.has_room():
            terminal.process.send(encode_key("ctrl+l", 0))
            assert terminal.process.wait_until_idle(terminal.timeout)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 143


def test_a_terminal_that_is_gone_ends_the_program_although_sighup_is_ignored(tmp_path: Path) -> None:
    command = ["sh", "-c", f"trap '' HUP; exec {sys.executable} -m aep_tui --practice"]
    with started(command, tmp_path) as terminal:
        terminal.wait_for_text(WELCOME)
        terminal.hang_up()
        assert terminal.wait_exit() != 0


def test_a_crash_shows_no_values_and_writes_a_private_report(tmp_path: Path) -> None:
    script = tmp_path / "crashing.py"
    script.write_text(CRASHING_PROGRAM.replace("CANARY", repr(CANARY)), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with started([sys.executable, str(script)], home) as terminal:
        terminal.wait_for_text(WELCOME)
        terminal.send_keys("enter", "enter")
        assert terminal.wait_exit() == 1
        assert terminal.restoration_problems() == []
        assert CANARY.encode() not in terminal.raw_output
        words = " ".join(terminal.raw_output.decode(errors="replace").split())
    assert "an unexpected failure (RuntimeError) ended the program" in words
    assert "Traceback" not in words
    (report,) = home.rglob("crash-*.txt")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert files_with_the_secret(home) == []


def test_quitting_with_nothing_created_says_so_by_its_exit_code(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    with started(PRACTICE, tmp_path, stdout=result) as terminal:
        terminal.wait_for_text(WELCOME)
        terminal.send_keys("ctrl+q")
        assert terminal.wait_exit() == 130
    assert result.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("profile", Profile)
def test_with_standard_output_in_a_file_the_size_is_that_of_the_terminal(tmp_path: Path, profile: Profile) -> None:
    environment = user_environment(home=tmp_path)
    with Terminal(
        PRACTICE,
        columns=110,
        rows=23,
        environment=environment,
        directory=tmp_path,
        stdout=tmp_path / "result.json",
        profile=profile,
        is_warm=True,
    ) as terminal:
        terminal.wait_until(lambda text: "Ctrl+Q Quit" in text.splitlines()[-1], what="keys in the last row")
        terminal.resize(60, 15)
        terminal.wait_for_text("this terminal has 60x15")
        terminal.resize(80, 24)
        terminal.wait_until(lambda text: "Ctrl+Q Quit" in text.splitlines()[-1], what="keys in the last row")
        terminal.send_keys("ctrl+q")
        assert terminal.wait_exit() == 130


def files_with_the_secret(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_a_change_is_printed_whatever_ends_the_program(tmp_path: Path) -> None:
    """Ctrl+C behind a text does not end it, but comes back to the page."""
    printed = tmp_path / "printed.json"
    command = [sys.executable, "-m", "aep_tui", "connections", "--practice"]
    with started(command, tmp_path, stdout=printed) as terminal:
        for words, keys in (
            ("13 connections", ("enter",)),
            ("2 dataflows that you can see", ("f6",)),
            ("Press any key to go back", ("ctrl+c",)),
            ("Change or delete", ("escape",)),
            ("13 connections", ("enter",)),
            ("used by", ("tab", "tab", "tab", "tab", "enter")),
            ("Rename and describe", ("enter",)),
            ("What should the connection be called?", (", EMEA", "enter", "enter", "enter")),
            ("Before → after", ("tab", "tab", "tab", "enter")),
        ):
            terminal.wait_for_text(words)
            terminal.send_keys(*keys)
        terminal.wait_for_text("test: OK")
        terminal.kill(signal.SIGHUP)
        assert terminal.wait_exit() == 129
    record = json.loads(printed.read_text(encoding="utf-8"))
    assert (record["result"], record["name"], record["testPassed"]) == ("changed", "ACME Salesforce, EMEA", True)
