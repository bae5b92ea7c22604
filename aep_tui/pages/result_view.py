"""What the last page says: what became of the connection, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aep_tui.domain.connection import DELETED, ENABLED
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.source import NextStep
from aep_tui.domain.target import Mode
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.frame import Frame

NEXT_STEPS = _("What to do next, with this id:")


@dataclass(frozen=True, slots=True)
class ResultView:
    """The words around a result.

    Attributes:
        headline: what became of the connection.
        tone: of the headline.
        later: how to look again, "" when there is nothing to wait for.
        remarks: what Adobe has announced about it, and when its tokens end.
        next_steps: what the tutorials do with it.
    """

    headline: str
    tone: Tone
    later: str
    remarks: tuple[str, ...]
    next_steps: tuple[NextStep, ...]


def result_view(frame: Frame, result: ConnectionResult) -> ResultView:
    """Return the words for `result`."""
    wizard = frame.wizard
    is_deleted = result.state == DELETED
    notices = (_("Warning: {wording}").format(wording=notice.statement(wizard.today)) for notice in wizard.notices)
    source = wizard.source
    return ResultView(
        _headline(result),
        Tone.GOOD if result.state == ENABLED and result.test_passed is not False else Tone.WARNING,
        "" if is_deleted or result.state == ENABLED else _words_of_later(frame, result),
        (*notices, *(() if is_deleted else _ends_of_tokens(wizard))),
        source.next_steps if source is not None and not is_deleted else (),
    )


def _headline(result: ConnectionResult) -> str:
    if result.state == DELETED:
        return _("The base connection was deleted.")
    if result.state != ENABLED:
        words = _("The base connection exists. Its last state was: {state}")
        return words.format(state=result.state or _("not known"))
    if result.test_passed is False:
        return _("Warning: the base connection is enabled, but the platform's test of it failed.")
    return _("OK: the base connection is enabled.")


def _words_of_later(frame: Frame, result: ConnectionResult) -> str:
    if frame.target.mode is Mode.PRACTICE:
        return _("A rehearsal forgets the connection when the program ends.")
    return _("Look again later: aep-tui watch {id}").format(id=result.connection_id)


def _ends_of_tokens(wizard: Wizard) -> Iterator[str]:
    """Yield when a signed token of this connection ends, and what has to happen then."""
    for parameter in wizard.parameters:
        ends_on = end_of_token(wizard.draft.answers.get(parameter.api_name))
        if ends_on:
            yield _(
                "The {label} ends on {day}. Before that day make a new one and give it to this connection; "
                "otherwise it stops reading."
            ).format(label=parameter.label, day=ends_on)
