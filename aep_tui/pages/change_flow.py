"""What a person does to one existing connection: asked, reviewed, sent once, and told as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.draft import Answer
from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer, StepAnswer
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import has_changed
from aep_tui.pages.at_hand import AfterChange, ConnectionAtHand, ConnectionWork, LeftName, Typed
from aep_tui.pages.change_offers import ConnectionAction, change_offers, why_not_deleted
from aep_tui.pages.change_pages import CredentialsPage, NamePage, ReviewPage, SheetPage
from aep_tui.pages.change_questions import (
    AfterRefusal,
    is_refused_path,
    refused_path_question,
    secret_question,
)
from aep_tui.pages.change_review_view import change_review
from aep_tui.pages.change_submit import ChangeSubmit
from aep_tui.pages.change_ticket import delete_sheet
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.new_tokens import SUBMIT_AGAIN
from aep_tui.pages.submit_questions import CHANGED_IN, DELETED_IN, delete_confirmation
from aep_tui.pages.target_words import place_words

if TYPE_CHECKING:
    from aep_tui.domain.connection_form import ConnectionForm
    from aep_tui.domain.source import Parameter
    from aep_tui.domain.wizard import Wizard


class ChangeFlow:
    """One piece of work at one connection; whoever leaves it starts another one."""

    def __init__(
        self, tools: FlowTools, work: ConnectionWork, connection: ConnectionAtHand, typed: Typed | None = None
    ) -> None:
        """Begin with the connection as the person sees it; what stands in a form that is left goes into `typed`."""
        self._tools = tools
        self._work = work
        self._connection = connection
        self._typed: Typed = {} if typed is None else typed
        self._submit = ChangeSubmit(tools, work, connection)

    async def run(self, action: ConnectionAction) -> AfterChange:
        """Do what the person wants, as far as it goes; return what may be different afterwards."""
        connection = self._connection
        offers = change_offers(connection.status, connection.form, is_read_only=connection.target.is_read_only)
        reason = next(offer.reason for offer in offers if offer.action is action)
        if reason:
            self._tools.navigator.show_trouble(Problem(_("{action}: not offered").format(action=action.label), reason))
            return self._submit.after
        ways: dict[ConnectionAction, Callable[[], Awaitable[None]]] = {
            ConnectionAction.NAME: self._rename,
            ConnectionAction.SECRET: self._one_secret,
            ConnectionAction.CREDENTIALS: self._replace_credentials,
            ConnectionAction.DELETE: self._delete,
        }
        await ways[action]()
        return self._submit.after

    # --- the forms ------------------------------------------------------------------------------------------------

    async def _rename(self) -> None:
        shown, message = self._named, _ONLY_WHAT_DIFFERS
        answer, place = shown, self._submit.place(ConnectionAction.NAME)
        left = self._left(ConnectionAction.NAME)
        if isinstance(left, LeftName):
            answer = _followed(left.answer, left.shown, shown)
        while True:
            wizard = self._submit.wizard(answer.name, answer.description)
            page = NamePage(place, wizard, self._name_keeper(shown), message)
            given = await self._tools.navigator.visit(page)
            if given is None:
                return
            make = partial(self._renamed, shown, given)
            if await self._is_done(ConnectionAction.NAME, make, None, wizard):
                return
            message = _ONLY_WHAT_DIFFERS if make() else _("Nothing is different from today, so nothing would be sent.")
            answer, shown = _followed(given, shown, self._named), self._named

    @property
    def _named(self) -> NameAnswer:
        """Name and description of the version that was seen last."""
        return NameAnswer(self._submit.seen.name, self._submit.seen.description)

    def _name_keeper(self, shown: NameAnswer) -> Callable[[StepAnswer | None], None]:
        """Return what keeps a form that is left, beside what the platform said when it was filled."""
        key = (self._submit.seen.connection_id, ConnectionAction.NAME.value)

        def keep(answer: StepAnswer | None) -> None:
            self._typed[key] = LeftName(answer, shown) if isinstance(answer, NameAnswer) else None

        return keep

    def _renamed(self, shown: NameAnswer, given: NameAnswer) -> ConnectionChange | None:
        """Return what the person has changed of what stood in the form; what somebody else wrote meanwhile stays."""
        name = given.name if given.name not in {shown.name, self._submit.seen.name} else None
        description = (
            given.description if given.description not in {shown.description, self._submit.seen.description} else None
        )
        return None if name is None and description is None else ConnectionChange(name, description)

    async def _one_secret(self) -> None:
        form = self._connection.form
        assert form is not None, "it is not offered without a form"  # noqa: S101 - held by the offers
        secrets = form.secrets
        parameter: Parameter | None = secrets[0]
        if len(secrets) > 1:
            parameter = await self._tools.navigator.ask(secret_question(secrets, self._submit.seen.parameters))
        if parameter is None:
            return
        name, answers = parameter.api_name, form.known_answers(self._submit.seen)
        form = form.for_one_secret(name)
        left = self._left(name)
        answers |= left.answers if isinstance(left, CredentialsAnswer) else {}
        place = self._submit.place(ConnectionAction.SECRET)
        while True:
            wizard = form.wizard(self._submit.seen, answers, self._tools.clock.today())
            given = await self._tools.navigator.visit(CredentialsPage(place, wizard, self._keeper(name), _ONLY_ONE))
            if given is None:
                return
            answers |= given.answers
            secret = given.answers.get(name)
            if isinstance(secret, Secret) and await self._is_done(
                ConnectionAction.SECRET,
                partial(ConnectionChange, secret=(name, secret)),
                form,
                wizard,
            ):
                return

    async def _replace_credentials(self, typed: Mapping[str, Answer] | None = None) -> None:
        form = self._connection.form
        assert form is not None, "it is not offered without a form"  # noqa: S101 - held by the offers
        left = self._left(ConnectionAction.CREDENTIALS)
        answers: dict[str, Answer] = {
            **form.known_answers(self._submit.seen),
            **(left.answers if isinstance(left, CredentialsAnswer) else {}),
            **(typed or {}),
        }
        place = self._submit.place(ConnectionAction.CREDENTIALS)
        while True:
            wizard = form.wizard(self._submit.seen, answers, self._tools.clock.today())
            page = CredentialsPage(place, wizard, self._keeper(ConnectionAction.CREDENTIALS), _ALL_ANEW)
            given = await self._tools.navigator.visit(page)
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

    def _left(self, form: str) -> StepAnswer | LeftName | None:
        """Return what stood in a form when it was left."""
        return self._typed.get((self._submit.seen.connection_id, form))

    def _keeper(self, form: str) -> Callable[[StepAnswer | None], None]:
        """Return what keeps the content of a form that is left, as long as the program runs."""

        def keep(answer: StepAnswer | None) -> None:
            self._typed[(self._submit.seen.connection_id, form)] = answer

        return keep

    def _with_credentials(self, form: ConnectionForm, answers: Mapping[str, Answer]) -> ConnectionChange:
        return ConnectionChange(credentials=form.request(self._submit.seen, answers))

    # --- review and submit ----------------------------------------------------------------------------------------

    async def _is_done(
        self,
        action: ConnectionAction,
        make: Callable[[], ConnectionChange | None],
        form: ConnectionForm | None,
        wizard: Wizard,
    ) -> bool:
        """Show the review and send what is submitted; return False when the person goes back to the form.

        Args:
            action: what is done.
            make: makes the change of the version that was seen last, None when nothing would be different.
            form: of the credentials.
            wizard: for the pages.
        """
        problem: Exception | None = None
        message = ""
        self._submit.used = self._submit.used or await self._submit.used_by()
        while (change := make()) is not None:
            target, place = self._connection.target, self._submit.place(action)
            review = change_review(change, self._submit.seen, form, self._submit.used, target)
            if not await self._tools.navigator.visit(ReviewPage(place, wizard, review, problem, message)):
                return False
            message = ""
            if not await self._submit.is_confirmed(CHANGED_IN):
                continue
            end = await self._submit.sent(place, wizard, self._work.for_change(self._submit.seen, change))
            problem = end.problem
            if end.seen is not None:
                for form_of_this in [key for key in self._typed if key[0] == self._submit.seen.connection_id]:
                    del self._typed[form_of_this]
                await self._submit.tell(wizard, place, end, review.done)
                return True
            if end.is_unclear:
                await self._submit.tell_unclear(wizard, place, problem)
                return True
            if await self._submit.has_new_token(problem):
                problem, message = None, SUBMIT_AGAIN
            elif has_changed(problem):
                if not await self._submit.looks_again():
                    return True
                problem = None
            elif change.secret is not None and isinstance(problem, Problem) and is_refused_path(problem):
                answer = await self._tools.navigator.ask(refused_path_question(problem))
                if answer is AfterRefusal.REPLACE:
                    await self._replace_credentials(dict([change.secret]))
                    return True
                if answer is AfterRefusal.LEAVE:
                    return True
        return False

    # --- delete ---------------------------------------------------------------------------------------------------

    async def _delete(self) -> None:
        submit, problem, message = self._submit, None, ""
        place = submit.place(ConnectionAction.DELETE)
        wizard = submit.wizard(submit.seen.name, submit.seen.description)
        used = submit.used = await submit.used_by()
        while True:
            reason = why_not_deleted(used)
            sheet = delete_sheet(submit.seen, self._connection.target, used, reason, problem)
            if not await self._tools.navigator.visit(SheetPage(place, wizard, sheet, message)) or reason:
                return
            message = ""
            name = submit.seen.name or submit.seen.connection_id
            where = place_words(self._connection.target, self._connection.sandbox)
            if not await self._tools.navigator.confirm(delete_confirmation(name, where)):
                continue
            if not await submit.is_confirmed(DELETED_IN):
                continue
            end = await submit.sent(place, wizard, self._work.for_delete(submit.seen))
            problem = end.problem
            if end.seen is not None:
                await submit.tell(wizard, place, end)
                return
            if end.is_unclear:
                await submit.tell_unclear(wizard, place, problem)
                return
            if await submit.has_new_token(problem):
                problem, message = None, SUBMIT_AGAIN
            elif has_changed(problem):
                if not await submit.looks_again():
                    return
                problem = None
            # Whoever refused knows of dataflows that were not seen; they may show by now.
            used = submit.used = await submit.used_by()


def _followed(given: NameAnswer, shown: NameAnswer, now: NameAnswer) -> NameAnswer:
    """Return what was given, with what the person left as it was shown as it is now.

    Args:
        given: what stands in the form.
        shown: what the platform said when the form was filled.
        now: what it says now; somebody else may have changed it.
    """
    return NameAnswer(
        now.name if given.name == shown.name else given.name,
        now.description if given.description == shown.description else given.description,
    )


_ONLY_WHAT_DIFFERS = _("Only what differs from today is sent. An empty description takes the one of today away.")
_ONLY_ONE = _("Only this secret is asked for; it is sent by its own path, and everything else stays as it is.")
_ALL_ANEW = _(
    "Filled with what the platform says. It gives no secret away and replaces all parameters as a whole, so every "
    "secret is asked for anew."
)
