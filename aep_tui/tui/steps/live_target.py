"""The target of live mode: its form, and the ways to its values (sandboxes, profiles, credential files)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.message import Message

from aep_tui import pages, settings
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.pages.known_sandboxes import KnownSandboxes
from aep_tui.pages.problem_text import problem_text
from aep_tui.settings.launch import Launch
from aep_tui.tui import dialogs, steps

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.secret import Secret
    from aep_tui.pages.question import TypedConfirmation
    from aep_tui.settings.layer import Layer
    from aep_tui.settings.resolved import ResolvedSettings
    from aep_tui.tui.steps.live_target_form import LiveTargetForm
    from aep_tui.tui.widgets.field import Field


class LiveTarget(Vertical):
    """Empty until live mode is chosen. What it needs is imported then, or when a key is pressed."""

    DEFAULT_CSS = "LiveTarget { height: auto; }"

    @dataclass
    class Said(Message):
        """Something is to be told under the modes, "" for nothing."""

        words: str
        is_error: bool = False

    @dataclass
    class Changed(Message):
        """Values were typed or taken: the target as it stands in the form, without its secrets."""

        target: Target

    @dataclass
    class SignedIn(Message):
        """The person goes on, and the target has all that it signs in with."""

        target: Target

    @dataclass
    class SandboxFound(Message):
        """The platform has told about the sandbox of a target after the person went on."""

        target: Target
        sandbox: Sandbox

    @dataclass
    class SandboxChosen(Message):
        """Another sandbox of the practice service was chosen."""

        name: str

    def __init__(self, launch: Launch, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Take what the program was started with."""
        super().__init__(id=id)
        self.launch = launch
        self.settings = launch.settings
        self.known_sandboxes = KnownSandboxes(launch.practice_sandbox)
        self._doubted_token: Secret | None = None

    @property
    def form(self) -> LiveTargetForm | None:
        """The fields, None before live mode was chosen and where it is refused."""
        return self.children[0] if self.children else None  # type: ignore[return-value]  # only the form is mounted

    @property
    def target(self) -> Target:
        """The plain values: as they stand in the form, before it is there as the settings say them."""
        if self.form is not None:
            return self.form.target()
        return self.settings.live_target if self.settings is not None else Target(Mode.LIVE)

    async def open(self) -> None:
        """Show the form, or say why there is none."""
        if self.form is not None:
            return
        try:
            settings.refuse_leaky_environment()
            known = self._read_settings()
        except Problem as problem:
            self._say(problem_text(problem), is_error=True)
            return
        self.post_message(self.Changed(known.live_target))
        await self.mount(steps.LiveTargetForm(known, known.live_target, self.launch.secrets))

    def start(self) -> None:
        """Sign in and go on, when every value is there."""
        form = self.form
        if form is not None and form.is_complete():
            self._sign_in(form)

    @work(exclusive=True, group="start")
    async def _sign_in(self, form: LiveTargetForm) -> None:
        self._say(form.waiting_words)
        try:
            target = await form.signed_in_target(self._confirm)
        except Problem as problem:
            self._say(problem_text(problem), is_error=True)
            return
        if self._has_expired_token(target) and self._doubted_token != target.access_token:
            self._doubted_token = target.access_token
            self._say(
                _(
                    "Warning: the access token says that it has expired. Paste a new one, enter the client secret, or "
                    "choose Start again to try it nevertheless."
                ),
                is_error=True,
            )
            return
        self._say("")
        self.post_message(self.SignedIn(target))

    async def _confirm(self, confirmation: TypedConfirmation) -> bool:
        return await self.app.push_screen_wait(dialogs.TypedConfirmationModal(confirmation))

    def _has_expired_token(self, target: Target) -> bool:
        return target.token_expires_at is not None and target.token_expires_at <= self.launch.clock.now()

    # --- ways to values -------------------------------------------------------------------------------------------

    def on_field_suggestions_wanted(self, event: Field.SuggestionsWanted) -> None:
        """Offer the sandboxes; the sandbox is the only field here that has suggestions."""
        event.stop()
        self.choose_sandbox()

    def on_field_left(self, event: Field.Left) -> None:
        """Let the target line follow the fields."""
        event.stop()
        self._tell_target()

    def choose_sandbox(self) -> None:
        """Ask for the list of sandboxes, once the other values are there."""
        form = self.form
        if form is None:
            return
        if form.is_complete(except_for=("sandbox",)):
            self.offer_sandboxes(None, "")
        else:
            self._say(_("The platform lists its sandboxes once the other values are there."))

    @work(exclusive=True, group="sandboxes")
    async def offer_sandboxes(self, practice_target: Target | None, scenario_id: str) -> None:
        """Read the sandboxes of the practice target, or else of the one in the form, and let one be chosen."""
        form = self.form if practice_target is None else None
        self._say(_("The list of sandboxes is being read."))
        try:
            target = practice_target or (await form.signed_in_target(self._confirm) if form else self.target)
            sandboxes = await pages.read_sandboxes(
                self.launch, target, scenario_id, on_retry=lambda wait: self._say(wait.words)
            )
        except Problem as problem:
            words = _("{problem}\nThe name of the sandbox can be typed as well.")
            self._say(words.format(problem=problem_text(problem)), is_error=True)
            return
        self.known_sandboxes.keep(target, sandboxes)
        self._say("" if sandboxes else _("The platform lists no sandbox for this credential. Type its name."))
        if not sandboxes or not self.screen.is_current or self.display is not (form is not None):
            return
        question = pages.sandboxes_question(sandboxes, target.sandbox_name)
        sandbox = await self.app.push_screen_wait(dialogs.ChoiceModal(question, opened_by="f3"))
        if sandbox is None:
            return
        if form is None:
            self.post_message(self.SandboxChosen(sandbox.name))
        elif form.is_mounted:
            form.field("sandbox").set_text(sandbox.name)
            self._tell_target()
            # Once the page has its own focus back, which it puts where it was.
            self.screen.call_after_refresh(form.field("sandbox").input.focus)

    @work(exclusive=True, group="look-up")
    async def look_up_sandbox(self, target: Target) -> None:
        """Find out about a sandbox whose name was typed; a list that cannot be read leaves it unknown."""
        if self.known_sandboxes.has_list_of(target):
            return
        try:
            self.known_sandboxes.keep(target, await pages.read_sandboxes(self.launch, target, ""))
        except Problem:
            return
        sandbox = self.known_sandboxes.sandbox_of(target)
        if sandbox is not None:
            self.post_message(self.SandboxFound(target, sandbox))

    def show_settings(self) -> None:
        """Show where each value came from."""
        try:
            known = self._read_settings()
        except Problem as problem:
            self._say(problem_text(problem), is_error=True)
            return
        self.app.push_screen(dialogs.settings_modal(known))

    @work(exclusive=True, group="question")
    async def choose_profile(self) -> None:
        """Offer the profiles, and take the values of the chosen one."""
        try:
            profiles = settings.load_profiles()
        except Problem as problem:
            self._say(problem_text(problem), is_error=True)
            return
        if not profiles.profiles:
            self._say(_("There is no profile yet. F9 saves this target as one."))
            return
        chosen_name = self.settings.profile_name if self.settings else ""
        question = pages.profiles_question(profiles, chosen_name)
        profile = await self.app.push_screen_wait(dialogs.ChoiceModal(question, opened_by="f7"))
        if profile is not None:
            await self._take_layer(profile.layer(self.launch.clock, self.launch.secrets))
            self._say(_("The values of the profile {name} were taken.").format(name=profile.name))

    @work(exclusive=True, group="question")
    async def load_credentials(self) -> None:
        """Ask for a credential file, and take its values."""
        file = await self.app.push_screen_wait(dialogs.CredentialFileModal(self.launch.secrets))
        if file is not None:
            await self._take_layer(file.layer())
            self._say(dialogs.facts_of(file))

    @work(exclusive=True, group="question")
    async def save(self) -> None:
        """Ask for a name, and keep the target under it."""
        form = self.form
        if form is None:
            return
        words = await self.app.push_screen_wait(
            dialogs.SaveTargetModal(dialogs.values_to_keep(form.settings, form.target()))
        )
        if words:
            self._say(words)

    async def _take_layer(self, layer: Layer) -> None:
        """Put values that were just chosen into the form; what was typed and is not among them stays."""
        from aep_tui.tui.widgets.field import Field

        form = self.form
        if form is None:
            return
        typed_secrets = steps.typed_secrets_that_stay(form, layer)
        form = steps.form_with_layer(form, layer)
        self.settings = form.settings
        await self.remove_children()
        await self.mount(form)
        for field_id, text in typed_secrets.items():
            form.field(field_id).input.value = text
        self._tell_target()
        empty = next((field for field in form.query(Field) if field.is_required and not field.text), None)
        (empty.input if empty is not None else self.screen.query_one("#next")).focus()

    def _read_settings(self) -> ResolvedSettings:
        """Return the settings, which are looked at when nobody has done so yet; a rehearsal does without.

        Raises:
            Problem: they cannot be read.
        """
        if self.settings is None:
            self.settings = self.launch.read_settings()
        return self.settings

    def _tell_target(self) -> None:
        if self.form is not None:
            self.post_message(self.Changed(self.form.target()))

    def _say(self, words: str, *, is_error: bool = False) -> None:
        self.post_message(self.Said(words, is_error))
