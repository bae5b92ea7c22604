"""The submit and the live status: what is happening, for how long, and each state with its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message

from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.frame import Frame
from aep_tui.pages.status_run import StatusRun
from aep_tui.pages.status_view import (
    News,
    Seen,
    StatusEvent,
    WatchBegan,
    after,
    first_view,
    news_of,
    words_of_refused_token,
)
from aep_tui.pages.timeline import Moment, elapsed_words
from aep_tui.session.status_session import StatusSession
from aep_tui.session.watch import WatchEnd, WatchEnded
from aep_tui.tui import dialogs
from aep_tui.tui.dialogs.modals import QuestionModal
from aep_tui.tui.dialogs.plain_view import show_plain_text
from aep_tui.tui.keys import bindings
from aep_tui.tui.steps.step import StepScreen, copy_text, show_texts
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.fitted_text import Band
from aep_tui.tui.widgets.looks import painted_rows, painted_statements, painted_timeline
from aep_tui.tui.widgets.plain_text import PlainText


class StatusScreen(StepScreen):
    """Sends once, then watches. Nothing moves but one line, once a second."""

    step = Step.STATUS
    help_text = _(
        "The request is sent once. Then the program asks for the state of the connection after 1, 2 and 5 seconds and "
        "every 10 seconds from then on, for 10 minutes at most.\n\n"
        "Initializing means that the platform is still checking and storing the connection; the sample in Adobe's "
        "tutorial for AWS took 88 seconds. Enabled means that it can be used. Other states are shown as the platform "
        "says them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("status.stop", "status.copy", "status.show")]
    commands_without_key = ("status.watch-again",)

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
    class Ended(Message):
        """The person goes on to the result."""

        screen: StatusScreen
        seen: Seen

    @dataclass
    class Happened(Message):
        """The platform or the watch says something."""

        event: StatusEvent
        moment: Moment

    @dataclass
    class ResultChanged(Message):
        """There is news about the connection."""

        screen: StatusScreen
        news: News

    @dataclass
    class TokenReplaced(Message):
        """The person has given a new access token, and the platform is asked with it from now on."""

        access_token: Secret

    def __init__(self, frame: Frame, session: StatusSession) -> None:
        """Start at once with what `session` says."""
        super().__init__(frame)
        self._status_run = StatusRun(session, self)
        self._question: QuestionModal | None = None
        method = frame.wizard.auth_method
        self._sample_seconds = method.sample_seconds if method is not None else 0
        self._view = first_view(session, is_practice=frame.target.mode is Mode.PRACTICE)

    @property
    def is_under_way(self) -> bool:
        """Whether something that was sent is still waited for."""
        return self._view.is_working

    def help_words(self) -> tuple[str, str]:
        """Return what the page does, and how watching goes on after it: a rehearsal forgets the connection."""
        title, text = super().help_words()
        if self._view.is_practice:
            later = _(
                "A failed look at the state is not a failed connection. You can stop watching with Esc. A rehearsal "
                "forgets the connection when the program ends."
            )
        else:
            later = _(
                "A failed look at the state is not a failed connection. You can stop watching with Esc and come back "
                "later with: aep-tui watch ID"
            )
        return title, f"{text}\n\n{later}"

    def compose_body(self) -> ComposeResult:
        """Yield what is happening, for how long, the ids and the timeline."""
        with Horizontal(id="activity-line", classes=f"outcome {Tone.NEUTRAL}"):
            yield Band(self._view.activity, id="activity", classes="outcome-words")
            yield PlainText("", id="elapsed", classes="outcome-side")
        yield PlainText("", id="identity", classes="apart -empty", painter=painted_rows)
        yield PlainText("", id="timeline", classes="apart", painter=painted_timeline)
        yield PlainText("", id="details", classes="apart -empty")
        yield PlainText("", id="trouble", classes="apart care -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield Stop while it works; Next when it is over."""
        yield ActionButton(_("Stop watching"), self.action_stop_watching, id="stop")
        yield ActionButton(_("Copy id"), self.action_copy_id, id="copy", classes="-empty")
        yield ActionButton(_("Watch again"), self.action_watch_again, id="watch-again", classes="-empty")
        yield ActionButton(_("Next"), self.complete, id="next", classes="-empty")

    def key_words(self) -> dict[str, str]:
        """Return what the keys do while it works, and when it is over."""
        words = super().key_words()
        if not self._view.is_working:
            words["status.stop"] = _("Next")
        if self._view.created is None:
            words["status.copy"] = ""
        if not self._view.can_watch_again:
            words["status.watch-again"] = ""
        return words

    def on_mount(self) -> None:
        """Start."""
        super().on_mount()
        self.focus_field("stop")
        self.set_interval(1.0, self._show_elapsed)
        self._work()

    def complete(self) -> None:
        """Go to the result, when there is one."""
        if self._view.seen is not None and not self._view.is_working:
            self.post_message(self.Ended(self, self._view.seen))

    # --- what is done ---------------------------------------------------------------------------------------------

    @work(group="platform", exclusive=True)
    async def _work(self) -> None:
        await self._status_run.run(self._view.created)

    def happens(self, event: StatusEvent, moment: Moment) -> None:
        """Show an event, after those before it."""
        self.post_message(self.Happened(event, moment))

    def create_failed(self, problem: Exception, *, is_unclear: bool) -> None:
        """Let the review say why there is no connection, or that nobody knows."""
        self.post_message(self.CreateFailed(self, problem, is_unclear=is_unclear))

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        """Ask for another access token."""
        return await self.app.push_screen_wait(
            dialogs.NewTokenModal(words_of_refused_token(self._view, reason), self.frame.secrets)
        )

    def token_replaced(self, token: Secret) -> None:
        """Let the target have the token."""
        self.post_message(self.TokenReplaced(token))

    # --- what is shown --------------------------------------------------------------------------------------------

    @on(Happened)
    def _take(self, message: Happened) -> None:
        message.stop()
        was_working = self._view.is_working
        view = self._view = after(self._view, message.event, message.moment)
        if (news := news_of(view, message.event)) is not None:
            self.post_message(self.ResultChanged(self, news))
        self._show_view()
        if was_working and not view.is_working:
            if self._question is not None:
                self._question.dismiss(False)
            self.focus_field("next")

    def _show_view(self) -> None:
        """Show what is known; a page that is just closed has no widgets any more."""
        view = self._view
        texts = {
            "activity": view.activity,
            "identity": view.identity,
            "timeline": view.drawn_timeline,
            "details": view.details,
            "trouble": view.trouble,
        }
        show_texts(self, texts, always={"timeline"})
        shown = {"stop": view.is_working, "copy": view.created is not None, "next": not view.is_working}
        for widget_id, is_shown in (shown | {"watch-again": view.can_watch_again}).items():
            self.query(f"#{widget_id}").set_class(not is_shown, "-empty")
        for line in self.query("#activity-line"):
            line.set_class(not view.is_working, "-ended")
            for tone in Tone:
                line.set_class(tone is view.end_tone, tone)
        self.refresh_bindings()
        self._show_elapsed(is_last=not view.is_working)

    def _show_elapsed(self, *, is_last: bool = False) -> None:
        if self._view.is_working or is_last:
            for text in self.query("#elapsed").results(PlainText):
                text.show(f"  {elapsed_words(self._status_run.elapsed, self._sample_seconds)}")

    # --- keys and buttons -----------------------------------------------------------------------------------------

    def action_stop_watching(self) -> None:
        """Ask whether to stop; when it is over already, go on to the result."""
        if self._view.is_working:
            self._ask_to_stop()
        else:
            self.complete()

    def action_back(self) -> None:
        """Never go back behind a request that was sent."""
        self.action_stop_watching()

    @work(group="question", exclusive=True)
    async def _ask_to_stop(self) -> None:
        self._question = QuestionModal(self._view.stop_question, yes=_("Stop"), no=_("Keep watching"))
        is_stopped = await self.app.push_screen_wait(self._question)
        self._question = None
        if not is_stopped or not self._view.is_working:
            return
        self.workers.cancel_group(self, "platform")
        if self._view.created is not None:
            self._status_run.say(WatchEnded(WatchEnd.GAVE_UP))
        else:
            self.post_message(self.CreateFailed(self, self._view.stopped_waiting, is_unclear=True))

    def action_copy_id(self) -> None:
        """Send the id to the terminal's clipboard."""
        if self._view.created is not None:
            copy_text(self, self._view.created.connection_id)

    def action_show_result(self) -> None:
        """Show what is known as plain text, to select it in the terminal."""
        show_plain_text(self, _("The connection"), self._view.plain_text)

    def action_watch_again(self) -> None:
        """Watch anew a connection that was not enabled in time."""
        self._status_run.say(WatchBegan())
        self.focus_field("copy")
        self._work()
