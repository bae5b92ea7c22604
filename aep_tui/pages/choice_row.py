"""The rows of a list of which one is chosen, without a face."""

from __future__ import annotations

from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass


class Tone(StrEnum):
    """What a word or a line means; the drawn face has a look for each."""

    NEUTRAL = "-neutral"
    GOOD = "-good"
    WARNING = "-warning"
    ERROR = "-error"


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One row of a list of which one is chosen.

    Attributes:
        id: the option's id.
        title: the name.
        badge: one or two words behind the name, shown in brackets.
        detail: a second line, or "".
        reason_disabled: why the row cannot be chosen, or "".
        tone: of the badge.
        cells: what the detail says, a cell for each column of a table; they stand in its place there.
    """

    id: str
    title: str
    badge: str = ""
    detail: str = ""
    reason_disabled: str = ""
    tone: Tone = Tone.NEUTRAL
    cells: tuple[str, ...] = ()
