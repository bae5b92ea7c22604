"""The times of what happened to a connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aep_tui.domain.translation import _


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
    """What happened at a moment, in words."""

    moment: Moment
    words: str


def elapsed_text(seconds: float) -> str:
    """Return a time since the start, for example "12 s" or "2 min 5 s"."""
    minutes, rest = divmod(int(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return _("{seconds} s").format(seconds=rest)


def timeline_text(entries: Iterable[TimelineEntry]) -> str:
    """Return a line for each entry: time of day (UTC), seconds since the start, words."""
    return "\n".join(
        f"{entry.moment.at:%H:%M:%S} UTC  +{entry.moment.elapsed:5.1f} s  {entry.words}" for entry in entries
    )
