"""Name and description of the connection."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.step_answer import NameAnswer
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_description, findings_for_name
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.field import Field, FieldWords
from aep_tui.tui.widgets.plain_text import PlainText


class NameScreen(StepScreen):
    """The name is what people search for later; the description is optional."""

    step = Step.NAME
    help_text = _(
        "The name stands in the list of accounts in Experience Platform, and it is what you search for later. The "
        "documents do not say that a name must be unique, so choose one that tells this account from others: the "
        "source, the instance and the purpose.\n\nThe description is optional; an empty one is left out of the request."
    )

    def compose_body(self) -> ComposeResult:
        """Yield both fields."""
        draft, source = self.frame.wizard.draft, self.frame.wizard.source
        example = _("ACME {source} account").format(source=source.label) if source else ""
        yield PlainText(_("What should the connection be called?"), classes="question")
        yield Field(
            "name",
            FieldWords(_("Name"), _("How people find the connection later."), example),
            _judge_name,
            is_required=True,
            answer=draft.name or (source.default_name if source else ""),
        )
        yield Field(
            "description",
            FieldWords(_("Description"), _("What it is for; who to ask."), "Sales data of the EMEA region"),
            _judge_description,
            is_required=False,
            answer=draft.description,
        )

    def on_mount(self) -> None:
        """Put the focus on the name; the first character that is typed replaces a name that is only suggested."""
        super().on_mount()
        field = self.query_one("#name", Input)
        field.focus()
        if not self.frame.wizard.draft.name:
            field.select_all()

    def answer(self) -> NameAnswer:
        """Return name and description."""
        name, description = (str(field.answer) for field in self.query(Field))
        return NameAnswer(name, description)

    def complete(self) -> None:
        """Judge both fields, and go on when none blocks."""
        wrong = [field for field in self.query(Field) if not field.judge()]
        if wrong:
            wrong[0].input.focus()
        else:
            super().complete()

    @on(Input.Submitted)
    def _go_to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next_field()


def _judge_name(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
    return findings_for_name(text)


def _judge_description(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
    return findings_for_description(text)
