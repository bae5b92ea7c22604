"""*Another source…*: the list of what the platform offers beside the sources that this program knows by heart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aep_tui.domain.step_answer import OtherSourceAnswer
from aep_tui.domain.translation import _, plural
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import ChoiceRow, Tone
from aep_tui.pages.flow_tools import FlowTools
from aep_tui.pages.walk import WalkFlow

if TYPE_CHECKING:
    from aep_tui.domain.described_source import DescribedSource
    from aep_tui.domain.place import Place

TITLE: Final = _("Another source")
NO_TUTORIAL: Final = _(
    "What your organization's platform offers, as it describes it. This program has no tutorial for these sources and "
    "gives no advice on them."
)
SEARCH: Final = _("Search")
SEARCH_HELP: Final = _("by name, category or id")
LOADING: Final = _("Reading the list from the platform...")
READ_AGAIN: Final = _("Read again")
HELP: Final = _(
    "The list is read from the platform now, for your sandbox. Destinations, the platform's own parts and the sources "
    "that this program knows by heart are left out.\n\n"
    "For a source of this list the form is made of what the platform describes: names, types, which values are "
    "secrets. Published descriptions hold mistakes, so what they demand is told as a warning, and the platform has the "
    "last word.\n\n"
    "A source that cannot be chosen says why."
)


def source_rows(found: Sequence[DescribedSource], text: str) -> tuple[ChoiceRow, ...]:
    """Return a row for each source that a search means, "" for all."""
    return tuple(
        ChoiceRow(
            each.source.id,
            each.source.label,
            _("beta") if each.is_beta else "",
            reason_disabled=each.reason_unavailable,
            tone=Tone.WARNING,
        )
        for each in found
        if each.is_meant_by(text)
    )


def count_words(rows: Sequence[ChoiceRow], found: Sequence[DescribedSource]) -> str:
    """Return how many sources there are, and how many a search has found."""
    if not found:
        return _("The platform offers no other source in this sandbox.")
    if not rows:
        return _("No source is called so. Take letters away, or search for another name.")
    every = plural("{count} source", "{count} sources", len(found)).format(count=len(found))
    return every if len(rows) == len(found) else _("{shown} of {every}").format(shown=len(rows), every=every)


def facts_of(found: Sequence[DescribedSource], source_id: str) -> str:
    """Return what tells sources of one title apart, on a line: category, name and id."""
    described = next((each for each in found if each.source.id == source_id), None)
    if described is None:
        return ""
    return " · ".join(part for part in (described.category, described.name, described.source.id) if part)


class OtherSourceFlow:
    """Reads the list when it is opened, once for each target, and takes what is chosen as the answer of the step."""

    def __init__(self, tools: FlowTools, walk: WalkFlow) -> None:
        self._tools = tools
        self._walk = walk
        self._found: tuple[DescribedSource, ...] | None = None
        self._found_at: tuple[Place, str] | None = None

    @property
    def chosen_id(self) -> str:
        """The source of the list that is chosen already, "" for none."""
        source = self._tools.current.now.wizard.source
        return source.id if source is not None and source.is_described_only else ""

    async def choose(self) -> None:
        """Let the person choose, and go on with the source; without a choice nothing changes."""
        chosen = await self._tools.navigator.choose_source(self)
        if chosen is not None:
            await self._walk.answer(Step.SOURCE, OtherSourceAnswer(chosen.source))

    async def found(self, *, anew: bool = False) -> tuple[DescribedSource, ...]:
        """Return the sources, by title; what was read before is returned again, unless it is wanted anew.

        Raises:
            Problem: the list could not be read.
        """
        now = self._tools.current.now
        place = (now.target.place, now.scenario_id)
        if anew or self._found is None or self._found_at != place:
            self._found = None
            self._found = await self._tools.session.open().here.sources.other(now.wizard.catalog)
            self._found_at = place
        return self._found
