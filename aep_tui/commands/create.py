"""`aep-tui create`: what the wizard does, for a script; nothing is ever asked, and at most one connection is made."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.given_options import pairs_of, read_secrets
from aep_tui.commands.launch_options import launch_from, missing_values, target_with_secret
from aep_tui.commands.output import json_text, refuse_unusable_output, write_result, write_standard_output
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import (
    about_target,
    code_after_watching,
    refuse_what_a_folder_says,
    say_target,
    tell_problem,
)
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection_request import CONNECTIONS_PATH, ConnectionRequest, header_fields
from aep_tui.domain.described_source import SourceUnknown, described_words
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.flow_service.reading_only import read_only_refusal
from aep_tui.pages.unattended import AnswersIncomplete, GivenAnswers, Prepared, prepared
from aep_tui.pages.unattended_create import Permits, create_unattended, refuse_other_sandbox, refuse_unconfirmed_place
from aep_tui.pages.unattended_watch import Watched, tested_unattended, watch_unattended
from aep_tui.settings.answers_file import AnswersFile, read_answers_file
from aep_tui.settings.guard import harden_process

if TYPE_CHECKING:
    from aep_tui.domain.connection import CreatedConnection
    from aep_tui.domain.source import Source
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.watch import StateSeen
    from aep_tui.settings.launch import Launch


def run(options: argparse.Namespace) -> int:
    """Create the connection that the arguments describe, print the result or the problem, and return the exit code."""
    harden_process()
    creating = Creating(options)
    try:
        return creating.run()
    except KeyboardInterrupt:
        return creating.interrupted()
    except Problem as problem:
        code = tell_problem(problem, options, {"id": creating.connection_id} if creating.connection_id else None)
        if creating.connection_id:
            say(_("The connection exists: {id}").format(id=creating.connection_id))
        return code


class Creating:
    """One run of the command."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Take the arguments; nothing is read yet."""
        self._options = options
        self._session: PlatformSession | None = None
        self._wizard: Wizard | None = None
        self._created: CreatedConnection | None = None
        self._watched = Watched()
        self._test_passed: bool | None = None

    @property
    def connection_id(self) -> str:
        """The connection that exists, "" while there is none."""
        return self._created.connection_id if self._created is not None else ""

    def run(self) -> int:
        """Return the exit code of a create that worked, or of a rehearsal of the request.

        Raises:
            Problem: something is missing or wrong, the platform refused, or nobody knows.
        """
        options = self._options
        refuse_unusable_output(options.output)
        launch = launch_from(options)
        refuse_what_a_folder_says(options, launch)
        given = given_answers(options, launch)
        wizard = Wizard(load_catalog(), launch.clock.today())
        wizard, given = with_source_of_platform(launch, wizard, given, is_practice=options.practice)
        ready = _ready(launch, wizard, given, is_practice=options.practice)
        for remark in ready.remarks:
            say(remark)
        request = ready.wizard.request()
        refuse_other_sandbox(launch.first_target, options.confirm_sandbox)
        if options.dry_run:
            write_standard_output(request_json(request, launch.first_target))
            return ExitCode.DONE
        if launch.first_target.is_read_only:
            raise read_only_refusal()
        target = target_with_secret(launch)
        say_target(target)
        self._wizard = ready.wizard
        with session_log(launch, "create"):
            asyncio.run(self._make(launch, target, ready.wizard))
        return self._finish()

    def interrupted(self) -> int:
        """Say the truth after Ctrl+C, print what there is, and return the exit code."""
        if self._created is not None:
            self._finish()
            return ExitCode.NOT_GOOD
        if self._session is not None and self._session.is_create_unclear:
            say(_("Ended while the create was on its way. It is not known whether there is a connection; look first."))
            return ExitCode.UNCLEAR
        say(_("Ended. Nothing was created."))
        return ExitCode.CANCELLED

    async def _make(self, launch: Launch, target: Target, wizard: Wizard) -> None:
        from aep_tui.pages.opening import session_for

        permits = Permits(self._options.confirm_sandbox, self._options.create_another)
        await refuse_unconfirmed_place(launch, target, permits.sandbox_name, say)
        self._session = session_for(launch, target, launch.scenario_id)
        try:
            made = await create_unattended(self._session, wizard, permits, say)
            self._created = made.connection
            say(_("The connection is created: {id}").format(id=made.connection.connection_id))
            if self._options.wait:
                watch = made.work.watch(self.connection_id)
                self._watched = await watch_unattended(watch, say, self._keep_state, is_new=True)
            if self._watched.is_enabled:
                self._test_passed = await tested_unattended(made.work, self.connection_id, say)
        finally:
            await self._session.close()

    def _keep_state(self, seen: StateSeen) -> None:
        """Keep the state that was told, so that Ctrl+C does not take it out of the result."""
        self._watched = Watched(seen.status)

    def _finish(self) -> int:
        """Print the result, let the journal rest, and return the exit code."""
        if self._session is None or self._wizard is None or self._created is None:
            raise ValueError("nothing was made")
        watched = self._watched
        result = self._session.result(self._wizard, self._created, watched.status)
        result = replace(result, test_passed=self._test_passed)
        shown = result.to_json() if self._options.json else result.to_text() + "\n"
        write_result(shown, self._options.output, file_text=result.to_json())
        try:
            self._session.conclude()
        except Problem as problem:
            say(_("Warning: {title}. {message}").format(title=problem.title, message=problem.message))
        words = _("The connection was created and was not seen enabled.")
        return code_after_watching(watched, self._test_passed, was_waited_for=self._options.wait, not_enabled=words)


def with_source_of_platform(
    launch: Launch, wizard: Wizard, given: GivenAnswers, *, is_practice: bool
) -> tuple[Wizard, GivenAnswers]:
    """Return the walk and the answers, knowing a source that only the platform describes when one is meant.

    The platform is asked, by GET, only when the catalog has no such source and the target is complete.

    Args:
        launch: where the settings come from.
        wizard: the walk, with the sources of the catalog.
        given: the answers, which name the source.
        is_practice: `--practice` was given.

    Raises:
        AnswersIncomplete: neither knows the source.
        Problem: the platform could not be asked, or no connection of the source can be made here.
    """
    is_rehearsal = launch.mode is Mode.PRACTICE
    if not given.source or wizard.catalog.source(given.source) is not None:
        return wizard, given
    if (is_rehearsal and not is_practice) or missing_values(launch):
        return wizard, given  # the complaints say it all
    from aep_tui.pages.opening import session_for

    async def read() -> Source:
        session = session_for(launch, target_with_secret(launch), launch.scenario_id)
        try:
            return await session.here.sources.meant(given.source)
        finally:
            await session.close()

    try:
        source = asyncio.run(read())
    except SourceUnknown as unknown:
        say(unknown.message)
        return wizard, given
    say(described_words(source, None))
    return replace(wizard, catalog=wizard.catalog.with_other(source)), replace(given, source=source.id)


def request_json(request: ConnectionRequest, target: Target) -> str:
    """Return the request that would be sent as JSON, each secret and the token as a placeholder."""
    record = {
        "method": "POST",
        "url": target.base_url + CONNECTIONS_PATH,
        "headers": dict(header_fields(target, "{ACCESS_TOKEN}")),
        "body": request.body_with_placeholders(),
    }
    return json_text(record)


def _ready(launch: Launch, wizard: Wizard, given: GivenAnswers, *, is_practice: bool) -> Prepared:
    """Return the walk with its answers; what the target lacks is named together with what the answers lack.

    Raises:
        AnswersIncomplete: something is missing or wrong.
        Problem: the only thing that is wrong is the place of a secret.
    """
    unread = {each.option: each for each in given.about_unread_secrets()}
    ready, complaints = None, about_target(launch, is_practice=is_practice)
    try:
        ready = prepared(wizard, given, launch.secrets, launch.clock.now())
    except AnswersIncomplete as incomplete:
        complaints += (each for each in incomplete.complaints if each.option not in unread)
    if not complaints and len(unread) == 1:
        raise next(iter(given.unread_secrets.values()))
    if ready is None or complaints or unread:
        raise AnswersIncomplete((*complaints, *unread.values()))
    return ready


def given_answers(options: argparse.Namespace, launch: Launch) -> GivenAnswers:
    """Return what options and answers file give; an option goes before the file.

    Raises:
        Problem: the file cannot be read.
        WrongArgument: an option has the wrong form, or gives a second place for one secret.
    """
    file = read_answers_file(options.answers) if options.answers is not None else AnswersFile()
    in_file = {name: _as_text(value) for name, value in file.parameters.items()}
    secrets, unread = read_secrets(options, launch)
    return GivenAnswers(
        cloud=options.cloud or file.cloud,
        source=options.source or file.source,
        auth_method=options.auth_method or file.auth_method,
        name=options.name or file.name,
        description=options.description or file.description,
        acknowledge=(*file.acknowledge, *options.acknowledge),
        parameters={**in_file, **pairs_of("--set", options.set)},
        secrets=secrets,
        unread_secrets=unread,
    )


def _as_text(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value
