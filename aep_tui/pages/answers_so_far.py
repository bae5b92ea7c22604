"""What was answered so far, for whoever wants to see it beside a page."""

from __future__ import annotations

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard


def answers_so_far(wizard: Wizard) -> tuple[tuple[str, str], ...]:
    """Return name and value of what was chosen; parameters stay on the pages that ask for them."""
    draft, source, method = wizard.draft, wizard.source, wizard.auth_method
    answers = (
        (_("Cloud"), draft.cloud.label if draft.cloud else ""),
        (_("Source"), source.label if source else ""),
        (_("Auth method"), method.label if method else ""),
        (_("Name"), draft.name),
    )
    return tuple((name, value) for name, value in answers if value)
