"""`aep-tui practice-server`: the practice service on loopback for curl and other clients."""

from __future__ import annotations

import argparse

from aep_tui.commands.launch_options import scenario_id
from aep_tui.commands.terminal import say
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.translation import _
from aep_tui.practice.scenarios import EVERYTHING_FINE, scenario_by_id


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C or SIGTERM, and return the exit code."""
    from aep_tui.practice.server import serve

    scenario = scenario_by_id(scenario_id(options.scenario)) or EVERYTHING_FINE
    serve(
        options.port,
        scenario,
        options.store,
        clock=SystemClock(),
        on_ready=lambda base_url: say(
            _("Practice service on {base_url} ({scenario}). Ctrl+C ends it.").format(
                base_url=base_url, scenario=scenario.label
            )
        ),
    )
    return 0
