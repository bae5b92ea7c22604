"""The command line: which command with which arguments.

Everything is imported inside `main`, so that Ctrl+C is answered in the same way from the first moment on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aep_tui.commands.argument_parser import ArgumentParser

_MODULES = {
    None: "wizard",
    "watch": "wizard",
    "practice-server": "practice_server",
    "settings": "settings",
    "profile": "profile",
    "doctor": "doctor",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        # As in `exit_codes`, whose import may be what was interrupted.
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    from importlib import import_module

    from aep_tui.commands.exit_codes import EXIT_FAILED
    from aep_tui.commands.terminal import say
    from aep_tui.domain.problem import Problem
    from aep_tui.domain.translation import _

    options = _parser().options(arguments)
    command = import_module(f"aep_tui.commands.{_MODULES[options.command]}")
    try:
        exit_code: int = command.run(options)
    except Problem as problem:
        say(_("aep-tui: {title}. {message} {next_step}").format(**vars(problem)).rstrip())
        return EXIT_FAILED
    return exit_code


def _parser() -> ArgumentParser:
    from aep_tui.commands.arguments import parser

    return parser()
