"""`aep-tui connections` without an action: the list of existing connections, on the screen."""

from __future__ import annotations

import argparse

from aep_tui.commands import run_wizard
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.terminal import say, why_no_terminal
from aep_tui.domain.translation import _
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION


def run(options: argparse.Namespace) -> int:
    """Open the wizard with the list at once, and return the exit code; without a terminal say what to type instead.

    Raises:
        Problem: a setting or an argument cannot be used.
    """
    if why_no_terminal():
        words = _("aep-tui connections: this is not a terminal. Missing: the action. The actions are: {names}.")
        say(words.format(names="list, show, test, uses, explore"))
        return ExitCode.USAGE
    names = tuple(dict.fromkeys(name.strip() for name in options.sandbox_name.split(",") if name.strip()))
    more = {
        "shows_connections": True,
        "listed_sandboxes": names,
        "sandbox_name": names[0] if names else "",
        # A rehearsal without a scenario of its own has something to find.
        "scenario": options.scenario or LIVED_IN_ORGANIZATION.id,
    }
    return run_wizard.run(argparse.Namespace(**{**vars(options), **more}))
