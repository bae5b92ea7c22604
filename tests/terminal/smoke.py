"""Smoke run of an installed program: `python -m tests.terminal.smoke COMMAND [ARGUMENT ...]`.

Drives `COMMAND --practice` by keys in a real terminal from launch to `enabled`, with an empty home directory, quits,
and looks at what is left: exit code, result on standard output, state of the terminal, and that the secret was never
shown. Says what it saw; the exit code is 0 when all is well and 1 otherwise.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.secrets import CANARY
from tests.terminal.journeys import SALESFORCE_ON_AZURE, Page, walk
from tests.terminal.pty_process import user_environment
from tests.terminal.terminal import Terminal, TerminalError


def problems_of_a_run(command: Sequence[str], pages: Sequence[Page], directory: Path) -> list[str]:
    """Drive `command` through `pages`; return in words all that went wrong.

    Args:
        command: program and arguments.
        pages: the way to the end; the last page quits.
        directory: empty; home and working directory of the program, and where its result goes.
    """
    result = directory / "result.json"
    home = directory / "home"
    home.mkdir()
    environment = user_environment(home=home)
    with Terminal(command, environment=environment, directory=home, stdout=result, from_shell=True) as terminal:
        try:
            walk(terminal, pages)
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
    if not arguments:
        print("usage: python -m tests.terminal.smoke COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    command = [*arguments, "--practice"]
    # The program runs in another directory.
    command[0] = str(Path(command[0]).absolute()) if "/" in command[0] else command[0]
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        problems = problems_of_a_run(command, SALESFORCE_ON_AZURE, Path(directory))
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
