"""One run of a plan for a page: the login checks, then one connection after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.pages.app_state import LastChange
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.migration_view import Happening, MigrationEnd
from aep_tui.session.migration_events import MigrationEvent, RowChanged, RunEnded
from aep_tui.session.migration_login import LoginCheck, check_groups
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_run import MigrationRun, Orders, RunPlace
from aep_tui.session.source_checks import CheckAttempts
from aep_tui.state.migration_files import RecordFile, open_record
from aep_tui.state.text_file import shown_path

if TYPE_CHECKING:
    from aep_tui.pages.migration_file import PlanFile


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person has said before a run begins.

    Attributes:
        given: the credentials by group.
        orders: road, rows that are left out, and what was found out.
        asks_source: whether the source is asked first if it takes the credentials.
    """

    given: Mapping[str, GroupCredentials]
    orders: Orders
    asks_source: bool = True


class MigrationWork:
    """Runs once; the record is open, and no other process works on it, while it does.

    Attributes:
        plan: in the order of work.
        record: what earlier runs have done.
    """

    def __init__(
        self,
        file: PlanFile,
        plan: MigrationPlan,
        record: MigrationRecord,
        wanted: Wanted,
        tools: FlowTools,
        attempts: CheckAttempts,
    ) -> None:
        """Take what is to be done; nothing is sent yet.

        Args:
            file: where the plan was read.
            plan: the plan, in the order of work.
            record: what earlier runs have done.
            wanted: what the person has asked for.
            tools: what the flows share.
            attempts: of signing in at the source; they are limited.
        """
        self.plan = plan
        self.record = record
        self._file = file
        self._wanted = wanted
        self._tools = tools
        self._attempts = attempts
        self._run: MigrationRun | None = None
        self._is_paused = False
        self._is_checked = False
        self._unknown = {key for key, each in record.rows.items() if each.is_unknown}
        # What an earlier run of this plan left unclear is over when it is settled.
        self._is_unclear_elsewhere = tools.current.now.last_change is LastChange.UNCLEAR and not self._unknown

    def pause(self) -> None:
        """End the run after the present connection."""
        self._is_paused = True
        if self._run is not None:
            self._run.pause()

    async def run(self, tell: Callable[[Happening], None]) -> MigrationEnd:
        """Work until all is done or the first surprise; the end is told as well.

        A token that is refused is asked for, and the work goes on where it stood. The record stays open meanwhile.
        """
        end = await self._to_its_end(tell)
        tell(end)
        return end

    async def _to_its_end(self, tell: Callable[[Happening], None]) -> MigrationEnd:
        try:
            with open_record(self._file.path, self._tools.session.open().wire.secrets) as record_file:
                self._tools.current.now = replace(self._tools.current.now, migration=shown_path(self._file.path))
                while True:
                    end = await self._worked(record_file, tell)
                    if not await self._tools.tokens.is_given(end.why):
                        return end
        except Problem as problem:
            return MigrationEnd(problem=problem)

    async def _worked(self, record_file: RecordFile, tell: Callable[[Happening], None]) -> MigrationEnd:
        """Work with the present token, and return how that ended."""
        file, wanted, target = self._file, self._wanted, self._tools.current.now.target
        wire = self._tools.session.open().wire
        names = self.plan.sandbox_names
        try:
            async with self._tools.session.sandboxes(names, lambda wait: tell(wait.words)) as opened:
                sandboxes = {each.sandbox_name: each for each in opened}
                place = RunPlace.reached(self.plan, file.read.digest, file.methods, sandboxes, target, wire)
                if not self._is_checked:
                    login = LoginCheck(wire, self._attempts) if wanted.asks_source else None
                    known, left_out = record_file.read(), wanted.orders.left_out
                    await check_groups(place, known, wanted.given, login=login, left_out=left_out, on_progress=tell)
                    self._is_checked = True

                def told(event: MigrationEvent) -> None:
                    self._note(event)
                    tell(event)

                orders = self._orders_now(record_file.read())
                self._run = MigrationRun(place, record_file, wanted.given, orders, told)
                if self._is_paused:
                    self._run.pause()
                return MigrationEnd(await self._run.run())
        except Problem as problem:
            return MigrationEnd(problem=problem)

    def _orders_now(self, record: MigrationRecord) -> Orders:
        """Return what the person wants, without what was said of a request that is another one by now."""

        def is_the_same(connection_id: str) -> bool:
            known, before = record.of(connection_id), self.record.of(connection_id)
            return (known.intent, known.change) == (before.intent, before.change)

        settled = {key: answer for key, answer in self._wanted.orders.settled.items() if is_the_same(key)}
        return replace(self._wanted.orders, settled=settled)

    def _note(self, event: MigrationEvent) -> None:
        """Let the exit code say what became of the last change, also when the program ends in the middle of it."""
        if isinstance(event, RunEnded):
            if event.reason is not None and self._tools.current.now.last_change is LastChange.DONE:
                self._remember(LastChange.NOT_GOOD)
        elif isinstance(event, RowChanged):
            known = event.record
            (self._unknown.add if known.is_unknown else self._unknown.discard)(event.row.connection_id)
            if self._unknown or self._is_unclear_elsewhere:
                self._remember(LastChange.UNCLEAR)
            elif known.stage is not Stage.WAITING:
                self._remember(LastChange.DONE if known.is_over else LastChange.NOT_GOOD)

    def _remember(self, what: LastChange) -> None:
        self._tools.current.now = replace(self._tools.current.now, last_change=what)
