"""The clocks of the tests: one that stands until somebody sleeps, and the machine's own, set wrong or in a hurry."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from aep_tui.domain.clock import SystemClock

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""When a fake clock begins."""
_BOOTED = 4_096.0
"""Seconds that a machine runs by then."""


class FakeClock:
    """Stands still until somebody sleeps; every sleep jumps, unless it is held.

    As on a machine, `monotonic` is no zero at the start: only a difference of two of its readings says something.

    Attributes:
        slept: the seconds of every sleep, in order.
        elapsed: the seconds since the start.
    """

    def __init__(self, start: datetime = START) -> None:
        self.slept: list[float] = []
        self._start = start
        self.elapsed = 0.0
        self._may_jump = asyncio.Event()
        self._may_jump.set()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.elapsed)

    def today(self) -> date:
        return self.now().date()

    def monotonic(self) -> float:
        return _BOOTED + self.elapsed

    async def sleep(self, seconds: float) -> None:
        await self._may_jump.wait()
        self.slept.append(seconds)
        self.elapsed += seconds
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.elapsed += seconds

    def hold(self) -> None:
        """Let nobody's sleep end."""
        self._may_jump.clear()

    def release(self) -> None:
        """Let sleeps end at once again."""
        self._may_jump.set()


class WrongClock(SystemClock):
    """The machine's clock, that many seconds ahead; sleeps are real."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self.ahead


class HurryingClock(SystemClock):
    """The machine's clock, but every sleep is over at once and only says that time has passed."""

    def __init__(self) -> None:
        self._slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._slept

    async def sleep(self, seconds: float) -> None:
        self._slept += seconds
        await asyncio.sleep(0)
