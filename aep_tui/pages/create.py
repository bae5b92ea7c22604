"""The submit: every question before it, and the truth about what was sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui import domain
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.flow_service.errors import has_changed
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.navigator import SubmitPage
from aep_tui.pages.new_tokens import CREATE_AGAIN, SUBMIT_AGAIN
from aep_tui.pages.submit_questions import (
    CORRECTED_IN,
    CREATED_IN,
    BeforeCreate,
    UseExisting,
    changed_meanwhile,
    production_confirmation,
    similar_connections,
    unclear_outcome,
)
from aep_tui.pages.target_words import place_words
from aep_tui.pages.walk import WalkFlow

if TYPE_CHECKING:
    from aep_tui.domain.connection_request import ConnectionRequest
    from aep_tui.domain.intent import Intent
    from aep_tui.pages.status_view import News
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.status_session import StatusSession


class CreateFlow:
    """One submit at a time, and one request for it."""

    def __init__(self, tools: FlowTools, walk: WalkFlow) -> None:
        self._tools = tools
        self._walk = walk
        self.submitting: SubmitPage | None = None

    async def submit(self, page: SubmitPage) -> None:
        """Ask what has to be asked, and open the status page, which sends; a failure before that stands on `page`."""
        self.submitting = page
        self._failed_by(None)
        work = None
        try:
            work = await self._agreed_work(page)
        except Problem as problem:
            self._failed_by(problem)
            if page.is_attached:
                page.say("")
                page.show_problem(problem)
        # A person who has left the review meanwhile, or reads something over it, has not agreed to what would be sent.
        if work is not None and page.is_current:
            await self._tools.navigator.show_status(work)
        elif page.is_attached:
            if work is not None:
                page.say(_("Nothing was sent, because something else stood over this page. Submit sends it."))
            page.request_sent(False)
        if self.submitting is page:
            self.submitting = None

    async def _agreed_work(self, page: SubmitPage) -> StatusSession | None:
        """Return what is to be done on the status page after all questions, or None when the person stays here."""
        now = self._tools.current.now
        session, request = self._tools.session.open(), now.wizard.request()
        correction = now.correction
        unclear = None if correction else await session.unclear_intent(request.name, now.unclear_intent)
        if unclear is not None:
            answer = await self._tools.navigator.ask(
                unclear_outcome(unclear.name, place_words(now.target, now.sandbox))
            )
            if answer is BeforeCreate.LOOK_AGAIN:
                return session.for_reconcile(unclear)
            if answer is not BeforeCreate.CREATE:
                return None
        if await self._sent_back_to_answers():
            return None
        words = CREATED_IN if correction is None else CORRECTED_IN
        confirmation = production_confirmation(now.target, now.sandbox, words=words)
        if confirmation is not None and not await self._tools.navigator.confirm(confirmation):
            return None
        if correction is not None:
            return session.for_correction(correction.connection_id, correction.etag, request)
        return await self._work_without_a_second_one(session, request, page)

    async def _sent_back_to_answers(self) -> bool:
        """Go to the first step that is no longer answered, and return whether there is one: a token may have ended."""
        wizard, instant = self._tools.current.now.wizard, self._tools.clock.now()
        step = wizard.first_unanswered_before(Step.REVIEW, instant)
        if step is None:
            return False
        wrong: tuple[str, ...] = ()
        if step is Step.CREDENTIALS and wizard.auth_method is not None:
            wrong = domain.answers_with_errors(wizard.auth_method, wizard.draft.answers, instant)
        await self._walk.edit(step, wrong[0] if wrong else "")
        return True

    async def _work_without_a_second_one(
        self, session: PlatformSession, request: ConnectionRequest, page: SubmitPage
    ) -> StatusSession | None:
        now = self._tools.current.now
        page.say(_("Looking for connections that exist already..."))
        similar = await self._tools.tokens.during(lambda: session.similar_connections(request, page.say))
        page.say("")
        if similar:
            chosen = await self._tools.navigator.ask(similar_connections(similar, place_words(now.target, now.sandbox)))
            if isinstance(chosen, UseExisting):
                return session.for_watch(chosen.connection_id)
            if chosen is BeforeCreate.CHANGE_NAME:
                await self._walk.edit(Step.NAME, "name")
            if chosen is not BeforeCreate.CREATE:
                return None
        return session.for_create(request, self._tools.current.now.wizard.draft)

    async def failed(self, problem: Exception, is_unclear: bool) -> None:
        """Return to the review, which shows why; every answer is still there.

        A correction of a connection that has changed meanwhile leads to looking at it again, if the person wants. After
        a refusal for the access token alone, which proves that nothing was done, another one is asked for; the person
        submits once more.
        """
        is_correction = self._tools.current.now.correction is not None
        if is_unclear and not is_correction and self._tools.session.opened is not None:
            intent: Intent | None = self._tools.session.opened.unclear_create or self._tools.current.now.unclear_intent
            self._tools.current.now = replace(self._tools.current.now, unclear_intent=intent)
        self._failed_by(problem)
        await self._tools.navigator.return_with(problem)
        if not is_unclear and await self._tools.tokens.is_given(problem):
            await self._show_review_again(CREATE_AGAIN if not is_correction else SUBMIT_AGAIN)
            return
        correction = self._tools.current.now.correction
        if correction is None or not has_changed(problem):
            return
        if await self._tools.navigator.ask(changed_meanwhile()):
            await self._tools.navigator.show_status(self._tools.session.open().for_watch(correction.connection_id))

    async def _show_review_again(self, words: str) -> None:
        """Show the review without what went wrong, where it is the shown page."""
        if self._tools.navigator.open_steps()[-1] is Step.REVIEW:
            await self._tools.navigator.leave_page()
            message = f"{words} {self._tools.current.now.correction_words}".strip()
            await self._tools.navigator.show_step(Step.REVIEW, message)

    def result_changed(self, news: News) -> None:
        """Remember what is printed at the end; what was saved of the answers has served."""
        self._failed_by(news.failure)
        if news.failure is not None:
            return
        seen = news.seen
        now = self._tools.current.now
        result = self._tools.session.open().result(now.wizard, seen.created, seen.status)
        self._tools.current.now = replace(
            now, result=replace(result, test_passed=seen.test_passed), unclear_intent=None
        )
        self._tools.kept_answers.remove(now)

    def _failed_by(self, failure: Exception | None) -> None:
        """Remember why it did not work: the exit code says it."""
        known = failure if isinstance(failure, Problem) else None
        self._tools.current.now = replace(self._tools.current.now, failure=known)
