"""What a person does to one existing connection: asked, reviewed, sent once, and told as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from aep_tui.domain.clock import Clock
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.safe_text import shortened
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import NameAnswer
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.app_state import CurrentState
from aep_tui.pages.change_offers import ConnectionAction, change_offers, why_not_deleted
from aep_tui.pages.change_pages import (
    ChangePlace,
    CredentialsPage,
    NamePage,
    ReviewPage,
    Sheet,
    SheetPage,
    WorkEnd,
    WorkPage,
)
from aep_tui.pages.change_questions import (
    AfterRefusal,
    changed_question,
    has_changed,
    is_refused_path,
    refused_path_question,
    secret_question,
    unclear_statements,
)
from aep_tui.pages.change_review_view import change_review
from aep_tui.pages.change_ticket import DoneChange, delete_sheet, ticket
from aep_tui.pages.changed_since import changed_since_lines
from aep_tui.pages.navigator import Navigator
from aep_tui.pages.submit_questions import CHANGED_IN, DELETED_IN, delete_confirmation, production_confirmation
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.connection_form import ConnectionForm
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.source import Parameter
    from aep_tui.domain.target import Target
    from aep_tui.session.connection_details import UsedBy
    from aep_tui.session.status_session import StatusSession, Telling


class ConnectionWork(Protocol):
    """What a change needs of a session with the sandbox of the connection."""

    async def read(self, connection_id: str) -> ConnectionStatus:
        """Return what the platform says about the connection now."""

    async def used_by(self, connection_id: str) -> UsedBy:
        """Return what rides on it; what could not be read is said there."""

    def for_change(self, seen: ConnectionStatus, change: ConnectionChange) -> StatusSession:
        """Return what the status page needs to send a change, once, and to watch and test the connection."""

    def for_delete(self, seen: ConnectionStatus) -> StatusSession:
        """Return what the status page needs to delete the connection, once."""


@dataclass(frozen=True, slots=True)
class ConnectionAtHand:
    """The connection that a person looks at.

    Attributes:
        status: in the version that the person sees.
        target: where it is, and on whose behalf requests go.
        sandbox: what the platform says about its sandbox, None while nobody knows.
        form: its form, None when it is not known.
    """

    status: ConnectionStatus
    target: Target
    sandbox: Sandbox | None = None
    form: ConnectionForm | None = None


class AfterChange(StrEnum):
    """What the page of the connection has to know when it is shown again."""

    SAME = "same"
    LOOK_AGAIN = "look-again"
    GONE = "gone"


class ChangeFlow:
    """One piece of work at one connection; whoever leaves it starts another one."""

    def __init__(
        self,
        current: CurrentState,
        navigator: Navigator,
        work: ConnectionWork,
        connection: ConnectionAtHand,
        clock: Clock,
    ) -> None:
        """Begin with the connection as the person sees it."""
        self._current = current
        self._navigator = navigator
        self._work = work
        self._connection = connection
        self._clock = clock
        self._seen = connection.status
        self._used: UsedBy | None = None
        self._outcome: ChangeOutcome | None = None
        self._after = AfterChange.SAME

    async def run(self, action: ConnectionAction) -> AfterChange:
        """Do what the person wants, as far as it goes; return what may be different afterwards."""
        offers = change_offers(self._seen, self._connection.form, is_read_only=self._connection.target.is_read_only)
        reason = next(offer.reason for offer in offers if offer.action is action)
        if reason:
            self._navigator.show_trouble(Problem(action.label, reason))
            return self._after
        ways: dict[ConnectionAction, Callable[[], Awaitable[None]]] = {
            ConnectionAction.NAME: self._rename,
            ConnectionAction.SECRET: self._one_secret,
            ConnectionAction.CREDENTIALS: self._replace_credentials,
            ConnectionAction.DELETE: self._delete,
        }
        await ways[action]()
        return self._after

    # --- the forms ------------------------------------------------------------------------------------------------

    async def _rename(self) -> None:
        shown, message = NameAnswer(self._seen.name, self._seen.description), _ONLY_WHAT_DIFFERS
        answer, place = shown, self._place(ConnectionAction.NAME)
        while True:
            wizard = self._wizard(answer.name, answer.description)
            given = await self._navigator.visit(NamePage(place, wizard, message))
            if given is None:
                return
            answer = given
            make = partial(self._renamed, shown, given)
            if await self._is_done(ConnectionAction.NAME, make, None, wizard):
                return
            message = _ONLY_WHAT_DIFFERS if make() else _("Nothing is different from today, so nothing would be sent.")

    def _renamed(self, shown: NameAnswer, given: NameAnswer) -> ConnectionChange | None:
        """Return what the person has changed of what stood in the form; what somebody else wrote meanwhile stays."""
        name = given.name if given.name not in {shown.name, self._seen.name} else None
        description = (
            given.description if given.description not in {shown.description, self._seen.description} else None
        )
        return None if name is None and description is None else ConnectionChange(name, description)

    async def _one_secret(self) -> None:
        form = self._connection.form
        assert form is not None, "it is not offered without a form"  # noqa: S101 - held by the offers
        secrets = form.secrets
        parameter: Parameter | None = secrets[0]
        if len(secrets) > 1:
            parameter = await self._navigator.ask(secret_question(secrets, self._seen.parameters))
        if parameter is None:
            return
        name, answers = parameter.api_name, form.known_answers(self._seen)
        form = form.for_one_secret(name)
        place = self._place(ConnectionAction.SECRET)
        while True:
            wizard = form.wizard(self._seen, answers, self._clock.today())
            given = await self._navigator.visit(CredentialsPage(place, wizard, _ONLY_ONE))
            if given is None:
                return
            answers |= given.answers
            secret = given.answers.get(name)
            if isinstance(secret, Secret) and await self._is_done(
                ConnectionAction.SECRET,
                partial(ConnectionChange, secret=(name, secret)),
                form,
                wizard,
                answers,
            ):
                return

    async def _replace_credentials(self, typed: dict[str, Answer] | None = None) -> None:
        form = self._connection.form
        assert form is not None, "it is not offered without a form"  # noqa: S101 - held by the offers
        answers: dict[str, Answer] = {**form.known_answers(self._seen), **(typed or {})}
        place = self._place(ConnectionAction.CREDENTIALS)
        while True:
            wizard = form.wizard(self._seen, answers, self._clock.today())
            given = await self._navigator.visit(CredentialsPage(place, wizard, _ALL_ANEW))
            if given is None:
                return
            answers = dict(given.answers)
            if await self._is_done(
                ConnectionAction.CREDENTIALS,
                partial(self._with_credentials, form, given.answers),
                form,
                wizard,
            ):
                return

    def _with_credentials(self, form: ConnectionForm, answers: Mapping[str, Answer]) -> ConnectionChange:
        return ConnectionChange(credentials=form.request(self._seen, answers))

    # --- review and submit ----------------------------------------------------------------------------------------

    async def _is_done(
        self,
        action: ConnectionAction,
        make: Callable[[], ConnectionChange | None],
        form: ConnectionForm | None,
        wizard: Wizard,
        answers: dict[str, Answer] | None = None,
    ) -> bool:
        """Show the review and send what is submitted; return False when the person goes back to the form.

        Args:
            action: what is done.
            make: makes the change of the version that was seen last, None when nothing would be different.
            form: of the credentials.
            wizard: for the pages.
            answers: of the form, for the other way when the platform does not take this one.
        """
        problem: Exception | None = None
        self._used = self._used or await self._work.used_by(self._seen.connection_id)
        while (change := make()) is not None:
            target, place = self._connection.target, self._place(action)
            review = change_review(change, self._seen, form, self._used, target)
            if not await self._navigator.visit(ReviewPage(place, wizard, review, problem)):
                return False
            if not await self._is_confirmed(CHANGED_IN):
                continue
            end = await self._sent(place, wizard, self._work.for_change(self._seen, change))
            problem = end.problem
            if end.seen is not None:
                await self._tell(wizard, place, end, review.done)
                return True
            if end.is_unclear:
                await self._tell_unclear(wizard, place, problem)
                return True
            if has_changed(problem):
                if not await self._looks_again():
                    return True
                problem = None
            elif change.secret is not None and isinstance(problem, Problem) and is_refused_path(problem):
                answer = await self._navigator.ask(refused_path_question(problem))
                if answer is AfterRefusal.REPLACE:
                    await self._replace_credentials(answers)
                    return True
                if answer is AfterRefusal.LEAVE:
                    return True
        return False

    async def _sent(self, place: ChangePlace, wizard: Wizard, work: StatusSession) -> WorkEnd:
        """Open the status page, and return how it was left; what became of the request stays known."""
        send = work.create
        assert send is not None, "a change is sent"  # noqa: S101 - by its maker
        self._outcome = None
        self._after = AfterChange.LOOK_AGAIN

        async def send_and_keep(telling: Telling) -> ChangeOutcome:
            outcome = await send(telling)
            assert isinstance(outcome, Changed | NotChanged | ChangeUnknown)  # noqa: S101 - by its maker
            self._outcome = outcome
            return outcome

        end = await self._navigator.visit(WorkPage(place, wizard, replace(work, create=send_and_keep)))
        end = end or WorkEnd(is_unclear=self._outcome is None)
        self._current.now = replace(
            self._current.now, failure=end.problem if isinstance(end.problem, Problem) else None
        )
        return end

    async def _is_confirmed(self, words: str) -> bool:
        """Return whether the person typed the sandbox's name, where that is asked for."""
        asked = production_confirmation(self._connection.target, self._connection.sandbox, words=words)
        return asked is None or await self._navigator.confirm(asked)

    async def _looks_again(self) -> bool:
        """Tell what has changed since, and by whom; return whether the person goes on with the version of now."""
        now = self._outcome.now if isinstance(self._outcome, NotChanged) else None
        answer = await self._navigator.ask(changed_question(changed_since_lines(self._seen, now)))
        if answer is not AfterRefusal.LOOK_AGAIN:
            return False
        try:
            self._seen = await self._work.read(self._seen.connection_id)
        except Problem as problem:
            self._navigator.show_trouble(problem)
            return False
        self._used = await self._work.used_by(self._seen.connection_id)
        return True

    async def _tell(
        self, wizard: Wizard, place: ChangePlace, end: WorkEnd, rows: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Show what was done."""
        if end.seen is None or self._used is None:
            return
        found_words = self._outcome.found_words if isinstance(self._outcome, Changed) else ""
        done = DoneChange(
            self._seen, self._connection.target, self._clock.now(), self._used, end.seen, rows, found_words
        )
        if done.is_delete:
            self._after = AfterChange.GONE
        await self._navigator.visit(SheetPage(place, wizard, ticket(done)))

    async def _tell_unclear(self, wizard: Wizard, place: ChangePlace, problem: Exception | None) -> None:
        rows = ((_("id"), self._seen.connection_id),)
        sheet = Sheet(unclear_statements(problem), rows, yes=_("Look at it again"), title=_("Not known"))
        await self._navigator.visit(SheetPage(place, wizard, sheet))

    # --- delete ---------------------------------------------------------------------------------------------------

    async def _delete(self) -> None:
        place, wizard = self._place(ConnectionAction.DELETE), self._wizard(self._seen.name, self._seen.description)
        problem: Exception | None = None
        self._used = await self._work.used_by(self._seen.connection_id)
        while True:
            sheet = delete_sheet(self._seen, self._connection.target, self._used, why_not_deleted(self._used), problem)
            if not await self._navigator.visit(SheetPage(place, wizard, sheet)) or why_not_deleted(self._used):
                return
            name = self._seen.name or self._seen.connection_id
            if not await self._navigator.confirm(delete_confirmation(name)):
                continue
            if not await self._is_confirmed(DELETED_IN):
                continue
            end = await self._sent(place, wizard, self._work.for_delete(self._seen))
            problem = end.problem
            if end.seen is not None:
                await self._tell(wizard, place, end)
                return
            if end.is_unclear:
                await self._tell_unclear(wizard, place, problem)
                return
            if has_changed(problem):
                if not await self._looks_again():
                    return
                problem = None
            else:
                # Whoever refused knows of dataflows that were not seen; they may show by now.
                self._used = await self._work.used_by(self._seen.connection_id)

    # --- what the pages stand under -------------------------------------------------------------------------------

    def _place(self, action: ConnectionAction) -> ChangePlace:
        name = self._seen.name or self._seen.connection_id
        title = _("{action} · {name}").format(action=action.label, name=shortened(name, _LONGEST_NAME))
        return ChangePlace(title, self._connection.target, self._connection.sandbox)

    def _wizard(self, name: str, description: str) -> Wizard:
        draft = Draft(name=name, description=description)
        return Wizard(self._current.now.wizard.catalog, self._clock.today(), draft)


_LONGEST_NAME: Final = 30
"""Of the name in the line above every page."""
_ONLY_WHAT_DIFFERS = _("Only what differs from today is sent. An empty description takes the one of today away.")
_ONLY_ONE = _("Only this secret is asked for; it is sent by its own path, and everything else stays as it is.")
_ALL_ANEW = _(
    "Filled with what the platform says. It gives no secret away and replaces all parameters as a whole, so every "
    "secret is asked for anew."
)
