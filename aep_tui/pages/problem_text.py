"""A failure as a person reads it: title, what happened, what the server said, what to do next."""

from __future__ import annotations

from aep_tui.domain.problem import Problem, answer_facts, said_words
from aep_tui.domain.translation import _


def problem_text(problem: Exception | None) -> str:
    """Return the lines for a failure, "" for none; parts that are not known are left out."""
    if problem is None:
        return ""
    if not isinstance(problem, Problem):
        return _("Error: an unexpected failure ({kind}).").format(kind=type(problem).__name__)
    lines = [_("Error: {title}").format(title=problem.title), problem.message]
    lines.append(said_words(problem))
    if problem.next_step:
        lines.append(_("What to do: {next_step}").format(next_step=problem.next_step))
    who_can_fix = getattr(problem, "who_can_fix", "")
    if who_can_fix:
        lines.append(_("Who can do it: {who}").format(who=who_can_fix))
    lines.append(answer_facts(problem))
    return "\n".join(line for line in lines if line)


def answer_lines(problem: Problem) -> list[str]:
    """Return what came with a failure besides our words for it: those of others, and what its support asks for."""
    return [line for line in (said_words(problem), answer_facts(problem)) if line]
