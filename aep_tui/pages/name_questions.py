"""What the connection is called and what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aep_tui.domain.finding import Finding
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_description, findings_for_name
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.field_words import FieldWords

QUESTION = _("What should the connection be called?")
HELP_TEXT = _(
    "The name stands in the list of accounts in Experience Platform, and it is what you search for later. The "
    "documents do not say that a name must be unique, so choose one that tells this account from others: the "
    "source, the instance and the purpose.\n\nThe description is optional; an empty one is left out of the request."
)


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """A question with a text for an answer.

    Attributes:
        id: of the field.
        words: what is said about it.
        judge: says what is wrong with a text.
        is_required: an empty answer blocks.
        answer: what stands there at first.
    """

    id: str
    words: FieldWords
    judge: Callable[[str], tuple[Finding, ...]]
    is_required: bool
    answer: str


def name_questions(wizard: Wizard) -> tuple[TextQuestion, TextQuestion]:
    """Return the questions for name and description."""
    draft, source = wizard.draft, wizard.source
    example = _("ACME {source} account").format(source=source.label) if source else ""
    return (
        TextQuestion(
            "name",
            FieldWords(_("Name"), _("How people find the connection later."), example),
            findings_for_name,
            is_required=True,
            answer=draft.name or (source.default_name if source else ""),
        ),
        TextQuestion(
            "description",
            FieldWords(_("Description"), _("What it is for; who to ask."), "Sales data of the EMEA region"),
            findings_for_description,
            is_required=False,
            answer=draft.description,
        ),
    )
