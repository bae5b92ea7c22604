"""`aep-tui settings`: each value of live mode, where it came from and what was ignored."""

from __future__ import annotations

import argparse
import json
import sys

from aep_tui.commands.launch import settings_from


def run(options: argparse.Namespace) -> int:
    """Print the report on standard output, secrets as "set", and return the exit code; no secret is fetched.

    Raises:
        SettingsProblem: a value cannot be used, or two places contradict each other.
    """
    from aep_tui.settings.settings_report import report_record, report_text

    settings = settings_from(options)
    if options.json:
        sys.stdout.write(json.dumps(report_record(settings), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(report_text(settings))
    return 0
