"""`aep-tui migrate`: another auth method for many connections; plan, run, check and report."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable
from typing import Final

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.launch_options import target_with_secret
from aep_tui.commands.migrate_run import run_plan
from aep_tui.commands.migration_options import (
    launch_for,
    opened,
    plan_file,
    plan_path,
    target_for,
)
from aep_tui.commands.output import json_text, refuse_unusable_output, write_json, write_result, write_standard_output
from aep_tui.commands.session_log import session_log
from aep_tui.commands.standard_output import PipeClosed
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import refuse_missing, refuse_what_a_folder_says, say_target, tell_problem
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord
from aep_tui.domain.migration_text import plan_text
from aep_tui.domain.problem import Problem
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.pages.migration_file import PlanFile
from aep_tui.pages.migration_report import report_markdown, report_record, row_report
from aep_tui.pages.migration_words import check_lines, check_summary, plan_lines
from aep_tui.pages.unattended import Complaint
from aep_tui.pages.wrapping import is_terminal, width_of, wrapped
from aep_tui.session.migration_checking import CheckedRow, check_migration
from aep_tui.session.migration_planning import make_plan, methods_to_migrate
from aep_tui.settings.guard import harden_process
from aep_tui.settings.launch import Launch
from aep_tui.state.migration_files import read_record, refuse_unwritable_plan, write_plan_text
from aep_tui.state.text_file import shown_path


def run(options: argparse.Namespace) -> int:
    """Do what the command says, and return the exit code; a problem is an object with `--json`."""
    harden_process()
    try:
        return _DOES[options.command.name](options)
    except Problem as problem:
        if isinstance(problem, PipeClosed) and _only_asks(options):
            raise
        return tell_problem(problem, options)


def _only_asks(options: argparse.Namespace) -> bool:
    """Return whether nothing comes of it on the platform."""
    return options.command.name in {"migrate plan", "migrate check", "migrate report"} or (
        options.command.name == "migrate run" and options.dry_run
    )


def _plan(options: argparse.Namespace) -> int:
    path = plan_path(options)
    names = tuple(dict.fromkeys(name.strip() for name in options.sandbox_name.split(",") if name.strip()))
    if not names:
        refuse_missing([Complaint("--sandbox-name NAME,NAME", _("The plan needs to know where."))])
    launch = launch_for(options, path, names)
    refuse_what_a_folder_says(options, launch)
    refuse_unwritable_plan(path)
    target = target_with_secret(launch)
    say_target(target, names)
    with session_log(launch, "migrate plan"):
        plan = asyncio.run(_planned(options, launch, target, names))
    write_plan_text(path, plan_text(plan))
    try:
        if options.json:
            record = report_record(plan, MigrationRecord(), is_as_made=True)
            write_json(record)
        else:
            _write_lines(plan_lines(plan))
    finally:
        say(_("The plan is in {path}. Nothing was changed.").format(path=shown_path(path)))
    return ExitCode.DONE


async def _planned(
    options: argparse.Namespace, launch: Launch, target: Target, names: tuple[str, ...]
) -> MigrationPlan:
    (methods, *_others) = methods_to_migrate(load_catalog())
    async with opened(launch, target, names) as (sandboxes, _wire):
        return await make_plan(
            tuple(sandboxes.values()),
            methods,
            target=target,
            catalog=load_catalog(),
            clock=launch.clock,
            wanted_ids=options.id,
            road=Road.IN_PLACE if options.try_in_place else Road.BESIDE,
            on_progress=say,
        )


def _check(options: argparse.Namespace) -> int:
    file = plan_file(options)
    launch = launch_for(options, file.path, file.plan.sandbox_names)
    target = target_for(launch, file.plan)
    record = read_record(file.path, launch.secrets)
    with session_log(launch, "migrate check"):
        checked = asyncio.run(_checked(file, record, launch, target))
    if options.json:
        records = [_checked_record(each) for each in checked]
        write_json(records)
    else:
        _write_lines((*check_lines(checked), *check_summary(checked)))
    if any(each.problem for each in checked):
        return ExitCode.UNCLEAR
    is_all_well = all(each.could_go or (each.record.is_over and not each.record.new_id) for each in checked)
    return ExitCode.DONE if is_all_well else ExitCode.NOT_GOOD


async def _checked(file: PlanFile, record: MigrationRecord, launch: Launch, target: Target) -> tuple[CheckedRow, ...]:
    async with opened(launch, target, file.plan.sandbox_names) as (sandboxes, _wire):
        return await check_migration(file.plan, record, sandboxes, launch.clock, say)


def _checked_record(each: CheckedRow) -> dict[str, object]:
    return {
        **row_report(each.row, each.record),
        "oldIsThere": each.old_is_there,
        "newIsThere": each.new_is_there,
        "oldDataflows": [{"id": flow.flow_id, "name": flow.name, "state": flow.state} for flow in each.old_flows],
        "newDataflows": [{"id": flow.flow_id, "name": flow.name, "state": flow.state} for flow in each.new_flows],
        "oldCouldGo": each.could_go,
        "problem": each.problem or None,
    }


def _report(options: argparse.Namespace) -> int:
    refuse_unusable_output(options.output)
    file = plan_file(options)
    record = read_record(file.path, Secrets())
    known = report_record(file.plan, record, is_as_made=file.read.is_as_made)
    as_json = json_text(known)
    markdown = report_markdown(file.plan, record, is_as_made=file.read.is_as_made)
    write_result(as_json if options.json else markdown, options.output, file_text=as_json)
    return ExitCode.DONE


def _write_lines(lines: Iterable[str]) -> None:
    """Write a line for each thing that is said, wrapped where a person reads it in a terminal."""
    for line in lines:
        text = without_control_characters(line)
        fitting = wrapped(text, width_of(sys.stdout)) if is_terminal(sys.stdout) else [text]
        write_standard_output("".join(f"{each}\n" for each in fitting))


_DOES: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "migrate plan": _plan,
    "migrate run": run_plan,
    "migrate check": _check,
    "migrate report": _report,
}
