"""`aep-tui connections`: finds existing connections and tells what is known of one. It reads and changes nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from aep_tui.commands.connection_records import (
    connection_record,
    csv_head,
    csv_lines,
    details_record,
    used_by_record,
)
from aep_tui.commands.connection_text import details_text, row_text, used_by_text
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.launch_options import launch_from, target_with_secret
from aep_tui.commands.output import json_text, write_json, write_standard_output
from aep_tui.commands.problem_record import exit_code_of, problem_record
from aep_tui.commands.session_log import session_log
from aep_tui.commands.standard_output import PipeClosed
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import (
    about_target,
    refuse_missing,
    say_answer,
    say_failure,
    say_target,
    tell_problem,
)
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.existing import ConnectionFilter
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.errors import AuthenticationRequired, PlatformError, is_failed_test
from aep_tui.flow_service.existing_connections import explored_columns, explored_tables
from aep_tui.flow_service.retry import RetryWait
from aep_tui.pages.connection_words import (
    announced_words,
    auth_method_not_seen_words,
    column_words,
    no_reason_words,
    state_not_seen_words,
    tested_words,
)
from aep_tui.pages.opening import wire_for
from aep_tui.pages.wrapping import is_terminal, width_of
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.session.connection_details import connection_details, used_by_dataflows
from aep_tui.session.connection_listing import RowsArrived, SandboxDone, list_connections, states_seen
from aep_tui.session.open_sandboxes import OpenedSandbox, open_sandboxes
from aep_tui.settings.guard import harden_process
from aep_tui.settings.launch import Launch

_WIDEST: Final = 120


def run(options: argparse.Namespace) -> int:
    """Do what the command says, print the answer, and return the exit code; a problem is an object with `--json`."""
    harden_process()
    try:
        return _run(options)
    except PipeClosed:
        return ExitCode.PIPE_CLOSED
    except Problem as problem:
        return tell_problem(problem, options, indent=None)


def _run(options: argparse.Namespace) -> int:
    do = _DOES[options.command.name]
    names = tuple(dict.fromkeys(name.strip() for name in options.sandbox_name.split(",") if name.strip()))
    if len(names) > 1 and do is not _list:
        raise WrongArgument(
            _("More than one sandbox"),
            _("A connection is in one sandbox."),
            _("Name one with --sandbox-name; aep-tui connections list takes several."),
        )
    # A rehearsal without a scenario of its own has something to find.
    settled = {"sandbox_name": names[0] if names else "", "scenario": options.scenario or LIVED_IN_ORGANIZATION.id}
    options = argparse.Namespace(**{**vars(options), **settled})
    launch = launch_from(options)
    # A rehearsal changes nothing either, so nobody has to say that it is meant.
    refuse_missing(about_target(launch, is_practice=True))
    asked = _Asked(options, launch, target_with_secret(launch), names)
    say_target(asked.target, names)
    with session_log(launch, options.command.name):
        return asyncio.run(do(asked))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one run of the command was asked for."""

    options: argparse.Namespace
    launch: Launch
    target: Target
    names: tuple[str, ...]

    @asynccontextmanager
    async def sandboxes(self) -> AsyncIterator[tuple[OpenedSandbox, ...]]:
        """Yield what asks the platform about each sandbox that was named."""
        wire = wire_for(self.launch, self.target, self.launch.scenario_id)
        names = self.names or (self.target.sandbox_name,)
        async with open_sandboxes(self.target, names, wire, on_retry=_say_wait) as opened:
            yield opened


async def _list(asked: _Asked) -> int:
    options = asked.options
    hours: int | None = options.older_than
    wanted = ConnectionFilter(
        auth_method=options.auth_method,
        source=options.source,
        state=options.state,
        created_before=None if hours is None else asked.launch.clock.now() - timedelta(hours=hours),
        needs_attention=options.needs_attention,
    )
    written = 0
    ends: list[SandboxDone] = []
    if options.csv:
        write_standard_output(csv_head())
    async with asked.sandboxes() as sandboxes:
        events = list_connections(
            sandboxes, wanted, catalog=load_catalog(), clock=asked.launch.clock, keeps_unusable=True
        )
        async with aclosing(events):
            async for event in events:
                if isinstance(event, RowsArrived):
                    written += len(event.rows)
                    write_standard_output(_rows_text(event, options))
                else:
                    ends.append(event)
        if options.state and not any(end.read or end.problem for end in ends):
            seen = await states_seen(sandboxes)
            if options.state not in seen:  # another filter may have left nothing over
                say(state_not_seen_words(options.state, seen))
    is_only_filter = wanted == ConnectionFilter(auth_method=options.auth_method)
    if options.auth_method and is_only_filter and not written and not any(end.problem for end in ends):
        say(auth_method_not_seen_words(options.auth_method))
    return _say_ends(written, ends, options)


def _rows_text(page: RowsArrived, options: argparse.Namespace) -> str:
    if options.csv:
        return csv_lines(page.rows)
    if options.json:
        return "".join(json_text(connection_record(row), None) for row in page.rows)
    width = min(_WIDEST, width_of(sys.stdout)) if is_terminal(sys.stdout) else None
    return "".join(row_text(row, width) for row in page.rows)


def _say_ends(written: int, ends: list[SandboxDone], options: argparse.Namespace) -> int:
    """Say how many there were and what could not be read, and return the exit code."""
    for end in ends:
        if end.problem is None:
            continue
        words = _("Sandbox {name} could not be read: {reason} {next_step}")
        if end.read:
            words = _("Only {count} connections of sandbox {name} could be read: {reason} {next_step}")
        problem = end.problem
        text = words.format(name=end.sandbox_name, count=end.read, reason=problem.message, next_step=problem.next_step)
        say(text.rstrip())
        say_answer(problem)
        if options.json:
            write_json({"sandboxName": end.sandbox_name, "problem": problem_record(problem)}, None)
    read = sum(end.read for end in ends)
    problems = [end.problem for end in ends if end.problem is not None]
    if len(problems) == len(ends) and not read:
        return exit_code_of(problems[0])
    words = plural("{written} of {count} connection.", "{written} of {count} connections.", read)
    if options.source:  # the platform gives those of the source only, and more is not asked for to count the others
        words = plural(
            "{written} of {count} connection of source {source}.",
            "{written} of {count} connections of source {source}.",
            read,
        )
    if options.state:  # the platform gives those in the state only: how many there are is not known
        words = plural("{written} connection.", "{written} connections.", written)
    say(words.format(written=written, count=read, source=options.source))
    return ExitCode.NOT_GOOD if problems else ExitCode.DONE


async def _show(asked: _Asked) -> int:
    now = asked.launch.clock.now()
    async with asked.sandboxes() as (sandbox,):
        details = await connection_details(
            sandbox, asked.options.connection_id, catalog=load_catalog(), clock=asked.launch.clock
        )
    if asked.options.json:
        write_json(details_record(details, now))
    else:
        notices = "\n".join(announced_words(details.connection, now.date()))
        write_standard_output(details_text(details, notices, _width()))
    return ExitCode.DONE if details.used_by.problem is None else ExitCode.NOT_GOOD


async def _uses(asked: _Asked) -> int:
    async with asked.sandboxes() as (sandbox,):
        # Of a connection that does not exist nothing would be found, which is not the same.
        status = await sandbox.service.connection_status(asked.options.connection_id)
        used = await used_by_dataflows(sandbox, status.connection_id)
    if asked.options.json:
        write_json({"id": status.connection_id, "name": status.name, **used_by_record(used)})
    else:
        write_standard_output("".join(f"{line}\n" for line in used_by_text(used, _width())))
    if used.problem is not None:
        return ExitCode.SIGN_IN if isinstance(used.problem, AuthenticationRequired) else ExitCode.UNCLEAR
    return ExitCode.NOT_GOOD if used.dataflows else ExitCode.DONE


async def _test(asked: _Asked) -> int:
    failure: PlatformError | None = None
    has_passed = False
    async with asked.sandboxes() as (sandbox,):
        status = await sandbox.service.connection_status(asked.options.connection_id)
        try:
            has_passed = await sandbox.service.test_connection(status.connection_id)
        except PlatformError as error:
            if not is_failed_test(error):
                raise
            failure = error
    if asked.options.json:
        record: dict[str, Any] = {"id": status.connection_id, "name": status.name, "result": has_passed}
        write_json({**record, "problem": problem_record(failure)} if failure else record, None)
    else:
        write_standard_output(f"{tested_words(status, has_passed)}\n")
        if failure is not None:
            say_failure(failure)
        elif not has_passed:
            say(no_reason_words())
    return ExitCode.DONE if has_passed else ExitCode.NOT_GOOD


async def _explore(asked: _Asked) -> int:
    options = asked.options
    async with asked.sandboxes() as (sandbox,):
        status = await sandbox.service.connection_status(options.connection_id)
        known = (sandbox.service, status.connection_id)
        if options.table:
            columns = await explored_columns(*known, options.table, status.connection_spec_id)
            found = [({"name": each.name, "type": each.type}, column_words(each)) for each in columns]
        else:
            tables = await explored_tables(*known, status.connection_spec_id)
            found = [({"name": each.name, "path": each.path, "type": each.kind}, each.path) for each in tables]
    lines = (json_text(record, None) if options.json else f"{words.rstrip()}\n" for record, words in found)
    write_standard_output("".join(lines))
    return ExitCode.DONE


_DOES: Final[dict[str, Callable[[_Asked], Coroutine[Any, Any, int]]]] = {
    "connections list": _list,
    "connections show": _show,
    "connections test": _test,
    "connections uses": _uses,
    "connections explore": _explore,
}


def _width() -> int:
    return min(_WIDEST, width_of(sys.stdout, _WIDEST))


def _say_wait(wait: RetryWait) -> None:
    say(wait.words)
