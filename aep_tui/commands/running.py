"""From the arguments to the exit code."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from aep_tui import commands
from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.quiet_terminal import QuietTerminal
from aep_tui.commands.standard_output import PipeClosed
from aep_tui.commands.terminal import say
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.problem import Problem


def run_command(arguments: Sequence[str] | None = None, terminal: QuietTerminal | None = None) -> int:
    """Do what the arguments say and return the exit code; what is expected to fail is told on stderr.

    Args:
        arguments: those of the process when left out.
        terminal: with the first page on it, None when none is shown.
    """
    try:
        options = read_arguments(arguments)
        options.terminal = terminal
        commands.load_when_used()
        return _run(options)
    except PipeClosed:
        return ExitCode.PIPE_CLOSED
    except Problem as problem:
        say(problem.last_words)
        return ExitCode.USAGE if isinstance(problem, WrongArgument) else ExitCode.FAILED


def _run(options: argparse.Namespace) -> int:
    module = import_module(f"aep_tui.commands.{options.command.module}")
    try:
        return int(module.run(options))
    except Problem:
        raise
    except Exception as error:
        say(commands.unexpected_words(error, options))
        return ExitCode.FAILED
