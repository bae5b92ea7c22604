"""What `aep-tui migrate run` asks in a terminal: no secret is echoed, a refused one is asked for again, Ctrl+C sends
nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.practice.organization import WRONG_CLIENT_ID
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.tui.terminal.pty_process import PtyProcess, user_environment

pytestmark = pytest.mark.usefixtures("home", "no_waits")
SECONDS = 60.0
CHANGED = "not as before"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A plan of one connection in production."""
    path = tmp_path / "plan.toml"
    command = ["migrate", "plan", str(path), "--practice", "--sandbox-name", "prod"]
    assert main(command) == 0
    tables = path.read_text().split("\n[[connection]]\n")
    [chosen] = [table for table in tables if 'name = "Archive of 2023"' in table]
    path.unlink()
    assert main([*command, "--id", chosen.split('"')[1]]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def process(plan: Path) -> Iterator[PtyProcess]:
    """The run of the plan, started by a shell that tells when the terminal is not as before."""
    script = f'trap : INT; before=$(stty -g); "$@"; code=$?; [ "$(stty -g)" = "$before" ] || echo {CHANGED}; exit $code'
    command = [sys.executable, "-m", "aep_tui", "migrate", "run", str(plan), "--practice"]
    started = PtyProcess(
        command,
        columns=80,
        rows=24,
        environment=user_environment(home=plan.parent, PYTHONPATH=str(Path(__file__).parents[2])),
        directory=plan.parent,
        is_warm=True,
        shell=("sh", "-c", script, "sh"),
        settings_changed=CHANGED,
    )
    yield started
    started.close()


def answer(process: PtyProcess, question: str, text: str, *, times: int = 1) -> None:
    """Wait for a question, so many times, and type an answer."""
    wait_for(process, question, times=times)
    process.send(f"{text}\r".encode())


def wait_for(process: PtyProcess, words: str, *, times: int = 1) -> None:
    count = 0
    while process.raw_output.count(words.encode()) < times:
        assert process.exit_code is None, process.raw_output.decode()
        process.wait_for_news(count, SECONDS)
        count = len(process.chunks)


def connections_beside(plan: Path) -> list[str]:
    store = PracticeStore(str(plan.with_name("plan.toml.practice")))
    try:
        return [each.name for each in store.connections() if "OAuth 2" in each.name]
    finally:
        store.close()


def test_a_refused_secret_is_asked_for_once_more_and_none_is_echoed(process: PtyProcess, plan: Path) -> None:
    answer(process, "Type the sandbox's name to go on:", "prod")
    answer(process, "Client ID:", WRONG_CLIENT_ID)
    answer(process, "typing is not shown", CANARY)
    wait_for(process, "Salesforce refused the login")
    assert connections_beside(plan) == []
    answer(process, "Client ID:", "3MVG9acme", times=2)
    answer(process, "typing is not shown", f"{CANARY}-right", times=2)
    assert process.wait_exit(SECONDS) == 0
    written = process.raw_output
    assert b"1 connection is done" in written
    assert CHANGED.encode() not in written
    assert CANARY.encode() not in written
    assert connections_beside(plan) == ["Archive of 2023 (OAuth 2 Client Credential)"]


def test_ctrl_c_at_a_question_sends_nothing_and_gives_the_terminal_back(process: PtyProcess, plan: Path) -> None:
    answer(process, "Type the sandbox's name to go on:", "prod")
    answer(process, "Client ID:", "3MVG9acme")
    wait_for(process, "typing is not shown")
    process.send(CANARY.encode() + b"\x03")
    assert process.wait_exit(SECONDS) == 130
    written = process.raw_output
    assert b"Ended. Nothing was sent." in written
    assert CHANGED.encode() not in written
    assert CANARY.encode() not in written
    assert connections_beside(plan) == []
    assert plan.with_name("plan.toml.record").read_bytes() == b""
