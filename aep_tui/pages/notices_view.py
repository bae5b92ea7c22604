"""What Adobe has deprecated or retired about a choice, in words, and the way out."""

from __future__ import annotations

from datetime import date

from aep_tui.domain.lifecycle import LifecycleNotice
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard

HELP_TEXT = _(
    "Adobe announces here what it deprecates or retires. A date that has passed does not say what the platform "
    "answers today: the documents are silent about that, and the server has the last word.\n\n"
    "The safe way out is the default. To go on all the same, tick the acknowledgement (Space) and choose Next; the "
    "notice then stands on the review and on the result."
)
ACKNOWLEDGEMENT = _("I have read this and want to go on all the same")


def notice_lines(notice: LifecycleNotice, today: date) -> tuple[str, ...]:
    """Return the title, what is true on `today`, the way out, and the source."""
    return (
        _("Warning: {title}").format(title=notice.title),
        notice.wording(today),
        _("What to do: {way_out}").format(way_out=notice.way_out),
        _("Source: {source}").format(source=notice.statement_source),
    )


def way_out(wizard: Wizard) -> tuple[str, str] | None:
    """Return id and label of the auth method that a notice leads to, when this cloud offers it."""
    for notice in wizard.notices:
        if notice.switch_to_auth_method_id and wizard.source and wizard.draft.cloud:
            method = wizard.source.auth_method(wizard.draft.cloud, notice.switch_to_auth_method_id)
            if method is not None:
                return method.id, method.label
    return None


def switch_words(way: tuple[str, str]) -> str:
    """Return what the choice of a way out says."""
    return _("Switch to {auth_method}").format(auth_method=way[1])
