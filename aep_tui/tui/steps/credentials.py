"""The credentials of the source: one field for each parameter that the catalog declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.described_source import described_words
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.source import AuthMethod, Parameter, Source
from aep_tui.domain.step_answer import CredentialsAnswer
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.field_words import reveal_question
from aep_tui.pages.frame import Frame
from aep_tui.tui import dialogs
from aep_tui.tui.dialogs.helper_page import HelperContext
from aep_tui.tui.dialogs.helpers import helper_page, helper_words
from aep_tui.tui.keys import Key, bindings
from aep_tui.tui.steps.credential_fields import CredentialFields
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.terminal.viewers import HasViewers
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.plain_text import PlainText

REVEAL_SECONDS: Final = 5.0


class CredentialsScreen(StepScreen):
    """Fields are judged when they are left and on Next, which puts the focus on the first wrong one."""

    step = Step.CREDENTIALS
    help_text = _(
        "These values go into auth.params of the request. Secrets are never shown, copied or written down by this "
        "program.\n\nPut the cursor into a field and press F1 to read where to find its value.\n\n"
        "F4 puts in the correction that is nearest to the cursor. The button Show secret shows for 5 seconds what you "
        "typed into the secret field that the cursor was in last; it asks first, because others may see or "
        "record your terminal."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "credentials.load",
            "credentials.helper",
            "credentials.fill",
            "credentials.checklist",
            "credentials.check",
        )
    ]
    commands_without_key = ("credentials.reveal",)

    @dataclass
    class CheckWanted(Message):
        """The person wants the source to be asked with these credentials, before the platform is.

        Attributes:
            source: what is asked.
            method: names the check.
            values: what it sends, by the roles that it knows them under.
        """

        source: Source | None
        method: AuthMethod
        values: Mapping[str, Answer]

    def __init__(self, frame: Frame) -> None:
        """Show the fields of the chosen auth method."""
        super().__init__(frame)
        method = frame.wizard.auth_method
        assert method is not None, "the step comes after the auth method"  # noqa: S101 - held by the wizard
        self._method: AuthMethod = method
        # Two forms of a source look alike.
        self.title_words = _("{step} - {method}").format(step=self.step.label, method=method.label)
        if frame.changing:
            self.title_words = method.label
        self._ticked: frozenset[int] = frozenset()
        self._last_secret: Field | None = None
        self._typed_for_helper: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """Yield the fields, and before them what is known of a source that has no tutorial."""
        words = described_words(self.frame.wizard.source, self._method)
        if words:
            yield PlainText(words, classes="quiet")
        yield CredentialFields(self.frame.wizard, self._method, self.frame.clock, self.frame.secrets)

    def key_words(self) -> dict[str, str]:
        """Return which keys do nothing for this auth method or for this field."""
        field = self._focused_field()
        does_something = {
            "credentials.load": field is not None and field.is_secret,
            "credentials.helper": any(parameter.helper for parameter in self._method.parameters),
            "credentials.check": bool(self._method.check),
            "credentials.checklist": bool(self._method.prerequisites),
        }
        return super().key_words() | {key_id: "" for key_id, is_so in does_something.items() if not is_so}

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the field of a secret for the button that shows it."""
        field = self._focused_field()
        if field is not None and field.is_secret:
            self._last_secret = field

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Next, and the ways to values."""
        yield from super().compose_actions()
        if self._method.prerequisites:
            yield ActionButton(_("Checklist"), self.action_show_checklist, id="checklist")
        yield ActionButton(_("Fill from a file"), self.action_fill_form, id="fill")
        if self.frame.may_reveal:
            yield ActionButton(_("Show secret"), self.action_reveal, id="reveal")

    def page_bindings(self) -> list[Key]:
        """Return the keys that do something for this auth method, in its own words."""
        words = {"check": _("Check the login at {source} now").format(source=self._source_label)}
        helped = self._helped_parameter()
        if helped is not None:
            words["help_with_value"] = helper_words(helped)
        return [
            replace(binding, description=words.get(binding.action, binding.description))
            for binding in super().page_bindings()
        ]

    def on_mount(self) -> None:
        """Put the focus on the first field."""
        super().on_mount()
        self.focus_field(self._method.parameters[0].api_name)

    @property
    def fields(self) -> CredentialFields:
        """The fields."""
        return self.query_one(CredentialFields)

    def answer(self) -> CredentialsAnswer:
        """Return all answers, right or wrong."""
        return CredentialsAnswer(self.fields.answers())

    def complete(self) -> None:
        """Judge every field, and go on when none blocks."""
        if self.fields.judged():
            super().complete()

    def help_words(self) -> tuple[str, str]:
        """Return where to find the value that the cursor stands in."""
        focused = self.focused
        parameter = self._method.parameter(focused.id or "") if focused is not None else None
        if parameter is None:
            return super().help_words()
        requirement = _("Required.") if parameter.is_called_required else _("Optional.")
        secrecy = self._secrecy_words if parameter.is_secret else ""
        facts = (
            _("Example: {example}").format(example=parameter.example) if parameter.example else "",
            f"{requirement} {secrecy}".strip(),
            _("Name in the request: auth.params.{api_name}").format(api_name=parameter.api_name),
        )
        texts = (parameter.help, parameter.where_to_find, "\n".join(fact for fact in facts if fact))
        return parameter.label, "\n\n".join(text for text in texts if text)

    @property
    def _secrecy_words(self) -> str:
        """What becomes of a secret on the screen; Show secret shows what is typed, unless the start has said never."""
        if self.frame.may_reveal:
            return _("It is a secret: dots stand for it, and only Show secret shows what you typed.")
        return _("It is a secret and is never shown.")

    def on_screen_suspend(self) -> None:
        """Hide what is revealed when another page comes over this one."""
        self.fields.hide()

    # --- ways to values -----------------------------------------------------------------------------------------

    @work(group="page", exclusive=True)
    async def action_show_checklist(self) -> None:
        """Show what has to be set up at the source."""
        if not self._method.prerequisites:
            self.say(_("Nothing is known here of what has to be set up beforehand."))
            return
        ticked = await self.app.push_screen_wait(dialogs.ChecklistPage(self._method, self._ticked))
        self._ticked = ticked if ticked is not None else self._ticked

    @work(group="page", exclusive=True)
    async def action_fill_form(self) -> None:
        """Fill the fields from a text with the parameters' API names."""
        snippet = await self.app.push_screen_wait(
            dialogs.FillFormPage(self.frame.wizard.source, self._method, self.frame.secrets)
        )
        if snippet is not None and self.fields.take_snippet(snippet):
            self.query_one("#next").focus()

    @work(group="page", exclusive=True)
    async def action_load_secret(self) -> None:
        """Load the secret of the field that has the focus."""
        field = self._focused_field()
        parameter = self._method.parameter(field.api_name) if field is not None else None
        source = self.frame.wizard.source
        if field is None or parameter is None or not parameter.is_secret or source is None:
            self.say(_("Put the cursor into the field of a secret first; F8 loads that one."))
            return
        loaded = await self.app.push_screen_wait(
            dialogs.LoadSecretPage(source, parameter, self.frame.clock, self.frame.secrets)
        )
        if loaded is not None:
            field.keep(loaded.secret, loaded.words)
        field.input.focus()

    @work(group="page", exclusive=True)
    async def action_help_with_value(self) -> None:
        """Make the value of a parameter on the page that the catalog names for it."""
        parameter, source = self._helped_parameter(), self.frame.wizard.source
        page = None
        if parameter is not None and source is not None:
            context = HelperContext(
                source,
                self._method,
                parameter,
                self._all_answers,
                self.frame.clock,
                self.frame.secrets,
                self._typed_for_helper,
            )
            page = helper_page(context)
        if parameter is None or page is None:
            self.say(_("Every value of this auth method is typed or loaded."))
            return
        result = await self.app.push_screen_wait(page)
        if result is not None:
            self.fields.set_texts(result.texts)
            self.fields.keep(parameter.api_name, result.secret, result.words)

    @work(group="reveal", exclusive=True)
    async def action_reveal(self) -> None:
        """Show what was typed into a secret field for some seconds, when the person says that nobody else looks."""
        field = self._last_secret
        if field is None:
            self.say(_("Put the cursor into the field of a secret first."))
        elif not self.frame.may_reveal:
            self.say(_("The program was started with --no-reveal: no secret is shown."))
        elif not field.text:
            self.say(_("Only what you type or paste now can be shown; a kept secret is never shown."))
        elif await self._wants_to_reveal(field):
            field.input.focus()
            field.input.reveal()
            try:
                await self.frame.clock.sleep(REVEAL_SECONDS)
            finally:
                field.input.hide()

    async def _wants_to_reveal(self, field: Field) -> bool:
        if isinstance(self.app, HasViewers):
            await self.app.viewers.look()
        return await self.app.push_screen_wait(
            dialogs.QuestionModal(
                reveal_question(field.words.label, is_pairing=self.frame.is_pairing),
                yes=_("Show it"),
                no=_("Keep it hidden"),
            )
        )

    def action_check(self) -> None:
        """Ask the source whether it takes the credentials; only on request."""
        if not self._method.check:
            self.say(_("Nothing is known for this auth method that could be asked beforehand."))
            return
        fields = {role: self.fields.field(api_name) for role, api_name in self._method.reads}
        for field in fields.values():
            if field is not None and (not field.judge() or is_empty(field.answer)):
                field.input.focus()
                return
        answers = self._all_answers
        values = {role: answers[name] for role, name in self._method.reads if not is_empty(answers.get(name))}
        if len(values) < len(self._method.reads):
            self.say(_("The source cannot be asked: not everything that it wants to know stands here."))
            return
        self.post_message(self.CheckWanted(self.frame.wizard.source, self._method, values))

    @property
    def _all_answers(self) -> Mapping[str, Answer]:
        """The form as it stands, and what a form of one secret knows besides."""
        return {**self.frame.wizard.draft.answers, **self.fields.answers()}

    @property
    def _source_label(self) -> str:
        source = self.frame.wizard.source
        return source.label if source is not None else ""

    def _helped_parameter(self) -> Parameter | None:
        """Return the parameter that has a helper: the one under the cursor, otherwise the first."""
        focused = self._focused_field()
        helped = [parameter for parameter in self._method.parameters if parameter.helper]
        at_cursor = [each for each in helped if focused is not None and each.api_name == focused.api_name]
        return next(iter(at_cursor or helped), None)

    def _focused_field(self) -> Field | None:
        around = self.focused.ancestors if isinstance(self.focused, FormInput) else ()
        return next((each for each in around if isinstance(each, Field)), None)
