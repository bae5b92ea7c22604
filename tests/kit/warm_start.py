"""Programs for tests without their imports: two thirds of what a start of the wizard costs a processor.

One server a test process has imported what the wizard imports (`tests.kit.warm_server`), and forks for each program.
What comes out is a process as any other: the child of the test, with a session, a terminal, an environment, a
directory and streams of its own. It ends with what it runs, and the server with the test.

What it does not show is the start itself. A test about what stands there before anything is loaded, about what is
loaded when, about a signal amid the imports or about the command as it is installed starts it really.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.architecture.sources import ROOT

_PR_SET_CHILD_SUBREAPER: Final = 36
_READ_BY_THE_INTERPRETER: Final = ("PYTHON", "LC_", "LANG")
_FOR_THE_IMPORTS: Final = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC"}


class _Server:
    def __init__(self, program: Sequence[str] = ("-m", "tests.kit.warm_server")) -> None:
        ours, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | _FOR_THE_IMPORTS
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, *program],
                stdin=theirs.fileno(),
                cwd=ROOT,
                env=environment,
                start_new_session=True,
            )
        self.of = os.getpid()
        self._line = ours
        self._answers = ours.makefile("r", encoding="utf-8")
        self._read: dict[str, str | None] = json.loads(self._answers.readline())
        """The variables that somebody read while the imports went on, with what was read."""

    def suits(self, environment: Mapping[str, str]) -> bool:
        """Whether a program with this environment would import just what was imported."""
        if any(environment.get(name) != value for name, value in self._read.items()):
            return False
        given = {name for name in environment if name.startswith(_READ_BY_THE_INTERPRETER)}
        return given <= {*self._read, "PYTHONPATH"}

    def start(self, order: Mapping[str, Any]) -> int:
        """Return the process id of a new program."""
        _take_orphans_in(True)
        try:
            self._line.sendall(json.dumps(order).encode() + b"\n")
            return int(self._answers.readline())
        finally:
            _take_orphans_in(False)

    def close(self) -> None:
        """End the server, if it is ours."""
        if self.of == os.getpid():
            self._answers.close()
            self._line.close()
            self._process.wait()


_one_at_a_time = threading.Lock()
_servers: list[_Server] = []
_prctl: Final = ctypes.CDLL(None, use_errno=True).prctl


def _take_orphans_in(is_wanted: bool) -> None:
    if _prctl(_PR_SET_CHILD_SUBREAPER, int(is_wanted), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def start_warm(
    command: Sequence[str],
    *,
    terminal: str,
    stdout: Path | None,
    environment: Mapping[str, str],
    directory: Path | None,
    default_signals: Sequence[int],
    settings_changed: str = "",
) -> int | None:
    """Start a program of this interpreter; return its process id, or None where only a real start is true to life.

    That is a command that is not `python -m`, `-c` or a file, and an environment in which the imports themselves would
    find something else: it names a variable that one of them reads, or that the interpreter reads.

    Args:
        command: the interpreter and its arguments.
        terminal: the path of the terminal that it gets.
        stdout: a file that takes its standard output.
        environment: all its variables.
        directory: where it runs; here when None.
        default_signals: those that are not ignored, whatever this process ignores.
        settings_changed: what a parent of the program says, as a shell would, when it leaves the terminal's settings
            changed; no such parent when empty.
    """
    if command[0] != sys.executable or len(command) < 2:
        return None
    with _one_at_a_time:
        if _servers and _servers[-1].of != os.getpid():
            _servers.clear()
        if not _servers:
            _servers.append(_Server())
            atexit.register(_servers[-1].close)
        if not _servers[-1].suits(environment):
            return None
        pid = _servers[-1].start(
            {
                "arguments": list(command[1:]),
                "terminal": terminal,
                "stdout": None if stdout is None else str(stdout.absolute()),
                "environment": dict(environment),
                "directory": str(Path.cwd() if directory is None else directory),
                "default_signals": [int(number) for number in default_signals],
                "settings_changed": settings_changed,
            }
        )
    if not pid:
        raise OSError(f"{command} was not started")
    return pid
