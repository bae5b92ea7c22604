"""The question which source to connect."""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.domain.lifecycle import NoticeKind
from aep_tui.domain.step_answer import SourceAnswer
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.choice_step import ChoiceStepScreen
from aep_tui.tui.steps.step import Frame
from aep_tui.tui.widgets.choice_list import ChoiceRow


class SourceChoices:
    """All sources of the catalog; those that the cloud does not offer stay visible, with the reason."""

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return the sources with what has happened to them."""
        wizard = frame.wizard
        for source in wizard.catalog.sources:
            badges = [
                notice.badge(wizard.today)
                for notice in wizard.catalog.notices_for(None, source.id, "")
                if notice.kind is NoticeKind.RETIRED
            ]
            reason = source.reason_unavailable_on(wizard.draft.cloud) if wizard.draft.cloud else ""
            yield ChoiceRow(source.id, source.label, ", ".join(badges), source.summary, reason)

    def answer_of(self, choice_id: str) -> SourceAnswer:
        """Return the answer that a row stands for."""
        return SourceAnswer(choice_id)

    def chosen_id(self, frame: Frame) -> str:
        """Return the source that is chosen already."""
        return frame.wizard.draft.source_id

    def remark(self, _frame: Frame, _choice_id: str) -> str:
        """Return nothing: the rows say it all."""
        return ""


class SourceScreen(ChoiceStepScreen):
    """The page of the question."""

    step = Step.SOURCE
    list_id = "source"
    question = _("Which source do you want to connect?")
    help_text = _(
        "A source is the system your data comes from. A base connection holds the credentials for one account of it; "
        "one base connection per account is enough, and it can serve many dataflows.\n\n"
        "A source whose deprecation Adobe has announced can still be tried: the platform has the last word. The "
        "next steps say what Adobe has announced and ask whether you want to go on."
    )
    choices = SourceChoices()
