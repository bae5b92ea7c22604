"""The real wizard on a line that drops all the time: each start goes on truthfully with what the last one left."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import SCENARIOS
from aep_tui.state.submit_lock import SubmitLock
from tests.kit.canary import CANARY
from tests.kit.clock import WrongClock
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.truth.restart import files_with_secret
from tests.truth.submitter import a_live_target
from tests.truth.test_killed_at_a_point import wait_until
from tests.truth.wizard import CLOUD, NAME, QUESTION, SUBMIT, TO_CREDENTIALS, go_on_from_welcome, start_wizard
from tests.tui.terminal.journeys import walk
from tests.tui.terminal.terminal import Terminal

pytestmark = pytest.mark.waits

NOTHING: Mapping[str, str] = MappingProxyType({})
CONNECTION = "Salesforce base connection"


TMUX = """#!/bin/sh
{ echo "$@"; cat; } > "$HOME/tmux-was-told"
cat /proc/$$/environ >> "$HOME/tmux-was-told"
mv "$HOME/tmux-was-told" "$HOME/tmux-has-ended"
"""


class Line:
    """A person, a platform and the terminals between them."""

    def __init__(self, server: PracticeServer, clock: WrongClock, home: Path) -> None:
        self.server = server
        self.clock = clock
        self.home = home
        self.state = home / ".local" / "state" / "aep-tui"

    def terminal(self, more: Mapping[str, str] = NOTHING, *, is_warm: bool = True) -> Terminal:
        return start_wizard(self.home, self.server.base_url, is_warm=is_warm, **more)

    def drop(self, terminal: Terminal, *, by_hang_up: bool = False) -> None:
        """Kill the program, or take the terminal away; nothing secret may be left anywhere."""
        assert CANARY.encode() not in Path(f"/proc/{terminal.pid}/cmdline").read_bytes()
        if by_hang_up:
            terminal.hang_up()
        else:
            terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
        self.look_for_secret(terminal)

    def look_for_secret(self, terminal: Terminal) -> None:
        assert CANARY.encode() not in terminal.raw_output
        assert files_with_secret(self.home) == []


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    clock = WrongClock()
    slow = next(scenario for scenario in SCENARIOS if scenario.id == "slow-initializing")
    with PracticeServer(scenario=slow, clock=clock) as server:
        yield Line(server, clock, tmp_path / "home")


def test_a_line_that_drops_at_the_form_at_submit_and_at_the_watch(line: Line) -> None:
    with line.terminal(is_warm=False) as terminal:  # what the imports of live mode leave is killed once as well
        go_on_from_welcome(terminal, CLOUD)
        walk(terminal, TO_CREDENTIALS)
        terminal.wait_for_text(NAME.wait_for)
        line.drop(terminal)

    with line.terminal() as terminal:
        _go_on_with_the_answers(terminal)
        _be_refused_while_another_window_submits(line, terminal)
        line.server.faults.put(RequestKind.CREATE, FAULTS["silence-after-commit"])
        walk(terminal, [SUBMIT])
        wait_until(lambda: line.server.store.count() == 1, "the create")
        line.drop(terminal)

    with line.terminal(_a_tmux(line.home)) as terminal:
        terminal.wait_for_text(f"Not finished: nobody knows whether {CONNECTION} was created")
        go_on_from_welcome(terminal, QUESTION)
        terminal.wait_for_text(f"> (•) Look for {CONNECTION}")
        terminal.send_keys("enter")
        terminal.wait_for_text("found: it was created, and the answer was lost")
        terminal.wait_for_text("initializing")
        _copy_the_id(line, terminal)
        line.drop(terminal, by_hang_up=True)

    line.clock.ahead = timedelta(minutes=5)
    with line.terminal() as terminal:
        terminal.wait_for_text(f"Not seen to the end: {CONNECTION}")
        go_on_from_welcome(terminal, QUESTION)
        terminal.wait_for_text(f"> (•) Watch {CONNECTION}")
        terminal.send_keys("enter")
        terminal.wait_for_text("OK: the connection is enabled.")
        terminal.send_keys("enter")
        terminal.wait_for_text("OK: the base connection is enabled.")
        terminal.send_keys("ctrl+q")
        assert terminal.wait_exit() == 0
        line.look_for_secret(terminal)
        (record,) = line.server.store.connections()
        assert record.id in terminal.raw_output.decode()
    events = [json.loads(text) for text in (line.state / "journal.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events] == ["begin", "finish", "conclude"]
    assert events[1]["connection_id"] == record.id


def _go_on_with_the_answers(terminal: Terminal) -> None:
    """Take the saved answers: the step that was open is open again, and the secret is asked for anew."""
    terminal.wait_for_text("The answers of")
    go_on_from_welcome(terminal, QUESTION)
    terminal.wait_for_text("> (•) Go on with the answers")
    terminal.wait_for_text("1 secret is asked for again")
    terminal.send_keys("enter")
    for text in ("Step 4 of 8", "https://acme.my.salesforce.com", "3MVG9acme", "62.0"):
        terminal.wait_for_text(text)
    terminal.send_keys("enter", "enter", CANARY, "enter", "enter", "tab", "enter")
    walk(terminal, [NAME])


def _be_refused_while_another_window_submits(line: Line, terminal: Terminal) -> None:
    with SubmitLock(a_live_target(line.server.base_url).place, line.state):
        walk(terminal, [SUBMIT])
        terminal.wait_for_text("Another window is submitting")
    assert line.server.store.count() == 0


def _a_tmux(home: Path) -> dict[str, str]:
    """Put a program in the place of tmux that notes what it gets; return the environment of a wizard in tmux."""
    directory = home / "bin"
    directory.mkdir()
    (directory / "tmux").write_text(TMUX)
    (directory / "tmux").chmod(0o700)
    return {"TMUX": "/tmp/tmux-1000/default,1,0", "PATH": f"{directory}:{os.environ['PATH']}"}


def _copy_the_id(line: Line, terminal: Terminal) -> None:
    """Copy by F5; tmux gets the id, and no secret in arguments, input or environment."""
    terminal.send_keys("f5")
    noted = line.home / "tmux-has-ended"
    wait_until(noted.exists, "tmux")
    (record,) = line.server.store.connections()
    text = noted.read_text()
    assert text.startswith(f"load-buffer -w -\n{record.id}")
    assert "AEP_SANDBOX_NAME=" in text
    assert "AEP_ACCESS_TOKEN" not in text
    assert CANARY not in text
