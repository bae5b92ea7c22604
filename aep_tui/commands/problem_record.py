"""What a failure is for a script: the exit code, and with `--json` one object on standard output."""

from __future__ import annotations

import re
from typing import Any

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.output import json_text
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.described_source import SourceUnknown
from aep_tui.domain.migration_plan import NothingToPlan
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired, OutcomeUnknown, PlatformError
from aep_tui.pages.unattended import AnswersIncomplete
from aep_tui.pages.unattended_change import DataflowsUseIt, SecretNotTaken
from aep_tui.pages.unattended_create import NobodyKnows, NotMade, SimilarConnectionExists
from aep_tui.session.changes import ConnectionChanged
from aep_tui.session.creation import ConnectionAppeared

_WANTS_A_WORD = (WrongArgument, SourceUnknown, AnswersIncomplete, SimilarConnectionExists, ConnectionAppeared)
"""Something is missing or wrong that a person would be asked for."""


def exit_code_of(problem: Problem) -> ExitCode:
    """Return the exit code that the one table gives to a failure."""
    error = cause_of(problem)
    if isinstance(problem, NobodyKnows) or isinstance(error, OutcomeUnknown):
        return ExitCode.UNCLEAR
    if isinstance(problem, _WANTS_A_WORD):
        return ExitCode.USAGE
    if isinstance(problem, DataflowsUseIt):
        return _exit_code_of_used(problem)
    if isinstance(problem, ConnectionChanged):
        return ExitCode.REFUSED  # what the platform would answer with 412
    if isinstance(error, AuthenticationRequired):
        return ExitCode.SIGN_IN
    if isinstance(error, PlatformError) and error.proves_refusal:
        return ExitCode.REFUSED
    return ExitCode.FAILED


def _exit_code_of_used(problem: DataflowsUseIt) -> ExitCode:
    """Return what `connections uses` gives for the same."""
    unread = problem.used_by.problem
    if unread is None:
        return ExitCode.NOT_GOOD
    return ExitCode.SIGN_IN if isinstance(unread, AuthenticationRequired) else ExitCode.UNCLEAR


def usage_json(words: str) -> str:
    """Return wrong use as one JSON object, for a script that has asked for JSON."""
    return json_text(problem_record(WrongArgument(_("Wrong arguments"), words, _("See --help."))))


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return a failure by the names that scripts know.

    Its shape is that of RFC 9457: `type` is stable, `title`, `detail` and `nextStep` are words for people; `status`,
    `code`, `instance` (the request id) and `serverSaid` are there when the platform has answered, and
    `networkReported` when nobody has. `errors` names each option that is missing or wrong, `possibleIds` the
    connections that may be the one.
    """
    error = cause_of(problem)
    record: dict[str, Any] = {
        "type": _kebab(type(error).__name__),
        "title": problem.title,
        "detail": problem.message,
        "nextStep": problem.next_step,
    }
    if isinstance(error, PlatformError):
        facts = {"status": error.status, "code": error.code, "instance": error.request_id}
        facts |= {"serverSaid": error.server_said, "networkReported": error.reported}
        record |= {name: fact for name, fact in facts.items() if fact}
    if isinstance(problem, AnswersIncomplete):
        record["errors"] = [{"option": each.option, "detail": each.words} for each in problem.complaints]
    if isinstance(problem, NobodyKnows):
        record["possibleIds"] = list(problem.outcome.possible_ids)
    if isinstance(problem, SimilarConnectionExists | ConnectionAppeared):
        record["possibleIds"] = sorted(problem.connection_ids)
    return record


def cause_of(problem: Problem) -> Problem:
    """Return the failure itself, without what the create says about it."""
    if isinstance(problem, SecretNotTaken):
        return problem.error
    if isinstance(problem, NothingToPlan):
        return problem.error or problem
    return problem.outcome.error if isinstance(problem, NotMade | NobodyKnows) else problem


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
