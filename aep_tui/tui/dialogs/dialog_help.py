"""What F1 says in a dialog: about the field that has the focus, or about the question and its answers."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from aep_tui.domain.translation import _
from aep_tui.pages.question import Question
from aep_tui.tui.widgets.field import Field


def words_of_fields(page: Screen[Any], title: str, text: str) -> tuple[str, str]:
    """Return what belongs into the field that has the focus, otherwise `text` under `title`."""
    for field in page.query(Field):
        if page.focused is not None and field.api_name == page.focused.id:
            example = field.words.example and _("Example: {example}").format(example=field.words.example)
            parts = (field.words.help, field.words.where_to_find, example)
            return field.words.label, "\n\n".join(part for part in parts if part)
    return title, text


def words_of_question(question: Question[Any]) -> tuple[str, str]:
    """Return the question with all its answers in full, and what the keys do."""
    answers = "\n".join(
        _("- {answer}: {detail}").format(answer=each.title, detail=each.detail) if each.detail else f"- {each.title}"
        for each in question.choices[:_MOST_ANSWERS]
    )
    keys = _(
        "Up and Down mark an answer, Page Up and Page Down go on by a page, Enter takes the marked one. Esc takes none."
    )
    return question.title, "\n\n".join(part for part in (question.text, answers, keys) if part)


_MOST_ANSWERS = 30
"""More are a list to look through, not answers to explain."""
