"""One change or delete on its way: confirmed, sent once on the status page, and told as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from aep_tui.domain.change_result import ChangeEnd, ChangeResult
from aep_tui.domain.connection import DELETED, ENABLED
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.safe_text import shortened
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.app_state import LastChange
from aep_tui.pages.at_hand import AfterChange, ConnectionAtHand, ConnectionWork
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.change_pages import ChangePlace, Sheet, SheetPage, WorkEnd, WorkPage
from aep_tui.pages.change_questions import AfterRefusal, changed_question, unclear_statements
from aep_tui.pages.change_ticket import DoneChange, ticket
from aep_tui.pages.changed_since import changed_since_lines
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.submit_questions import production_confirmation
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.status_session import WorkKind

if TYPE_CHECKING:
    from aep_tui.pages.status_view import Seen
    from aep_tui.session.connection_details import UsedBy
    from aep_tui.session.progress import OnProgress
    from aep_tui.session.status_session import StatusSession

_LONGEST_NAME: Final = 30
"""Of the name in the line above every page."""


class ChangeSubmit:
    """What all ways to change a connection share once the person knows what is wanted.

    Attributes:
        seen: the connection in the version that the person saw last.
        after: what may be different afterwards.
    """

    def __init__(self, tools: FlowTools, work: ConnectionWork, connection: ConnectionAtHand) -> None:
        self._tools = tools
        self._work = work
        self._connection = connection
        self._outcome: ChangeOutcome | None = None
        self.seen = connection.status
        self.used: UsedBy | None = None
        self.after = AfterChange.SAME

    async def sent(self, place: ChangePlace, wizard: Wizard, work: StatusSession) -> WorkEnd:
        """Open the status page, and return how it was left; what became of the request stays known.

        Args:
            place: what stands above the page.
            wizard: what the page of the walk knows.
            work: sends the change.
        """
        send = work.create
        assert send is not None, "a change is sent"  # noqa: S101 - by its maker
        self._outcome = None
        self.after = AfterChange.LOOK_AGAIN
        before = self._tools.current.now
        is_delete = work.kind is WorkKind.DELETE
        # From here on the truth is that nobody knows, also when the program ends amid it.
        self._note(LastChange.UNCLEAR, (*before.changes, self._result(ChangeEnd.UNKNOWN)))

        async def send_and_keep(on_progress: OnProgress) -> ChangeOutcome:
            try:
                outcome = await send(on_progress)
            except Problem:
                self._note(before.last_change, before.changes)  # nothing was sent
                raise
            assert isinstance(outcome, Changed | NotChanged | ChangeUnknown)  # noqa: S101 - by its maker
            self._outcome = outcome
            if isinstance(outcome, Changed) and is_delete:
                gone = replace(self._result(ChangeEnd.DELETED), state=DELETED, is_good=True)
                self._note(LastChange.DONE, (*before.changes, gone))
            elif isinstance(outcome, Changed):
                changed = replace(self._result(ChangeEnd.CHANGED), etag=outcome.etag)
                self._note(LastChange.NOT_GOOD, (*before.changes, changed))
            elif isinstance(outcome, NotChanged):
                self._note(before.last_change, before.changes)
            return outcome

        end = await self._tools.navigator.visit(
            WorkPage(place, wizard, replace(work, create=send_and_keep), self._judge)
        )
        end = end or WorkEnd(is_unclear=self._outcome is None)
        self._tools.current.now = replace(
            self._tools.current.now, failure=end.problem if isinstance(end.problem, Problem) else None
        )
        return end

    def _note(self, what: LastChange, changes: tuple[ChangeResult, ...]) -> None:
        self._tools.current.now = replace(self._tools.current.now, last_change=what, changes=changes)

    def _result(self, end: ChangeEnd) -> ChangeResult:
        target, seen = self._connection.target, self.seen
        return ChangeResult(
            end,
            mode=target.mode.value,
            connection_id=seen.connection_id,
            organization_id=target.organization_id,
            sandbox_name=target.sandbox_name,
            name=seen.name,
            previous_etag=seen.etag,
        )

    def _judge(self, seen: Seen) -> None:
        """Note whether the connection is as one wants it: enabled, or in the state that it was in; or it is gone."""
        status = seen.status
        state = status.state if status is not None else ""
        is_good = state in {ENABLED, DELETED, self.seen.state} and seen.test_passed is not False
        *earlier, result = self._tools.current.now.changes
        result = replace(result, state=state, test_passed=seen.test_passed, is_good=is_good)
        if status is not None and state != DELETED:
            result = replace(result, name=status.name or result.name, etag=status.etag or result.etag)
        self._note(LastChange.DONE if is_good else LastChange.NOT_GOOD, (*earlier, result))

    async def is_confirmed(self, words: str) -> bool:
        """Return whether the person typed the sandbox's name, where that is asked for."""
        asked = production_confirmation(self._connection.target, self._connection.sandbox, words=words)
        return asked is None or await self._tools.navigator.confirm(asked)

    async def looks_again(self) -> bool:
        """Tell what has changed since, and by whom; return whether the person goes on with the version of now."""
        now = self._outcome.now if isinstance(self._outcome, NotChanged) else None
        answer = await self._tools.navigator.ask(changed_question(changed_since_lines(self.seen, now)))
        if answer is not AfterRefusal.LOOK_AGAIN:
            return False
        try:
            self.seen = await self._tools.tokens.during(lambda: self._work.read(self.seen.connection_id))
        except Problem as problem:
            self._tools.navigator.show_trouble(problem)
            return False
        self.used = await self.used_by()
        return True

    async def used_by(self) -> UsedBy:
        """Return what rides on the connection; what could not be read is said there."""
        while True:
            used = await self._work.used_by(self.seen.connection_id)
            if not await self._tools.tokens.is_given(used.problem):
                return used

    async def has_new_token(self, problem: Exception | None) -> bool:
        """Return whether the request was refused for its access token alone and there is another one by now.

        Nothing is sent again by that: the person submits once more.
        """
        return isinstance(problem, Problem) and await self._tools.tokens.is_given(problem)

    async def tell(
        self, wizard: Wizard, place: ChangePlace, end: WorkEnd, rows: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Show what was done.

        Args:
            wizard: what the page of the walk knows.
            place: what stands above the page.
            end: how the status page was left; nothing is shown when the connection was not seen there.
            rows: what was changed, each with its name.
        """
        if end.seen is None or self.used is None:
            return
        found_words = self._outcome.found_words if isinstance(self._outcome, Changed) else ""
        done = DoneChange(
            self.seen, self._connection.target, self._tools.clock.now(), self.used, end.seen, rows, found_words
        )
        if done.is_delete:
            self.after = AfterChange.GONE
        await self._tools.navigator.visit(SheetPage(place, wizard, ticket(done)))

    async def tell_unclear(self, wizard: Wizard, place: ChangePlace, problem: Exception | None) -> None:
        """Say that nobody can tell, and what is known.

        Args:
            wizard: what the page of the walk knows.
            place: what stands above the page.
            problem: what hid the outcome, None when nothing is known of it.
        """
        rows = ((_("id"), self.seen.connection_id),)
        sheet = Sheet(unclear_statements(problem), rows, yes=_("Look at it again"), title=_("Not known"))
        await self._tools.navigator.visit(SheetPage(place, wizard, sheet))

    def place(self, action: ConnectionAction) -> ChangePlace:
        """Return what stands above every page of an action."""
        name = self.seen.name or self.seen.connection_id
        title = _("{action} · {name}").format(action=action.label, name=shortened(name, _LONGEST_NAME))
        return ChangePlace(title, self._connection.target, self._connection.sandbox)

    def wizard(self, name: str, description: str) -> Wizard:
        """Return what the pages of the walk know when no credentials are asked for."""
        draft = Draft(name=name, description=description)
        return Wizard(self._tools.current.now.wizard.catalog, self._tools.clock.today(), draft)
