"""Where the connection will be created: practice or live, organization, sandbox, host."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.frame import Frame
from aep_tui.pages.welcome_words import GREETING, LIVE_ROW, PRACTICE_ROW, START, WHERE_TO_CREATE
from aep_tui.settings.launch import Launch
from aep_tui.tui import dialogs
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.steps.live_target import LiveTarget
from aep_tui.tui.steps.practice_target import PracticeTarget
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.tui.steps.live_target_form import LiveTargetForm


@dataclass(frozen=True, slots=True)
class WelcomeAnswers:
    """The target, what the practice service should play, and the sandbox as far as it is known.

    Attributes:
        target: with its token or client credential.
        scenario_id: of the practice service.
        sandbox: what the platform says about the target's sandbox, or None while nobody knows;
            `LiveTarget.SandboxFound` follows when it becomes known.
    """

    target: Target
    scenario_id: str
    sandbox: Sandbox | None = None


class WelcomeScreen(StepScreen):
    """The first page. Practice shows the scenarios, live the values of the target."""

    step = Step.WELCOME
    next_label = START
    help_text = _(
        "Practice: an embedded Flow Service plays the platform. It needs no account and no network, and it forgets "
        "everything when you quit. Choose below what it should do.\n\n"
        "Live: the real platform. It needs the organization id, a sandbox, the API key (client id) of a credential in "
        "Adobe Developer Console, and an access token or the credential's client secret. The program reads AEP_ORG_ID, "
        "AEP_SANDBOX_NAME, AEP_API_KEY, AEP_ACCESS_TOKEN, AEP_CLIENT_SECRET and AEP_BASE_URL from the environment or "
        "from a .env file, and asks for what is missing.\n\n"
        "Nothing is created before you choose Submit on the review page.\n\n"
        "F3 lists the sandboxes. F6 shows where each value of live mode comes from."
    )
    help_of_live_mode = _(
        "F7 takes a profile. F8 loads a credential file of Postman, Developer Console, aepp or App Builder. F9 saves "
        "the target as a profile."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("welcome.sandboxes", "welcome.profiles", "welcome.credentials", "welcome.save", "welcome.settings")
    ]

    @dataclass
    class TargetChosen(Message):
        """The person goes on with a target."""

        screen: WelcomeScreen
        answers: WelcomeAnswers

    def __init__(self, frame: Frame, launch: Launch) -> None:
        super().__init__(frame)
        self._practice = PracticeTarget(launch, id="practice-panel")
        self._live = LiveTarget(launch, id="live-panel")

    @property
    def live_form(self) -> LiveTargetForm | None:
        """The fields of live mode, None before it was chosen and where it is refused."""
        return self._live.form

    @property
    def mode(self) -> Mode:
        """The chosen mode."""
        return Mode(self.query_one("#mode", ChoiceList).chosen)

    def compose_body(self) -> ComposeResult:
        """Yield the greeting, the two modes and what belongs to the chosen one."""
        yield PlainText(GREETING, id="greeting")
        yield PlainText(WHERE_TO_CREATE, classes="question")
        yield ChoiceList(
            (
                ChoiceRow(Mode.PRACTICE.value, PRACTICE_ROW),
                ChoiceRow(Mode.LIVE.value, LIVE_ROW),
            ),
            chosen=self.frame.target.mode.value,
            id="mode",
        )
        yield PlainText(id="access-words", classes="-empty", painter=painted_statements)
        yield PlainText(id="settings-note", classes="-empty")
        yield self._practice
        yield self._live

    def compose_actions(self) -> ComposeResult:
        """Yield the only way: forward."""
        yield ActionButton(self.next_label, self.complete, id="next")

    def key_words(self) -> dict[str, str]:
        """Return what the keys do in the chosen mode; there is no page before this one."""
        words = super().key_words() | {"wizard.back": ""}
        if isinstance(self.focused, ChoiceList):
            goes_on = self.mode is Mode.LIVE and self.focused.id == "mode"
            words[ENTER] = _("Next field") if goes_on else self.next_label
        if not self._has_live_keys:
            words |= dict.fromkeys(("welcome.profiles", "welcome.credentials", "welcome.save"), "")
        return words

    def on_mount(self) -> None:
        """Put the focus on the modes."""
        super().on_mount()
        self.query_one("#mode").focus()
        self.call_after_refresh(self._show_first_panel)

    def complete(self) -> None:
        """Go on when the chosen mode has all it needs."""
        if self.mode is Mode.PRACTICE:
            sandbox = self._live.known_sandboxes.sandbox_of(self._practice.target)
            self._leave_with(WelcomeAnswers(self._practice.target, self._practice.scenario_id, sandbox))
        else:
            self._live.start()

    def _leave_with(self, answers: WelcomeAnswers) -> None:
        """Go on; what was said here is over when the person comes back."""
        self.say("")
        self.post_message(self.TargetChosen(self, answers))

    @property
    def _has_live_keys(self) -> bool:
        return self.live_form is not None and self.mode is Mode.LIVE

    def help_words(self) -> tuple[str, str]:
        """Return where to find the value that the cursor stands in."""
        form = self.live_form
        words = form.help_words(self.focused) if form is not None and self.focused is not None else None
        if words is not None:
            return words
        title, text = super().help_words()
        return title, f"{text} {self.help_of_live_mode}" if self._has_live_keys else text

    # --- modes --------------------------------------------------------------------------------------------------

    @on(ChoiceList.OptionHighlighted, "#mode")
    async def _mode_marked(self, event: ChoiceList.OptionHighlighted) -> None:
        event.stop()
        await self._show_panel(Mode(event.option_id or Mode.PRACTICE.value))

    @on(ChoiceList.OptionSelected)
    def _go_on(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        if event.option_list.id == "mode" and self.mode is Mode.LIVE:
            self.focus_next()
        else:
            self.complete()

    async def _show_first_panel(self) -> None:
        await self._show_panel(self.frame.target.mode)
        if self._live.launch.leaves_welcome_at_once:
            # Nothing else is to be asked when every value is there.
            self.complete()

    async def _show_panel(self, mode: Mode) -> None:
        is_live = mode is Mode.LIVE
        target = self._live.target if is_live else self._practice.target
        if target.mode is not self.frame.target.mode:
            self.show_frame(replace(self.frame, target=target))
            self.say("")
        if is_live:
            await self._live.open()
        # The form needs the lines.
        _show(self.query_one("#greeting"), not is_live)
        _show(self._practice, not is_live)
        _show(self._live, is_live and self.live_form is not None)
        self._show_note_count(is_live)
        self.refresh_bindings()

    def _show_note_count(self, is_live: bool) -> None:
        """Say how many notes and warnings there are about the settings; a rehearsal has none."""
        note = self.query_one("#settings-note", PlainText)
        if is_live:
            note.show(dialogs.note_count_text(self._live.settings))
        note.set_class(not (is_live and note.text), "-empty")

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Show what happens, or what went wrong, under the modes."""
        for line in self.query("#access-words").results(PlainText):
            line.show(words)
            line.set_class(not words, "-empty")
            line.set_class(is_error, "-error")
            if words:
                line.scroll_visible(animate=False)

    # --- what the live target says --------------------------------------------------------------------------------

    @on(LiveTarget.Said)
    def _pass_on(self, event: LiveTarget.Said) -> None:
        event.stop()
        self.say(event.words, is_error=event.is_error)

    @on(LiveTarget.Changed)
    def _show_target(self, event: LiveTarget.Changed) -> None:
        event.stop()
        if self.mode is Mode.LIVE:
            self.show_frame(replace(self.frame, target=event.target))
            self._show_note_count(is_live=True)

    @on(LiveTarget.SignedIn)
    def _go_on_live(self, event: LiveTarget.SignedIn) -> None:
        event.stop()
        sandbox = self._live.known_sandboxes.sandbox_of(event.target)
        self._leave_with(WelcomeAnswers(event.target, self._practice.scenario_id, sandbox))
        if not self._live.launch.watch_connection_id:
            self._live.look_up_sandbox(event.target)

    @on(LiveTarget.SandboxChosen)
    def _take_sandbox(self, event: LiveTarget.SandboxChosen) -> None:
        event.stop()
        self._practice.target = replace(self._practice.target, sandbox_name=event.name)
        self.show_frame(replace(self.frame, target=self._practice.target))

    # --- keys -----------------------------------------------------------------------------------------------------

    def action_choose_sandbox(self) -> None:
        """Read the sandboxes and offer them."""
        if self.mode is Mode.PRACTICE:
            self._live.offer_sandboxes(self._practice.target, self._practice.scenario_id)
        else:
            self._live.choose_sandbox()

    def action_show_settings(self) -> None:
        """Show where each value came from."""
        self._live.show_settings()

    def action_live(self, what: str) -> None:
        """Do what only live mode has: choose a profile, load a credential file, save the target."""
        if self.mode is Mode.PRACTICE:
            self.say(_("This key is for live mode. Choose Live above first."))
        elif self.live_form is not None:
            actions = {
                "profile": self._live.choose_profile,
                "credentials": self._live.load_credentials,
                "save": self._live.save,
            }
            actions[what]()


def _show(widget: Widget, is_wanted: bool) -> None:
    """Show a widget or hide it; to say again what is so already would lay out the page once more."""
    if widget.display is not is_wanted:
        widget.display = is_wanted
