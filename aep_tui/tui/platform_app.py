"""The part of the app that deals with the platform: one submit, one status, and the truth about what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from aep_tui.domain.connection import DELETED
from aep_tui.domain.correction import Correction
from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import Problem
from aep_tui.domain.redaction import Redactor
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.settings.launch import Launch
from aep_tui.tui.steps.step import Frame, StepScreen
from aep_tui.tui.terminal.terminal_app import TerminalApp

if TYPE_CHECKING:
    from aep_tui.domain.intent import Intent
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.session.checks import CheckAttempts
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.status_session import StatusSession
    from aep_tui.tui.steps.credentials import CredentialsScreen
    from aep_tui.tui.steps.review import ReviewScreen
    from aep_tui.tui.steps.status import StatusAnswers, StatusScreen


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
        self._submitting: ReviewScreen | None = None
        self.unclear_intent: Intent | None = None
        self._correction: Correction | None = None
        self._check_attempts: CheckAttempts | None = None
        self._said: set[str] = set()

    @property
    def correction_words(self) -> str:
        """What the review says while Submit would replace the credentials of an existing connection."""
        if self._correction is None:
            return ""
        return _("Submit replaces the credentials of connection {id}; no second one is made.").format(
            id=self._correction.connection_id
        )

    def drop_correction_of_something_else(self) -> None:
        """Forget the correction when another source, auth method or target was chosen since."""
        if self._correction is not None and self._correction != self._correction_of(self._correction.connection_id):
            self._correction = None

    def _correction_of(self, connection_id: str) -> Correction:
        source, method = self.wizard.source, self.wizard.auth_method
        return Correction(
            connection_id,
            source.connection_spec_id if source else "",
            method.spec_name if method else "",
            self.target.base_url,
            self.target.organization_id,
            self.target.sandbox_name,
        )

    def forget_unclear_outcome(self) -> None:
        """Forget what a rehearsal sent: its service was thrown away."""
        self.unclear_intent = None

    def frame(self, message: str = "") -> Frame:
        """Return what a step shows now."""
        return Frame(
            self.wizard,
            self.target,
            message,
            self.launch.clock,
            sandbox=self.sandbox,
            offered_auth_spec_names=self.offered_auth_spec_names,
            corrected_id=self._correction.connection_id if self._correction else "",
            may_reveal=self.launch.may_reveal,
        )

    def open_session(self) -> PlatformSession:
        """Return the session with the target, opened on the first call.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        from aep_tui.session.platform_session import PlatformSession

        if self.session is None:
            self.session = PlatformSession(self.launch, self.target, self.scenario_id)
            self.session.hide(self.redactor)
        return self.session

    async def end_session(self) -> None:
        """Close the session, for another target or the end of the program."""
        if self.session is not None:
            session, self.session = self.session, None
            await session.close()

    def keep_answers(self) -> None:
        """Save what is not secret, so that a lost connection loses nothing; a rehearsal is not saved."""
        if self.target.mode is Mode.PRACTICE:
            return
        from aep_tui.state.draft_store import save_draft

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

    async def on_credentials_screen_check_wanted(self, event: CredentialsScreen.CheckWanted) -> None:
        """Offer to ask the source about credentials; the refusals of the whole run are counted together."""
        from aep_tui.session.checks import CheckAttempts
        from aep_tui.tui.dialogs.precheck import PrecheckPage

        attempts = self._check_attempts = self._check_attempts or CheckAttempts()
        method, source = event.method, self.wizard.source

        async def check() -> None:
            await self.open_session().check_credentials(method.check, event.values, attempts)

        sent = [
            parameter.label
            for role, api_name in method.reads
            if role != "address" and (parameter := method.parameter(api_name))
        ]
        page = PrecheckPage(
            source.label if source is not None else "",
            sent,
            str(event.values.get("address", "")),
            check,
            is_practice=self.target.mode is Mode.PRACTICE,
        )
        await self.push_screen(page)

    # --- submitting -----------------------------------------------------------------------------------------------

    def on_review_screen_submit_wanted(self, event: ReviewScreen.SubmitWanted) -> None:
        """Submit the draft, once: a second message from the same page is ignored until the first one is over."""
        if self.screen is event.screen and self._submitting is not event.screen:
            # What an earlier review still looks for is no longer wanted by anybody.
            self.workers.cancel_group(self, "submit")
            self._submitting = event.screen
            self._submit(event.screen)

    @work(group="submit")
    async def _submit(self, review: ReviewScreen) -> None:
        from aep_tui.tui.steps.status import StatusScreen

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
        if self._submitting is review:
            self._submitting = None

    async def _agreed_session(self, review: ReviewScreen) -> StatusSession | None:
        """Return what is to be done on the status screen after all questions, or None when the person stays here."""
        from aep_tui.pages import submit_questions
        from aep_tui.pages.submit_questions import BeforeCreate, UseExisting
        from aep_tui.tui.dialogs.asking import ChoiceModal, TypedConfirmationModal

        session, request = self.open_session(), self.wizard.request()
        self.redactor = self.redactor.merged_with(request.redactor())
        unclear = None if self._correction else await session.unclear_intent(request.name, self.unclear_intent)
        if unclear is not None:
            answer = await self.push_screen_wait(ChoiceModal(submit_questions.unclear_outcome(unclear.name)))
            if answer is BeforeCreate.LOOK_AGAIN:
                return session.for_reconcile(unclear)
            if answer is not BeforeCreate.CREATE:
                return None
        confirmation = submit_questions.production_confirmation(
            self.target, self.sandbox, is_new=self._correction is None
        )
        if confirmation is not None and not await self.push_screen_wait(TypedConfirmationModal(confirmation)):
            return None
        if self._correction is not None:
            return session.for_correction(self._correction.connection_id, request)
        review.say(_("Looking for connections that exist already..."))
        similar = await session.similar_connections(request, review.say)
        review.say("")
        if similar:
            chosen = await self.push_screen_wait(ChoiceModal(submit_questions.similar_connections(similar)))
            if isinstance(chosen, UseExisting):
                return session.for_watch(chosen.connection_id)
            if chosen is BeforeCreate.CHANGE_NAME:
                self.edit(Step.NAME, "name")
            if chosen is not BeforeCreate.CREATE:
                return None
        return session.for_create(request, self.wizard.draft)

    def edit(self, step: Step, field: str) -> None:
        """Go to an earlier step to change an answer."""
        from aep_tui.tui.steps.review import ReviewScreen

        self.post_message(ReviewScreen.EditWanted(step, field))

    async def on_status_screen_create_failed(self, event: StatusScreen.CreateFailed) -> None:
        """Return to the review, which shows why; every answer is still there."""
        from aep_tui.tui.steps.review import ReviewScreen

        if self.screen is not event.screen:
            return
        if event.is_unclear and self.session is not None:
            self.unclear_intent = self.session.last_intent or self.unclear_intent
        await self.pop_screen()
        if isinstance(self.screen, ReviewScreen):
            self.screen.request_sent(False)
            self.screen.show_problem(event.problem)
        elif isinstance(self.screen, StepScreen):
            self.show_trouble(event.problem)

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
        self.result = replace(self.result, test_passed=event.test_passed)
        self.unclear_intent = None
        if self.target.mode is Mode.LIVE:
            from aep_tui.state.draft_store import remove_draft

            try:
                remove_draft()
            except Problem as problem:
                self._say_once(problem)

    # --- after the submit -----------------------------------------------------------------------------------------

    async def push_watch(self, connection_id: str) -> None:
        """Show the live status of an existing connection."""
        from aep_tui.tui.steps.status import StatusScreen

        try:
            session = self.open_session()
        except Problem as problem:
            self.show_trouble(problem)
        else:
            await self.push_screen(StatusScreen(self.frame(), session.for_watch(connection_id)))

    @work(group="after-status", exclusive=True)
    async def finish_status(self, answers: StatusAnswers) -> None:
        """Go to the result; when the platform's test failed, ask first what to do about it."""
        from aep_tui.pages.submit_questions import AfterFailedTest, failed_test
        from aep_tui.tui.dialogs.asking import ChoiceModal

        if answers.test_passed is False:
            can_correct = self.wizard.auth_method is not None and self.wizard.is_answered(Step.REVIEW)
            answer = await self.push_screen_wait(ChoiceModal(failed_test(can_correct)))
            if answer is AfterFailedTest.CORRECT:
                self._correction = self._correction_of(answers.created.connection_id)
                self.edit(Step.CREDENTIALS, "")
                return
            if answer is AfterFailedTest.DELETE and not await self._deleted(answers):
                return
            if answer is None:
                return
        await self._push_done()

    async def _deleted(self, answers: StatusAnswers) -> bool:
        """Delete the connection when the person types its name; return whether it is gone."""
        from aep_tui.pages.submit_questions import delete_confirmation
        from aep_tui.tui.dialogs.asking import TypedConfirmationModal

        name = (answers.status.name if answers.status else "") or answers.created.connection_id
        if not await self.push_screen_wait(TypedConfirmationModal(delete_confirmation(name))):
            return False
        try:
            await self.open_session().delete(answers.created.connection_id)
        except Problem as problem:
            self.show_trouble(problem)
            return False
        if self.result is not None:
            self.result = replace(self.result, state=DELETED)
        return True

    async def _push_done(self) -> None:
        from aep_tui.tui.steps.done import DoneScreen

        if self.result is None:
            return
        self._correction = None
        if self.session is not None:
            try:
                self.session.conclude()
            except Problem as problem:
                self.show_trouble(problem)
        await self.push_screen(DoneScreen(self.frame(), self.result))

    def show_trouble(self, problem: Exception) -> None:
        """Show a failure on a page of its own."""
        from aep_tui.pages.problem_text import problem_text
        from aep_tui.tui.dialogs.modals import TextModal

        self.push_screen(TextModal(_("That did not work"), self.redactor.clean(problem_text(problem))))

    def forget_walk(self) -> None:
        """Start anew with the same target."""
        self.wizard = replace(self.wizard, draft=Draft())
        self.redactor = Redactor({})
        self._correction = None
