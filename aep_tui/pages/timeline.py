"""The times of what happened to a connection."""

from __future__ import annotations

from aep_tui.domain.clock import Clock
from aep_tui.domain.translation import _


class Timeline:
    """Entries with the time of day in UTC and the seconds since the start."""

    def __init__(self, clock: Clock) -> None:
        """Start now."""
        self._clock = clock
        self._start = clock.monotonic()
        self._rows: list[tuple[str, float, str]] = []

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock.monotonic() - self._start

    def add(self, words: str) -> None:
        """Note that something happened now."""
        self._rows.append((f"{self._clock.now():%H:%M:%S}", self.elapsed, words))

    def elapsed_text(self) -> str:
        """Return the time since the start, for example "12 s" or "2 min 5 s"."""
        minutes, seconds = divmod(int(self.elapsed), 60)
        if minutes:
            return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
        return _("{seconds} s").format(seconds=seconds)

    def text(self) -> str:
        """Return a line for each entry: time of day (UTC), seconds since the start, words."""
        return "\n".join(f"{clock_time} UTC  +{seconds:5.1f} s  {words}" for clock_time, seconds, words in self._rows)
