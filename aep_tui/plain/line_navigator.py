"""The face line by line: how the flows of `pages/` show steps, questions and failures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from aep_tui.domain.check import CheckResult, CheckState
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages import other_source
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.question import Question, TypedConfirmation
from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
from aep_tui.plain.prompts import choose
from aep_tui.plain.talk import HELP, GoBack, Talk
from aep_tui.plain.token_question import ask_for_token

if TYPE_CHECKING:
    from aep_tui.domain.described_source import DescribedSource
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.secrets import Secrets
    from aep_tui.domain.target import Target
    from aep_tui.pages.change_pages import ChangePage
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection
    from aep_tui.pages.other_source import OtherSourceFlow
    from aep_tui.session.status_session import StatusSession

Answer = TypeVar("Answer")


class LineNavigator:
    """A `Navigator` whose pages are questions; which one comes next is the last of the open steps.

    Attributes:
        message: what stands before the next question.
        field_id: the only answer that the next page asks for, "" for all.
        work: what the status page does.
        result: what the last page says.
        opened: the existing connection whose page is shown.
    """

    def __init__(self, talk: Talk, secrets: Secrets) -> None:
        self._talk = talk
        self._secrets = secrets
        self._steps: list[Step] = [Step.WELCOME]
        self._said: set[str] = set()
        self._just_shown: Exception | None = None
        self.message = ""
        self.field_id = ""
        self.work: StatusSession | None = None
        self.result: ConnectionResult | None = None
        self.opened: OpenedConnection | None = None

    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps whose pages are open, the shown one last."""
        return tuple(self._steps)

    async def show_step(self, step: Step, message: str = "") -> None:
        """Let the page of `step` be the next."""
        self._steps.append(step)
        self.message = message

    async def show_steps(self, steps: Sequence[Step]) -> None:
        """Let the last of `steps` be the next page, over the others."""
        self._steps.extend(steps)

    async def leave_page(self) -> None:
        """Let the page below be the next."""
        if len(self._steps) > 1:
            self._steps.pop()
        self.field_id = ""

    def refresh(self) -> None:
        """Show nothing: a line that was written stays, and the next one tells the present state."""

    def focus_field(self, field_id: str) -> None:
        """Let the next page ask for one answer only."""
        self.field_id = field_id

    async def show_status(self, work: StatusSession) -> None:
        """Let the status page be the next."""
        self._steps.append(Step.STATUS)
        self.work = work

    async def show_connections(self, flow: ConnectionsFlow) -> None:
        """Let the list of existing connections be the next page; `flow` gives its rows."""
        self._steps.append(Step.CONNECTIONS)

    async def show_connection(self, opened: OpenedConnection, flow: ConnectionsFlow) -> None:
        """Let the page of one existing connection be the next; `flow` tells what is known of it."""
        self._steps.append(Step.CONNECTION)
        self.opened = opened

    async def show_result(self, result: ConnectionResult) -> None:
        """Let the last page be the next."""
        self._steps.append(Step.DONE)
        self.result = result

    async def return_with(self, problem: Exception) -> None:
        """Go back from the status page, and say why."""
        await self.leave_page()
        self.show_trouble(problem)

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Return the answer to `question`, None when the person goes back."""
        self._talk.say("")
        self._talk.say(question.title)
        if question.text:
            self._talk.say(question.text)
        rows = [ChoiceRow(each.id, each.title, each.badge, each.detail) for each in question.choices]
        marked_id = question.marked_id or (rows[0].id if rows else "")
        try:
            chosen_id = await choose(self._talk, rows, marked_id, question.text)
        except GoBack:
            return None
        return next(each.answer for each in question.choices if each.id == chosen_id)

    async def confirm(self, confirmation: TypedConfirmation) -> bool:
        """Return whether the person typed what is expected."""
        self._talk.say("")
        self._talk.say(f"{confirmation.title}\n{confirmation.text}")
        try:
            typed = await self._talk.ask(_("{label}, or < for back:").format(label=confirmation.label))
        except GoBack:
            return False
        if typed != confirmation.expected:
            self._talk.say(_("Not confirmed: the name is another one. Nothing was done."))
        return typed == confirmation.expected

    async def choose_source(self, flow: OtherSourceFlow) -> DescribedSource | None:
        """Read the list of the platform's sources, and ask for a part of a name; return the chosen one, or None."""
        self._talk.say("")
        self._talk.say(f"{other_source.TITLE}. {other_source.NO_TUTORIAL}\n{other_source.LOADING}")
        try:
            found = await flow.found(anew=True)
        except Problem as problem:
            self.show_trouble(problem)
            return None
        self._talk.say(other_source.count_words(other_source.source_rows(found, ""), found))
        while found:
            try:
                text = await self._talk.ask(_("Part of a name, Enter lists all, ? for help, < for back:"))
            except GoBack:
                return None
            if text == HELP:
                self._talk.say(other_source.HELP)
                continue
            rows = other_source.source_rows(found, text)
            if not rows:
                self._talk.say(other_source.count_words(rows, found))
                continue
            try:
                marked_id = rows[0].id if len(rows) == 1 else flow.chosen_id
                chosen_id = await choose(self._talk, rows, marked_id, other_source.HELP)
            except GoBack:
                continue
            self._talk.say(other_source.facts_of(found, chosen_id))
            return next(each for each in found if each.source.id == chosen_id)
        return None

    async def check_set_up(self, target: Target, preflight: PreflightWork) -> PreflightDecision:
        """Say what a check found that is not in order, and ask whether to go on; "?" lists every check."""
        self._talk.say("")
        self._talk.say(_("Checking this set-up. These checks change nothing."))
        report = await preflight.run()
        for result in report.results:
            if result.state in {CheckState.WARNING, CheckState.FAILED}:
                self._say_check(result)
        self._talk.say(report.summary())
        while True:
            try:
                text = await self._talk.ask(_("Enter goes on, ? lists every check, < for back:"))
            except GoBack:
                return PreflightDecision(False, report)
            if not text:
                return PreflightDecision(True, report)
            if text != HELP:
                self._talk.say(_("Error: Enter goes on; there is nothing else to type here."))
                continue
            for result in report.results:
                self._say_check(result)

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        """Say that existing connections are not changed line by line; return that the person goes back."""
        self._talk.say(page.place.title)
        self._talk.say(_("This is done on the drawn pages, not line by line. Nothing was sent."))
        return None

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Return another access token, None when the person has none now."""
        words = "" if reason is self._just_shown else problem_text(reason)
        self._just_shown = None
        return await ask_for_token(self._talk, words, _("Enter goes on without one."), self._secrets)

    def show_trouble(self, problem: Exception) -> None:
        """Say what went wrong."""
        self._talk.say("")
        self._talk.say(problem_text(problem))
        self._just_shown = problem

    def warn(self, problem: Problem) -> None:
        """Say once that something beside the work has failed."""
        if problem.message not in self._said:
            self._said.add(problem.message)
            self._talk.say(_("Warning: {title}. {message}").format(title=problem.title, message=problem.message))

    def _say_check(self, result: CheckResult) -> None:
        self._talk.say(f"{result.state.label}: {result.name}. {result.reason}")
        if result.what_to_do:
            self._talk.say(_("What to do: {what}").format(what=result.what_to_do))
