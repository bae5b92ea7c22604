"""The test's side of `tests.truth.submitter`: gives orders, hears what the processes say, kills them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.architecture.sources import ROOT
from tests.truth.submitter import Order
from tests.tui.terminal.pty_process import user_environment


@dataclass
class Run:
    """What one process said, and how it ended.

    Attributes:
        process_id: of the process.
        said: the objects that it said, in order.
        exit_code: negative for a signal; None while it runs.
    """

    process_id: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)
    exit_code: int | None = None

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return self.exit_code == -signal.SIGKILL

    def word(self, key: str) -> Any:  # noqa: ANN401 - what JSON holds
        """Return the last value that was said under `key`, or None."""
        return next((each[key] for each in reversed(self.said) if key in each), None)


class Nursery:
    """One submitting process after the other; use it with `with`."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.truth.submitter"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=user_environment(),
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._process:
            self._process.kill()

    def start(self, order: Order) -> Run:
        """Start a process; return when it runs."""
        self.write(order.line())
        run = Run()
        self._listen(run, "started")
        return run

    def run(self, order: Order) -> Run:
        """Start a process and return when it has ended."""
        run = self.start(order)
        self.wait_for_end(run)
        return run

    def write(self, line: str) -> None:
        """Write to the standard input that the process shares."""
        assert self._process.stdin is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def wait_for(self, run: Run, key: str) -> None:
        """Return when the process has said something under `key`."""
        self._listen(run, key)

    def wait_for_end(self, run: Run) -> None:
        """Return when the process has ended."""
        self._listen(run, "ended")

    def kill(self, run: Run) -> None:
        """Kill the process as `kill -9` does; return when it has ended."""
        os.kill(run.process_id, signal.SIGKILL)
        self.wait_for_end(run)

    def _listen(self, run: Run, key: str) -> None:
        assert self._process.stdout is not None
        while True:
            line = self._process.stdout.readline()
            assert line, "the nursery has ended"
            said = json.loads(line)
            run.said.append(said)
            run.process_id = said.get("started", run.process_id)
            run.exit_code = said.get("ended", run.exit_code)
            if key in said:
                return
            assert "ended" not in said, f"it ended before it said {key!r}: {run.said}"
