"""The record of a run while it runs: what is written is on the disk first, and then known here."""

from __future__ import annotations

from typing import Protocol

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.clock import Clock
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.migration_plan import MigrationRow, Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, RowRecord, Stage, after
from aep_tui.domain.problem import Problem
from aep_tui.session.migration_events import OnEvent, RowChanged
from aep_tui.session.migration_shared import SharedJournal


class RunRecord(Protocol):
    """What a run needs of the file."""

    def add(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns."""

    def read(self) -> MigrationRecord:
        """Return what the record says."""


class Keeper:
    """Writes entries, and knows what they say together.

    Attributes:
        road, refused, digest, unreadable: what they say of the whole, as in `MigrationRecord`.
        shared: what other doors hear of requests.
    """

    def __init__(self, record: RunRecord, clock: Clock, on_event: OnEvent, shared: SharedJournal | None = None) -> None:
        """Read what is there.

        Args:
            record: the file.
            clock: the time of the entries.
            on_event: is told what is known.
            shared: what other doors hear of requests; None for nobody.

        Raises:
            Problem: it cannot be read.
        """
        self._record = record
        self._clock = clock
        self._on_event = on_event
        self.shared = shared or SharedJournal()
        found = record.read()
        self._rows = dict(found.rows)
        self.shared.catch_up(found.rows.values())
        self.road = found.road
        self.refused = found.refused
        self.digest = found.digest
        self.unreadable = found.unreadable

    def of(self, row: MigrationRow) -> RowRecord:
        """Return what is known of a connection."""
        return self._rows.get(row.connection_id, RowRecord())

    @property
    def begun(self) -> frozenset[str]:
        """The ids of the connections on which something was begun that is not over."""
        return frozenset(
            connection_id
            for connection_id, known in self._rows.items()
            if known.stage is not Stage.WAITING and not known.is_over
        )

    @property
    def new_ids(self) -> frozenset[str]:
        """The connections that this migration has created."""
        return frozenset(each.new_id for each in self._rows.values() if each.new_id)

    def note(self, row: MigrationRow, event: RecordedStep, **more: object) -> None:
        """Write one more thing down about a connection.

        Raises:
            Problem: the disk does not take it; then nothing may be sent.
        """
        entry = Entry(event, self._clock.now(), row.connection_id, **more)  # type: ignore[arg-type]  # names of Entry
        self._record.add(entry)
        before, known = self.of(row), after(self.of(row), entry)
        self._rows[row.connection_id] = known
        self.shared.settle(before, known)
        if event is RecordedStep.ROAD_REFUSED:
            self.refused = entry.words or event.value
        self._on_event(RowChanged(row, known))

    def note_whole(self, event: RecordedStep, **more: object) -> None:
        """Write something down about the whole migration.

        Raises:
            Problem: the disk does not take it.
        """
        entry = Entry(event, self._clock.now(), **more)  # type: ignore[arg-type]  # names of Entry
        self._record.add(entry)
        if event is RecordedStep.ROAD:
            self.road, self.refused = entry.road, ""
        if event is RecordedStep.PLAN:
            self.digest = entry.digest


class RowJournal:
    """The intents of one connection, in the record of the migration; the words of a stop come with the stop."""

    def __init__(
        self,
        keeper: Keeper,
        row: MigrationRow,
        *,
        parameters: tuple[tuple[str, str], ...] = (),
        puts_back: bool = False,
    ) -> None:
        """Take the record and the connection.

        Args:
            keeper: the record.
            row: the connection.
            parameters: what the connection shows before a change, without secrets.
            puts_back: the change puts the old auth method back.
        """
        self._keeper = keeper
        self._row = row
        self._parameters = parameters
        self._puts_back = puts_back

    def begin(self, intent: Intent) -> None:
        """Write down what is about to be created."""
        self._keeper.note(self._row, RecordedStep.SENDING, road=Road.BESIDE, intent=intent)
        self._share(RecordedStep.NOT_MADE)

    def begin_change(self, intent: ChangeIntent) -> None:
        """Write down what is about to be changed."""
        if self._puts_back:
            self._keeper.note(self._row, RecordedStep.PUTTING_BACK, change=intent)
            self._share(RecordedStep.NOT_PUT_BACK)
        else:
            parameters = self._parameters
            self._keeper.note(self._row, RecordedStep.SENDING, road=Road.IN_PLACE, change=intent, parameters=parameters)
            self._share(RecordedStep.NOT_MADE)

    def _share(self, otherwise: RecordedStep) -> None:
        """Let other doors know of the request, or write down that it does not leave.

        Raises:
            Problem: the disk does not take it.
        """
        try:
            self._keeper.shared.begin(self._keeper.of(self._row))
        except Problem as problem:
            self._keeper.note(self._row, otherwise, words=f"{problem.title}. {problem.message}")
            raise

    def finish(self, _intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of it."""
        words = outcome.explanation
        match outcome.kind:
            case OutcomeKind.CREATED:
                self._keeper.note(self._row, RecordedStep.MADE, new_id=outcome.connection_id, words=words)
            case OutcomeKind.CHANGED:
                self._keeper.note(
                    self._row, RecordedStep.PUT_BACK if self._puts_back else RecordedStep.MADE, words=words
                )
            case OutcomeKind.NOT_CREATED | OutcomeKind.NOT_CHANGED:
                self._keeper.note(
                    self._row, RecordedStep.NOT_PUT_BACK if self._puts_back else RecordedStep.NOT_MADE, words=words
                )
            case OutcomeKind.CANNOT_TELL:
                self._keeper.note(self._row, RecordedStep.UNKNOWN, words=words)

    def others(self, intent: Intent) -> OtherIntents:
        """Return what else was to be created under the name, by this migration or through another door."""
        others = self._keeper.shared.others_like(intent)
        return OtherIntents(self._keeper.new_ids | others.taken_ids, others.unclear)
