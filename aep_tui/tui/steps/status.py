"""The submit and the live status: what is happening, for how long, and each state with its time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.timeline import Timeline
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome
from aep_tui.session.status_session import StatusSession, Telling
from aep_tui.session.watch import PollFailed, StateSeen, TokenRefused, Watch, WatchEnd, WatchEnded, WatchEvent
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.steps.step import Frame, StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class StatusAnswers:
    """What was seen in the end.

    Attributes:
        created: the connection.
        status: its last state, or None when none was seen.
        test_passed: what the platform's own test said, or None when it was not run or gave no answer.
    """

    created: CreatedConnection
    status: ConnectionStatus | None
    test_passed: bool | None = None


class StatusScreen(StepScreen):
    """Sends once, then watches. Nothing moves but one line, once a second."""

    step = Step.STATUS
    help_text = _(
        "The request is sent once. Then the program asks for the state of the connection after 1, 2 and 5 seconds and "
        "every 10 seconds from then on, for 10 minutes at most.\n\n"
        "Initializing means that the platform is still checking and storing the connection; the sample in Adobe's "
        "tutorial for AWS took 88 seconds. Enabled means that it can be used. Other states are shown as the platform "
        "says them.\n\nA failed look at the state is not a failed connection. You can stop watching with Esc and come "
        "back later with: aep-tui watch ID"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop_watching", _("Stop watching"), id="status.stop"),
        Binding("f5", "copy_id", _("Copy id"), id="status.copy"),
        Binding("f6", "show_result", _("Show as text"), id="status.show"),
    ]

    @dataclass
    class CreateFailed(Message):
        """The create did not give a connection, or it is not known whether it did; the review shows why.

        Attributes:
            screen: this screen.
            problem: what a person reads.
            is_unclear: whether there may be a connection all the same.
        """

        screen: StatusScreen
        problem: Exception
        is_unclear: bool = False

    @dataclass
    class Told(Message):
        """Something happens now, in a sentence."""

        words: str

    @dataclass
    class Tested(Message):
        """The platform's own test of the connection ended: passed, failed, or without an answer (None)."""

        passed: bool | None
        words: str

    @dataclass
    class CreateAnswered(Message):
        """There is a connection: the platform answered 201, or it was found after the answer was lost."""

        created: CreatedConnection
        was_reconciled: bool

    @dataclass
    class Seen(Message):
        """The watch says something."""

        event: WatchEvent

    @dataclass
    class ResultChanged(Message):
        """Something is known now that the program should print when it ends."""

        created: CreatedConnection
        status: ConnectionStatus | None
        test_passed: bool | None = None

    @dataclass
    class TokenReplaced(Message):
        """The person has given a new access token, and the platform is asked with it from now on."""

        access_token: SecretStr

    def __init__(self, frame: Frame, session: StatusSession) -> None:
        """Start at once with what `session` says."""
        super().__init__(frame)
        self._session = session
        self._timeline = Timeline(session.clock)
        self._created: CreatedConnection | None = None
        self._status: ConnectionStatus | None = None
        self._test_passed: bool | None = None
        self._is_working = True

    def compose_body(self) -> ComposeResult:
        """Yield what is happening, for how long, the ids and the timeline."""
        with Horizontal(id="activity-line"):
            yield PlainText(_("Sending the request..."), id="activity")
            yield PlainText("", id="elapsed")
        yield PlainText("", id="identity", classes="-empty")
        yield PlainText("", id="timeline")
        yield PlainText("", id="details", classes="-empty")
        yield PlainText("", id="trouble", classes="-empty")

    def compose_actions(self) -> ComposeResult:
        """Yield Stop while it works; Next when it is over."""
        yield ActionButton(_("Stop watching"), id="stop")
        yield ActionButton(_("Copy id"), id="copy", classes="-empty")
        yield ActionButton(_("Next"), id="next", classes="-empty")

    def key_text(self) -> str:
        """Return the keys of the page."""
        return _("Esc Stop watching   F5 Copy id   F6 Show as text   F1 Help   Ctrl+Q Quit")

    def on_mount(self) -> None:
        """Start."""
        super().on_mount()
        self.query_one("#stop").focus()
        self.set_interval(1.0, self._show_elapsed)
        if self._session.create is not None:
            self._create(self._session.create)
        else:
            self._created = CreatedConnection(self._session.connection_id)
            self._begin_watching()

    def collected_answers(self) -> StatusAnswers | None:
        """Return what was seen, None while there is no connection."""
        return StatusAnswers(self._created, self._status, self._test_passed) if self._created else None

    def complete(self) -> None:
        """Go to the result, when there is one."""
        if self._created is not None and not self._is_working:
            super().complete()

    @work(group="platform", exclusive=True)
    async def _create(self, create: Callable[[Telling], Awaitable[CreationOutcome]]) -> None:
        try:
            outcome = await create(self._tell)
        except Problem as problem:
            self.post_message(self.CreateFailed(self, problem))
            return
        if isinstance(outcome, Created):
            self.post_message(self.CreateAnswered(outcome.connection, outcome.was_reconciled))
        else:
            self.post_message(self.CreateFailed(self, outcome.error, is_unclear=isinstance(outcome, CannotTell)))

    def _tell(self, words: str) -> None:
        self.post_message(self.Told(words))

    @on(Told)
    def _show_told(self, event: Told) -> None:
        event.stop()
        self._show("#trouble" if self._created else "#activity", event.words)

    @work(group="platform", exclusive=True)
    async def _watch(self, connection_id: str) -> None:
        watch = self._session.watch(connection_id)
        async for event in watch:
            self.post_message(self.Seen(event))
            if isinstance(event, TokenRefused) and not await self._goes_on_with_new_token(watch, event):
                self.post_message(self.Seen(WatchEnded(WatchEnd.GAVE_UP)))
                return

    async def _goes_on_with_new_token(self, watch: Watch, refusal: TokenRefused) -> bool:
        """Ask for a token until one can be used; return False when the person has none now."""
        from aep_tui.tui.dialogs.new_token import NewTokenModal

        reason: Problem = refusal.error
        while True:
            token = await self.app.push_screen_wait(NewTokenModal(problem_text(reason)))
            if token is None:
                return False
            try:
                watch.use_access_token(token)
            except Problem as problem:
                reason = problem
            else:
                self.post_message(self.TokenReplaced(token))
                return True

    @on(CreateAnswered)
    def _created_now(self, event: CreateAnswered) -> None:
        event.stop()
        self._created = event.created
        words = (
            _("found: it was created, and the answer was lost")
            if event.was_reconciled
            else self._session.done_words.format(status=event.created.status)
        )
        self._timeline.add(words)
        self.post_message(self.ResultChanged(event.created, None))
        self._begin_watching()

    @on(Seen)
    def _show_event(self, message: Seen) -> None:
        message.stop()
        match message.event:
            case StateSeen(status=status, is_change=is_change):
                self._state_seen(status, is_change)
            case PollFailed(error=error, next_poll_in=seconds):
                self._timeline.add(_("the state could not be read: {title}").format(title=error.title))
                words = _("Looking again in {seconds} s. A failed look is not a failed connection.").format(
                    seconds=round(seconds)
                )
                self._show("#trouble", f"{words}\n{problem_text(error)}")
            case TokenRefused():
                self._timeline.add(_("the access token was refused"))
            case WatchEnded(reason=reason):
                self._watch_ended(reason)
        self._show("#timeline", self._timeline.text())

    def _begin_watching(self) -> None:
        assert self._created is not None, "there is a connection to watch"  # noqa: S101 - called with one only
        created = self._created
        rows = ((_("id"), created.connection_id), (_("etag"), created.etag), (_("location"), created.location))
        self._show("#identity", "\n".join(f"{label:<10} {value}" for label, value in rows if value))
        self._show("#activity", _("Created. Waiting until it is enabled...") if created.etag else _("Watching..."))
        self._show("#trouble", "")
        self._show("#timeline", self._timeline.text())
        self.query_one("#copy").remove_class("-empty")
        self._watch(created.connection_id)

    def _state_seen(self, status: ConnectionStatus, is_change: bool) -> None:
        self._status = status
        self._show("#trouble", "")
        if is_change:
            self._timeline.add(status.state)
        self._show("#details", self._details(status))
        assert self._created is not None, "a state belongs to a connection"  # noqa: S101 - watched only when there is one
        self.post_message(self.ResultChanged(self._created, status))

    def _details(self, status: ConnectionStatus) -> str:
        sent = dict(self._session.sent_parameters)
        added = [f"{name} = {value}" for name, value in status.parameters.items() if self._is_news(name, value, sent)]
        lines = [_("etag now   {etag}").format(etag=status.etag)] if self._etag_is_new(status) else []
        if added and self._session.create is not None:
            lines.append(_("Set by the service: {parameters}").format(parameters=", ".join(added)))
        elif added:
            lines.append(_("Parameters: {parameters}").format(parameters=", ".join(added)))
        return "\n".join(lines)

    def _etag_is_new(self, status: ConnectionStatus) -> bool:
        return bool(status.etag) and self._created is not None and status.etag != self._created.etag

    @staticmethod
    def _is_news(name: str, value: str, sent: dict[str, str]) -> bool:
        return sent.get(name) != value

    def _watch_ended(self, reason: WatchEnd) -> None:
        if reason is WatchEnd.ENABLED and self._created is not None:
            self._show("#activity", _("Enabled. Asking the platform to test it..."))
            self._test(self._created.connection_id)
            return
        state = (self._status.state if self._status else "") or _("not known")
        words = (
            _("The state is {state}. The documents do not say whether it changes by itself, so watching ends here.")
            if reason is WatchEnd.UNKNOWN_STATE
            else _("Watching has ended; the last state was {state}. Go on later: aep-tui watch {id}")
        )
        self._stop_working(words.format(state=state, id=self._created.connection_id if self._created else ""))

    @work(group="platform", exclusive=True)
    async def _test(self, connection_id: str) -> None:
        try:
            passed: bool | None = await self._session.test(connection_id)
        except Problem as problem:
            self.post_message(self.Tested(None, _("test: no answer ({title})").format(title=problem.title)))
        else:
            self.post_message(self.Tested(passed, _("test: OK") if passed else _("test: failed")))

    @on(Tested)
    def _tested(self, event: Tested) -> None:
        event.stop()
        self._test_passed = event.passed
        if self._created is not None:
            self.post_message(self.ResultChanged(self._created, self._status, event.passed))
        self._timeline.add(event.words)
        self._show("#timeline", self._timeline.text())
        self._stop_working(
            _("Warning: the connection is enabled, but the platform's test of it failed.")
            if event.passed is False
            else _("OK: the connection is enabled.")
        )

    def _stop_working(self, words: str) -> None:
        self._show_elapsed()
        self._is_working = False
        self._show("#activity", words)
        next_button = self.query_one("#next", ActionButton)
        next_button.remove_class("-empty")
        next_button.focus()
        self.query_one("#stop").add_class("-empty")

    def action_stop_watching(self) -> None:
        """Ask whether to stop; when it is over already, go on to the result."""
        if self._is_working:
            self._ask_to_stop()
        else:
            self.complete()

    def action_back(self) -> None:
        """Never go back behind a request that was sent."""
        self.action_stop_watching()

    @work(group="question", exclusive=True)
    async def _ask_to_stop(self) -> None:
        from aep_tui.tui.dialogs.modals import QuestionModal

        is_sent = self._created is not None
        question = (
            _("Stop watching? The connection stays on the platform; the request cannot be unsent.")
            if is_sent
            else _(
                "Stop waiting for the answer? The request cannot be unsent: a connection may have been created. The "
                "program can look for it afterwards."
            )
        )
        if not await self.app.push_screen_wait(QuestionModal(question, yes=_("Stop"), no=_("Keep watching"))):
            return
        if not self._is_working:
            return
        self.workers.cancel_group(self, "platform")
        if self._created is not None:
            self.post_message(self.Seen(WatchEnded(WatchEnd.GAVE_UP)))
        else:
            self.post_message(self.CreateFailed(self, self._stopped_problem(), is_unclear=True))

    @staticmethod
    def _stopped_problem() -> Problem:
        return Problem(
            _("You stopped waiting"),
            _("The request was on its way, and its outcome is not known: a connection may have been created."),
            _("Submit again: the program then offers to look for the connection first."),
        )

    def action_copy_id(self) -> None:
        """Send the id to the terminal's clipboard."""
        if self._created is not None:
            self.app.copy_to_clipboard(self._created.connection_id)
            self.notify(_("Sent to your terminal's clipboard. Nothing there? F6 shows it as plain text."), markup=False)

    def action_show_result(self) -> None:
        """Show what is known as plain text, to select it in the terminal."""
        identity = self.query_one("#identity", PlainText).text
        text = "\n\n".join(part for part in (identity, self._timeline.text()) if part)
        show_plain_text(self, _("The connection"), text)

    @on(ActionButton.Pressed, "#stop")
    def _stop_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_stop_watching()

    @on(ActionButton.Pressed, "#copy")
    def _copy_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_copy_id()

    def _show_elapsed(self) -> None:
        if self._is_working:
            self.query_one("#elapsed", PlainText).show(self._timeline.elapsed_text())

    def _show(self, selector: str, text: str) -> None:
        widget = self.query_one(selector, PlainText)
        widget.show(text)
        widget.set_class(not text, "-empty")
