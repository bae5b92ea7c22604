"""From the list of existing connections to a plan, from a plan to its run, and from there to the report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.draft import Draft
from aep_tui.domain.finding import Finding, error, error_of
from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord
from aep_tui.domain.migration_text import plan_text
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.pages.change_pages import ChangePlace, Sheet, SheetPage
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.migration_file import PlanFile, open_plan
from aep_tui.pages.migration_pages import Line, LinePage
from aep_tui.pages.migration_questions import (
    FILE_WORDS,
    NEW_FILE_TITLE,
    NEW_FILE_WORDS,
    OPEN_TITLE,
    OPEN_WORDS,
    check_sheet,
    plan_sheet,
    report_sheet,
    road_question,
)
from aep_tui.pages.migration_running import MigrationRunning, Typed
from aep_tui.pages.migration_view import MigrationEnd
from aep_tui.pages.problem_text import problem_text
from aep_tui.session.migration_checking import CheckedRow, check_migration
from aep_tui.session.migration_planning import make_plan, methods_to_migrate
from aep_tui.session.migration_preparing import refuse_another_platform
from aep_tui.session.source_checks import CheckAttempts
from aep_tui.state.migration_files import read_record, refuse_taken_name, refuse_unwritable_plan, write_plan_text
from aep_tui.state.text_file import typed_path

if TYPE_CHECKING:
    from aep_tui.domain.wizard import Wizard

TITLE: Final = _("Migration")
_NAME: Final = "migration{number}.toml"


class MigrationFlow:
    """Makes, opens and runs plans; what was typed for a group is kept as long as the program runs."""

    def __init__(self, tools: FlowTools) -> None:
        self._tools = tools
        self._typed: Typed = {}
        self._attempts = CheckAttempts()
        self._rehearsed: set[Path] = set()

    async def plan(self, ids: Collection[str], sandbox_names: Sequence[str], tell: Callable[[str], None]) -> bool:
        """Make a plan, save it and show it; questions wait, so call it in a worker.

        Args:
            ids: the connections that are meant, none for all whose auth method can be migrated.
            sandbox_names: where they are.
            tell: says on the page below what happens now, "" for nothing.

        Returns:
            Whether a run was begun, so that the list may be another by now.
        """
        road = await self._tools.navigator.ask(road_question(len(ids), sandbox_names))
        if road is None:
            return False
        text, says = _free_name(), NEW_FILE_WORDS
        plan: MigrationPlan | None = None
        while True:
            given = await self._line(NEW_FILE_TITLE, says, text, _judged_new, _("Plan"), sandbox_names)
            if given is None:
                return False
            text = given
            try:
                if plan is None and (trouble := _trouble_with(typed_path(text))) is not None:
                    says = problem_text(trouble)
                    continue
                if plan is None:
                    plan = await self._tools.tokens.during(lambda: self._planned(ids, sandbox_names, road, tell))
            except Problem as problem:
                self._tools.navigator.show_trouble(problem)
                return False
            finally:
                tell("")
            try:
                write_plan_text(typed_path(text), plan_text(plan))
            except Problem as problem:
                says = problem_text(problem)  # the plan that was read is kept for the next name
                continue
            return await self._show(typed_path(text), tell)

    async def open(self, sandbox_names: Sequence[str], tell: Callable[[str], None]) -> bool:
        """Ask for a plan that lies on the disk, and show it; return whether a run was begun.

        Args:
            sandbox_names: of the list.
            tell: says on the page below what happens now, "" for nothing.
        """

        def judged(text: str) -> tuple[Finding, ...]:
            try:
                open_plan(typed_path(text), self._catalog)
            except Problem as problem:
                return (error_of(problem),)
            return ()

        given = await self._line(OPEN_TITLE, OPEN_WORDS, "", judged, _("Open"), sandbox_names)
        return await self._show(typed_path(given), tell) if given is not None else False

    async def _show(self, path: Path, tell: Callable[[str], None]) -> bool:
        """Show the plan until the person goes back; Run runs it, and comes back with what is done by then."""
        has_run = False
        while True:
            try:
                file = open_plan(path, self._catalog)
                refuse_another_platform(file.plan, self._tools.current.now.target)
                record = read_record(path, self._secrets)
            except Problem as problem:
                self._tools.navigator.show_trouble(problem)
                return has_run
            names, target = file.plan.sandbox_names, self._tools.current.now.target
            is_forgotten = target.mode is Mode.PRACTICE and bool(record.rows) and path not in self._rehearsed
            sheet = plan_sheet(file, record, is_read_only=target.is_read_only, is_forgotten=is_forgotten)
            if not await self._visit_sheet(names, sheet):
                return has_run
            end: MigrationEnd | None = None
            if not target.is_read_only and not all(record.of(row.connection_id).is_over for row in file.plan.rows):
                end = await self._running(file).run()
                if end is None:
                    continue
                has_run = True
                self._rehearsed.add(path)
            await self._report(file, end, tell)

    async def _report(self, file: PlanFile, end: MigrationEnd | None, tell: Callable[[str], None]) -> None:
        """Show the report until the person goes back; Check shows how each connection is now."""
        names = file.plan.sandbox_names
        try:
            record: MigrationRecord = read_record(file.path, self._secrets)
            while await self._visit_sheet(names, report_sheet(file, record, end)):
                is_again = True
                while is_again:
                    checked = await self._tools.tokens.during(lambda: self._checked(file, record, tell))
                    tell("")
                    is_again = await self._visit_sheet(names, check_sheet(file, checked))
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
        finally:
            tell("")

    async def _checked(
        self, file: PlanFile, record: MigrationRecord, tell: Callable[[str], None]
    ) -> tuple[CheckedRow, ...]:
        async with self._tools.session.sandboxes(file.plan.sandbox_names, lambda wait: tell(wait.words)) as opened:
            sandboxes = {each.sandbox_name: each for each in opened}
            return await check_migration(file.plan, record, sandboxes, self._tools.clock, tell)

    def _running(self, file: PlanFile) -> MigrationRunning:
        return MigrationRunning(
            file,
            self._tools,
            place=self._place(file.plan.sandbox_names),
            wizard=self._wizard,
            typed=self._typed,
            attempts=self._attempts,
        )

    async def _planned(
        self, ids: Collection[str], sandbox_names: Sequence[str], road: Road, tell: Callable[[str], None]
    ) -> MigrationPlan:
        """Return the plan.

        Raises:
            Problem: there is none, or the platform could not be read.
        """
        (methods, *_others) = methods_to_migrate(self._catalog)
        async with self._tools.session.sandboxes(sandbox_names, lambda wait: tell(wait.words)) as opened:
            return await make_plan(
                opened,
                methods,
                target=self._tools.current.now.target,
                catalog=self._catalog,
                clock=self._tools.clock,
                wanted_ids=ids,
                road=road,
                on_progress=tell,
            )

    async def _line(
        self,
        title: str,
        says: str,
        text: str,
        judge: Callable[[str], tuple[Finding, ...]],
        yes: str,
        sandbox_names: Sequence[str],
    ) -> str | None:
        line = Line(title, says, FILE_WORDS, text, judge, yes)
        return await self._tools.navigator.visit(LinePage(self._place(sandbox_names), self._wizard, line))

    async def _visit_sheet(self, sandbox_names: Sequence[str], sheet: Sheet) -> bool:
        answer = await self._tools.navigator.visit(SheetPage(self._place(sandbox_names), self._wizard, sheet))
        return answer is True

    def _place(self, sandbox_names: Sequence[str]) -> ChangePlace:
        now = self._tools.current.now
        names = ", ".join(sandbox_names)
        sandbox = now.sandbox if now.sandbox is not None and now.sandbox.name == names else None
        return ChangePlace(TITLE, replace(now.target, sandbox_name=names), sandbox)

    @property
    def _wizard(self) -> Wizard:
        return replace(self._tools.current.now.wizard, draft=Draft())

    @property
    def _catalog(self) -> Catalog:
        return self._tools.current.now.wizard.catalog

    @property
    def _secrets(self) -> Secrets:
        return self._tools.session.open().wire.secrets


def _trouble_with(path: Path) -> Problem | None:
    """Return why no plan can be written there, None when one can."""
    try:
        refuse_unwritable_plan(path)
    except Problem as problem:
        return problem
    return None


def _judged_new(text: str) -> tuple[Finding, ...]:
    """Say beside the field that something of this name is there already."""
    if not text.strip():
        return (error(_("Enter the name of a file.")),)
    try:
        refuse_taken_name(typed_path(text))
    except Problem as problem:
        return (error_of(problem),)
    return ()


def _free_name() -> str:
    """Return a name for a new plan in this folder that nothing has."""
    number = 1
    while True:
        name = _NAME.format(number=f"-{number}" if number > 1 else "")
        try:
            refuse_taken_name(Path(name))
        except Problem:
            number += 1
            continue
        return name
