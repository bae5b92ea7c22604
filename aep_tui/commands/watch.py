"""`aep-tui watch ID`: the status page on a terminal, and a JSON line for each change where there is none."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from aep_tui.commands import run_wizard
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.launch_options import launch_from, target_with_secret
from aep_tui.commands.output import json_text, refuse_unusable_output, write_json, write_result
from aep_tui.commands.session_log import session_log
from aep_tui.commands.standard_output import PipeClosed
from aep_tui.commands.terminal import say, why_no_terminal
from aep_tui.commands.without_pages import about_target, refuse_missing, say_failure, tell_problem
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _, stay_english
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.unattended_watch import Watched, watch_unattended
from aep_tui.settings.guard import harden_process

if TYPE_CHECKING:
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.domain.target import Target
    from aep_tui.session.watch import StateSeen
    from aep_tui.settings.launch import Launch


def run(options: argparse.Namespace) -> int:
    """Show the connection until its state is one that stays, and return the exit code.

    Raises:
        Problem: on a terminal, a setting or an argument cannot be used.
    """
    if not options.json and not why_no_terminal():
        return run_wizard.run(options)
    harden_process()
    stay_english()  # a script reads the lines
    options.json = True
    try:
        return _watch(options)
    except KeyboardInterrupt:
        say(_("aep-tui watch: ended."))
        return ExitCode.CANCELLED
    except PipeClosed:
        return ExitCode.PIPE_CLOSED
    except Problem as problem:
        return tell_problem(problem, options, indent=None)


def _watch(options: argparse.Namespace) -> int:
    refuse_unusable_output(options.output)
    launch = launch_from(options)
    refuse_missing(about_target(launch, is_practice=True))
    target = target_with_secret(launch)
    with session_log(launch, "watch"):
        watched, result = asyncio.run(_watched(launch, target, options.connection_id))
    if watched.failure is not None and watched.status is None:
        raise watched.failure
    write_result(json_text(result.record(), None), options.output, file_text=result.to_json())
    if watched.failure is not None:
        say_failure(watched.failure)
    return ExitCode.DONE if watched.is_enabled else ExitCode.NOT_GOOD


async def _watched(launch: Launch, target: Target, connection_id: str) -> tuple[Watched, ConnectionResult]:
    from aep_tui.pages.opening import session_for

    session = session_for(launch, target, launch.scenario_id)
    try:
        watch = session.for_watch(connection_id).watch(connection_id)
        watched = await watch_unattended(watch, say, _write_change)
        wizard = Wizard(load_catalog(), launch.clock.today())
        return watched, session.result(wizard, CreatedConnection(connection_id), watched.status)
    finally:
        await session.close()


def _write_change(seen: StateSeen) -> None:
    """Write a change at once: whoever reads the pipe waits for it."""
    status = seen.status
    record = {"id": status.connection_id, "state": status.state, "at": seen.at.isoformat(timespec="seconds")}
    write_json(record, None)
