"""The credentials of the source: one field for each parameter that the catalog declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind
from aep_tui.domain.translation import _
from aep_tui.domain.validation import (
    cross_findings,
    findings_for,
    findings_for_inspected_token,
    findings_for_text,
)
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.step import Frame, StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, FieldWords, Judge
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from pydantic import SecretStr

    from aep_tui.domain.snippet import Snippet

REVEAL_SECONDS: Final = 5.0
TOKEN_RULE: Final = "salesforce-jwt"  # noqa: S105 - the name of a rule
LOGIN_CHECK_METHOD: Final = "oauth2-client-credential"
LOGIN_CHECK_FIELDS: Final = ("environmentUrl", "clientId", "clientSecret")
_KEYS_OF_TOKEN: Final = frozenset({"clientId", "instanceUrl"})
"""The fields that a token is compared with."""


class CredentialsScreen(StepScreen):
    """Fields are judged when they are left and on Next, which puts the focus on the first wrong one."""

    step = Step.CREDENTIALS
    help_text = _(
        "These values go into auth.params of the request. Secrets are never shown, copied or written down by this "
        "program.\n\nPut the cursor into a field and press F1 to read where to find its value."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "go_to_correction", show=False, id="credentials.correction"),
        Binding("f3", "show_checklist", _("Checklist: what has to be set up beforehand"), id="credentials.checklist"),
        Binding("f5", "reveal", _("Show the typed secret for 5 seconds"), id="credentials.reveal"),
        Binding("f6", "mint", _("Make the JWT token from a private key"), id="credentials.mint"),
        Binding("f7", "fill_form", _("Fill from a file or a snippet"), id="credentials.fill"),
        Binding("f8", "load_secret", _("Load this secret from a file or a command"), id="credentials.load"),
        Binding("f9", "check_login", _("Check the login at Salesforce now"), id="credentials.check-login"),
    ]

    @dataclass
    class LoginCheckWanted(Message):
        """The person wants Salesforce to be asked with these client credentials, before the platform is."""

        environment_url: str
        client_id: str
        client_secret: SecretStr

    def __init__(self, frame: Frame) -> None:
        """Show the fields of the chosen auth method."""
        super().__init__(frame)
        method = frame.wizard.auth_method
        assert method is not None, "the step comes after the auth method"  # noqa: S101 - held by the wizard
        self._method: AuthMethod = method
        self._ticked: frozenset[int] = frozenset()

    def compose_body(self) -> ComposeResult:
        """Yield the fields in the order of the catalog."""
        answers = self.frame.wizard.draft.answers
        for parameter in self._method.parameters:
            answer = answers.get(parameter.api_name)
            if parameter.kind is ParameterKind.BOOLEAN:
                label = _("{label} (optional)  {help}").format(label=parameter.label, help=parameter.help)
                yield TickBox(label, answer is True, id=parameter.api_name)
            else:
                yield Field(
                    parameter.api_name,
                    self._words(parameter),
                    self._judge(parameter),
                    is_required=parameter.is_required,
                    is_secret=parameter.is_secret,
                    answer=answer,
                    has_suggestions=bool(parameter.suggestions),
                )

    def key_text(self) -> str:
        """Return the keys of the form."""
        return _("Enter Next   Esc Back   F1 Help   F2 More   F3 Checklist   F7 Fill   F8 Load")

    def compose_actions(self) -> ComposeResult:
        """Yield Back, Next, and the ways to values."""
        yield from super().compose_actions()
        yield ActionButton(_("Checklist"), id="checklist")
        yield ActionButton(_("Fill from a file"), id="fill")

    def page_bindings(self) -> list[Binding]:
        """Return the keys that do something for this auth method."""
        missing = set() if self._token_parameter() else {"mint"}
        missing |= set() if self._method.id == LOGIN_CHECK_METHOD else {"check_login"}
        return [binding for binding in super().page_bindings() if binding.action not in missing]

    def on_mount(self) -> None:
        """Put the focus on the first field."""
        super().on_mount()
        self.focus_field(self._method.parameters[0].api_name)

    def collected_answers(self) -> dict[str, Answer]:
        """Return all answers, right or wrong."""
        answers: dict[str, Answer] = {field.api_name: self._answer_of(field) for field in self.query(Field)}
        answers.update({tick_box.id or "": tick_box.value for tick_box in self.query(TickBox)})
        return answers

    def complete(self) -> None:
        """Judge every field, and go on when none blocks."""
        for field in self.query(Field):
            field.judge()
        self._add_cross_findings()
        wrong = next((field for field in self.query(Field) if field.has_error), None)
        if wrong is None:
            super().complete()
        else:
            wrong.input.focus()

    def action_go_to_correction(self) -> None:
        """Go to the first field that has a correction; there F4 puts it in."""
        for field in self.query(Field):
            if any(finding.suggested_value for finding in field.findings):
                field.input.focus()
                return

    def help_words(self) -> tuple[str, str]:
        """Return where to find the value that the cursor stands in."""
        focused = self.focused
        parameter = self._method.parameter(focused.id or "") if focused is not None else None
        if parameter is None:
            return super().help_words()
        requirement = _("Required.") if parameter.is_required else _("Optional.")
        secrecy = _("It is a secret and is never shown.") if parameter.is_secret else ""
        return parameter.label, _(
            "{help}\n\n{where_to_find}\n\nExample: {example}\n{requirement} {secrecy}\n"
            "Name in the request: auth.params.{api_name}"
        ).format(
            help=parameter.help,
            where_to_find=parameter.where_to_find,
            example=parameter.example,
            requirement=requirement,
            secrecy=secrecy,
            api_name=parameter.api_name,
        )

    @on(Input.Submitted)
    def _go_to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next_field()

    @on(Field.Left)
    def _judge_fields_together(self, event: Field.Left) -> None:
        event.stop()
        if event.field.api_name in _KEYS_OF_TOKEN:
            self._judge_token_again()
        self._add_cross_findings()
        self._suggest_endpoint(event.field)

    def on_screen_suspend(self) -> None:
        """Hide what is revealed when another page comes over this one."""
        for field in self.query(Field):
            field.input.hide()

    # --- ways to values -----------------------------------------------------------------------------------------

    @on(ActionButton.Pressed, "#checklist")
    def _checklist_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_show_checklist()

    @on(ActionButton.Pressed, "#fill")
    def _fill_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_fill_form()

    @work(group="page", exclusive=True)
    async def action_show_checklist(self) -> None:
        """Show what has to be set up at the source."""
        from aep_tui.tui.dialogs.checklist import ChecklistPage

        ticked = await self.app.push_screen_wait(ChecklistPage(self._method, self._ticked))
        self._ticked = ticked if ticked is not None else self._ticked

    @work(group="page", exclusive=True)
    async def action_fill_form(self) -> None:
        """Fill the fields from a text with the parameters' API names."""
        from aep_tui.tui.dialogs.fill_form import FillFormPage

        snippet = await self.app.push_screen_wait(FillFormPage(self.frame.wizard.source, self._method))
        if snippet is not None:
            self._take_snippet(snippet)

    @work(group="page", exclusive=True)
    async def action_load_secret(self) -> None:
        """Load the secret of the field that has the focus."""
        from aep_tui.tui.dialogs.load_secret import LoadSecretPage

        field = self._focused_field()
        parameter = self._method.parameter(field.api_name) if field is not None else None
        if field is None or parameter is None or not parameter.is_secret:
            self.notify(_("Put the cursor into the field of a secret first; F8 loads that one."), markup=False)
            return
        loaded = await self.app.push_screen_wait(LoadSecretPage(parameter, self.frame.clock))
        if loaded is not None:
            field.keep(loaded.secret, loaded.words)
        field.input.focus()

    @work(group="page", exclusive=True)
    async def action_mint(self) -> None:
        """Make the token from a private key."""
        parameter = self._token_parameter()
        if parameter is None:
            self.notify(_("This auth method needs no token of your own."), markup=False)
            return
        from aep_tui.tui.dialogs.mint_token import MintTokenPage

        result = await self.app.push_screen_wait(MintTokenPage(self.collected_answers(), self.frame.clock))
        field = self._field(parameter.api_name)
        if result is not None and field is not None:
            client_id = self._field("clientId")
            if client_id is not None:
                client_id.set_text(result.client_id)
            words = _("Made here; it is not shown. It ends on {day}.").format(day=result.token.ends_on)
            field.keep(result.token, words)
            field.input.focus()

    @work(group="reveal", exclusive=True)
    async def action_reveal(self) -> None:
        """Show what was typed into the secret field for some seconds."""
        field = self._focused_field()
        if field is None or not field.is_secret:
            self.notify(_("Put the cursor into the field of a secret first."), markup=False)
        elif not self.frame.may_reveal:
            self.notify(_("The program was started with --no-reveal: no secret is shown."), markup=False)
        elif not field.text:
            self.notify(_("Only what you type or paste now can be shown; a kept secret is never shown."), markup=False)
        else:
            field.input.reveal()
            try:
                await self.frame.clock.sleep(REVEAL_SECONDS)
            finally:
                field.input.hide()

    def action_check_login(self) -> None:
        """Ask Salesforce whether it takes the client credentials; only on request."""
        fields = {field.api_name: field for field in self.query(Field)}
        if self._method.id != LOGIN_CHECK_METHOD:
            self.notify(_("This check is for Salesforce with OAuth 2 Client Credential only."), markup=False)
            return
        wrong = [fields[name] for name in LOGIN_CHECK_FIELDS if not fields[name].judge()]
        secret = fields["clientSecret"].answer
        if wrong or isinstance(secret, str | bool):
            (wrong[0] if wrong else fields["clientSecret"]).input.focus()
            return
        self.post_message(
            self.LoginCheckWanted(fields["environmentUrl"].text.strip(), fields["clientId"].text.strip(), secret)
        )

    def _take_snippet(self, snippet: Snippet) -> None:
        """Put the values of a text into their fields; secrets stay wrapped and are told by kind and length only."""
        from aep_tui.pages.loaded_secret import loaded_secret

        for api_name, value in snippet.values.items():
            parameter, field = self._method.parameter(api_name), self._field(api_name)
            if parameter is None:
                continue
            if field is None:
                for tick_box in self.query(TickBox):
                    if tick_box.id == api_name:
                        tick_box.value = value.lower() == "true"
            elif parameter.is_secret:
                loaded = loaded_secret(parameter, value)
                field.keep(loaded.secret, loaded.words)
            else:
                field.set_text(value)
        self._judge_token_again()
        self._add_cross_findings()
        empty = next((field for field in self.query(Field) if field.is_required and not field.answer), None)
        wrong = next((field for field in self.query(Field) if field.has_error), empty)
        if wrong is not None:
            wrong.input.focus()
        else:
            self.query_one("#next").focus()

    # --- fields -------------------------------------------------------------------------------------------------

    def _words(self, parameter: Parameter) -> FieldWords:
        refused = ""
        if parameter.is_secret:
            refused = _("F8 loads a value of several lines from a file; F7 fills the form from a text.")
        return FieldWords(parameter.label, parameter.help, parameter.example, parameter.where_to_find, refused)

    def _field(self, api_name: str) -> Field | None:
        return next((field for field in self.query(Field) if field.api_name == api_name), None)

    def _focused_field(self) -> Field | None:
        focused = self.focused
        return self._field(focused.id or "") if isinstance(focused, FormInput) else None

    def _token_parameter(self) -> Parameter | None:
        return next((parameter for parameter in self._method.parameters if parameter.rule == TOKEN_RULE), None)

    def _answer_of(self, field: Field) -> Answer:
        parameter = self._token_parameter()
        if parameter is None or parameter.api_name != field.api_name or not field.text:
            return field.answer
        from aep_tui.domain.inspected_token import InspectedToken

        return InspectedToken(field.text.strip())

    def _judge_token_again(self) -> None:
        """Compare the token with the fields beside it once more; one that is not there yet is left in peace."""
        parameter = self._token_parameter()
        field = self._field(parameter.api_name) if parameter is not None else None
        if field is not None and field.answer:
            field.judge()

    def _suggest_endpoint(self, changed: Field) -> None:
        """Offer Zoho's endpoint of the data centre that the accounts URL names."""
        rules = {parameter.api_name: parameter.rule for parameter in self._method.parameters}
        if rules.get(changed.api_name) != "zoho-accounts-url":
            return
        from aep_tui.domain.rules.zoho import data_centre_of_accounts_url, data_centre_of_endpoint

        centre = data_centre_of_accounts_url(changed.text)
        name = next((name for name, rule in rules.items() if rule == "zoho-endpoint"), "")
        endpoint = self._field(name)
        if centre is not None and endpoint is not None and data_centre_of_endpoint(endpoint.text) is not centre:
            words = _("The usual endpoint of the data centre {region}.").format(region=centre.label)
            endpoint.suggest(centre.endpoint, words)

    @on(Field.SuggestionsWanted)
    def _offer_suggestions(self, event: Field.SuggestionsWanted) -> None:
        event.stop()
        self._choose_suggestion(event.field)

    @work
    async def _choose_suggestion(self, field: Field) -> None:
        from aep_tui.pages.suggestions import suggestions_question
        from aep_tui.tui.dialogs.asking import ChoiceModal

        parameter = self._method.parameter(field.api_name)
        if parameter is not None:
            question = suggestions_question(parameter.label, parameter.suggestions)
            value = await self.app.push_screen_wait(ChoiceModal(question))
            if value:
                field.set_text(value)
                self._suggest_endpoint(field)
                self._add_cross_findings()
            field.input.focus()

    def _judge(self, parameter: Parameter) -> Judge:
        def judge(text: str, kept: Answer | None) -> tuple[Finding, ...]:
            today = self.frame.wizard.today
            others = self.collected_answers() if self.is_mounted else self.frame.wizard.draft.answers
            if kept is None:
                return findings_for_text(parameter, text, auth_method=self._method, today=today, other_answers=others)
            from aep_tui.domain.inspected_token import InspectedToken

            if isinstance(kept, InspectedToken):
                return findings_for_inspected_token(
                    parameter, kept, auth_method=self._method, today=today, other_answers=others
                )
            return findings_for(parameter, kept, auth_method=self._method, today=today)

        return judge

    def _add_cross_findings(self) -> None:
        """Show what a rule over several fields says, where the field itself is in order."""
        found = cross_findings(self._method, self.collected_answers(), self.frame.wizard.today)
        for field in self.query(Field):
            extra = tuple(finding for finding in found.get(field.api_name, ()) if finding not in field.findings)
            if extra:
                field.show_findings((*field.findings, *extra))
