"""What the page of one existing connection shows: a value that follows from what has happened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound
from aep_tui.pages.connection_words import (
    announced_words,
    connection_rows,
    no_reason_words,
    offer_words,
    tested_words,
)
from aep_tui.pages.dataflow_words import used_by_lines, uses_in_short
from aep_tui.pages.problem_text import problem_text
from aep_tui.session.watch import PollFailed, TokenRefused, WatchEnd, WatchEnded

if TYPE_CHECKING:
    from aep_tui.domain.problem import Problem
    from aep_tui.session.connection_details import UsedBy


@dataclass(frozen=True, slots=True)
class ReadingBegan:
    """The platform is asked about the connection, for the first time or once more."""


@dataclass(frozen=True, slots=True)
class ConnectionRead:
    """The platform has said what the connection is; `answer_text` is its answer, secrets replaced by marks."""

    row: ExistingConnection
    answer_text: str


@dataclass(frozen=True, slots=True)
class ConnectionUnread:
    """The platform did not say what the connection is."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class OfferRead:
    """Whether the platform still offers the auth method, None without one; the row knows the name of its source now."""

    row: ExistingConnection
    is_offered: bool | None


@dataclass(frozen=True, slots=True)
class OfferUnread:
    """Whether the platform still offers the auth method could not be read."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class UsesRead:
    """What rides on the connection was read, or why it could not be."""

    used_by: UsedBy


@dataclass(frozen=True, slots=True)
class CheckBegan:
    """The platform is asked to test the connection."""


@dataclass(frozen=True, slots=True)
class CheckEnded:
    """The test has an answer; or None, and why."""

    has_passed: bool | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LookBegan:
    """The state is watched from now on."""


@dataclass(frozen=True, slots=True)
class StateLooked:
    """A look at the state worked; the row says what it is now."""

    row: ExistingConnection


ConnectionEvent: TypeAlias = (
    ReadingBegan
    | ConnectionRead
    | ConnectionUnread
    | OfferRead
    | OfferUnread
    | UsesRead
    | CheckBegan
    | CheckEnded
    | LookBegan
    | StateLooked
    | PollFailed
    | TokenRefused
    | WatchEnded
)


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """What is known of one connection, and what is said about it.

    Attributes:
        row: the connection, at first as the list knew it.
        at: when it was judged.
        is_read: whether the platform was asked for this page and has answered.
        is_reading: whether it is being asked.
        problem: why the last look failed, None when it did not.
        is_offered: whether the platform still offers its auth method; None without one, and while it is not known.
        is_offer_awaited, is_offer_unread: whether that is being asked, and whether it could not be read.
        used_by: what rides on it, None while that is being asked.
        is_testing: whether the platform tests it now.
        tested: what the last test of this version said, None without one.
        tested_at: when it said so.
        is_watching: whether the state is watched.
        watch_words: what watching says now, or how it ended; "" for nothing.
        answer_text: the answer of the platform, secrets replaced by marks; "" while there is none.
    """

    row: ExistingConnection
    at: datetime
    is_read: bool = False
    is_reading: bool = True
    problem: Problem | None = None
    is_offered: bool | None = None
    is_offer_awaited: bool = True
    is_offer_unread: bool = False
    used_by: UsedBy | None = None
    is_testing: bool = False
    tested: CheckEnded | None = None
    tested_at: datetime | None = None
    is_watching: bool = False
    watch_words: str = ""
    answer_text: str = field(default="", repr=False)

    @property
    def connection_id(self) -> str:
        """The id."""
        return self.row.status.connection_id

    @property
    def is_gone(self) -> bool:
        """Whether the platform does not know the connection."""
        return isinstance(self.problem, NotFound)

    @property
    def can_be_watched(self) -> bool:
        """Whether the state is known to pass by itself and nobody watches it."""
        return self.is_read and not self.is_gone and not self.is_watching and self.row.status.is_pending

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is waited for."""
        return self.is_reading or self.is_testing or self.is_watching

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Names and values of all that is known."""
        facts = connection_rows(self.row, self._auth_method_words)
        if self.uses_in_short:
            facts.insert([name for name, _words in facts].index(_("state")) + 1, (_("used by"), self.uses_in_short))
        return facts

    @property
    def uses_in_short(self) -> str:
        """How many dataflows ride on it, in a few words; "" when that was not asked."""
        if self.used_by is None:
            return "" if self.problem is not None else _("being read...")
        return uses_in_short(self.used_by)

    @property
    def activity(self) -> str:
        """What happens now, "" for nothing."""
        if self.is_reading and not self.is_read:
            return _("Reading the connection. What stands here is what the list knew.")
        if self.is_reading:
            return _("Reading the connection once more...")
        if self.is_testing:
            return _("The platform tests the connection...")
        return self.watch_words

    @property
    def trouble(self) -> str:
        """Why the connection could not be read, and what that means for what stands here; "" when it could."""
        if self.problem is None:
            return ""
        if self.is_gone:
            meaning = _("The platform does not know this connection in this sandbox (any more).")
        elif self.is_read:
            meaning = _("What stands below was read before and may have changed since.")
        else:
            meaning = _("What stands below is only what the list knew.")
        return f"{problem_text(self.problem)}\n{meaning}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What Adobe has announced about it, as it is true today, a statement each."""
        words = announced_words(self.row, self.at.date())
        return tuple(_("Warning: {wording}").format(wording=each) for each in words)

    @property
    def test_lines(self) -> tuple[str, ...]:
        """What the test said, and why it failed; nothing while there was none."""
        tested, status = self.tested, self.row.status
        if tested is None:
            return ()
        if tested.has_passed is None:
            words = _("Warning: the test got no answer, which says nothing about the connection.")
            return (words, problem_text(tested.problem))
        words = tested_words(status, tested.has_passed)
        at = f"{self.tested_at:%H:%M:%S}" if self.tested_at else ""
        if tested.has_passed:
            return (_("OK: {words} ({time} UTC)").format(words=words, time=at),)
        why = problem_text(tested.problem) if tested.problem else no_reason_words()
        return (_("Warning: {words} ({time} UTC)").format(words=words, time=at), why)

    @property
    def uses_lines(self) -> tuple[str, ...]:
        """What rides on it; that it is being read, or cannot be known, is said and never looks like nothing."""
        if self.is_gone:
            return ()
        if self.used_by is not None:
            return tuple(used_by_lines(self.used_by))
        if self.problem is not None:
            return (_("Which dataflows use it was not asked, because the connection could not be read."),)
        return (_("Reading which dataflows use it..."),)

    def plain_text(self, name: str) -> str:
        """Return all of it as text, under the name."""
        facts = "\n".join(f"{label}: {value}" for label, value in self.rows)
        parts = (
            name,
            self.trouble,
            facts,
            "\n".join(self.warnings),
            "\n".join(self.test_lines),
            "\n".join(self.uses_lines),
        )
        return "\n\n".join(filter(None, parts))

    @property
    def _auth_method_words(self) -> str:
        method = self.row.auth_method
        if method and self.problem is not None and self.is_offer_awaited:
            return method
        if method and self.is_offer_awaited:
            return _("{method} (asking whether the platform still offers it)").format(method=method)
        return offer_words(method, None if self.is_offer_unread else self.is_offered)


def after(view: ConnectionView, event: ConnectionEvent, now: datetime) -> ConnectionView:
    """Return what the page shows once `event` has happened; a test that was made says what it said until the next."""
    match event:
        case ReadingBegan():
            # It takes the place of watching, or begins when watching is over.
            return replace(view, is_reading=True, is_watching=False, watch_words="")
        case ConnectionRead(row=row, answer_text=text):
            if view.is_read and row.status.etag != view.row.status.etag:
                view = replace(view, tested=None)  # it was another version that was tested
            read = replace(
                view, row=_named(row, view.row), answer_text=text, at=now, is_read=True, is_reading=False, problem=None
            )
            return replace(read, is_offer_awaited=True, is_offer_unread=False, used_by=None)
        case ConnectionUnread(problem=problem):
            return replace(view, is_reading=False, problem=problem)
        case OfferRead(row=row, is_offered=is_offered):
            return replace(
                view, row=_named(row, view.row), is_offered=is_offered, is_offer_awaited=False, is_offer_unread=False
            )
        case OfferUnread():
            return replace(view, is_offer_awaited=False, is_offer_unread=True)
        case UsesRead(used_by=used_by):
            return replace(view, used_by=used_by)
        case CheckBegan():
            return replace(view, is_testing=True, tested=None)
        case CheckEnded():
            return replace(view, is_testing=False, tested=event, tested_at=now)
        case LookBegan() | StateLooked() | PollFailed() | TokenRefused() | WatchEnded():
            return _after_look(view, event, now)


def _after_look(
    view: ConnectionView, event: LookBegan | StateLooked | PollFailed | TokenRefused | WatchEnded, now: datetime
) -> ConnectionView:
    watching = replace(view, is_watching=True, watch_words=_("Watching until the state changes..."))
    match event:
        case LookBegan():
            return watching
        case StateLooked(row=row):
            return replace(watching, row=_named(row, view.row), at=now, problem=None)
        case PollFailed(error=error, next_poll_in=seconds):
            words = _("The state could not be read: {reason} Looking again in {seconds} s.")
            return replace(view, watch_words=words.format(reason=error.message, seconds=round(seconds)))
        case TokenRefused(error=error):
            return replace(view, is_watching=False, problem=error, watch_words="")
        case WatchEnded(reason=reason):
            words = _("Watching has ended; the last state was {state}.")
            if reason is WatchEnd.ENABLED:
                words = _("OK: the connection is enabled.")
            state = view.row.status.state or _("not known")
            return replace(view, is_watching=False, watch_words=words.format(state=state))


def _named(row: ExistingConnection, before: ExistingConnection) -> ExistingConnection:
    """Return a row with the name of its source as it was known, where it was read without it."""
    if row.source or row.status.connection_spec_id != before.status.connection_spec_id:
        return row
    return replace(row, source_id=before.source_id, source=before.source)
