"""Time as something that is handed in, so that tests walk across every boundary."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol

from aep_tui import domain


class Clock(Protocol):
    """What the product needs to know about time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""

    def today(self) -> date:
        """Return the current calendar day in UTC; lifecycle wording follows it."""

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`; cancelling the task ends the wait at once."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the current calendar day in UTC."""
        return self.now().date()

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`."""
        await domain.wait(seconds)
