"""The status line by line: a line at the start, a line for each change, a line at the end, and one every 30 seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.pages.status_run import StatusRun
from aep_tui.pages.status_view import StatusEvent, after, first_view, news_of, words_of_refused_token
from aep_tui.pages.timeline import Moment, elapsed_text
from aep_tui.plain.talk import Talk
from aep_tui.plain.token_question import ask_for_token

if TYPE_CHECKING:
    from aep_tui.domain.problem import Problem
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.secrets import Secrets
    from aep_tui.pages.flows import Flows
    from aep_tui.session.status_session import StatusSession

SECONDS_OF_SILENCE: Final = 30.0
"""After which it is said that the wait goes on."""


class Status:
    """Writes what happens to one connection.

    Attributes:
        view: what is known.
        failure: why there is no connection, and whether there may be one all the same; None when there is one.
    """

    def __init__(self, talk: Talk, flows: Flows, work: StatusSession, secrets: Secrets, target: Target) -> None:
        self._talk = talk
        self._flows = flows
        self._work = work
        self._secrets = secrets
        self.failure: tuple[Exception, bool] | None = None
        self.view = first_view(work, is_practice=target.mode is Mode.PRACTICE)
        self._said_at = 0.0

    async def run(self) -> None:
        """Send, watch and test; write each change once."""
        self._talk.say(self.view.activity)
        self._talk.say(_("Ctrl+C stops waiting; what was sent cannot be unsent."))
        await StatusRun(self._work, self).run(self.view.created)

    def happens(self, event: StatusEvent, moment: Moment) -> None:
        """Write what has changed, the important word first and the time last."""
        before, self.view = self.view, after(self.view, event, moment)
        lines = []
        for entry in self.view.entries[len(before.entries) :]:
            lines.append(f"{entry.words}, {elapsed_text(entry.moment.elapsed)}.")
        for text, text_before in ((self.view.trouble, before.trouble), (self.view.activity, before.activity)):
            if text and text != text_before:
                lines.append(text)
        if not lines and moment.elapsed - self._said_at >= SECONDS_OF_SILENCE:
            lines.append(_("Still waiting, {elapsed}.").format(elapsed=elapsed_text(moment.elapsed)))
        for line in lines:
            self._talk.say(line)
            self._said_at = moment.elapsed
        if (news := news_of(self.view, event)) is not None:
            self._flows.create.result_changed(news)

    def create_failed(self, problem: Exception, *, is_unclear: bool) -> None:
        """Remember why there is no connection."""
        self.failure = problem, is_unclear

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Ask for another access token; an empty line is "later"."""
        words = words_of_refused_token(self.view, reason)
        return await ask_for_token(self._talk, words, _("Enter stops watching."), self._secrets)

    def token_replaced(self, token: Secret) -> None:
        """Let the target have the token."""
        self._flows.walk.take_token(token)
