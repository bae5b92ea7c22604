"""The fields of an auth method, one for each parameter that the catalog declares, and what they say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for, findings_for_text, offer_for
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.loaded_secret import loaded_secret
from aep_tui.pages.suggestions import suggestions_question
from aep_tui.tui import dialogs
from aep_tui.tui.widgets.field import Field, are_right
from aep_tui.tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from aep_tui.domain.snippet import Snippet

Text = TypeVar("Text", bound=Answer)


class CredentialFields(Vertical):
    """Fields that are judged when they are left, each beside those that its parameter reads."""

    DEFAULT_CSS = "CredentialFields { height: auto; }"

    def __init__(self, wizard: Wizard, method: AuthMethod, clock: Clock, secrets: Secrets) -> None:
        """Show what `wizard` has been answered for `method`; `clock` tells whether a token has ended."""
        super().__init__()
        self._wizard = wizard
        self._clock = clock
        self._secrets = secrets
        self._method = method

    def compose(self) -> ComposeResult:
        """Yield the fields in the order of the catalog."""
        for parameter in self._method.parameters:
            answer = self._wizard.draft.answers.get(parameter.api_name)
            if parameter.kind is ParameterKind.BOOLEAN:
                label = _("{label} (optional)  {help}").format(label=parameter.label, help=parameter.help)
                yield TickBox(label, answer is True, id=parameter.api_name)
            else:
                yield Field(
                    parameter.api_name,
                    _words(parameter),
                    partial(self._judge, findings_for_text, parameter),
                    judge_kept=partial(self._judge, findings_for, parameter),
                    is_required=parameter.is_called_required,
                    secrets=self._secrets if parameter.is_secret else None,
                    answer=answer,
                    has_suggestions=bool(parameter.suggestions),
                )

    def on_mount(self) -> None:
        """Judge what is there already: what was wrong on an earlier visit is said again."""
        for field in self.query(Field):
            if field.answer:
                field.judge()

    def answers(self) -> dict[str, Answer]:
        """Return all answers, right or wrong."""
        answers = {field.api_name: self._answer_of(field) for field in self.query(Field)}
        answers.update({tick_box.id or "": tick_box.value for tick_box in self.query(TickBox)})
        return answers

    def field(self, api_name: str) -> Field | None:
        """Return the field of a parameter; None for a switch and for what the method does not ask for."""
        return next((field for field in self.query(Field) if field.api_name == api_name), None)

    def judged(self) -> bool:
        """Judge every field; put the focus on the first wrong one."""
        return are_right(self.query(Field))

    def keep(self, api_name: str, secret: Secret, words: str) -> None:
        """Take a secret that was not typed here, and put the cursor into its field."""
        field = self.field(api_name)
        if field is not None:
            field.keep(secret, words)
            field.input.focus()

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts into their fields."""
        for api_name, text in texts.items():
            field = self.field(api_name)
            if field is not None:
                field.set_text(text)
                self._tell_readers(field)

    def take_snippet(self, snippet: Snippet) -> bool:
        """Put the values of a text into their fields; return whether every field is filled in and right.

        Secrets stay wrapped and are told by kind and length only. The focus goes to the first field that needs it.
        """
        for api_name, value in snippet.values.items():
            parameter, field = self._method.parameter(api_name), self.field(api_name)
            if parameter is None:
                continue
            if field is None:
                for tick_box in self.query(TickBox):
                    if tick_box.id == api_name:
                        tick_box.value = value.lower() == "true"
            elif parameter.is_secret:
                loaded = loaded_secret(parameter, value, self._secrets)
                field.keep(loaded.secret, loaded.words)
            else:
                field.set_text(value)
        for field in self.query(Field):
            self._tell_readers(field)
        empty = next((field for field in self.query(Field) if field.is_required and not field.answer), None)
        wrong = next((field for field in self.query(Field) if field.has_error), empty)
        if wrong is not None:
            wrong.input.focus()
        return wrong is None

    def hide(self) -> None:
        """Show dots again in a field that is revealed."""
        for field in self.query(Field):
            field.input.hide()

    @on(Field.Left)
    def _field_left(self, event: Field.Left) -> None:
        self._tell_readers(event.field)

    def _tell_readers(self, changed: Field) -> None:
        """Judge the fields whose parameters read the changed one; one that is not there yet is left in peace."""
        for parameter in self._method.parameters:
            reader = self.field(parameter.api_name)
            if reader is None or changed.api_name not in dict(parameter.reads).values():
                continue
            if reader.answer:
                reader.judge()
            offer = offer_for(RuleContext(parameter, self._method, self._clock.now(), self.answers()), reader.text)
            if offer is not None:
                reader.suggest(offer.value, offer.words)

    @on(Field.SuggestionsWanted)
    def _offer_suggestions(self, event: Field.SuggestionsWanted) -> None:
        event.stop()
        self._choose_suggestion(event.field)

    @work
    async def _choose_suggestion(self, field: Field) -> None:
        parameter = self._method.parameter(field.api_name)
        if parameter is not None:
            question = suggestions_question(parameter.label, parameter.suggestions)
            value = await self.app.push_screen_wait(dialogs.ChoiceModal(question))
            if value:
                self.set_texts({field.api_name: value})
            field.input.focus()

    def _answer_of(self, field: Field) -> Answer:
        parameter = self._method.parameter(field.api_name)
        if parameter is None or not parameter.helper or not field.text:
            return field.answer
        return self._secrets.hold(field.text.strip(), field.api_name)

    def _judge(
        self, rule: Callable[[RuleContext, Text], tuple[Finding, ...]], parameter: Parameter, content: Text
    ) -> tuple[Finding, ...]:
        # A form of one secret has no fields for the others, and its rules read them all the same.
        others = {**self._wizard.draft.answers, **(self.answers() if self.is_mounted else {})}
        return rule(RuleContext(parameter, self._method, self._clock.now(), others), content)


def _words(parameter: Parameter) -> FieldWords:
    refused = ""
    if parameter.is_secret:
        refused = _("F8 loads a value of several lines from a file; F7 fills the form from a text.")
    words = _("{help} F9 makes it.").format(help=parameter.help) if parameter.helper else parameter.help
    return FieldWords(parameter.label, words, parameter.example, parameter.where_to_find, refused)
