"""The questions around a change, in words."""

from __future__ import annotations

from collections.abc import Container, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import RequestRefused, has_changed
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.question import Choice, Question

if TYPE_CHECKING:
    from aep_tui.domain.source import Parameter

_TAKES_NO_PATCH: Final = frozenset({"FLOW-1445-400", "FLOW-1300-400", "FLOW-1301-400", "FLOW-1302-400"})
"""The connection takes no PATCH at all, as far as the documents say."""


class AfterRefusal(StrEnum):
    """What to do after a change was not carried out."""

    LOOK_AGAIN = "look-again"
    REPLACE = "replace-credentials"
    LEAVE = "leave"


def secret_question(secrets: Sequence[Parameter], names_set: Container[str]) -> Question[Parameter]:
    """Ask which secret is new.

    Args:
        secrets: of the auth method.
        names_set: what the platform shows as set.
    """
    return Question(
        _("Which secret is new?"),
        tuple(
            Choice(
                each.api_name,
                each.label,
                each,
                badge=_("set") if each.api_name in names_set else _("not set"),
                detail=each.help,
            )
            for each in secrets
        ),
        _("Only that one is asked for and sent; the others stay as they are."),
    )


def changed_question(lines: Sequence[str]) -> Question[AfterRefusal]:
    """Ask what to do with a change of a version that is not the present one any more.

    Args:
        lines: what has changed since, and by whom.
    """
    look, leave = AfterRefusal.LOOK_AGAIN, AfterRefusal.LEAVE
    return Question(
        _("The connection has changed since you saw it: yours was not carried out"),
        (
            Choice(
                look,
                _("Look at the review again, as it is now"),
                look,
                detail=_("What you typed is kept; nothing is sent until you submit it again."),
            ),
            Choice(leave, _("Leave the connection as it is"), leave),
        ),
        "\n".join(lines),
    )


def is_refused_path(problem: Exception | None) -> bool:
    """Return whether the platform understood a change and did not take it, which shows that nothing was changed."""
    return isinstance(problem, RequestRefused) and problem.proves_refusal and not has_changed(problem)


def refused_path_question(problem: Problem) -> Question[AfterRefusal]:
    """Ask what to do after the platform did not take one secret by its own path.

    Args:
        problem: the refusal.
    """
    replace, leave = AfterRefusal.REPLACE, AfterRefusal.LEAVE
    takes_none = getattr(problem, "code", "") in _TAKES_NO_PATCH
    detail = (
        _("By its own words the platform takes no change here, so it may refuse this too.")
        if takes_none
        else _("Every secret is asked for anew; the one that you typed is kept.")
    )
    server_said = getattr(problem, "server_said", "") or problem.message
    code = getattr(problem, "code", "")
    words = _("Nothing has changed. The platform did not take the secret by its own path: {reason}").format(
        reason=f"{server_said} ({code})" if code else server_said
    )
    return Question(
        _("The secret was not taken"),
        (
            Choice(replace, _("Replace all credentials instead"), replace, detail=detail),
            Choice(leave, _("Leave the connection as it is"), leave),
        ),
        words,
    )


def unclear_statements(problem: Exception | None) -> tuple[str, ...]:
    """Return what is said when nobody can tell whether a change was carried out."""
    return tuple(problem_text(problem).splitlines())
