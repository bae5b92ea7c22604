"""What the status page says of a create, a change and a delete while their answer is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.session.status_session import WorkKind


@dataclass(frozen=True, slots=True)
class WorkWords:
    """Whole sentences.

    Attributes:
        sending: the request has left.
        waiting: it was carried out, and the connection is watched.
        stop_question: asked before the person gives up waiting for the answer.
        stopped: what is known when the person has given up, and what to do next.
    """

    sending: str
    waiting: str
    stop_question: str
    stopped: tuple[str, str]

    def stopped_waiting(self) -> Problem:
        """Return what the page below says when the person did not wait for the answer."""
        return Problem(_("You stopped waiting"), *self.stopped)


WORK_WORDS: Final = {
    WorkKind.CREATE: WorkWords(
        _("Sending the request..."),
        _("Created. Waiting until it is enabled..."),
        _(
            "Stop waiting for the answer? The request cannot be unsent: a connection may have been created. The "
            "program can look for it afterwards."
        ),
        (
            _("The request was on its way, and its outcome is not known: a connection may have been created."),
            _("Submit again: the program then offers to look for the connection first."),
        ),
    ),
    WorkKind.CHANGE: WorkWords(
        _("Sending the change..."),
        _("Changed. Waiting until it is enabled..."),
        _(
            "Stop waiting for the answer? The request cannot be unsent: the connection may have been changed. Look at "
            "it before you change it again."
        ),
        (
            _("The change was on its way, and its outcome is not known: the connection may have been changed."),
            _("Look at the connection and test it before you change it again."),
        ),
    ),
    WorkKind.DELETE: WorkWords(
        _("Sending the delete..."),
        "",
        _(
            "Stop waiting for the answer? The request cannot be unsent: the connection may have been deleted. Look "
            "whether it is still there afterwards."
        ),
        (
            _("The delete was on its way, and its outcome is not known: the connection may be gone."),
            _("Look whether the connection is still there before you do anything else."),
        ),
    ),
}
"""By what is sent."""
