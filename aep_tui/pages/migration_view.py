"""What the page of a running migration shows: a pure function from events, without a face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from aep_tui.domain.migration_plan import MigrationRow
from aep_tui.domain.migration_record import NOTHING_KNOWN, RowRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.migration_words import done_words, end_words, left_words, state_words, time_left_words
from aep_tui.pages.problem_text import problem_text
from aep_tui.session.migration_events import MigrationEvent, RowBegan, RowChanged, RowSays, RunEnded, StopReason
from aep_tui.session.migration_login import GroupRefused

RUN_TITLE: Final = _("Run")
PAUSING: Final = _("It pauses after this connection: nothing more begins then.")
QUIT_WORDS: Final = _("Quit? What was sent cannot be unsent. The next run of this plan looks first what became of it.")
RUN_HELP: Final = _(
    "One connection after the other, from top to bottom. Each is read again first; when it is not what was planned, "
    "the run stops there and nothing was sent. Then it is created beside the old one, or changed where that was "
    "asked for, watched until it is enabled, tested, and one of its tables is explored. Each step is written into the "
    "record beside the plan before the next begins.\n\n"
    "Esc pauses after the present connection. Ctrl+Q ends at once: the next run looks first what became of the last "
    "request. The run stops at the first surprise, skips nothing in silence and deletes nothing. A token that ends is "
    "asked for over this page, and the run goes on at the same connection.\n\n"
    "The arrows move in the list; below it stands what is known of the marked connection."
)


@dataclass(frozen=True, slots=True)
class MigrationEnd:
    """How a run has ended.

    Attributes:
        ended: by itself, None where a problem ended it before its first connection, or the record was not written.
        problem: that problem.
    """

    ended: RunEnded | None = None
    problem: Problem | None = None

    @property
    def why(self) -> Problem | None:
        """What was found where it ended, None when all is done or a person has paused it."""
        return self.ended.problem if self.ended is not None else self.problem


Happening: TypeAlias = MigrationEvent | MigrationEnd | str
"""What a run tells: an event, how it has ended, or a sentence from before its first connection."""


@dataclass(frozen=True, slots=True)
class MigrationView:
    """The page.

    Attributes:
        rows: the connections, in the order of work.
        known: what the record says of them, by id.
        at: the id of the connection at work, "" for none.
        now: what happens now, in a sentence.
        pace: how long the rest takes at this pace, "" while nobody knows.
        is_pausing: whether the run ends after the present connection.
        end: how it has ended, None while it runs.
    """

    rows: tuple[MigrationRow, ...]
    known: Mapping[str, RowRecord] = field(default_factory=dict)
    at: str = ""
    now: str = ""
    pace: str = ""
    is_pausing: bool = False
    end: MigrationEnd | None = None

    @property
    def counts(self) -> str:
        """How many are done and left, and how long that takes at this pace; an end says it itself."""
        if self.end is not None and self.end.ended is not None:
            return ""
        records = [self.of(row) for row in self.rows]
        done = done_words(sum(each.stage is Stage.DONE for each in records))
        words = f"{done}, {left_words(sum(not each.is_over for each in records))}."
        return f"{words} {self.pace}" if self.pace and self.end is None else words

    @property
    def activity(self) -> str:
        """What happens now; nothing of a run that has ended."""
        if self.end is not None:
            return ""
        row = next((row for row in self.rows if row.connection_id == self.at), None)
        words = f"{row.name or row.connection_id}: {self.now}" if row is not None else self.now
        return f"{words} {PAUSING}" if self.is_pausing else words

    @property
    def outcome(self) -> str:
        """How it has ended, "" while it runs and when nothing was begun."""
        return ended_words(self.end.ended) if self.end is not None and self.end.ended is not None else ""

    @property
    def trouble(self) -> str:
        """Why nothing was begun, "" otherwise."""
        return begin_problem_text(self.end.problem) if self.end is not None and self.end.ended is None else ""

    @property
    def tone(self) -> Tone:
        """What the end means."""
        ended = self.end.ended if self.end is not None else None
        if ended is None or ended.reason is StopReason.PAUSED:
            return Tone.NEUTRAL
        return Tone.WARNING if ended.reason else Tone.GOOD

    @property
    def index(self) -> int | None:
        """The place of the connection at work, None for none."""
        return next((index for index, row in enumerate(self.rows) if row.connection_id == self.at), None)

    def of(self, row: MigrationRow) -> RowRecord:
        """Return what is known of a connection."""
        return self.known.get(row.connection_id, NOTHING_KNOWN)

    def cells(self, index: int) -> tuple[str, str, str]:
        """Return name, sandbox and state of a row, in words."""
        row = self.rows[index]
        is_at_work = row.connection_id == self.at and self.end is None
        return (
            row.name or row.connection_id,
            row.sandbox_name,
            _("at work") if is_at_work else state_words(self.of(row)),
        )

    def details(self, index: int) -> tuple[str, str]:
        """Return two lines about a row: its whole name and its ids, and why it stopped."""
        row, known = self.rows[index], self.of(self.rows[index])
        ids = row.connection_id if not known.new_id else f"{row.connection_id} → {known.new_id}"
        return f"{row.name} · {ids}", known.stopped


def ended_words(end: RunEnded) -> str:
    """Return how a run has ended, for a page that offers by itself what can be done: without options of a command."""
    if end.problem is None or not names_an_option(end.problem):
        return end_words(end)
    return end_words(replace(end, problem=Problem(end.problem.title, end.problem.message))).replace("  ", " ")


def begin_problem_text(problem: Problem | None) -> str:
    """Return why nothing was begun, in the same way."""
    if isinstance(problem, GroupRefused) and names_an_option(problem):
        problem = Problem(problem.title, problem.message)
    return problem_text(problem)


def names_an_option(problem: Problem) -> bool:
    """Return whether what is said to be done next is an option of a command, which nobody types on a page."""
    return " --" in f" {problem.next_step}"


def after(view: MigrationView, event: Happening) -> MigrationView:
    """Return what the page shows after one more event."""
    match event:
        case str():
            return replace(view, now=event)
        case RowBegan(row, _number, _count, left, pace):
            words = time_left_words(left * pace) if pace is not None else ""
            return replace(view, at=row.connection_id, now="", pace=words)
        case RowSays(row, words):
            return replace(view, at=row.connection_id, now=words)
        case RowChanged(row, record):
            return replace(view, known={**view.known, row.connection_id: record})
        case MigrationEnd():
            return replace(view, end=event, at="")
    return view
