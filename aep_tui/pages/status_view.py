"""What the status page shows: a value that follows from what has happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from aep_tui.domain.connection import DELETED, ConnectionStatus, CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.timeline import Moment, TimelineEntry, drawn_timeline, timeline_text
from aep_tui.pages.work_words import WORK_WORDS
from aep_tui.session.outcome import Created
from aep_tui.session.status_session import WorkKind
from aep_tui.session.watch import PollFailed, StateSeen, TokenRefused, WatchEnd, WatchEnded, WatchEvent

if TYPE_CHECKING:
    from aep_tui.session.status_session import StatusSession


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in the end.

    Attributes:
        created: the connection.
        status: its last state, or None when none was seen.
        test_passed: what the platform's own test said, or None when it was not run or gave no answer.
    """

    created: CreatedConnection
    status: ConnectionStatus | None
    test_passed: bool | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something is known now that the program should print, or tell by its exit code, when it ends.

    Attributes:
        seen: what was seen.
        failure: why nothing could be seen of a connection that is only watched.
    """

    seen: Seen
    failure: Problem | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Something happens now, in a sentence."""

    words: str


@dataclass(frozen=True, slots=True)
class WatchBegan:
    """Watching begins, or begins again."""


@dataclass(frozen=True, slots=True)
class ConnectionTested:
    """The platform's own test of the connection has an answer, or `failure` says why it has none or why it failed."""

    passed: bool | None
    failure: Problem | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The connection is deleted; `found_words` say how it was found out when the answer itself did not say so."""

    found_words: str = ""


StatusEvent: TypeAlias = Told | Created | Gone | WatchBegan | WatchEvent | ConnectionTested


@dataclass(frozen=True, slots=True)
class StatusView:
    """What is known, and what is said about it.

    Attributes:
        done_words: what the timeline says when the platform has answered what was sent.
        sent_parameters: what was sent, secrets as "set"; None when a connection is only watched.
        is_practice: whether the connection is forgotten when the program ends.
        created: the connection, None while nothing is known of it.
        status: its last state, None while none was seen.
        test_passed: what the platform's test said.
        is_working: whether something is waited for.
        activity: what happens now.
        wait_words: what the wait is for while it goes on, or "".
        failure: why the last look failed, None when it did not.
        entries: what happened so far.
        connection_id: of the connection that is changed, deleted or only watched; "" while one is created.
        kind: what is sent.
    """

    done_words: str = ""
    sent_parameters: tuple[tuple[str, str], ...] | None = None
    is_practice: bool = False
    created: CreatedConnection | None = None
    status: ConnectionStatus | None = None
    test_passed: bool | None = None
    is_working: bool = True
    activity: str = ""
    wait_words: str = ""
    failure: Problem | None = None
    entries: tuple[TimelineEntry, ...] = ()
    connection_id: str = ""
    kind: WorkKind = WorkKind.CREATE

    @property
    def seen(self) -> Seen | None:
        """What was seen, None while there is no connection."""
        return Seen(self.created, self.status, self.test_passed) if self.created else None

    @property
    def is_unseen(self) -> bool:
        """Whether the connection is only watched and nothing was seen of it."""
        return self.sent_parameters is None and self.status is None

    @property
    def can_watch_again(self) -> bool:
        """Whether watching has ended before the connection was enabled."""
        is_over = self.status is not None and (self.status.is_enabled or self.status.state == DELETED)
        return self.created is not None and not self.is_working and not is_over

    @property
    def identity(self) -> str:
        """Id, etag and location, a line each."""
        if self.created is None:
            return ""
        created = self.created
        rows = ((_("id"), created.connection_id), (_("etag"), created.etag), (_("location"), created.location))
        return "\n".join(f"{label:<10} {value}" for label, value in rows if value)

    @property
    def timeline(self) -> str:
        """What happened, a line each."""
        return timeline_text(self.entries)

    @property
    def drawn_timeline(self) -> str:
        """What happened, a line each, with marks and distances for a screen."""
        return drawn_timeline(self.entries)

    @property
    def end_tone(self) -> Tone:
        """How it ended: enabled, not enabled, or nobody can tell; neutral while it is not over."""
        if self.is_working:
            return Tone.NEUTRAL
        if self.status is None or not self.status.state or self.status.is_pending:
            return Tone.WARNING
        if self.status.state == DELETED:
            return Tone.GOOD
        if not self.status.is_enabled:
            return Tone.ERROR
        return Tone.WARNING if self.test_passed is False else Tone.GOOD

    @property
    def trouble(self) -> str:
        """What is in the way, or ""."""
        return "\n".join(part for part in (self.wait_words, problem_text(self.failure)) if part)

    @property
    def plain_text(self) -> str:
        """What is known, to be selected in the terminal."""
        return "\n\n".join(part for part in (self.identity, self.timeline, self.details, self.trouble) if part)

    @property
    def stop_question(self) -> str:
        """What is asked before waiting ends."""
        if self.created is not None:
            return _("Stop watching? The connection stays on the platform; the request cannot be unsent.")
        return WORK_WORDS[self.kind].stop_question

    @property
    def stopped_waiting(self) -> Problem:
        """What the page below says when the person did not wait for the answer."""
        return WORK_WORDS[self.kind].stopped_waiting()

    @property
    def details(self) -> str:
        """The etag when it is another one now, and the parameters that were not sent like this."""
        if self.status is None:
            return ""
        if self.kind is WorkKind.DELETE:
            return ""
        sent = dict(self.sent_parameters or ())
        added = [f"{name} = {value}" for name, value in self.status.parameters.items() if sent.get(name) != value]
        first_etag = self.created.etag if self.created else ""
        lines = []
        if self.status.etag and self.status.etag != first_etag:
            lines.append(_("etag now   {etag}").format(etag=self.status.etag))
        if added and self.kind is WorkKind.CREATE:
            is_sent = self.sent_parameters is not None
            words = _("Set by the service: {parameters}") if is_sent else _("Parameters: {parameters}")
            lines.append(words.format(parameters=", ".join(added)))
        return "\n".join(lines)


def first_view(work: StatusSession, *, is_practice: bool) -> StatusView:
    """Return what is known before `work` begins: what is only watched is a connection already."""
    is_only_watched = work.create is None
    return StatusView(
        done_words=work.done_words,
        sent_parameters=None if is_only_watched else work.sent_parameters,
        is_practice=is_practice,
        created=CreatedConnection(work.connection_id) if is_only_watched else None,
        activity=WORK_WORDS[work.kind].sending if work.is_sending else _("Looking what became of it..."),
        connection_id=work.connection_id,
        kind=work.kind,
    )


def words_of_refused_token(view: StatusView, reason: Problem) -> str:
    """Return what is said when another token is asked for: the connection exists, whatever the token's failure says."""
    words = problem_text(reason)
    if view.created is None:
        return words
    told = _("The connection exists: {id}. Another token is needed only to go on watching it.")
    return f"{told.format(id=view.created.connection_id)}\n{words}"


def news_of(view: StatusView, event: StatusEvent) -> News | None:
    """Return what is news about the connection in an event, None for nothing; `view` has taken it already."""
    if view.seen is None:
        return None
    if isinstance(event, Created | Gone | StateSeen | ConnectionTested):
        return News(view.seen)
    return News(view.seen, event.error) if view.is_unseen and isinstance(event, PollFailed | TokenRefused) else None


def after(view: StatusView, event: StatusEvent, moment: Moment) -> StatusView:
    """Return what the page shows once `event` has happened at `moment`."""
    match event:
        case Told(words):
            return replace(view, wait_words=words) if view.created else replace(view, activity=words)
        case Created(connection=created, found_words=found_words):
            words = found_words or view.done_words.format(status=created.status)
            return _noted(replace(view, created=created), words, moment)
        case Gone(found_words=found_words):
            return _after_delete(view, found_words, moment)
        case WatchBegan():
            is_new = view.created is not None and bool(view.created.etag) and view.status is None
            activity = WORK_WORDS[view.kind].waiting if is_new else _("Watching...")
            return replace(view, is_working=True, activity=activity, wait_words="", failure=None)
        case StateSeen(status=status, is_change=is_change):
            seen = replace(view, status=status, wait_words="", failure=None)
            tone = Tone.GOOD if status.is_enabled else Tone.NEUTRAL
            return _noted(seen, status.state or _("no state was given"), moment, tone) if is_change else seen
        case PollFailed(error=error, next_poll_in=seconds):
            words = _("Looking again in {seconds} s. A failed look is not a failed connection.")
            failed = replace(view, wait_words=words.format(seconds=round(seconds)), failure=error)
            title = _("the state could not be read: {title}").format(title=error.title)
            return _noted(failed, title, moment, Tone.WARNING)
        case TokenRefused():
            return _noted(view, _("the access token was refused"), moment, Tone.WARNING)
        case WatchEnded(reason=reason):
            return _after_watching(view, reason)
        case ConnectionTested(passed=passed):
            return _after_test(view, event, passed, moment)


def _after_delete(view: StatusView, found_words: str, moment: Moment) -> StatusView:
    gone = replace(
        view,
        created=CreatedConnection(view.connection_id),
        status=ConnectionStatus(view.connection_id, DELETED),
        is_working=False,
        activity=_("OK: the connection is deleted; the platform does not find it any more."),
    )
    return _noted(gone, found_words or _("deleted"), moment, Tone.GOOD)


def _after_watching(view: StatusView, reason: WatchEnd) -> StatusView:
    ended = replace(view, wait_words="")
    if reason is WatchEnd.ENABLED:
        return replace(ended, activity=_("Enabled. Asking the platform to test it..."))
    if reason is WatchEnd.UNKNOWN_STATE:
        words = _("The state is {state}. The documents do not say whether it changes by itself, so watching ends here.")
    elif view.is_practice:
        words = _(
            "Watching has ended; the last state was {state}. A rehearsal forgets the connection when the program ends."
        )
    else:
        words = _("Watching has ended; the last state was {state}. Go on later: aep-tui watch {id}")
    state = (view.status.state if view.status else "") or _("not known")
    connection_id = view.created.connection_id if view.created else ""
    return replace(ended, is_working=False, activity=words.format(state=state, id=connection_id))


def _after_test(view: StatusView, event: ConnectionTested, passed: bool | None, moment: Moment) -> StatusView:
    if event.failure is not None:
        said = getattr(event.failure, "server_said", "") or event.failure.message
        words = (
            _("test: failed ({reason})").format(reason=said)
            if passed is False
            else _("test: no answer ({title})").format(title=event.failure.title)
        )
    else:
        words = _("test: OK") if passed else _("test: failed (the platform gives no reason)")
    activity = (
        _("Warning: the connection is enabled, but the platform's test of it failed.")
        if passed is False
        else _("OK: the connection is enabled.")
    )
    tested = replace(view, test_passed=passed, is_working=False, activity=activity, wait_words="")
    tone = Tone.WARNING if passed is None else Tone.GOOD if passed else Tone.ERROR
    return _noted(tested, words, moment, tone)


def _noted(view: StatusView, words: str, moment: Moment, tone: Tone = Tone.NEUTRAL) -> StatusView:
    return replace(view, entries=(*view.entries, TimelineEntry(moment, words, tone)))
