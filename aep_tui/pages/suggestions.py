"""The documented values of a parameter, to choose from; free entry stays possible."""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.domain.source import Suggestion
from aep_tui.domain.translation import _
from aep_tui.pages.question import Choice, Question

MOST_WITH_DETAILS = 6


def suggestions_question(label: str, suggestions: Iterable[Suggestion]) -> Question[str]:
    """Offer `suggestions` for the parameter `label`; the answer is "" when the person wants to type another one."""
    values = tuple(suggestions)
    # A long list is shown a line a value, so that the page holds it whole.
    is_long = len(values) > MOST_WITH_DETAILS
    return Question(
        label,
        (
            *(
                Choice(str(index), each.value, each.value, badge=each.label)
                if is_long
                else Choice(str(index), each.value, each.value, detail=each.label)
                for index, each in enumerate(values)
            ),
            Choice("other", _("Another one: type it"), "", detail=_("not documented by Adobe")),
        ),
        list_id="suggestions",
    )
