"""`aep-tui migrate run`: carries a plan out, and goes on where an earlier run stopped."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.given_options import given_secrets, pairs_of
from aep_tui.commands.migration_asking import ask_missing, ask_sandboxes, production_complaint
from aep_tui.commands.migration_options import launch_for, opened, plan_file, target_for
from aep_tui.commands.output import write_json
from aep_tui.commands.problem_record import exit_code_of, problem_record
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import refuse_what_a_folder_says, say_answer
from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.migration_file import PlanFile
from aep_tui.pages.migration_given import Given, Missing
from aep_tui.pages.migration_report import row_report
from aep_tui.pages.migration_words import GO_ON_WITH_A_TOKEN, event_words, so_far_lines, undo_words
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.unattended import AnswersIncomplete, Complaint
from aep_tui.session.migration_events import MigrationEvent, RowChanged, RunEnded, StopReason
from aep_tui.session.migration_login import LoginCheck, LoginRefused, check_groups
from aep_tui.session.migration_preparing import ordered
from aep_tui.session.migration_rehearsal import rehearsed
from aep_tui.session.migration_road import SAY_WHICH_ROAD, is_road_unsaid, road_of
from aep_tui.session.migration_run import MigrationRun, Orders, RunPlace, needs_credentials
from aep_tui.session.source_checks import CheckAttempts
from aep_tui.settings.launch import Launch
from aep_tui.state.migration_files import RecordFile, open_record, read_record


def run_plan(options: argparse.Namespace) -> int:
    """Carry the plan out, and return the exit code.

    Raises:
        Problem: something is missing or wrong, or the record cannot be written.
    """
    file = plan_file(options)
    launch = launch_for(options, file.path, file.plan.sandbox_names)
    refuse_what_a_folder_says(options, launch)
    orders = _orders(options, file.plan)
    if options.dry_run:
        record = read_record(file.path, launch.secrets)
        given = _given(options, launch, file, record)
        road = road_of(file.plan.road, record.road, orders.road)
        if road is None:
            say(SAY_WHICH_ROAD)
            road = Road.IN_PLACE  # shown, never sent
        for each in rehearsed(file.plan, record, road, given.credentials(), file.methods, orders.left_out):
            write_json(each, None)
        return ExitCode.DONE
    target = target_for(launch, file.plan)
    with open_record(file.path, launch.secrets) as record_file, session_log(launch, "migrate run"):
        running = _Running(options, launch, file, orders, target, record_file)
        try:
            return asyncio.run(running.run())
        except KeyboardInterrupt:
            return running.interrupted()


def _orders(options: argparse.Namespace, plan: MigrationPlan) -> Orders:
    settled = pairs_of("--settle", options.settle)
    ids = {row.connection_id for row in plan.rows}
    complaints = [
        Complaint(option, _("A connection that you named is not in the plan."))
        for option, named in (("--leave ID", options.leave), ("--settle ID=ANSWER", settled))
        if not set(named) <= ids
    ]
    if complaints:
        raise AnswersIncomplete(tuple(complaints))
    road = Road.BESIDE if options.beside else Road.IN_PLACE if options.try_in_place else None
    return Orders(road, frozenset(options.leave), settled, options.put_back, options.probe_may_feed)


def _given(options: argparse.Namespace, launch: Launch, file: PlanFile, record: MigrationRecord) -> Given:
    given = Given(file.plan, record, needs_credentials(file.plan, record), file.methods)
    secrets = {} if options.dry_run else given_secrets(options, launch)
    given.take(pairs_of("--set", options.set), secrets, launch.secrets)
    return given


class _Running:
    """One run of the command."""

    def __init__(
        self,
        options: argparse.Namespace,
        launch: Launch,
        file: PlanFile,
        orders: Orders,
        target: Target,
        record: RecordFile,
    ) -> None:
        self._options = options
        self._launch = launch
        self._file = file
        self._orders = orders
        self._target = target
        self._record = record
        self._has_changed = False
        self._asked: tuple[Missing, ...] = ()
        self._migration: MigrationRun | None = None
        self._is_unheard = False

    async def run(self) -> int:
        """Ask for what is missing, look, and work.

        Raises:
            Problem: nothing was changed.
        """
        plan, known = self._file.plan, self._record.read()
        for line in so_far_lines(plan, known, self._file.read.digest):
            say(line)
        self._refuse_unsaid_road(known)
        async with opened(self._launch, self._target, plan.sandbox_names) as (sandboxes, wire):
            work = await ordered(plan, known, sandboxes, puts_back=self._orders.puts_back)
            given = _given(self._options, self._launch, self._file, known)
            await self._ask(given, work.production)
            place = RunPlace.reached(
                work.plan, self._file.read.digest, self._file.methods, sandboxes, self._target, wire
            )
            login = None if self._options.skip_login_check else LoginCheck(wire, CheckAttempts())
            await self._check(place, known, given, login)
            if road_of(plan.road, known.road, self._orders.road) is not Road.BESIDE:
                say(undo_words(puts_back=self._options.put_back))
            self._migration = MigrationRun(place, self._record, given.credentials(), self._orders, self._tell)
            code = self._exit_code(await self._migration.run())
            return ExitCode.FAILED if self._is_unheard and code is ExitCode.DONE else code

    def interrupted(self) -> int:
        """Say the truth after Ctrl+C, and return the exit code."""
        unknown = [each for each in self._record.read().rows.values() if each.is_unknown]
        if unknown:
            say(_("Ended in the middle of a request. Nobody knows what became of it: the next run looks first."))
            return ExitCode.UNCLEAR
        if not self._record.read().rows:
            say(_("Ended. Nothing was sent."))
            return ExitCode.CANCELLED
        say(_("Ended. The next run goes on where this one stopped."))
        return ExitCode.NOT_GOOD if self._has_changed else ExitCode.CANCELLED

    @property
    def _may_ask(self) -> bool:
        return bool(not self._options.json and sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())

    def _refuse_unsaid_road(self, known: MigrationRecord) -> None:
        if is_road_unsaid(self._file.plan, known, self._orders.road):
            raise AnswersIncomplete((Complaint("--try-in-place, --beside", SAY_WHICH_ROAD),))

    async def _ask(self, given: Given, production: Sequence[str]) -> None:
        """Ask for the names of the production sandboxes and for what was not given.

        Raises:
            Problem: nobody can be asked, or another name was typed; nothing was changed.
        """
        if self._options.put_back:
            given.refuse_mixed_users()
        named = {name.strip() for name in self._options.confirm_sandbox.split(",")}
        unnamed = [name for name in production if name not in named]
        missing = given.missing(has_old=self._options.put_back)
        if (unnamed or missing) and not self._may_ask:
            about_production = [production_complaint(unnamed)] if unnamed else []
            raise AnswersIncomplete((*about_production, *(each.complaint for each in missing)))
        if unnamed:
            await ask_sandboxes(unnamed, self._file.plan)
        self._asked = missing
        if missing:
            await ask_missing(given, missing, self._launch)

    async def _check(self, place: RunPlace, known: MigrationRecord, given: Given, login: LoginCheck | None) -> None:
        """Let the source check the credentials; those that were typed here are asked for once more when it refuses.

        Raises:
            Problem: it refuses what options have given, or refuses again; nothing was changed.
        """
        while True:
            try:
                await check_groups(
                    place, known, given.credentials(), login=login, left_out=self._orders.left_out, on_progress=say
                )
            except LoginRefused as refusal:
                again = tuple(each for each in self._asked if each.group == refusal.group)
                if not again or not refusal.may_try_again:
                    raise
                say(problem_text(refusal))
                await ask_missing(given, again, self._launch)
            else:
                return

    def _tell(self, event: MigrationEvent) -> None:
        if isinstance(event, RowChanged) and event.record.stage is Stage.MADE:
            self._has_changed = True
        if words := event_words(event):
            say(words)
        if isinstance(event, RunEnded) and event.problem is not None:
            say_answer(event.problem)
        if self._options.json and not self._is_unheard and (record := _event_record(event)):
            try:
                write_json(record, None)
            except Problem as problem:
                self._go_unheard(problem)

    def _go_unheard(self, problem: Problem) -> None:
        """End the run after the present connection: amid it, nobody could tell whether its request has left."""
        self._is_unheard = True
        say(problem.last_words)
        if self._migration is not None:
            self._migration.pause()

    def _exit_code(self, end: RunEnded) -> int:
        known = self._record.read()
        if end.reason is None:
            is_all = all(known.of(row.connection_id).stage is Stage.DONE for row in self._file.plan.rows)
            return ExitCode.DONE if is_all else ExitCode.NOT_GOOD
        if isinstance(end.problem, AuthenticationRequired):
            say(GO_ON_WITH_A_TOKEN)
        if end.reason is StopReason.UNKNOWN or any(each.is_unknown for each in known.rows.values()):
            return ExitCode.UNCLEAR
        if isinstance(end.problem, AuthenticationRequired):
            return ExitCode.SIGN_IN
        if end.reason in {StopReason.NEEDS_A_WORD, StopReason.NOT_READY}:
            return ExitCode.USAGE
        if self._has_changed or end.problem is None:
            return ExitCode.NOT_GOOD
        if end.reason in {StopReason.ROAD_REFUSED, StopReason.REFUSED}:
            return ExitCode.REFUSED
        return exit_code_of(end.problem) if end.reason is StopReason.FAILED else ExitCode.NOT_GOOD


def _event_record(event: MigrationEvent) -> dict[str, Any] | None:
    match event:
        case RowChanged(row, record):
            return {"event": "connection", **row_report(row, record)}
        case RunEnded(done, left, reason, row, problem):
            return {
                "event": "end",
                "done": done,
                "left": left,
                "reason": reason.value if reason else None,
                "connection": row.connection_id if row else None,
                "problem": problem_record(problem) if isinstance(problem, Problem) else None,
            }
    return None
