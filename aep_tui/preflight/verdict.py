"""What a check says, before it gets its name and its time."""

from __future__ import annotations

from dataclasses import dataclass, field

from aep_tui.domain.check import CheckState
from aep_tui.domain.problem import Problem, answer_facts, said_words
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import PlatformError, RateLimited


@dataclass(frozen=True, slots=True)
class Verdict:
    """State, reason, what to do, who can do it and the failure behind it, as in `CheckResult`."""

    state: CheckState
    reason: str
    what_to_do: str = ""
    who_can_do_it: str = ""
    problem: Problem | None = field(default=None, repr=False)


def fine(reason: str) -> Verdict:
    """Return the verdict of a check that found all in order."""
    return Verdict(CheckState.OK, reason)


def warned(reason: str, what_to_do: str = "", who_can_do_it: str = "") -> Verdict:
    """Return a verdict that does not stand in the way."""
    return Verdict(CheckState.WARNING, reason, what_to_do, who_can_do_it)


def failed(reason: str, what_to_do: str, who_can_do_it: str = "") -> Verdict:
    """Return the verdict of a check that found what has to be mended."""
    return Verdict(CheckState.FAILED, reason, what_to_do, who_can_do_it)


def skipped(reason: str, what_to_do: str = "", who_can_do_it: str = "") -> Verdict:
    """Return the verdict of a check that was not made, or whose answer cannot be known."""
    return Verdict(CheckState.SKIPPED, reason, what_to_do, who_can_do_it)


def of_refusal(failure: PlatformError) -> Verdict:
    """Return the verdict of a request that the platform refused; who asked too often may go on, and is warned."""
    verdict = of_problem(failure)
    if isinstance(failure, RateLimited):
        return warned(verdict.reason, verdict.what_to_do, verdict.who_can_do_it)
    return verdict


def of_problem(problem: Problem) -> Verdict:
    """Return a failed check with the words of `problem`, those of the server, and what its support asks for."""
    reason = f"{problem.message} {said_words(problem)}".rstrip()
    if facts := answer_facts(problem):
        reason = f"{reason} ({facts})"
    who = getattr(problem, "who_can_fix", "") or _("you")
    return Verdict(CheckState.FAILED, reason, problem.next_step, who, problem)
