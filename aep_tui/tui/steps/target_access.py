"""What the welcome page does about the target on a key: sandboxes, profiles, credential files, settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical

from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.settings.launch import Launch
from aep_tui.tui.keys import Key, bindings
from aep_tui.tui.steps.step import Frame, StepScreen
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.flow_service.retry import RetryWait
    from aep_tui.settings.layer import Layer
    from aep_tui.tui.steps.live_target import LiveTargetForm
    from aep_tui.tui.widgets.field import Field

_LIVE_ONLY = frozenset({"choose_profile", "load_credentials", "save_target"})


class TargetAccessScreen(StepScreen):
    """The keys of the welcome page. What they need is imported when they are pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("welcome.sandboxes", "welcome.profiles", "welcome.settings", "welcome.credentials", "welcome.save")
    ]

    def __init__(self, frame: Frame, launch: Launch) -> None:
        """Take what the program was started with."""
        super().__init__(frame)
        self.launch = launch
        self.practice_target = launch.practice_target
        self._sandboxes: dict[tuple[str, ...], dict[str, Sandbox]] = {}

    def page_bindings(self) -> list[Key]:
        """Return the keys that work in the chosen mode."""
        is_live = self.live_form is not None and self.mode is Mode.LIVE
        return [binding for binding in super().page_bindings() if is_live or binding.action not in _LIVE_ONLY]

    @property
    def mode(self) -> Mode:
        """The chosen mode."""
        return Mode(self.query_one("#mode", ChoiceList).chosen)

    @property
    def scenario_id(self) -> str:
        """The chosen scenario of the practice service."""
        return self.query_one("#scenario", ChoiceList).chosen

    @property
    def live_form(self) -> LiveTargetForm | None:
        """The form of live mode, None before live mode was chosen and where it is refused."""
        panel = self.query_one("#live-panel")
        return panel.children[0] if panel.children else None  # type: ignore[return-value]  # only the form is mounted there

    def show_note_count(self, is_live: bool) -> None:
        """Say how many notes and warnings there are about the settings; a rehearsal has none."""
        note = self.query_one("#settings-note", PlainText)
        if is_live:
            from aep_tui.tui.dialogs.settings_page import note_count_text

            note.show(note_count_text(self.launch.settings))
        note.set_class(not (is_live and note.text), "-empty")

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Show what happens, or what went wrong, under the modes."""
        line = self.query_one("#access-words", PlainText)
        line.show(words)
        line.set_class(not words, "-empty")
        line.set_class(is_error, "-error")
        if words:
            line.scroll_visible(animate=False)

    def keep_sandboxes(self, target: Target, sandboxes: tuple[Sandbox, ...]) -> None:
        """Remember the sandboxes that were read for `target`."""
        self._sandboxes[_key(target)] = {sandbox.name: sandbox for sandbox in sandboxes}

    def knows_sandboxes_of(self, target: Target) -> bool:
        """Return whether the list was read already."""
        return _key(target) in self._sandboxes

    def known_sandbox(self, target: Target) -> Sandbox | None:
        """Return what was read about the sandbox of `target`, or None."""
        practice = self.launch.practice_sandbox
        if target.mode is Mode.PRACTICE and practice is not None and practice.name == target.sandbox_name:
            return practice
        return self._sandboxes.get(_key(target), {}).get(target.sandbox_name)

    # --- keys ---------------------------------------------------------------------------------------------------

    def on_field_suggestions_wanted(self, event: Field.SuggestionsWanted) -> None:
        """Offer the sandboxes; the sandbox is the only field here that has suggestions."""
        event.stop()
        self.action_choose_sandbox()

    def on_field_left(self, event: Field.Left) -> None:
        """Let the target line follow the fields."""
        event.stop()
        self._show_typed_target()

    def _show_typed_target(self) -> None:
        if self.mode is Mode.LIVE and self.live_form is not None:
            self.show_frame(replace(self.frame, target=self.live_form.target()))

    def action_choose_sandbox(self) -> None:
        """Read the sandboxes and offer them."""
        form = self.live_form
        if self.mode is Mode.PRACTICE:
            self._offer_sandboxes(None)
        elif form is not None:
            if form.is_complete(except_for=("sandbox",)):
                self._offer_sandboxes(form)
            else:
                self.say(_("The platform lists its sandboxes once the other values are there."))

    @work(exclusive=True, group="sandboxes")
    async def _offer_sandboxes(self, form: LiveTargetForm | None) -> None:
        from aep_tui.pages.problem_text import problem_text
        from aep_tui.pages.sandboxes import read_sandboxes, sandboxes_question
        from aep_tui.tui.dialogs.asking import ChoiceModal

        self.say(_("The list of sandboxes is being read."))
        try:
            target = await form.signed_in_target() if form is not None else self.practice_target
            sandboxes = await read_sandboxes(self.launch, target, self.scenario_id, on_retry=self._tell_wait)
        except Problem as problem:
            words = _("{problem}\nThe name of the sandbox can be typed as well.")
            self.say(words.format(problem=problem_text(problem)), is_error=True)
            return
        self.keep_sandboxes(target, sandboxes)
        self.say("" if sandboxes else _("The platform lists no sandbox for this credential. Type its name."))
        if not sandboxes or self.app.screen is not self or target.mode is not self.mode:
            return
        question = sandboxes_question(sandboxes, target.sandbox_name)
        sandbox = await self.app.push_screen_wait(ChoiceModal(question, opened_by="f3"))
        if sandbox is None:
            return
        if form is None:
            self.practice_target = replace(self.practice_target, sandbox_name=sandbox.name)
            self.show_frame(replace(self.frame, target=self.practice_target))
        elif form.is_mounted:
            form.field("sandbox").set_text(sandbox.name)
            self._show_typed_target()
            # Once this screen has its own focus back, which it puts where it was.
            self.call_after_refresh(form.field("sandbox").input.focus)

    def _tell_wait(self, wait: RetryWait) -> None:
        self.say(
            _("{reason} Retrying in {seconds} s ({attempt} of {attempts}).").format(
                reason=wait.reason, seconds=round(wait.seconds, 1), attempt=wait.attempt, attempts=wait.attempts
            )
        )

    def action_show_settings(self) -> None:
        """Show where each value came from."""
        from aep_tui.pages.problem_text import problem_text
        from aep_tui.tui.dialogs.settings_page import SettingsPage

        try:
            if self.launch.settings is None and self.launch.read_settings is not None:
                self.launch = self.launch.with_settings(self.launch.read_settings())
        except Problem as problem:
            self.say(problem_text(problem), is_error=True)
            return
        if self.launch.settings is not None:
            self.app.push_screen(SettingsPage(self.launch.settings))

    def _is_live_form_there(self) -> bool:
        if self.mode is Mode.LIVE and self.live_form is not None:
            return True
        if self.mode is Mode.PRACTICE:
            self.say(_("This key is for live mode. Choose Live above first."))
        return False

    @work(exclusive=True, group="question")
    async def action_choose_profile(self) -> None:
        """Offer the profiles, and take the values of the chosen one."""
        from aep_tui.pages.problem_text import problem_text
        from aep_tui.pages.profile_question import profile_question
        from aep_tui.settings.profiles import load_profiles
        from aep_tui.tui.dialogs.asking import ChoiceModal

        if not self._is_live_form_there():
            return
        try:
            profiles = load_profiles()
        except Problem as problem:
            self.say(problem_text(problem), is_error=True)
            return
        if not profiles.profiles:
            self.say(_("There is no profile yet. F9 saves this target as one."))
            return
        chosen_name = self.launch.settings.profile_name if self.launch.settings else ""
        question = profile_question(profiles, chosen_name)
        profile = await self.app.push_screen_wait(ChoiceModal(question, opened_by="f5"))
        if profile is not None:
            await self._take_layer(profile.layer())
            self.say(_("The values of the profile {name} were taken.").format(name=profile.name))

    @work(exclusive=True, group="question")
    async def action_load_credentials(self) -> None:
        """Ask for a credential file, and take its values."""
        from aep_tui.tui.dialogs.credential_file import CredentialFileModal, facts_of

        if not self._is_live_form_there():
            return
        file = await self.app.push_screen_wait(CredentialFileModal())
        if file is not None:
            await self._take_layer(file.layer())
            self.say(facts_of(file))

    @work(exclusive=True, group="question")
    async def action_save_target(self) -> None:
        """Ask for a name, and keep the target under it."""
        from aep_tui.tui.dialogs.save_target import SaveTargetModal, values_to_keep

        form = self.live_form
        if not self._is_live_form_there() or form is None:
            return
        words = await self.app.push_screen_wait(SaveTargetModal(values_to_keep(self.launch, form.target())))
        if words:
            self.say(words)

    async def _take_layer(self, layer: Layer) -> None:
        """Put values that were just chosen into the form; what was typed and is not among them stays."""
        from aep_tui.tui.steps.live_target import LiveTargetForm, launch_with_layer, typed_secrets_that_stay
        from aep_tui.tui.widgets.field import Field

        form = self.live_form
        if form is None:
            return
        typed_secrets = typed_secrets_that_stay(form, layer)
        self.launch = launch_with_layer(self.launch, layer, form.target())
        panel = self.query_one("#live-panel", Vertical)
        await panel.remove_children()
        form = LiveTargetForm(self.launch)
        await panel.mount(form)
        for field_id, text in typed_secrets.items():
            form.field(field_id).input.value = text
        self.show_note_count(is_live=True)
        self._show_typed_target()
        empty = next((field for field in form.query(Field) if field.is_required and not field.text), None)
        (empty.input if empty is not None else self.query_one("#next")).focus()


def _key(target: Target) -> tuple[str, ...]:
    """Return what a list of sandboxes belongs to."""
    return (target.mode, target.base_url, target.organization_id, target.api_key)
