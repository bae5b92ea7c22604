"""Runs a migration: one connection after the other, until the first surprise; it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import NoReturn, Self

from aep_tui.domain.clock import Clock
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, RecordedStep, Stage
from aep_tui.domain.place import Place
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.exchange import Wire
from aep_tui.session.migration_beside import adopt, create_beside, settle_create
from aep_tui.session.migration_events import OnEvent, RowBegan, RunEnded, StopHere, StopReason
from aep_tui.session.migration_follow import follow
from aep_tui.session.migration_in_place import change_in_place, road_refused, settle_change
from aep_tui.session.migration_keeper import Keeper, RunRecord
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials, new_request, refuse_changed
from aep_tui.session.migration_road import is_road_tried, refuse_unsaid_road, refuse_used_probe, road_of
from aep_tui.session.migration_row import RowWork
from aep_tui.session.migration_shared import SharedJournal
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLock


@dataclass(frozen=True, slots=True)
class Orders:
    """What a person wants of a run.

    Attributes:
        road: the road of what is not done yet; None where nobody has said one, which goes beside or nowhere.
        left_out: connections that are not to be migrated.
        settled: what a person has found out about requests of which nobody knows the outcome, by the connection of the
            plan: "no", "yes" for a change in place, or the id of the connection that was created.
        puts_back: after a change in place whose test fails, put the old credentials back.
        probe_may_feed: the first change in place may be one of a connection that feeds dataflows.
    """

    road: Road | None = None
    left_out: frozenset[str] = frozenset()
    settled: Mapping[str, str] = field(default_factory=dict)
    puts_back: bool = False
    probe_may_feed: bool = False


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where a run works.

    Attributes:
        plan: what is to be done, its rows in the order of work.
        digest: of the plan.
        methods: from which auth method to which.
        sandboxes: what asks the platform, by the name of the sandbox.
        target: the platform.
        clock: for waits and times.
        lock: held while something is sent that changes something.
        journal: of all creates and changes, so that no other door is blind to these; None for a rehearsal.
    """

    plan: MigrationPlan
    digest: str
    methods: Methods
    sandboxes: Mapping[str, OpenedSandbox]
    target: Target
    clock: Clock
    lock: Callable[[Place], AbstractContextManager[object]] = nullcontext
    journal: Journal | None = None

    @classmethod
    def reached(
        cls,
        plan: MigrationPlan,
        digest: str,
        methods: Methods,
        sandboxes: Mapping[str, OpenedSandbox],
        target: Target,
        wire: Wire,
    ) -> Self:
        """Return where a run works that reaches the platform by `wire`; a rehearsal needs neither lock nor journal.

        Args:
            plan: what is to be done.
            digest: of the plan.
            methods: from which auth method to which.
            sandboxes: what asks the platform, by the name of the sandbox.
            target: the platform.
            wire: how it is reached.
        """
        place = cls(plan, digest, methods, sandboxes, target, wire.clock)
        if target.mode is not Mode.LIVE:
            return place
        return replace(place, lock=SubmitLock, journal=Journal(secrets=wire.secrets))


def needs_credentials(plan: MigrationPlan, record: MigrationRecord) -> tuple[str, ...]:
    """Return the groups of the source's organizations of which a run still has to send something, in order."""
    return tuple(
        group
        for group, rows in plan.groups().items()
        if any(record.of(row.connection_id).stage in {Stage.WAITING, Stage.SENDING, Stage.PUTTING_BACK} for row in rows)
    )


class MigrationRun:
    """One run of a plan."""

    def __init__(
        self,
        place: RunPlace,
        record: RunRecord,
        given: Mapping[str, GroupCredentials],
        orders: Orders,
        on_event: OnEvent,
    ) -> None:
        """Read what earlier runs have done; nothing is sent yet.

        Args:
            place: where it works.
            record: what was done, and is done now.
            given: the credentials by group.
            orders: what a person wants.
            on_event: is told what happens.

        Raises:
            Problem: the record cannot be read to its last line, or the plan lacks what was begun.
        """
        self._place = place
        self._given = given
        self._orders = orders
        self._on_event = on_event
        self._keeper = Keeper(record, place.clock, on_event, SharedJournal(place.journal))
        self._is_paused = False
        self._is_road_tried = False
        self._ended = 0
        self._began_at = place.clock.monotonic()
        self._numbers = {row.connection_id: number for number, row in enumerate(place.plan.rows, 1)}
        self._left = sum(not self._keeper.of(row).is_over for row in place.plan.rows)
        if self._keeper.unreadable:
            raise Problem(
                _("The record of the migration cannot be read"),
                plural(
                    "{count} line of it is unreadable, and a change may stand in it.",
                    "{count} lines of it are unreadable, and a change may stand in each.",
                    self._keeper.unreadable,
                ).format(count=self._keeper.unreadable),
                _("Compare the connections on the platform with the plan, and mend or remove these lines."),
            )

        forgotten = self._keeper.begun - self._numbers.keys()
        if forgotten:
            raise Problem(
                _("The plan lacks a connection that was begun"),
                _("The record speaks of {ids}, and the plan does not any more. Nothing was sent.").format(
                    ids=", ".join(sorted(forgotten))
                ),
                _("Put it back into the plan; with --leave it can be left out, which is written down."),
            )

    def pause(self) -> None:
        """End the run after the present connection."""
        self._is_paused = True

    async def run(self) -> RunEnded:
        """Work until all is done or the first surprise; the end is told as well.

        Raises:
            Problem: the record cannot be written; nothing was sent after that.
        """
        end = await self._worked()
        self._on_event(end)
        return end

    async def _worked(self) -> RunEnded:
        if not self._keeper.digest:
            self._keeper.note_whole(RecordedStep.PLAN, digest=self._place.digest)
        road, is_refused = self._orders.road, bool(self._keeper.refused)
        is_another = road is not (self._keeper.road or self._place.plan.road) or is_refused
        if road is not None and is_another and not (is_refused and road is Road.IN_PLACE):
            self._keeper.note_whole(RecordedStep.ROAD, road=road)
        for row in self._in_turn():
            if self._keeper.of(row).is_over:
                continue
            if self._is_paused:
                return self._end(StopReason.PAUSED, row)
            self._tell_began(row)
            try:
                await self._work_on(row)
            except StopHere as stop:
                self._note_stop(row, stop)
                self._left -= self._keeper.of(row).is_over
                return self._end(stop.reason, row, stop.problem)
            self._ended += 1
            self._left -= 1
        return self._end()

    @property
    def _road(self) -> Road | None:
        return road_of(self._place.plan.road, self._keeper.road, self._orders.road)

    def _in_turn(self) -> tuple[MigrationRow, ...]:
        """Return the rows: first those of which nobody knows, then those that were begun, then the others."""

        def turn(row: MigrationRow) -> int:
            known = self._keeper.of(row)
            return 0 if known.is_unknown else 1 if known.stage is Stage.MADE else 2

        return tuple(sorted(self._place.plan.rows, key=turn))

    async def _work_on(self, row: MigrationRow) -> None:
        work = self._work(row)
        if self._keeper.of(row).is_unknown:
            await self._settle(work)
        if row.connection_id in self._orders.left_out:
            self._keeper.note(row, RecordedStep.LEFT_OUT, words=_("left out by a person"))
            return
        answer = self._orders.settled.get(row.connection_id, "no")
        if self._keeper.of(row).stage is Stage.WAITING and answer not in {"yes", "no"}:
            await adopt(work, answer)
        if self._keeper.of(row).stage is Stage.WAITING:
            await self._refuse_road(row)
            await self._send(work)
        if self._keeper.of(row).stage is Stage.MADE:
            await follow(work, puts_back=self._orders.puts_back)

    async def _settle(self, work: RowWork) -> None:
        """Find out what became of a request, by what a person says or by looking.

        What a person says counts only when an earlier run has told that nobody knows of this very request. The same
        command, given again after a kill, would answer for a request that the person has never heard of.
        """
        known = self._keeper.of(work.row)
        answer = self._orders.settled.get(work.row.connection_id, "") if known.stopped else ""
        is_put_back = known.stage is Stage.PUTTING_BACK
        is_create = known.intent is not None and not is_put_back
        if answer not in {"", "no"} and is_create is (answer == "yes"):
            _refuse_answer(work, is_create=is_create)
        if answer == "no":
            event = RecordedStep.NOT_PUT_BACK if is_put_back else RecordedStep.NOT_MADE
            self._keeper.note(work.row, event, words=_("a person has looked: it was not carried out"))
        elif answer == "yes":
            event = RecordedStep.PUT_BACK if is_put_back else RecordedStep.MADE
            self._keeper.note(work.row, event, words=_("a person has looked: it was carried out"))
        elif answer:
            await adopt(work, answer)
        else:
            work.say(_("An earlier run ended in the middle of a request. Looking what became of it."))
            await (settle_create(work) if is_create else settle_change(work))

    async def _refuse_road(self, row: MigrationRow) -> None:
        """Stop before a road that nobody has said or that was refused, or whose first step needs the person's word.

        Raises:
            StopHere: nothing was sent.
        """
        if self._road is Road.BESIDE:
            return
        if self._road is None:
            refuse_unsaid_road()
        if self._keeper.refused:
            raise StopHere(StopReason.ROAD_REFUSED, road_refused(self._keeper.refused))
        if self._is_road_tried or self._orders.probe_may_feed:
            return
        changed = [
            each
            for each in self._place.plan.rows
            if (known := self._keeper.of(each)).road is Road.IN_PLACE and known.stage in {Stage.MADE, Stage.DONE}
        ]
        self._is_road_tried = await is_road_tried([self._work(each) for each in changed])
        if not self._is_road_tried:
            await refuse_used_probe(row, self._place.sandboxes[row.sandbox_name])

    async def _send(self, work: RowWork) -> None:
        """Read the connection again, and change it or create the one beside it."""
        work.say(_("Reading the connection again."))
        now = await work.read(work.row.connection_id)
        refuse_changed(work.row, now, work.methods)
        instant = work.clock.now()
        request = new_request(work.row, now.parameters, now.description, work.methods, work.given, instant)
        if self._road is Road.BESIDE:
            await create_beside(work, request)
        else:
            await change_in_place(work, now, request)
            self._is_road_tried = True

    def _work(self, row: MigrationRow) -> RowWork:
        place = self._place
        return RowWork(
            row,
            place.sandboxes[row.sandbox_name].service,
            self._given.get(row.group, GroupCredentials()),
            place.methods,
            self._keeper,
            place.target,
            place.clock,
            self._on_event,
            place.lock,
        )

    def _note_stop(self, row: MigrationRow, stop: StopHere) -> None:
        known = self._keeper.of(row)
        if not known.is_over:
            words = f"{stop.problem.title}. {stop.problem.message}"
            self._keeper.note(row, RecordedStep.STOPPED, words=words)

    def _tell_began(self, row: MigrationRow) -> None:
        passed = self._place.clock.monotonic() - self._began_at
        pace = passed / self._ended if self._ended else None
        number = self._numbers[row.connection_id]
        self._on_event(RowBegan(row, number, len(self._numbers), self._left, pace))

    def _end(
        self, reason: StopReason | None = None, row: MigrationRow | None = None, problem: Problem | None = None
    ) -> RunEnded:
        done = sum(self._keeper.of(row).stage is Stage.DONE for row in self._place.plan.rows)
        return RunEnded(done, self._left, reason, row, problem)


def _refuse_answer(work: RowWork, *, is_create: bool) -> NoReturn:
    """Stop at an answer that does not fit the request; nothing was sent.

    Raises:
        StopHere: always.
    """
    words = _("Of a create say the id of the connection that came of it, or no: --settle {id}=NEW_ID.")
    if not is_create:
        words = _("Of a change say yes or no, and nothing else: --settle {id}=yes.")
    title = _("The answer does not fit the request")
    message = _("Nobody knows what became of the request, and what was said of it does not tell. Nothing was sent.")
    raise StopHere(StopReason.NEEDS_A_WORD, Problem(title, message, words.format(id=work.row.connection_id)))
