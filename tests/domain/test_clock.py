"""The clock of the machine: an aware instant, its day in UTC, and a wait that really waits."""

from __future__ import annotations

from datetime import UTC

import pytest

from aep_tui import domain
from aep_tui.domain.clock import SystemClock


def test_the_day_is_the_one_of_the_instant_in_utc() -> None:
    clock = SystemClock()
    before, today, after = clock.now(), clock.today(), clock.now()
    assert before.tzinfo is UTC
    assert before.date() <= today <= after.date()
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.anyio
async def test_a_wait_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(domain, "wait", wait, raising=False)
    await SystemClock().sleep(5.0)
    assert waited == [5.0]
