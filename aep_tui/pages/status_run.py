"""What happens while the status page is open: send, watch, test. Every face shows the same events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import is_failed_test
from aep_tui.pages.status_view import ConnectionTested, Gone, StatusEvent, Told, WatchBegan
from aep_tui.pages.timeline import Moment
from aep_tui.session.change_outcome import Changed, ChangeUnknown
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.status_session import WorkKind
from aep_tui.session.watch import TokenRefused, WatchEnd, WatchEnded

if TYPE_CHECKING:
    from aep_tui.domain.secret import Secret
    from aep_tui.session.status_session import StatusSession
    from aep_tui.session.watch import Watch


class StatusFace(Protocol):
    """What the work needs of a face."""

    def happens(self, event: StatusEvent, moment: Moment) -> None:
        """Show an event."""

    def create_failed(self, problem: Exception, *, is_unclear: bool) -> None:
        """Say that the create gave no connection, or that nobody knows whether it did."""

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Return another access token, None when the person has none now."""

    def token_replaced(self, token: Secret) -> None:
        """Take a token that the platform is asked with from now on."""


class StatusRun:
    """One run of what a status page does."""

    def __init__(self, session: StatusSession, face: StatusFace) -> None:
        """Take what sends, watches and tests, and who is asked and told; the time of the page begins now."""
        self._session = session
        self._face = face
        self._started = session.clock.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the page was opened."""
        return self._session.clock.monotonic() - self._started

    def say(self, event: StatusEvent) -> None:
        """Hand on an event that happens now."""
        self._face.happens(event, Moment(self._session.clock.now(), self.elapsed))

    async def run(self, created: CreatedConnection | None) -> None:
        """Send, unless there is a connection already, then watch it, and have it tested when it is enabled."""
        if created is None:
            created = await self._created()
            if created is None:
                return
        self.say(WatchBegan())
        if await self._is_enabled(created.connection_id):
            try:
                tested = ConnectionTested(await self._session.test(created.connection_id))
            except Problem as problem:
                tested = ConnectionTested(False if is_failed_test(problem) else None, problem)
            self.say(tested)

    async def _created(self) -> CreatedConnection | None:
        assert self._session.create is not None, "a page that only watches has a connection"  # noqa: S101 - by its maker
        try:
            outcome = await self._session.create(lambda words: self.say(Told(words)))
        except Problem as problem:
            self._face.create_failed(problem, is_unclear=False)
            return None
        if isinstance(outcome, Changed) and self._session.kind is WorkKind.DELETE:
            self.say(Gone(outcome.found_words))
            return None
        if isinstance(outcome, Changed):
            outcome = Created(CreatedConnection(self._session.connection_id, outcome.etag), outcome.found_words)
        if isinstance(outcome, Created):
            self.say(outcome)
            return outcome.connection
        self._face.create_failed(outcome.error, is_unclear=isinstance(outcome, CannotTell | ChangeUnknown))
        return None

    async def _is_enabled(self, connection_id: str) -> bool:
        """Watch to the end; return whether the connection was seen enabled."""
        watch, end = self._session.watch(connection_id), WatchEnd.GAVE_UP
        async for event in watch:
            self.say(event)
            if isinstance(event, WatchEnded):
                end = event.reason
            elif isinstance(event, TokenRefused) and not await self._goes_on_with_new_token(watch, event):
                self.say(WatchEnded(WatchEnd.GAVE_UP))
                break
        return end is WatchEnd.ENABLED

    async def _goes_on_with_new_token(self, watch: Watch, refusal: TokenRefused) -> bool:
        """Ask for a token until one can be used; return False when the person has none now."""
        reason: Problem = refusal.error
        while True:
            token = await self._face.ask_for_token(reason)
            if token is None:
                return False
            try:
                watch.use_access_token(token)
            except Problem as problem:
                reason = problem
            else:
                self._face.token_replaced(token)
                return True
