"""`aep-tui connections change` and `delete`: the same journal, lock and single request as in the wizard.

Without a person: everything is given beforehand, what is missing is named in one list, and nothing is ever sent again.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from aep_tui.commands.connection_records import used_by_record
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.given_options import given_secrets, pairs_of
from aep_tui.commands.launch_options import launch_from, target_with_secret
from aep_tui.commands.output import json_text, write_json, write_standard_output
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import (
    about_target,
    code_after_watching,
    refuse_missing,
    refuse_what_a_folder_says,
    say_target,
    tell_problem,
)
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.change_result import ChangeEnd, ChangeResult
from aep_tui.domain.connection_request import header_fields, path_of_connection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import has_changed
from aep_tui.flow_service.reading_only import read_only_refusal
from aep_tui.pages.change_review_view import change_review
from aep_tui.pages.changed_since import changed_by_words, changed_fields, changed_since_lines
from aep_tui.pages.dataflow_words import NONE_BEFORE_A_DELETE, used_by_words
from aep_tui.pages.opening import session_for
from aep_tui.pages.submit_questions import CHANGED_IN, DELETED_IN
from aep_tui.pages.unattended import AnswersIncomplete, Complaint, GivenAnswers
from aep_tui.pages.unattended_change import (
    CONFIRM_NAME,
    GivenChange,
    check_version,
    form_of,
    prepared_change,
    problem_of,
    refuse_nothing,
    refuse_other_name,
    refuse_used,
)
from aep_tui.pages.unattended_create import refuse_other_sandbox, refuse_unconfirmed_place
from aep_tui.pages.unattended_watch import Watched, tested_unattended, watch_unattended
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.session.change_outcome import Changed, ChangeOutcome, NotChanged
from aep_tui.session.connection_details import used_by_dataflows
from aep_tui.settings.guard import harden_process

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.connection_change import ConnectionChange
    from aep_tui.domain.target import Target
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.watch import StateSeen
    from aep_tui.settings.launch import Launch


def run(options: argparse.Namespace) -> int:
    """Change or delete the connection, print the result or the problem, and return the exit code."""
    harden_process()
    changing = Changing(options)
    try:
        return changing.run()
    except KeyboardInterrupt:
        return changing.interrupted()
    except Problem as problem:
        return tell_problem(problem, options, changing.facts)


class Changing:
    """One run of the command."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Take the arguments; nothing is read yet."""
        # A rehearsal without a scenario of its own has something to change.
        scenario = options.scenario or LIVED_IN_ORGANIZATION.id
        self._options = argparse.Namespace(**{**vars(options), "scenario": scenario})
        self._session: PlatformSession | None = None
        self._is_done = False
        self._watched = Watched()
        self._untold: Callable[[Watched], None] | None = None
        self.facts: dict[str, Any] = {}

    def run(self) -> int:
        """Return the exit code of a change that was carried out, or of a rehearsal of the request.

        Raises:
            Problem: something is missing or wrong, the platform refused, or nobody knows.
        """
        options = self._options
        is_change = options.command.name == "connections change"
        launch = launch_from(options)
        refuse_what_a_folder_says(options, launch)
        given = _given(options, launch) if is_change else None
        _refuse_incomplete(options, launch, given)
        refuse_other_sandbox(launch.first_target, options.confirm_sandbox)
        if launch.first_target.is_read_only and not options.dry_run:
            raise read_only_refusal()
        target = target_with_secret(launch)
        say_target(target)
        with session_log(launch, options.command.name):
            work = self._change(launch, target, given) if given is not None else self._delete(launch, target)
            return asyncio.run(self._within_session(launch, target, work))

    def interrupted(self) -> int:
        """Say the truth after Ctrl+C and return the exit code."""
        if self._is_done:
            say(_("Ended after it was carried out."))
            if self._untold is not None:
                self._untold(self._watched)
            return ExitCode.NOT_GOOD
        if self._session is not None and self._session.changes.is_unclear:
            say(_("Ended while the request was on its way. It is not known whether it was carried out; look first."))
            return ExitCode.UNCLEAR
        say(_("Ended. Nothing was changed."))
        return ExitCode.CANCELLED

    async def _within_session(self, launch: Launch, target: Target, work: Coroutine[Any, Any, int]) -> int:
        try:
            self._session = session_for(launch, target, launch.scenario_id)
        except BaseException:
            work.close()
            raise
        try:
            return await work
        finally:
            await self._session.close()

    async def _change(self, launch: Launch, target: Target, given: GivenChange) -> int:
        session, options = self._opened, self._options
        seen = await self._seen(target)
        form = await form_of(session, seen, load_catalog())
        ready = prepared_change(given, seen, form, launch.secrets, launch.clock.now())
        used = await used_by_dataflows(session.here, seen.connection_id)
        for remark in ready.remarks:
            say(remark)
        if ready.change is None:
            say(_("The connection is that already; nothing was sent."))
            self._write(seen, target, ChangeEnd.UNCHANGED)
            return ExitCode.DONE
        review = change_review(ready.change, seen, form, used, target)
        for label, words in review.done:
            say(f"{label}: {words}")
        say(used_by_words(used))
        if options.dry_run:
            write_standard_output(
                json_text(_request_record("PATCH", seen, target, ready.change.operations_with_placeholders(seen)))
            )
            return ExitCode.DONE
        await refuse_unconfirmed_place(launch, target, options.confirm_sandbox, say, words=CHANGED_IN)
        outcome = await session.changes.change(seen, ready.change, say)
        changed = self._carried_out(outcome, seen, ready.change)
        if ready.change.name is not None:
            self.facts["name"] = ready.change.name
        say(changed.found_words or _("The connection is changed."))
        return await self._followed(changed, seen, target)

    async def _followed(self, changed: Changed, seen: ConnectionStatus, target: Target) -> int:
        """Print what came of a change, after watching and testing it when that is wanted, and return the exit code."""
        work = self._opened.for_watch(seen.connection_id)
        self._untold = partial(self._write, seen, target, ChangeEnd.CHANGED, changed)
        passed = None
        if self._options.wait:
            watch = work.watch(seen.connection_id)
            self._watched = await watch_unattended(watch, say, self._keep_state)
        if self._watched.is_enabled:
            passed = await tested_unattended(work, seen.connection_id, say)
        self._untold = None
        self._write(seen, target, ChangeEnd.CHANGED, changed, self._watched, passed)
        words = _("The connection was changed and was not seen enabled.")
        return code_after_watching(self._watched, passed, was_waited_for=self._options.wait, not_enabled=words)

    def _keep_state(self, seen: StateSeen) -> None:
        """Keep the state that was told, so that Ctrl+C does not take it out of the result."""
        self._watched = Watched(seen.status)

    async def _delete(self, launch: Launch, target: Target) -> int:
        session, options = self._opened, self._options
        seen = await self._seen(target)
        refuse_other_name(seen, options.confirm_name)
        used = await used_by_dataflows(session.here, seen.connection_id)
        if used.problem is not None or used.dataflows:
            self.facts |= used_by_record(used)
        refuse_used(used)
        say(NONE_BEFORE_A_DELETE)
        if options.dry_run:
            write_json(_request_record("DELETE", seen, target, None))
            return ExitCode.DONE
        await refuse_unconfirmed_place(launch, target, options.confirm_sandbox, say, words=DELETED_IN)
        changed = self._carried_out(await session.changes.delete(seen, say), seen, None)
        say(changed.found_words or _("The connection is deleted; the platform does not find it any more."))
        self._write(seen, target, ChangeEnd.DELETED, changed)
        return ExitCode.DONE

    @property
    def _opened(self) -> PlatformSession:
        if self._session is None:
            raise ValueError("no session is open")
        return self._session

    async def _seen(self, target: Target) -> ConnectionStatus:
        """Return the connection in the version that is changed, and say which one that is."""
        seen = await self._opened.here.service.connection_status(self._options.connection_id)
        self.facts = {"id": seen.connection_id, "name": seen.name, "sandboxName": target.sandbox_name}
        if self._options.if_etag not in {"", seen.etag}:
            say(changed_by_words(seen))
        check_version(seen, self._options.if_etag)
        words = _("{name} ({id}), state {state}, version {etag}.")
        name = seen.name or _("A connection without a name")
        say(words.format(name=name, id=seen.connection_id, state=seen.state or "-", etag=seen.etag))
        return seen

    def _carried_out(self, outcome: ChangeOutcome, seen: ConnectionStatus, change: ConnectionChange | None) -> Changed:
        """Return the outcome of a request that was carried out.

        Raises:
            Problem: it was not, or nobody knows.
        """
        if isinstance(outcome, Changed):
            self._is_done = True
            return outcome
        if isinstance(outcome, NotChanged):
            if has_changed(outcome.error):
                for line in changed_since_lines(seen, outcome.now):
                    say(line)
            if outcome.now is not None:
                fields = changed_fields(seen, outcome.now)
                changes = [{"field": each.label, "before": each.before, "after": each.after} for each in fields]
                self.facts |= {"etag": outcome.now.etag, "updatedBy": outcome.now.updated_by, "changes": changes}
            raise problem_of(outcome, change)
        raise outcome.error

    def _write(
        self,
        seen: ConnectionStatus,
        target: Target,
        end: ChangeEnd,
        changed: Changed | None = None,
        watched: Watched | None = None,
        test_passed: bool | None = None,
    ) -> None:
        """Print the result: one object, or a line a value."""
        status = watched.status if watched is not None else None
        told_name = status.name if status is not None else ""
        result = ChangeResult(
            end,
            target.mode.value,
            seen.connection_id,
            target.organization_id,
            target.sandbox_name,
            name=told_name or self.facts.get("name", seen.name),
            previous_etag=seen.etag,
            etag=(status.etag if status else "") or (changed.etag if changed else seen.etag),
            state=status.state if status else "",
            test_passed=test_passed,
        )
        record = result.record()
        if self._options.json:
            write_json(record)
            return
        shown = ("result", "id", "name", "sandboxName", "etag", "state")
        write_standard_output("".join(f"{key:<13} {record[key]}\n" for key in shown if record[key]))


def _given(options: argparse.Namespace, launch: Launch) -> GivenChange:
    answers = GivenAnswers(
        name=options.name,
        description=options.description,
        parameters=pairs_of("--set", options.set),
        secrets=given_secrets(options, launch),
    )
    return GivenChange(answers, options.no_description, options.replace_credentials)


def _refuse_incomplete(options: argparse.Namespace, launch: Launch, given: GivenChange | None) -> None:
    """Refuse what lacks something that a person would be asked for, all of it in one list.

    Raises:
        AnswersIncomplete: something is missing or wrong.
    """
    complaints = about_target(launch, is_practice=options.practice)
    if given is None and not options.confirm_name:
        complaints.append(Complaint(CONFIRM_NAME, _("A delete has to be confirmed by the name of the connection.")))
    if given is not None:
        try:
            refuse_nothing(given)
        except AnswersIncomplete as incomplete:
            complaints += incomplete.complaints
    refuse_missing(complaints)


def _request_record(
    method: str, seen: ConnectionStatus, target: Target, body: list[dict[str, Any]] | None
) -> dict[str, Any]:
    """Return the request that would be sent, each secret and the token as a placeholder."""
    record: dict[str, Any] = {
        "method": method,
        "url": f"{target.base_url}{path_of_connection(seen.connection_id)}",
        "headers": dict(header_fields(target, "{ACCESS_TOKEN}")) | {"If-Match": seen.etag},
    }
    return record if body is None else {**record, "body": body}
