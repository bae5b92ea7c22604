"""Looks at a connection to find out what became of a change or a delete whose answer was lost.

What may be said, and why:

- *Changed*: a later version shows all of the change, and the version that the person saw did not. *Gone*: the platform
  itself says twice, with a wait between, that it does not know the connection; once may be one of its machines.
- *Not changed*: a minute after the request it still is the version that the person saw. The gateway gives a request up
  after 60 seconds, and one that names this version and comes later changes nothing that is not seen then.
- *Cannot tell*: everything else, also another version that does not show whose it is, and the same version behind a 412
  that is not the platform's: nothing documents who says that, so nothing is waited for either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired, NotFound, OutcomeUnknown, PlatformError, has_changed
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.progress import OnProgress, TokenRefusal, ignore_progress

LOOKS_FOR: Final = 65.0
"""Seconds; the gateway itself gives a request up after 60."""
_POLL_SECONDS: Final = 5.0
_LONG_AGO: Final = timedelta(minutes=10)
"""A request of an earlier run that left before is not under way any more, whatever two readings of a clock differ."""
_LOOKS_FOR_GONE: Final = 2
"""So many times in a row the platform has to say that it does not know the connection."""

_LOOKS_FOR_A_FOREIGN_REFUSAL: Final = 5.0
"""Seconds: whoever said 412 has answered, and a wait would not prove that the platform did."""

_IS_BEING_DELETED: Final = "delete-finalizing"
"""The state that the error catalogue names."""


class ReadingService(Protocol):
    """What looking needs of `FlowService`."""

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        """Return what the platform says about a connection."""


@dataclass
class _Looks:
    """What the looks at a connection have shown.

    Attributes:
        intent: what was to be done.
        failure: what hid the outcome, None for a request of an earlier run.
        last: the connection as it was seen last.
        is_fresh: whether the last look was answered.
        gone: how many looks in a row the platform did not find it.
        is_going: whether the platform was at work on deleting it at the last look.
    """

    intent: ChangeIntent
    failure: PlatformError | None
    last: ConnectionStatus | None = None
    is_fresh: bool = False
    gone: int = 0
    is_going: bool = False

    def note_seen(self, now: ConnectionStatus) -> ChangeOutcome | None:
        """Note a look, and return what it proves, None when it proves nothing yet."""
        self.last, self.is_fresh, self.gone = now, True, 0
        self.is_going = now.state == _IS_BEING_DELETED
        if now.etag == self.intent.etag:
            return None
        if self.intent.kind is ChangeKind.CHANGE and self.intent.is_proved_by(now):
            return Changed(now.etag, _("found by looking: it was changed, and the answer was lost"))
        # Without an etag, as while it initializes, it may still be the version that was seen.
        return ChangeUnknown(self._unknown(_words_of_another_version(now)), now) if now.etag else None

    def note_gone(self) -> ChangeOutcome | None:
        """Note that the platform does not know the connection, and return what that proves."""
        self.is_fresh, self.gone = True, self.gone + 1
        if self.gone < _LOOKS_FOR_GONE:
            return None
        if self.intent.kind is ChangeKind.DELETE:
            return Changed(found_words=_("found by looking: it is gone, and the answer was lost"))
        words = _("The platform does not know the connection any more: somebody has deleted it.")
        return ChangeUnknown(self._unknown(words))

    def note_failed(self) -> None:
        """Note a look that shows nothing."""
        self.is_fresh, self.gone = False, 0

    def given_up(self) -> ChangeOutcome:
        """Return what may be said when the time is up."""
        is_same = self.last is not None and self.last.etag == self.intent.etag
        if self.is_fresh and is_same and not self.is_going and is_foreign_refusal(self.failure):
            return ChangeUnknown(self._unknown(_words_of_a_foreign_refusal()), self.last)
        if self.is_fresh and is_same and not self.is_going:
            return NotChanged(self._still_the_same(), self.last)
        if self.is_fresh and self.is_going:
            words = _("The platform is at work on deleting it. Look at it again in a few minutes.")
        elif self.is_fresh and self.last is not None:
            words = _("The platform names no version of it now. Look at it and test it before you change it again.")
        else:
            words = _("The connection could not be looked at. Look at it again before you try once more.")
        return ChangeUnknown(self._unknown(words), self.last)

    @property
    def _reason(self) -> str:
        return self.failure.message if self.failure is not None else _("The answer to the request is not known.")

    def _still_the_same(self) -> Problem:
        if self.intent.kind is ChangeKind.DELETE:
            title = _("The connection was not deleted")
            next_step = _("Try again: a delete of this version that came late would only do what you want.")
        else:
            title = _("The connection was not changed")
            next_step = _("Try again: a change of this version that came late would be refused or be the one you see.")
        words = _("{reason} A minute later it still is the version that you saw.").format(reason=self._reason)
        return Problem(title, words, next_step)

    def _unknown(self, what_to_do: str) -> OutcomeUnknown:
        return unknown_outcome(self.intent, self._reason, what_to_do, self.failure)


async def look_into(
    service: ReadingService,
    intent: ChangeIntent,
    clock: Clock,
    *,
    failure: PlatformError | None = None,
    on_progress: OnProgress = ignore_progress,
    on_token_refused: TokenRefusal | None = None,
) -> ChangeOutcome:
    """Look at the connection until it tells, or until a request can be under way no more.

    Also for an intent that an earlier run of the program left open; the caller writes the outcome into the journal.
    Nothing is ever sent again.

    Args:
        service: of the intent's place.
        intent: what was to be done.
        clock: for the waits.
        failure: what hid the outcome, when this run saw it.
        on_progress: is told in a sentence what happens now.
        on_token_refused: asks the person for another access token, once unless there is one.

    Raises:
        AuthenticationRequired: an earlier run's request cannot be looked into without a token; it stays open.
    """
    looks = _Looks(intent, failure)
    started = clock.monotonic()
    is_under_way = failure is not None or clock.now() - intent.started_at < _LONG_AGO
    looks_for = LOOKS_FOR if is_under_way else 0.0
    if is_foreign_refusal(failure):
        looks_for = _LOOKS_FOR_A_FOREIGN_REFUSAL
    words = _("The answer was lost. Looking at the connection.")
    if is_foreign_refusal(failure):
        words = _("The answer is not one of the platform. Looking at the connection.")
    elif failure is None:
        words = _("Looking at the connection. Nothing is sent again.")
    while True:
        on_progress(words)
        outcome: ChangeOutcome | None = None
        try:
            outcome = looks.note_seen(await service.connection_status(intent.connection_id, with_retries=False))
        except AuthenticationRequired as refusal:
            if on_token_refused is not None and await on_token_refused(refusal):
                continue
            on_token_refused = None
            if failure is None:
                raise
            looks.note_failed()
        except NotFound as error:
            if error.proves_refusal:
                outcome = looks.note_gone()
            else:
                looks.note_failed()
        except PlatformError:
            looks.note_failed()
        if outcome is not None:
            return outcome
        if clock.monotonic() - started >= looks_for and not looks.gone:
            return looks.given_up()
        await clock.sleep(_POLL_SECONDS)


def is_foreign_refusal(failure: PlatformError | None) -> bool:
    """Return whether an answer says that the connection is another version by now, and is not the platform's own."""
    return failure is not None and has_changed(failure) and not failure.proves_refusal


def _words_of_a_foreign_refusal() -> str:
    return _(
        "The answer says that the connection has changed (412), and not in a form that the platform is known to use. "
        "The connection still is the version that you saw. Whether your request reached the platform is not known; "
        "look at it again in some minutes before you try once more."
    )


def unknown_outcome(
    intent: ChangeIntent, reason: str, what_to_do: str, cause: PlatformError | None = None
) -> OutcomeUnknown:
    """Return the error that says that nobody knows.

    Args:
        intent: what was to be done.
        reason: what hid the outcome.
        what_to_do: for the person.
        cause: the failure that hid it, if one did.
    """
    is_delete = intent.kind is ChangeKind.DELETE
    title = (
        _("It is not known whether the connection was deleted")
        if is_delete
        else _("It is not known whether the connection was changed")
    )
    return OutcomeUnknown(title, reason, what_to_do, cause)


def _words_of_another_version(now: ConnectionStatus) -> str:
    changed_at = f"{now.updated_at:%Y-%m-%d %H:%M} UTC" if now.updated_at else _("an unknown time")
    return _(
        "It was changed at {instant} by {who}, and what the platform shows of it does not tell whether that was your "
        "change. Look at it and test it before you change it again."
    ).format(instant=changed_at, who=now.updated_by or _("somebody"))
