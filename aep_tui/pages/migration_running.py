"""Runs one plan with a person: what is asked before, the run, and what is done at each stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_form import ConnectionForm
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import AuthMethod, Parameter
from aep_tui.domain.step_answer import CredentialsAnswer, StepAnswer
from aep_tui.domain.translation import _
from aep_tui.pages.change_pages import ChangePlace, CredentialsPage
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.migration_file import PlanFile
from aep_tui.pages.migration_given import Given, asked_parameters, mixed_users_words, user_words
from aep_tui.pages.migration_pages import Line, LinePage, RunPage
from aep_tui.pages.migration_questions import (
    ID_WORDS,
    Next,
    Start,
    put_back_question,
    sandbox_confirmation,
    start_question,
    stop_question,
    unsaid_road_question,
)
from aep_tui.pages.migration_view import MigrationEnd
from aep_tui.pages.migration_words import credentials_words
from aep_tui.pages.migration_work import MigrationWork, Wanted
from aep_tui.pages.question import Question
from aep_tui.session.migration_preparing import Ordered, ordered
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_road import is_road_unsaid, road_of
from aep_tui.session.migration_run import Orders, needs_credentials
from aep_tui.session.source_checks import CheckAttempts
from aep_tui.state.migration_files import read_record

if TYPE_CHECKING:
    from aep_tui.domain.wizard import Wizard

_CANNOT_PUT_BACK: Final = _("The old secrets cannot be put back")
Typed: TypeAlias = dict[tuple[str, str], Mapping[str, Answer]]
"""What was typed, by the group and the auth method."""


@dataclass(frozen=True, slots=True)
class GroupForm:
    """What is asked for a group of connections that share one set of credentials.

    Attributes:
        group: the address of the organization of the source.
        count: how many connections it has.
        method: the auth method, with what is asked of it.
        is_old: whether the old credentials are asked for, to be put back.
        user: whose they are, "" when the plan does not say.
    """

    group: str
    count: int
    method: AuthMethod
    is_old: bool = False
    user: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What its answers are kept under."""
        return self.group, self.method.id

    @property
    def message(self) -> str:
        """What stands above the fields."""
        words = credentials_words(self.group)
        if self.is_old:
            if not self.user:
                return _("{words}, as they are today: they are put back where a test fails.").format(words=words)
            return _("{words}, as they are today, of {user}: they are put back where a test fails.").format(
                words=words, user=self.user
            )
        return _("{words} ({count}). Where they are sent is read from the platform, not from the plan.").format(
            words=words, count=self.count
        )


class MigrationRunning:
    """One visit to a plan, from Run to its report."""

    def __init__(
        self,
        file: PlanFile,
        tools: FlowTools,
        *,
        place: ChangePlace,
        wizard: Wizard,
        typed: Typed,
        attempts: CheckAttempts,
    ) -> None:
        """Take the plan and what the flows share; `typed` takes what is typed.

        Args:
            file: where the plan was read.
            tools: what the flows share.
            place: what stands above every page.
            wizard: what the pages of the walk know.
            typed: takes what is typed.
            attempts: of signing in at the source; they are limited.
        """
        self._file = file
        self._tools = tools
        self._place = place
        self._wizard = wizard
        self._typed = typed
        self._attempts = attempts
        self._orders = Orders()
        self._asks_source = True
        self._answered: set[tuple[str, str]] = set()

    async def run(self) -> MigrationEnd | None:
        """Ask, run, and ask again at each stop; return how it ended, None when nothing was begun."""
        end: MigrationEnd | None = None
        try:
            plan = await self._confirmed_plan()
            if plan is None:
                return None
            while True:
                record = self._record()
                given = await self._credentials(record)
                if given is None:
                    return end
                if end is None:
                    start = await self._tools.navigator.ask(self._start_question(plan, record))
                    if start in {None, Start.NOT_YET}:
                        if not self._answered:
                            return None
                        self._answered.clear()
                        continue
                    self._asks_source = start is Start.CHECKED
                end = await self._worked(plan, record, given)
                if end.ended is not None and end.ended.reason is None:
                    return end
                choice = await self._tools.navigator.ask(stop_question(end, self._record(), self._road(self._record())))
                if choice in {None, Next.REPORT} or not await self._is_ready(choice, end):
                    return end
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
            return end

    async def _confirmed_plan(self) -> MigrationPlan | None:
        """Return the plan in the order of work, None when the person does not say the road or a sandbox's name.

        Raises:
            Problem: the sandboxes cannot be read, or the record.
        """
        plan, record = self._file.plan, self._record()
        if is_road_unsaid(plan, record, None):
            road = await self._tools.navigator.ask(unsaid_road_question())
            if road is None:
                return None
            self._orders = replace(self._orders, road=road)
        work = await self._tools.tokens.during(lambda: self._ordered(record))
        for name in work.production:
            if not await self._tools.navigator.confirm(sandbox_confirmation(name, plan)):
                return None
        if self._road(record) is Road.IN_PLACE:
            puts_back = await self._tools.navigator.ask(put_back_question())
            if puts_back is None:
                return None
            mixed = mixed_users_words(plan, plan.groups(), self._file.methods) if puts_back else ""
            if mixed:
                raise Problem(_CANNOT_PUT_BACK, mixed)
            self._orders = replace(self._orders, puts_back=puts_back)
        return work.plan

    async def _ordered(self, record: MigrationRecord) -> Ordered:
        plan, is_in_place = self._file.plan, self._road(record) is Road.IN_PLACE
        async with self._tools.session.sandboxes(plan.sandbox_names) as opened:
            sandboxes = {each.sandbox_name: each for each in opened}
            return await ordered(plan, record, sandboxes, puts_back=is_in_place)

    def _start_question(self, plan: MigrationPlan, record: MigrationRecord) -> Question[Start]:
        methods = self._file.methods
        can_check = bool(methods.new.check)
        return start_question(plan, record, self._road(record), methods.source.label, can_check=can_check)

    def _road(self, record: MigrationRecord) -> Road:
        """Return the road of what is left; where nothing is to be sent any more nobody was asked for it."""
        return road_of(self._file.plan.road, record.road, self._orders.road) or Road.IN_PLACE

    def _record(self) -> MigrationRecord:
        """Return what is done by now.

        Raises:
            Problem: the record cannot be read.
        """
        return read_record(self._file.path, self._tools.session.open().wire.secrets)

    # --- credentials ----------------------------------------------------------------------------------------------

    async def _credentials(self, record: MigrationRecord) -> Mapping[str, GroupCredentials] | None:
        """Ask for what is not answered yet, a group a page; return all of it, None for going back."""
        groups = self._groups(record)
        forms = [form for group in groups for form in self._forms(group, record)]
        asked = [form for form in forms if form.key not in self._answered]
        index = 0
        while index < len(asked):
            answer = await self._tools.navigator.visit(self._page(asked[index]))
            if answer is None and index == 0:
                return None
            index += 1 if answer is not None else -1
            if answer is not None:
                self._typed[asked[index - 1].key] = answer.answers
        self._answered |= {form.key for form in asked}
        given = Given(self._file.plan, record, groups, self._file.methods)
        for form in forms:
            for parameter in form.method.parameters:
                value = self._typed[form.key].get(parameter.api_name)
                if value is not None and not is_empty(value):
                    given.put(form.group, parameter, value)
        return given.credentials()

    def _groups(self, record: MigrationRecord) -> tuple[str, ...]:
        """Return the groups of which something is sent, one that is to be put back among them."""
        needed = needs_credentials(self._file.plan, record)
        known = [(row.group, record.of(row.connection_id)) for row in self._file.plan.rows]
        changed = [group for group, each in known if each.stage is Stage.MADE and each.road is Road.IN_PLACE]
        return tuple(dict.fromkeys((*needed, *(changed if self._orders.puts_back else ()))))

    def _forms(self, group: str, record: MigrationRecord) -> list[GroupForm]:
        methods = self._file.methods
        rows = [row for row in self._file.plan.groups()[group] if self._is_to_be_sent(row, record)]
        asked = asked_parameters(methods, group, rows) if rows else ()
        forms = [GroupForm(group, len(rows), _only(methods.new, asked))] if asked else []
        if self._orders.puts_back:
            secrets = tuple(each for each in methods.old.parameters if each.is_secret)
            user = user_words(self._file.plan.groups()[group], methods)
            forms.append(GroupForm(group, len(rows), _only(methods.old, secrets), is_old=True, user=user))
        return forms

    def _is_to_be_sent(self, row: MigrationRow, record: MigrationRecord) -> bool:
        is_waiting = record.of(row.connection_id).stage in {Stage.WAITING, Stage.SENDING}
        return is_waiting and row.connection_id not in self._orders.left_out

    def _page(self, form: GroupForm) -> CredentialsPage:
        methods = self._file.methods
        known: dict[str, Answer] = {methods.address_name: form.group} if form.group else {}
        known |= self._typed.get(form.key, {})
        wizard = ConnectionForm(methods.source, form.method).wizard(
            ConnectionStatus("", ""), known, self._tools.clock.today()
        )
        return CredentialsPage(self._place, wizard, self._keeper(form), form.message)

    def _keeper(self, form: GroupForm) -> Callable[[StepAnswer | None], None]:
        def keep(answer: StepAnswer | None) -> None:
            if isinstance(answer, CredentialsAnswer):
                self._typed[form.key] = answer.answers

        return keep

    # --- the run, and its stops -----------------------------------------------------------------------------------

    async def _worked(
        self, plan: MigrationPlan, record: MigrationRecord, given: Mapping[str, GroupCredentials]
    ) -> MigrationEnd:
        wanted = Wanted(given, self._orders, self._asks_source)
        work = MigrationWork(self._file, plan, record, wanted, self._tools, self._attempts)
        end = await self._tools.navigator.visit(RunPage(self._place, self._wizard, work)) or MigrationEnd()
        if end.ended is not None:
            # What was found out was said for this run.
            self._orders = replace(self._orders, settled={})
        return end

    async def _is_ready(self, choice: Next | None, end: MigrationEnd) -> bool:
        """Take what is to be done next; return False when the person goes back from saying it."""
        row = end.ended.row if end.ended is not None else None
        row_id = row.connection_id if row is not None else getattr(end.problem, "connection_id", "")
        match choice:
            case Next.CREDENTIALS:
                group = row.group if row is not None else getattr(end.problem, "group", None)
                self._answered = {key for key in self._answered if group is not None and key[0] != group}
            case Next.UNCHECKED:
                self._asks_source = False
            case Next.BESIDE:
                self._orders = replace(self._orders, road=Road.BESIDE, puts_back=False)
            case Next.LEAVE_OUT:
                self._orders = replace(self._orders, left_out=self._orders.left_out | {row_id})
            case Next.MADE | Next.NOT_MADE:
                answer = "yes" if choice is Next.MADE else "no"
                self._orders = replace(self._orders, settled={row_id: answer})
            case Next.MADE_AS:
                new_id = await self._new_id(row)
                if new_id is None:
                    return False
                self._orders = replace(self._orders, settled={row_id: new_id})
            case Next.PUT_BACK:
                mixed = mixed_users_words(self._file.plan, (row.group,) if row is not None else (), self._file.methods)
                if mixed:
                    self._tools.navigator.show_trouble(Problem(_CANNOT_PUT_BACK, mixed))
                    return False
                self._orders = replace(self._orders, puts_back=True)
            case Next.PROBE:
                self._orders = replace(self._orders, probe_may_feed=True)
        return True

    async def _new_id(self, row: MigrationRow | None) -> str | None:
        name = row.new_name if row is not None else ""
        says = _("The connection {name} is read, and has to be the one that was to be created.").format(name=name)
        line = Line(
            _("It was created"),
            says,
            ID_WORDS,
            "",
            _judged_id,
            _("Go on"),
        )
        given = await self._tools.navigator.visit(LinePage(self._place, self._wizard, line))
        return given.strip() if given is not None else None


def _judged_id(text: str) -> tuple[Finding, ...]:
    """Say beside the field what is no id: a word that answers another question would be taken for that answer."""
    return (error(_("Enter the id.")),) if text.strip().lower() in {"", "yes", "no"} else ()


def _only(method: AuthMethod, parameters: tuple[Parameter, ...]) -> AuthMethod:
    """Return a method that asks for these; the source is asked when all is known, by the address of the platform."""
    return replace(method, parameters=parameters, check="")
