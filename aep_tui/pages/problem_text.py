"""A failure as a person reads it: title, what happened, what the server said, what to do next."""

from __future__ import annotations

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _


def problem_text(problem: Exception | None) -> str:
    """Return the lines for a failure, "" for none; parts that are not known are left out."""
    if problem is None:
        return ""
    if not isinstance(problem, Problem):
        return _("Error: an unexpected failure ({kind}).").format(kind=type(problem).__name__)
    lines = [_("Error: {title}").format(title=problem.title), problem.message]
    server_said = getattr(problem, "server_said", "")
    if server_said and server_said not in problem.message:
        lines.append(_("The server said: {text}").format(text=server_said))
    if problem.next_step:
        lines.append(_("What to do: {next_step}").format(next_step=problem.next_step))
    who_can_fix = getattr(problem, "who_can_fix", "")
    if who_can_fix:
        lines.append(_("Who can do it: {who}").format(who=who_can_fix))
    facts = (
        (_("HTTP status {value}"), getattr(problem, "status", None)),
        (_("code {value}"), getattr(problem, "code", "")),
        (_("request id {value}"), getattr(problem, "request_id", "")),
    )
    known = [words.format(value=value) for words, value in facts if value]
    if known:
        lines.append(" · ".join(known))
    return "\n".join(line for line in lines if line)
