"""The search for the connection of an intent: what the looks have shown, and what may be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from aep_tui.domain.candidates import Likeness, is_still_to_come, likeness
from aep_tui.domain.connection import ConnectionList, ConnectionStatus, CreatedConnection
from aep_tui.domain.intent import Intent, OtherIntents
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.errors import OutcomeUnknown, PlatformError, UnreadableAnswer
from aep_tui.session.outcome import CannotTell, Created

_SAYS_CREATED = 201
_SAYS_ACCEPTED = 202


@dataclass(slots=True)
class Search:
    """Remembers the looks at the list; a connection that was seen once is not forgotten when a later look lacks it.

    Attributes:
        intent: whose connection is looked for.
        others: what else was to be created under this name.
        cause: the failure that hid the outcome, or None.
        candidates: what may be the connection, by id.
        foreign_ids: connections of the name that were not there before and are not this one.
        whole_looks: looks that read the list to its end.
        was_cut_off: whether a look did not.
        knows_the_clock: whether each look has told its `Date`, and no connection a time after it.
    """

    intent: Intent
    others: OtherIntents
    cause: PlatformError | None = None
    candidates: dict[str, ConnectionStatus] = field(default_factory=dict)
    foreign_ids: set[str] = field(default_factory=set)
    whole_looks: int = 0
    was_cut_off: bool = False
    knows_the_clock: bool = True
    _ids_of_last_look: frozenset[str] = frozenset()

    def note(self, listed: ConnectionList) -> bool:
        """Take what a look has shown; return whether two whole looks in a row have shown the same candidates."""
        ids = set()
        told_at = listed.told_at
        if told_at is None or any(is_still_to_come(status, told_at) for status in listed.connections):
            self.knows_the_clock = False
        for status in listed.connections:
            if status.connection_id in self.others.taken_ids:
                continue
            if likeness(status, self.intent) is not Likeness.FOREIGN:
                ids.add(status.connection_id)
                self.candidates[status.connection_id] = status
            elif status.connection_id not in (self.intent.known_connection_ids or ()):
                self.foreign_ids.add(status.connection_id)
        if not listed.is_complete:
            self.was_cut_off = True
            return False
        self.whole_looks += 1
        is_settled = bool(ids) and ids == self._ids_of_last_look
        self._ids_of_last_look = frozenset(ids)
        return is_settled

    def conclusion(self) -> Created | CannotTell:
        """Return what is true after two whole looks have shown the same."""
        if len(self.candidates) == 1:
            (status,) = self.candidates.values()
            if self._is_certainly_ours(status):
                found = CreatedConnection(status.connection_id, status.etag)
                return Created(found, self._words_of_finding())
        return self._undecided()

    def given_up(self) -> CannotTell:
        """Return what is true when the time is up."""
        if self.candidates:
            return self._undecided()
        return cannot_tell(self.cause, self._words_of_absence())

    def interrupted(self, error: PlatformError) -> CannotTell:
        """Return what is true when the list may not be read any more."""
        if self.candidates:
            return self._undecided()
        words = _("The list of connections cannot be read: {reason}")
        if error.next_step:
            words = _("The list of connections cannot be read: {reason} {next_step} Then look again.")
        what_to_do = words.format(reason=error.message, next_step=error.next_step)
        told = cannot_tell(self.cause or error, what_to_do)
        told.error.who_can_fix = error.who_can_fix  # who can let the list be read, whoever hid the outcome
        return told

    def _is_certainly_ours(self, status: ConnectionStatus) -> bool:
        if not self.knows_the_clock:
            return False
        is_anothers = any(likeness(status, other) is not Likeness.FOREIGN for other in self.others.unclear)
        return not is_anothers and likeness(status, self.intent) is Likeness.CERTAIN

    def _words_of_finding(self) -> str:
        if self.cause is None or self.cause.status is None:
            return _("found: it was created, and the answer was lost")
        return _("found by looking: it was created; the answer could not be used (HTTP {status})").format(
            status=self.cause.status
        )

    def _undecided(self) -> CannotTell:
        ids = tuple(sorted(self.candidates))
        what_to_do = plural(
            "Probably this is the connection: {ids}. It has the name and may be the new one, but also one of before or "
            "of another create. Look at it before you create another.",
            "Several connections have the name and may be the new one: {ids}. Look at each and delete what is too "
            "much.",
            len(ids),
        )
        return cannot_tell(self.cause, what_to_do.format(ids=", ".join(ids)), ids)

    def _words_of_absence(self) -> str:
        said = self.cause.status if isinstance(self.cause, UnreadableAnswer) else None
        if said == _SAYS_CREATED:
            return _(
                "The platform said that it was created (HTTP 201), but its id could not be read. Do not create it "
                "anew: wait a few minutes and look again."
            )
        if said == _SAYS_ACCEPTED:
            return _(
                "The platform has accepted the request (HTTP 202) and has not said more. Do not create it anew: wait a "
                "few minutes and look again."
            )
        if self.foreign_ids:
            return _(
                "New connections of this name are in the list, but with another API key or other values than were "
                "sent: {ids}. Look at them, and look again in a few minutes, before you create it anew."
            ).format(ids=", ".join(sorted(self.foreign_ids)))
        if not self.whole_looks:
            return self._words_of_unread_list()
        return plural(
            "The connection was not in the list, at one look within a minute. It was probably not created, but it "
            "may appear late. Wait a few minutes and look again before you create it anew.",
            "The connection was not in the list, at {count} looks within a minute. It was probably not created, but it "
            "may appear late. Wait a few minutes and look again before you create it anew.",
            self.whole_looks,
        ).format(count=self.whole_looks)

    def _words_of_unread_list(self) -> str:
        if self.was_cut_off:
            return _(
                "The list of connections could not be read to its end for a minute, so nobody knows what stands in "
                "the rest of it. Look again when the platform answers."
            )
        return _("The list of connections could not be read for a minute. Look again when the platform answers.")


def cannot_tell(cause: PlatformError | None, what_to_do: str, possible_ids: tuple[str, ...] = ()) -> CannotTell:
    """Return the statement that nobody knows, with the words of the failure that hid the outcome.

    Args:
        cause: the failure, None when the request just had no answer.
        what_to_do: in a sentence.
        possible_ids: of connections that the request may have made.
    """
    error = OutcomeUnknown(
        _("It is not known whether the connection was created"),
        _("The request was sent and no clear answer came back.") if cause is None else cause.message,
        what_to_do,
        cause,
    )
    return CannotTell(error, what_to_do, possible_ids)
