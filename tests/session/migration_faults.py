"""Faults that are put into the migration by hand, to see whether the campaign of `migration_schedules` notices them.

Each breaks one rule of the engine. `python -m tests.session.migration_faults` prints at which seed each is noticed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import pytest

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.migration_plan import MigrationRow, Road
from aep_tui.domain.migration_record import RecordedStep, Stage
from aep_tui.flow_service import client
from aep_tui.flow_service.errors import PlatformError
from aep_tui.session import creation, migration_beside, migration_in_place, migration_requests, migration_run
from aep_tui.session.change_outcome import Changed
from aep_tui.session.migration_events import StopHere
from aep_tui.session.migration_keeper import Keeper, RowJournal
from aep_tui.session.migration_row import RowWork
from aep_tui.session.migration_run import MigrationRun
from tests.session.migration_schedules import KINDS, faultless, migrate

Patch = pytest.MonkeyPatch


def the_record_is_written_after_the_request(patch: Patch) -> None:
    begin, finish = RowJournal.begin, RowJournal.finish
    kept: dict[int, Any] = {}

    def remember(self: RowJournal, intent: Any) -> None:  # noqa: ANN401
        kept[id(self)] = intent

    def write_both(self: RowJournal, intent_id: str, outcome: IntentOutcome) -> None:
        if id(self) in kept:
            begin(self, kept.pop(id(self)))
        finish(self, intent_id, outcome)

    patch.setattr(RowJournal, "begin", remember)
    patch.setattr(RowJournal, "finish", write_both)


def what_nobody_knows_is_not_looked_into(patch: Patch) -> None:
    async def forget(self: MigrationRun, work: RowWork) -> None:
        work.keeper.note(work.row, RecordedStep.NOT_MADE)

    patch.setattr(MigrationRun, "_settle", forget)


def what_nobody_knows_counts_as_not_made(patch: Patch) -> None:
    finish = RowJournal.finish

    def sure(self: RowJournal, intent_id: str, outcome: IntentOutcome) -> None:
        kind = OutcomeKind.NOT_CREATED if outcome.kind is OutcomeKind.CANNOT_TELL else outcome.kind
        finish(self, intent_id, replace(outcome, kind=kind))

    patch.setattr(RowJournal, "finish", sure)


def what_nobody_knows_in_place_counts_as_changed(patch: Patch) -> None:
    finish = RowJournal.finish

    def sure(self: RowJournal, intent_id: str, outcome: IntentOutcome) -> None:
        is_unknown = outcome.kind is OutcomeKind.CANNOT_TELL and self._keeper.of(self._row).road is Road.IN_PLACE
        finish(self, intent_id, replace(outcome, kind=OutcomeKind.CHANGED) if is_unknown else outcome)

    async def looked(*_arguments: object, **_more: object) -> Changed:
        return Changed()

    patch.setattr(RowJournal, "finish", sure)
    patch.setattr(migration_in_place, "look_into", looked)


def what_has_changed_is_migrated_all_the_same(patch: Patch) -> None:
    patch.setattr(migration_run, "refuse_changed", lambda *_arguments: None)


def nothing_is_watched_or_tested(patch: Patch) -> None:
    async def follow(work: RowWork, *, puts_back: bool) -> None:
        work.keeper.note(work.row, RecordedStep.DONE)

    patch.setattr(migration_run, "follow", follow)


def a_surprise_is_skipped_in_silence(patch: Patch) -> None:
    work_on = MigrationRun._work_on

    async def go_on(self: MigrationRun, row: MigrationRow) -> None:
        try:
            await work_on(self, row)
        except StopHere:
            if not self._keeper.of(row).is_unknown:
                self._keeper.note(row, RecordedStep.LEFT_OUT)

    patch.setattr(MigrationRun, "_work_on", go_on)


def a_refused_road_counts_as_done(patch: Patch) -> None:
    note = Keeper.note

    def done(self: Keeper, row: MigrationRow, event: RecordedStep, **more: object) -> None:
        note(self, row, RecordedStep.DONE if event is RecordedStep.ROAD_REFUSED else event, **more)

    patch.setattr(Keeper, "note", done)


def the_new_connection_takes_the_old_name(patch: Patch) -> None:
    new_request = migration_requests.new_request

    def same_name(row: MigrationRow, *more: Any) -> Any:  # noqa: ANN401
        return new_request(replace(row, new_name=row.name), *more)

    patch.setattr(migration_run, "new_request", same_name)


def after_a_create_the_old_one_is_deleted(patch: Patch) -> None:
    create = creation.create_once

    async def tidy(service: Any, *more: Any, **names: Any) -> Any:  # noqa: ANN401
        outcome = await create(service, *more, **names)
        listed = await service.find_connections(connection_spec_id=more[0].connection_spec_id)
        for old in listed.connections:
            with suppress(PlatformError):
                await service.delete_connection(old.connection_id, old.etag)
                break
        return outcome

    patch.setattr(migration_beside, "create_once", tidy)


def beside_is_sent_again_when_the_answer_is_lost(patch: Patch) -> None:
    patch.setattr(client, "change_may_be_repeated", lambda _error: True)


def the_road_beside_changes_the_old_one_as_well(patch: Patch) -> None:
    create = migration_beside.create_beside

    async def both(work: RowWork, request: Any) -> None:  # noqa: ANN401
        await create(work, request)
        now = await work.read(work.row.connection_id)
        try:
            await work.service.change_connection(now, ConnectionChange(description="Migrated"))
        except PlatformError:
            return

    patch.setattr(migration_run, "create_beside", both)


def made_by_this_run_is_forgotten(patch: Patch) -> None:
    note = Keeper.note

    def forget(self: Keeper, row: MigrationRow, event: RecordedStep, **more: object) -> None:
        if event is RecordedStep.STOPPED and self.of(row).stage is Stage.MADE:
            event = RecordedStep.NOT_MADE
        note(self, row, event, **more)

    patch.setattr(Keeper, "note", forget)


def an_answer_counts_for_a_request_that_nobody_was_told_of(patch: Patch) -> None:
    """Needs a kill right after an answer: it is noticed at seed 888."""
    settle = MigrationRun._settle

    async def as_if_told(self: MigrationRun, work: RowWork) -> None:
        if not self._keeper.of(work.row).stopped:
            self._keeper.note(work.row, RecordedStep.STOPPED, words="told")
        await settle(self, work)

    patch.setattr(MigrationRun, "_settle", as_if_told)


_ALL: Final = (
    the_record_is_written_after_the_request,
    what_nobody_knows_is_not_looked_into,
    what_nobody_knows_counts_as_not_made,
    what_nobody_knows_in_place_counts_as_changed,
    what_has_changed_is_migrated_all_the_same,
    nothing_is_watched_or_tested,
    a_surprise_is_skipped_in_silence,
    a_refused_road_counts_as_done,
    the_new_connection_takes_the_old_name,
    after_a_create_the_old_one_is_deleted,
    beside_is_sent_again_when_the_answer_is_lost,
    the_road_beside_changes_the_old_one_as_well,
    made_by_this_run_is_forgotten,
    an_answer_counts_for_a_request_that_nobody_was_told_of,
)
HAND_MADE_FAULTS: Final[Mapping[str, Callable[[Patch], None]]] = {fault.__name__: fault for fault in _ALL}


async def first_notice(fault: str, schedules: int) -> str:
    """Return what the campaign says first about the engine with `fault` in it, "" when it notices nothing."""
    for kind in list(KINDS)[:schedules]:
        faultless(kind)  # before the fault is in it
    with pytest.MonkeyPatch.context() as patch:
        HAND_MADE_FAULTS[fault](patch)
        for seed in range(schedules):
            try:
                await migrate(seed)
            except AssertionError as error:
                return str(error).partition("\n")[0] or f"seed {seed}"
    return ""


if __name__ == "__main__":
    for name in sys.argv[1:] or HAND_MADE_FAULTS:
        print(f"{name}: {asyncio.run(first_notice(name, 1_000)) or 'NOT NOTICED'}", flush=True)
