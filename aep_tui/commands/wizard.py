"""`aep-tui` and `aep-tui watch ID`: the wizard in the terminal, and its result on standard output."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aep_tui.commands.exit_codes import EXIT_ENABLED, EXIT_NOT_ENABLED, EXIT_NOTHING_CREATED, EXIT_USAGE
from aep_tui.commands.launch import launch_from
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import QuietTerminal, say, why_no_terminal
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.result import ConnectionResult


def run(options: argparse.Namespace) -> int:
    """Show the wizard, print the result, and return the exit code."""
    reason = why_no_terminal()
    if reason:
        say(reason)
        return EXIT_USAGE
    launch = launch_from(options)
    from aep_tui.domain.target import Mode
    from aep_tui.settings.guard import harden_process, refuse_leaky_environment

    if launch.mode is Mode.LIVE or launch.has_access_token:
        refuse_leaky_environment()
    harden_process()
    with QuietTerminal() as terminal:
        from aep_tui.domain.catalog.catalog import load_catalog
        from aep_tui.domain.wizard import Wizard
        from aep_tui.tui.app import WizardApp

        app = WizardApp(launch, Wizard(load_catalog(), launch.clock.today()))
        with session_log(launch, "wizard", lambda: app.target, lambda: app.redactor):
            terminal.hand_over()
            app.run(mouse=not options.no_mouse)
    if app.crash_words:
        say(app.crash_words)
    return _finish(app.result, launch.output, app.return_code or 0)


def _finish(result: ConnectionResult | None, output: Path | None, return_code: int) -> int:
    """Print the result, which is the only thing that standard output ever gets, and return the exit code."""
    from aep_tui.domain.connection import ENABLED

    if result is None:
        return return_code or EXIT_NOTHING_CREATED
    sys.stdout.write(result.to_json())
    sys.stdout.flush()
    if output is not None:
        try:
            output.write_text(result.to_json(), encoding="utf-8")
        except OSError as reason:
            raise Problem(
                _("The result was not written"),
                _("{path}: {reason}").format(path=output, reason=reason.strerror),
                _("It stands above, on standard output."),
            ) from reason
    return return_code or (EXIT_ENABLED if result.state == ENABLED else EXIT_NOT_ENABLED)
