"""The credentials of the source: one field for each parameter that the catalog declares."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind
from aep_tui.domain.translation import _
from aep_tui.domain.validation import cross_findings, findings_for, findings_for_text
from aep_tui.screens.step import Frame, StepScreen
from aep_tui.widgets.field import Field, FieldWords, Judge
from aep_tui.widgets.tick_box import TickBox
from aep_tui.wizard import Step


class CredentialsScreen(StepScreen):
    """Fields are judged when they are left and on Next, which puts the focus on the first wrong one."""

    step = Step.CREDENTIALS
    help_text = _(
        "These values go into auth.params of the request. Secrets are never shown, copied or written down by this "
        "program.\n\nPut the cursor into a field and press F1 to read where to find its value."
    )

    def __init__(self, frame: Frame) -> None:
        """Show the fields of the chosen auth method."""
        super().__init__(frame)
        method = frame.wizard.auth_method
        assert method is not None, "the step comes after the auth method"  # noqa: S101 - held by the wizard
        self._method: AuthMethod = method

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
                    FieldWords(parameter.label, parameter.help, parameter.example, parameter.where_to_find),
                    self._judge(parameter),
                    is_required=parameter.is_required,
                    is_secret=parameter.is_secret,
                    answer=answer,
                    has_suggestions=bool(parameter.suggestions),
                )

    def key_text(self) -> str:
        """Return the keys of the form."""
        return _("Enter Next field   Tab Move   Esc Back   F1 Where to find it   F2 Commands")

    def on_mount(self) -> None:
        """Put the focus on the first field."""
        super().on_mount()
        self.focus_field(self._method.parameters[0].api_name)

    def collected_answers(self) -> dict[str, Answer]:
        """Return all answers, right or wrong."""
        answers: dict[str, Answer] = {field.api_name: field.answer for field in self.query(Field)}
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
        self.focus_next()

    @on(Field.Left)
    def _judge_fields_together(self, event: Field.Left) -> None:
        event.stop()
        self._add_cross_findings()

    @on(Field.SuggestionsWanted)
    def _offer_suggestions(self, event: Field.SuggestionsWanted) -> None:
        event.stop()
        self._choose_suggestion(event.field)

    @work
    async def _choose_suggestion(self, field: Field) -> None:
        from aep_tui.screens.suggestions import SuggestionsModal

        parameter = self._method.parameter(field.api_name)
        if parameter is not None:
            value = await self.app.push_screen_wait(SuggestionsModal(parameter.label, parameter.suggestions))
            if value:
                field.set_text(value)
            field.input.focus()

    def _judge(self, parameter: Parameter) -> Judge:
        def judge(text: str, kept: Answer | None) -> tuple[Finding, ...]:
            today = self.frame.wizard.today
            if kept is not None:
                return findings_for(parameter, kept, auth_method=self._method, today=today)
            others = self.collected_answers() if self.is_mounted else self.frame.wizard.draft.answers
            return findings_for_text(parameter, text, auth_method=self._method, today=today, other_answers=others)

        return judge

    def _add_cross_findings(self) -> None:
        """Show what a rule over several fields says, where the field itself is in order."""
        found = cross_findings(self._method, self.collected_answers(), self.frame.wizard.today)
        for field in self.query(Field):
            extra = tuple(finding for finding in found.get(field.api_name, ()) if finding not in field.findings)
            if extra:
                field.show_findings((*field.findings, *extra))
