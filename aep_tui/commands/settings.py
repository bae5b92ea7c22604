"""`aep-tui settings`: each value of live mode, where it came from and what was ignored."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.output import write_json, write_standard_output
from aep_tui.commands.settings_options import settings_from
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.wrapping import is_terminal, width_of, wrapped
from aep_tui.settings.settings_report import report_record, report_text

_INDENT: Final = 4
"""Cells before what goes on in the next line."""


def run(options: argparse.Namespace) -> int:
    """Print the report on standard output, secrets as "set", and return the exit code; no secret is fetched.

    Raises:
        SettingsProblem: a value cannot be used, or two places contradict each other.
    """
    options.secrets = Secrets()
    settings = settings_from(options, SystemClock(), options.secrets)
    if options.json:
        write_json(report_record(settings))
    else:
        write_standard_output(_wrapped(report_text(settings)))
    return ExitCode.DONE


def _wrapped(report: str) -> str:
    """Return the report in lines that fit the terminal; a file or a pipe gets one line for each statement."""
    if not is_terminal(sys.stdout):
        return report
    width = width_of(sys.stdout)
    return "".join(f"{part}\n" for line in report.splitlines() for part in wrapped(line, width, _INDENT))
