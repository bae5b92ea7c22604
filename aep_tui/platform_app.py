"""The part of the app that deals with the platform: one submit, one status, and the truth about what was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from aep_tui.domain.connection import DELETED
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.redaction import Redactor
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.screens.step import Frame, StepScreen
from aep_tui.settings.launch import Launch
from aep_tui.terminal_app import TerminalApp
from aep_tui.wizard import Step, Wizard

if TYPE_CHECKING:
    from aep_tui.domain.intent import Intent
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.flow_service.salesforce_login import LoginAttempts
    from aep_tui.platform_session import PlatformSession
    from aep_tui.screens.credentials import CredentialsScreen
    from aep_tui.screens.review import ReviewScreen
    from aep_tui.screens.status import StatusAnswers, StatusScreen
    from aep_tui.screens.status_session import StatusSession
    from aep_tui.settings.unfinished import Unfinished


class PlatformApp(TerminalApp[ConnectionResult]):
    """Holds the session with the platform and everything that is said about a create."""

    def __init__(self, launch: Launch, wizard: Wizard) -> None:
        """Start with an empty draft in `wizard`."""
        super().__init__()
        self.launch = launch
        self.wizard = wizard
        self.target: Target = launch.practice_target if launch.mode is Mode.PRACTICE else launch.live_target
        self.sandbox: Sandbox | None = None
        self.offered_auth_spec_names: Mapping[str, tuple[str, ...]] = {}
        self.scenario_id = launch.scenario_id
        self.result: ConnectionResult | None = None
        self.session: PlatformSession | None = None
        self._is_submitting = False
        self._outcome_is_unclear = False
        self._corrected_id = ""
        self._asks_about_unfinished = True
        self._login_attempts: LoginAttempts | None = None
        self._said: set[str] = set()

    @property
    def correction_words(self) -> str:
        """What the review says while Submit would replace the credentials of an existing connection."""
        if not self._corrected_id:
            return ""
        return _("Submit replaces the credentials of connection {id}; no second one is created.").format(
            id=self._corrected_id
        )

    def frame(self, message: str = "") -> Frame:
        """Return what a step shows now."""
        return Frame(
            self.wizard,
            self.target,
            message,
            self.launch.clock,
            self.sandbox,
            self.offered_auth_spec_names,
            self.launch.may_reveal,
        )

    def open_session(self) -> PlatformSession:
        """Return the session with the target, opened on the first call.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.platform_session import PlatformSession

        if self.session is None:
            self.session = PlatformSession(self.launch, self.target, self.scenario_id)
        return self.session

    async def end_session(self) -> None:
        """Close the session, for another target or the end of the program."""
        if self.session is not None:
            session, self.session = self.session, None
            await session.close()

    # --- before the first question ---------------------------------------------------------------------------------

    async def look_for_unfinished(self) -> None:
        """Say on the welcome page what earlier runs left open."""
        from aep_tui.screens.unfinished import unfinished_message
        from aep_tui.settings.unfinished import find_unfinished

        unfinished = await asyncio.to_thread(find_unfinished)
        if isinstance(self.screen, StepScreen) and self.screen.step is Step.WELCOME:
            self.screen.show_frame(replace(self.screen.frame, message=unfinished_message(unfinished)))

    @work(group="begin", exclusive=True)
    async def begin_live_walk(self) -> None:
        """Go on from the welcome page in live mode: what was left open comes before the first question."""
        from aep_tui.screens import unfinished as words
        from aep_tui.settings.unfinished import Unfinished, find_unfinished

        if self._asks_about_unfinished and not await self._set_up_is_accepted():
            return
        unfinished = await asyncio.to_thread(find_unfinished) if self._asks_about_unfinished else Unfinished()
        question = words.unfinished_question(unfinished, self.target)
        answer = words.START_ANEW if question is None else await self.push_screen_wait(question)
        try:
            await self._go_on_with(answer, unfinished)
        except Problem as problem:
            self._show_problem(problem)

    async def _go_on_with(self, answer: str, unfinished: Unfinished) -> None:
        """Do what was chosen of what is unfinished.

        Raises:
            SettingsProblem: a value of the target, the journal or the saved answers cannot be used.
        """
        from aep_tui.screens import unfinished as words

        if answer.startswith(words.LOOK):
            await self._push_reconcile(unfinished.open_intents[int(answer.removeprefix(words.LOOK))])
        elif answer.startswith(words.WATCH):
            entry = unfinished.connections[int(answer.removeprefix(words.WATCH))]
            await self._use_target_of(entry.intent)
            self.open_session().adopt(entry.intent)
            await self.push_watch(entry.outcome.connection_id if entry.outcome else "")
        elif answer:
            self._asks_about_unfinished = False
            if answer == words.RESUME and unfinished.saved is not None:
                self.wizard = self.wizard.with_draft(unfinished.saved.draft)
            elif answer == words.FORGET:
                self.open_session().forget_open_intents(unfinished)
            elif unfinished.saved is not None:
                from aep_tui.settings.draft_store import remove_draft

                remove_draft()
            await self.push_first_question()

    async def _set_up_is_accepted(self) -> bool:
        """Show the checks of the set-up; return whether the person goes on with it."""
        from aep_tui.screens.preflight import PreflightScreen

        try:
            preflight = self.open_session().preflight(self.wizard.catalog)
        except Problem as problem:
            self._show_problem(problem)
            return False
        decision = await self.push_screen_wait(PreflightScreen(self.target, preflight))
        self.offered_auth_spec_names = decision.report.offered_auth_spec_names
        return decision.goes_on

    async def push_first_question(self) -> None:
        """Show the first step after the welcome page."""
        raise NotImplementedError

    async def _push_reconcile(self, intent: Intent) -> None:
        from aep_tui.screens.status import StatusScreen

        await self._use_target_of(intent)
        self._outcome_is_unclear = True
        await self.push_screen(StatusScreen(self.frame(), self.open_session().for_reconcile(intent)))

    async def _use_target_of(self, intent: Intent) -> None:
        """Turn to the sandbox of an earlier create, in the same organization of the same service."""
        if intent.sandbox_name != self.target.sandbox_name:
            self.target = replace(self.target, sandbox_name=intent.sandbox_name)
            self.sandbox = None
            await self.end_session()

    def keep_answers(self) -> None:
        """Save what is not secret, so that a lost connection loses nothing; a rehearsal is not saved."""
        if self.target.mode is Mode.PRACTICE:
            return
        from aep_tui.settings.draft_store import save_draft

        method = self.wizard.auth_method
        secret_names = [each.api_name for each in method.parameters if each.is_secret] if method else []
        try:
            save_draft(self.wizard.draft, self.target, secret_names=secret_names, clock=self.launch.clock)
        except Problem as problem:
            self._say_once(problem)

    def _say_once(self, problem: Problem) -> None:
        if problem.message not in self._said:
            self._said.add(problem.message)
            self.notify(problem.message, title=problem.title, severity="warning", markup=False)

    async def on_credentials_screen_login_check_wanted(self, event: CredentialsScreen.LoginCheckWanted) -> None:
        """Offer to ask Salesforce about client credentials; the refusals of the whole run are counted together."""
        from aep_tui.flow_service.salesforce_login import LoginAttempts, SalesforceCredentials
        from aep_tui.screens.precheck import PrecheckPage

        attempts = self._login_attempts = self._login_attempts or LoginAttempts()
        credentials = SalesforceCredentials(event.environment_url, event.client_id, event.client_secret)

        async def check() -> None:
            await self.open_session().check_salesforce_login(credentials, attempts)

        is_practice = self.target.mode is Mode.PRACTICE
        await self.push_screen(PrecheckPage(event.environment_url, check, is_practice=is_practice))

    # --- submitting -----------------------------------------------------------------------------------------------

    def on_review_screen_submit_wanted(self, event: ReviewScreen.SubmitWanted) -> None:
        """Submit the draft, once: a second message is ignored until the first one is over."""
        if self.screen is event.screen and not self._is_submitting:
            self._is_submitting = True
            self._submit(event.screen)

    @work(group="submit")
    async def _submit(self, review: ReviewScreen) -> None:
        from aep_tui.screens.status import StatusScreen

        try:
            status_session = await self._agreed_session(review)
        except Problem as problem:
            status_session = None
            if review in self.screen_stack:
                review.say("")
                review.show_problem(problem)
        # Whoever has left the review since then, or reads something over it, has not agreed to what would be sent now.
        if status_session is not None and self.screen is review:
            await self.push_screen(StatusScreen(self.frame(), status_session))
        elif review in self.screen_stack:
            review.request_sent(False)
        self._is_submitting = False

    async def _agreed_session(self, review: ReviewScreen) -> StatusSession | None:
        """Return what is to be done on the status screen after all questions, or None when the person stays here."""
        from aep_tui.screens import submit_questions

        session, request = self.open_session(), self.wizard.request()
        self.redactor = self.redactor.merged_with(request.redactor())
        if self._outcome_is_unclear and session.last_intent is not None:
            answer = await self.push_screen_wait(submit_questions.unclear_outcome(session.last_intent.name))
            if answer == submit_questions.LOOK_AGAIN:
                return session.for_reconcile(session.last_intent)
            if answer != submit_questions.CREATE:
                return None
        confirmation = submit_questions.production_confirmation(self.target, self.sandbox)
        if confirmation is not None and not await self.push_screen_wait(confirmation):
            return None
        if self._corrected_id:
            return session.for_correction(self._corrected_id, request)
        review.say(_("Looking for connections that exist already..."))
        similar = await session.similar_connections(request, review.say)
        review.say("")
        if similar:
            answer = await self.push_screen_wait(submit_questions.similar_connections(similar))
            if answer == submit_questions.CHANGE_NAME:
                self.edit(Step.NAME, "name")
                return None
            if answer != submit_questions.CREATE:
                return session.for_watch(answer) if answer else None
        self._outcome_is_unclear = False
        return session.for_create(request, self.wizard.draft)

    def edit(self, step: Step, field: str) -> None:
        """Go to an earlier step to change an answer."""
        from aep_tui.screens.review import ReviewScreen

        self.post_message(ReviewScreen.EditWanted(step, field))

    async def on_status_screen_create_failed(self, event: StatusScreen.CreateFailed) -> None:
        """Return to the review, which shows why; every answer is still there."""
        from aep_tui.screens.review import ReviewScreen

        if self.screen is not event.screen:
            return
        self._outcome_is_unclear = event.is_unclear
        await self.pop_screen()
        if isinstance(self.screen, ReviewScreen):
            self.screen.request_sent(False)
            self.screen.show_problem(event.problem)
        elif isinstance(self.screen, StepScreen):
            self._show_problem(event.problem)

    def on_status_screen_token_replaced(self, event: StatusScreen.TokenReplaced) -> None:
        """Let the target line and later sessions have the new token."""
        from aep_tui.flow_service.sign_in import expiry_of

        expires_at = expiry_of(event.access_token)
        self.target = replace(self.target, access_token=event.access_token, token_expires_at=expires_at)
        if isinstance(self.screen, StepScreen):
            self.screen.show_frame(self.frame())

    def on_status_screen_result_changed(self, event: StatusScreen.ResultChanged) -> None:
        """Remember what is printed at the end."""
        self.result = self.open_session().result(self.wizard, event.created, event.status)
        if self.target.mode is Mode.LIVE:
            from aep_tui.settings.draft_store import remove_draft

            try:
                remove_draft()
            except Problem as problem:
                self._say_once(problem)

    # --- after the submit -----------------------------------------------------------------------------------------

    async def push_watch(self, connection_id: str) -> None:
        """Show the live status of an existing connection."""
        from aep_tui.screens.status import StatusScreen

        try:
            session = self.open_session()
        except Problem as problem:
            self._show_problem(problem)
        else:
            await self.push_screen(StatusScreen(self.frame(), session.for_watch(connection_id)))

    @work(group="after-status", exclusive=True)
    async def finish_status(self, answers: StatusAnswers) -> None:
        """Go to the result; when the platform's test failed, ask first what to do about it."""
        from aep_tui.screens import submit_questions

        if self.result is not None:
            self.result = replace(self.result, test_passed=answers.test_passed)
        if answers.test_passed is False:
            can_correct = self.wizard.auth_method is not None and self.wizard.is_answered(Step.REVIEW)
            answer = await self.push_screen_wait(submit_questions.failed_test(can_correct))
            if answer == submit_questions.CORRECT:
                self._corrected_id = answers.created.connection_id
                self.edit(Step.CREDENTIALS, "")
                return
            if answer == submit_questions.DELETE and not await self._deleted(answers):
                return
            if not answer:
                return
        await self._push_done()

    async def _deleted(self, answers: StatusAnswers) -> bool:
        """Delete the connection when the person types its name; return whether it is gone."""
        from aep_tui.screens import submit_questions

        name = (answers.status.name if answers.status else "") or answers.created.connection_id
        if not await self.push_screen_wait(submit_questions.delete_confirmation(name)):
            return False
        try:
            await self.open_session().delete(answers.created.connection_id)
        except Problem as problem:
            self._show_problem(problem)
            return False
        if self.result is not None:
            self.result = replace(self.result, state=DELETED)
        return True

    async def _push_done(self) -> None:
        from aep_tui.screens.done import DoneScreen

        if self.result is None:
            return
        self._corrected_id = ""
        if self.session is not None:
            try:
                self.session.conclude()
            except Problem as problem:
                self._show_problem(problem)
        await self.push_screen(DoneScreen(self.frame(), self.result))

    def _show_problem(self, problem: Exception) -> None:
        from aep_tui.screens.modals import TextModal
        from aep_tui.screens.problem_text import problem_text

        self.push_screen(TextModal(_("That did not work"), self.redactor.clean(problem_text(problem))))

    def forget_walk(self) -> None:
        """Start anew with the same target."""
        self.wizard = replace(self.wizard, draft=Draft())
        self.redactor = Redactor({})
        self._corrected_id = ""
        self._outcome_is_unclear = False
