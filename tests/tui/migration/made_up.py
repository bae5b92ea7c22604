"""A run that goes on when the test says so, and the pages of a made-up migration over whatever is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow, Road, TestResult
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.migration_text import ReadPlan
from aep_tui.domain.problem import Problem
from aep_tui.pages.change_pages import ChangePage, ChangePlace, SheetPage
from aep_tui.pages.migration_file import PlanFile
from aep_tui.pages.migration_flow import TITLE
from aep_tui.pages.migration_pages import RunPage
from aep_tui.pages.migration_questions import (
    check_sheet,
    plan_sheet,
    report_sheet,
    road_question,
    start_question,
    stop_question,
)
from aep_tui.pages.migration_view import Happening, MigrationEnd
from aep_tui.pages.migration_work import MigrationWork
from aep_tui.pages.question import Question
from aep_tui.session.migration_checking import CheckedRow
from aep_tui.session.migration_events import RowBegan, RowChanged, RowSays, RunEnded, StopReason
from aep_tui.session.migration_planning import methods_to_migrate
from aep_tui.tui.changes import visited_screen
from aep_tui.tui.dialogs import ChoiceModal
from tests.kit.clock import START
from tests.kit.person import Person

URL: Final = "https://acme.my.salesforce.com"
(METHODS,) = methods_to_migrate(load_catalog())


def _row(number: int, name: str, sandbox_name: str, flows: int = 0) -> MigrationRow:
    return MigrationRow(
        f"00000000-0000-4000-8000-{number:012}",
        name,
        sandbox_name,
        '"1"',
        sandbox_type="production" if sandbox_name == "prod" else "development",
        group=URL,
        new_name=f"{name} (OAuth 2 Client Credential)",
        test=TestResult.PASSED,
        dataflows=tuple(
            PlannedDataflow(f"flow-{number}", f"{name} to the profile store", "enabled", next_run_at=START)
            for _each in range(flows)
        ),
    )


ROWS: Final = (
    _row(1, "Campaigns, development", "dev"),
    _row(2, "Contacts, development", "dev"),
    _row(3, "Accounts, development", "dev", 1),
    _row(4, "Archive of 2023", "prod"),
    _row(5, "Accounts", "prod", 2),
    _row(6, "Leads", "prod", 1),
)
PLAN: Final = MigrationPlan(
    "https://platform.adobe.io",
    "ACME@AdobeOrg",
    START,
    METHODS.source.id,
    METHODS.old.id,
    METHODS.new.id,
    rows=ROWS,
)
FILE: Final = PlanFile(Path("migration.toml"), ReadPlan(PLAN, "digest", True), METHODS)


def done(number: int) -> RowRecord:
    """A row that is over."""
    return RowRecord(
        Stage.DONE,
        Road.BESIDE,
        new_id=f"00000000-0000-4000-9000-{number:012}",
        test=True,
        began_at=START,
        ended_at=START + timedelta(seconds=61),
    )


STOPPED: Final = RunEnded(
    2,
    4,
    StopReason.TEST_FAILED,
    ROWS[2],
    Problem(
        "The new connection fails its test",
        "invalid_client. The old connection was not touched and goes on feeding its dataflows.",
        "Mend connection 3, then start again; or leave this row out with --leave 3.",
    ),
)
RECORD: Final = MigrationRecord({row.connection_id: done(number) for number, row in enumerate(ROWS[:2], 1)})


class MadeUpWork:
    """Says what the test puts into its queue; an end ends it."""

    def __init__(self, plan: MigrationPlan = PLAN, record: MigrationRecord | None = None) -> None:
        self.plan = plan
        self.record = record or MigrationRecord()
        self.pauses = 0
        self.arriving: asyncio.Queue[Happening] = asyncio.Queue()

    def pause(self) -> None:
        self.pauses += 1

    async def run(self, tell: Callable[[Happening], None]) -> MigrationEnd:
        while True:
            event = await self.arriving.get()
            tell(event)
            if isinstance(event, MigrationEnd):
                return event


async def _show(person: Person, page: Callable[[ChangePlace], ChangePage[Any]]) -> None:
    target = replace(person.app.state.target, sandbox_name="dev, prod")
    made = page(ChangePlace(TITLE, target))
    await person.app.push_screen(visited_screen(made, person.app.frame(), lambda _answer: None))
    await person.pilot.pause()


async def _ask(person: Person, question: Question[Any]) -> None:
    await person.app.push_screen(ChoiceModal(question))
    await person.pilot.pause()


async def plan(person: Person) -> None:
    """Show a plan."""
    sheet = plan_sheet(FILE, MigrationRecord(), is_read_only=False)
    await _show(person, lambda place: SheetPage(place, person.app.state.wizard, sheet))


async def report(person: Person) -> None:
    """Show a report."""
    sheet = report_sheet(FILE, RECORD, MigrationEnd(STOPPED))
    await _show(person, lambda place: SheetPage(place, person.app.state.wizard, sheet))


async def check(person: Person) -> None:
    """Show how each connection is now."""
    flow = PlannedDataflow("flow", state="enabled")
    done = RowRecord(Stage.DONE, Road.BESIDE, new_id="00000000-0000-4000-8000-000000000099")
    checked = (
        CheckedRow(ROWS[0], done, True, new_is_there=True),
        CheckedRow(ROWS[2], done, True, (flow,), True),
        CheckedRow(ROWS[4], RowRecord(), True, (flow, flow)),
    )
    await _show(person, lambda place: SheetPage(place, person.app.state.wizard, check_sheet(FILE, checked)))


async def road(person: Person) -> None:
    """Ask for the road."""
    await _ask(person, road_question(0, ("dev", "prod")))


async def begin(person: Person) -> None:
    """Ask for the last word."""
    await _ask(person, start_question(PLAN, RECORD, Road.BESIDE, METHODS.source.label, can_check=True))


async def what_now(person: Person) -> None:
    """Ask what to do at a stop."""
    await _ask(person, stop_question(MigrationEnd(STOPPED), RECORD, Road.BESIDE))


async def _run(person: Person, *events: Happening) -> None:
    work = MadeUpWork(record=RECORD)
    wizard = person.app.state.wizard
    await _show(person, lambda place: RunPage(place, wizard, cast(MigrationWork, work)))
    for event in (RowBegan(ROWS[2], 3, 6, 4, 65.0), *events):
        work.arriving.put_nowait(event)
    await person.pilot.pause()
    await person.pilot.pause()


async def run(person: Person) -> None:
    """Show a run in the middle."""
    await _run(person, RowSays(ROWS[2], "Watching until the connection is enabled."))
    await person.see("About 4 minutes are left at this pace.")


async def pausing(person: Person) -> None:
    """Show one that is going to pause."""
    await run(person)
    await person.press("escape")


async def stopped(person: Person) -> None:
    """Show one that has stopped."""
    known = RowRecord(Stage.MADE, Road.BESIDE, new_id="00000000-0000-4000-9000-000000000003", test=False)
    known = replace(known, stopped=f"{STOPPED.problem.title}. invalid_client" if STOPPED.problem else "")
    await _run(person, RowChanged(ROWS[2], known), MigrationEnd(STOPPED))
