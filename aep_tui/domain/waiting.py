"""Waiting in an event loop, apart from the clock: most commands need the time and no loop, which takes long to load."""

from __future__ import annotations

import asyncio


async def wait(seconds: float) -> None:
    """Wait for `seconds`; cancelling the task ends the wait at once."""
    await asyncio.sleep(seconds)
