"""The times of what happened to a connection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone

MARKS: Final = {Tone.NEUTRAL: "●", Tone.GOOD: "✓", Tone.WARNING: "!", Tone.ERROR: "✗"}
"""What stands before an entry that is drawn."""
LINE: Final = "│"
SHORTEST_DISTANCE: Final = 1.0
"""Seconds between two entries that are worth a line."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened.

    Attributes:
        at: the time, in UTC.
        elapsed: seconds since the page was opened.
    """

    at: datetime
    elapsed: float


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened at a moment, in words, and whether that is good."""

    moment: Moment
    words: str
    tone: Tone = Tone.NEUTRAL


def elapsed_text(seconds: float) -> str:
    """Return a time since the start, for example "12 s" or "2 min 5 s"."""
    minutes, rest = divmod(int(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return _("{seconds} s").format(seconds=rest)


def elapsed_words(seconds: float, sample_seconds: int) -> str:
    """Return a time since the start, beside the time that Adobe's own sample took where there is one (not 0)."""
    if not sample_seconds:
        return elapsed_text(seconds)
    words = _("{elapsed} ({sample} in Adobe's sample)")
    return words.format(elapsed=elapsed_text(seconds), sample=elapsed_text(sample_seconds))


def drawn_timeline(entries: Iterable[TimelineEntry]) -> str:
    """Return the timeline as it is drawn: a mark for each entry, and the time between two that are apart."""
    lines: list[str] = []
    before: Moment | None = None
    for entry in entries:
        distance = entry.moment.elapsed - before.elapsed if before else 0.0
        if distance >= SHORTEST_DISTANCE:
            lines.append(f"{LINE}  {elapsed_text(distance)}")
        lines.append(f"{MARKS[entry.tone]}  {timeline_text([entry])}")
        before = entry.moment
    return "\n".join(lines)


def timeline_text(entries: Iterable[TimelineEntry]) -> str:
    """Return a line for each entry: time of day (UTC), seconds since the start, words."""
    return "\n".join(
        f"{entry.moment.at:%H:%M:%S} UTC  +{entry.moment.elapsed:5.1f} s  {entry.words}" for entry in entries
    )
