"""What every command without pages says and prints: where it works, what it lacks, and why nothing came of it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.launch_options import missing_values
from aep_tui.commands.output import write_json
from aep_tui.commands.problem_record import cause_of, exit_code_of, problem_record
from aep_tui.commands.terminal import say
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.pages.problem_text import answer_lines
from aep_tui.pages.unattended import AnswersIncomplete, Complaint
from aep_tui.settings.foreign_host import refuse_foreign_hosts
from aep_tui.settings.setting import SettingName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aep_tui.domain.target import Target
    from aep_tui.pages.unattended_watch import Watched
    from aep_tui.settings.launch import Launch


def say_target(target: Target, sandbox_names: Sequence[str] = ()) -> None:
    """Say where requests go, before the first; the sandbox is the target's when none is named."""
    words = _("Target: {mode}, organization {organization}, sandbox {sandbox}.")
    if len(sandbox_names) > 1:
        words = _("Target: {mode}, organization {organization}, sandboxes {sandbox}.")
    sandbox = ", ".join(sandbox_names) or target.sandbox_name
    say(words.format(mode=target.mode_and_host, organization=target.organization_id, sandbox=sandbox))


def about_target(launch: Launch, *, is_practice: bool) -> list[Complaint]:
    """Return what is missing of the target of a command that changes something.

    Args:
        launch: what the settings say.
        is_practice: whether a rehearsal was asked for; a script must not rehearse where it believes to work.
    """
    if launch.mode is Mode.PRACTICE and not is_practice:
        return [Complaint("--live, --practice", _("Nothing says which platform is meant."))]
    return [Complaint(name, _("The target needs this.")) for name in missing_values(launch)]


def refuse_missing(complaints: Sequence[Complaint]) -> None:
    """Refuse to go on while something is missing or wrong.

    Raises:
        AnswersIncomplete: with all of it.
    """
    if complaints:
        raise AnswersIncomplete(tuple(complaints))


def refuse_what_a_folder_says(options: argparse.Namespace, launch: Launch) -> None:
    """Refuse to take the platform from a `.env` that nobody named: it may have come with the folder.

    Raises:
        AnswersIncomplete: only such a file says that the real platform is meant.
        SettingsProblem: only such a file names the host, and the secrets of the source would go there.
    """
    known = launch.settings
    if launch.mode is not Mode.LIVE or known is None:
        return
    organization = known.values.get(SettingName.ORGANIZATION_ID)
    is_said = options.live or options.profile or options.credentials
    if not is_said and organization is not None and organization.is_unasked:
        words = _("Only {origin} says that the real platform is meant.").format(origin=organization.origin)
        raise AnswersIncomplete((Complaint("--live", words),))
    refuse_foreign_hosts(known, base_url=known.base_url)


def code_after_watching(watched: Watched, passed: bool | None, *, was_waited_for: bool, not_enabled: str) -> ExitCode:
    """Return the exit code of what was sent and then watched and tested, and say why it is not the good one.

    Args:
        watched: what the watching has shown.
        passed: what the platform's test said, None for nothing.
        was_waited_for: whether watching was asked for.
        not_enabled: what is said of a connection that was not seen enabled.
    """
    if was_waited_for and not watched.is_enabled:
        if watched.failure is not None:
            say_failure(watched.failure)
        say(not_enabled)
        return ExitCode.NOT_GOOD
    return ExitCode.NOT_GOOD if passed is False else ExitCode.DONE


def tell_problem(
    problem: Problem, options: argparse.Namespace, facts: Mapping[str, object] | None = None, *, indent: int | None = 2
) -> ExitCode:
    """Say why nothing came of a command, print it as an object with `--json`, and return its exit code.

    Args:
        problem: the failure.
        options: the arguments.
        facts: what a script has to know besides.
        indent: of the object; None puts it on a line, as the other lines of its output.
    """
    if options.json:
        with suppress(Problem):  # standard output may be what fails
            write_json(problem_record(problem) | dict(facts or {}), indent)
    if isinstance(problem, AnswersIncomplete):
        say(_("{command}: {title}. Nothing was sent.").format(command=options.command.call, title=problem.title))
        for complaint in problem.complaints:
            say(f"  {complaint.option}: {complaint.words}")
    else:
        say(problem.last_words)
        say_answer(problem)
    return exit_code_of(problem)


def say_failure(failure: Problem) -> None:
    """Say why something that was looked at could not be seen, and what can be done about it."""
    say(failure.advice)
    say_answer(failure)


def say_answer(problem: Problem) -> None:
    """Say what the server said, and what its support asks for; nothing when no server has answered."""
    for line in answer_lines(cause_of(problem)):
        say(f"  {line}")
