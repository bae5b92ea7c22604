"""Smoke run of an installed program: `python -m tests.tui.terminal.smoke [--timeout SECONDS] COMMAND [ARGUMENT ...]`.

Drives `COMMAND --practice` by keys in a real terminal from launch to `enabled`, with an empty home directory, quits,
and looks at what is left: exit code, result on standard output, state of the terminal, and that the secret was never
shown. Says what it saw; the exit code is 0 when all is well and 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.kit.canary import CANARY
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, Page, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal, TerminalError

INSTALLER_SETTINGS = (
    "PIP_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
)
"""What a command needs that installs the program before it starts it."""


def problems_of_a_run(
    command: Sequence[str],
    pages: Sequence[Page],
    directory: Path,
    timeout: float = 30.0,
    *,
    is_warm: bool = False,
    is_pasted: bool = False,
) -> list[str]:
    """Drive `command` through `pages`; return in words all that went wrong.

    Args:
        command: program and arguments.
        pages: the way to the end; the last page quits.
        directory: empty; home and working directory of the program, and where its result goes.
        timeout: seconds until a page has to be there.
        is_warm: whether the program may have its imports behind it, see `tests.kit.warm_start`.
        is_pasted: whether texts are pasted instead of typed.
    """
    result = directory / "result.json"
    home = directory / "home"
    home.mkdir()
    installer_settings = {name: value for name, value in os.environ.items() if name.startswith(INSTALLER_SETTINGS)}
    with Terminal(
        command,
        environment=installer_settings | user_environment(home=home),
        directory=home,
        stdout=result,
        from_shell=True,
        timeout=timeout,
        is_warm=is_warm,
    ) as terminal:
        try:
            walk(terminal, pages, is_pasted=is_pasted)
            exit_code = terminal.wait_exit()
        except TerminalError as error:
            return [str(error)]
        problems = [f"exit code {exit_code}; the last screen:\n{terminal.text()}"] if exit_code else []
        problems += terminal.restoration_problems()
        if CANARY.encode() in terminal.raw_output:
            problems.append("the secret was written to the terminal")
    output = result.read_text(encoding="utf-8")
    if CANARY in output:
        problems.append("the secret was written to standard output")
    return problems + _problems_of_the_result(output)


def main(arguments: Sequence[str]) -> int:
    """Run and report; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.tui.terminal.smoke")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds until a page has to be there")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="program and arguments; --practice is added")
    options = parser.parse_args(arguments)
    if not options.command:
        parser.error("a command is needed")
    command = [*options.command, "--practice"]
    # The program runs in another directory.
    command[0] = str(Path(command[0]).absolute()) if "/" in command[0] else command[0]
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        problems = problems_of_a_run(command, SALESFORCE_ON_AZURE, Path(directory), options.timeout)
    for problem in problems:
        print(f"smoke run: {problem}", file=sys.stderr)
    if not problems:
        print(f"smoke run: from launch to enabled in {time.monotonic() - started_at:.1f} s, terminal as before")
    return 1 if problems else 0


def _problems_of_the_result(output: str) -> list[str]:
    try:
        result = json.loads(output)
    except ValueError:
        return [f"standard output is no JSON: {output!r}"]
    if not isinstance(result, dict) or result.get("state") != "enabled" or not result.get("id"):
        return [f"the result does not tell of an enabled connection: {output!r}"]
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
