"""Runs the program that prints a secret."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    import subprocess

TIME_LIMIT = 10.0
"""Seconds for the program to print the secret."""

_LARGEST_OUTPUT = 64 * 1024
_OUR_SECRETS = ("AEP_ACCESS_TOKEN", "AEP_CLIENT_SECRET")


def secret_from_command(command: Sequence[str], clock: Clock, time_limit: float = TIME_LIMIT) -> str:
    """Return what a program prints on its standard output, without the line end.

    The program runs without a shell, without standard input, without our terminal (so that a question of it cannot
    draw over the wizard) and without our own secrets in its environment.

    Args:
        command: the program and its arguments.
        clock: measures the time limit.
        time_limit: seconds, then the program and its children are ended.

    Raises:
        SettingsProblem: it cannot be started, fails, takes too long, or prints nothing or too much. The message
            shows nothing of what it wrote: its standard error may hold the secret as well.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own program, as a list and without a shell
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment_without_secrets(),
            start_new_session=True,
        )
    except (OSError, ValueError, IndexError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else _("It is not a valid command.")
        raise _failed(command, reason) from None
    output: bytes | None = None
    with process:
        try:
            output, complaint = _collected(process, clock, time_limit)
        finally:
            if output is None:
                _end(process)
    if output is None:
        raise _failed(
            command, _("It took longer than {seconds} seconds or printed too much.").format(seconds=int(time_limit))
        )
    text = output.decode("utf-8", "replace")
    if process.returncode != 0:
        reason = _("It ended with exit code {code}.").format(code=process.returncode)
        if complaint.strip():
            reason += " " + _("What it said is not shown here, because it may hold the secret.")
        raise _failed(command, reason)
    if not text.strip():
        raise _failed(command, _("It printed nothing."))
    return text.rstrip("\r\n")


def _collected(process: subprocess.Popen[bytes], clock: Clock, time_limit: float) -> tuple[bytes | None, bytes]:
    """Return output and complaint; the output is None when time or size ran out."""
    collected: dict[str, bytes] = {"stdout": b"", "stderr": b""}
    deadline = clock.monotonic() + time_limit
    with selectors.DefaultSelector() as selector:
        for name, stream in (("stdout", process.stdout), ("stderr", process.stderr)):
            if stream is not None:
                selector.register(stream.fileno(), selectors.EVENT_READ, name)
        while selector.get_map():
            remaining = deadline - clock.monotonic()
            if remaining <= 0 or len(collected["stdout"]) > _LARGEST_OUTPUT:
                return None, collected["stderr"]
            for key, _events in selector.select(remaining):
                chunk = os.read(key.fd, 4096)
                if not chunk:
                    selector.unregister(key.fd)
                collected[key.data] = (collected[key.data] + chunk)[: _LARGEST_OUTPUT + 1]

    try:
        process.wait(max(0.1, deadline - clock.monotonic()))
    except subprocess.TimeoutExpired:
        return None, collected["stderr"]
    return collected["stdout"], collected["stderr"]


def _end(process: subprocess.Popen[bytes]) -> None:
    # The whole group: what the program has started may still hold its output open.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def environment_without_secrets() -> dict[str, str]:
    """Return the environment for a program that we start: that of this process without our secrets."""
    return {name: value for name, value in os.environ.items() if name not in _OUR_SECRETS}


def _failed(command: Sequence[str], reason: str) -> SettingsProblem:
    # Arguments may say more than the person wants on a shared screen; the program's name is enough.
    program = shortened(without_control_characters(os.path.basename(command[0]) if command else ""), 60)
    return SettingsProblem(
        _("The secret could not be fetched"),
        _("The secret command {program} did not give the secret. {reason}").format(program=program, reason=reason),
        _("Run the command by hand to see whether it prints the secret and nothing else, without asking anything."),
    )
