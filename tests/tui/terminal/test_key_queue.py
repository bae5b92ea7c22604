"""The queue of what is typed ends when the program ends, whatever it was amid."""

from __future__ import annotations

import asyncio

import pytest

from aep_tui.tui.terminal.key_queue import KeyQueue

pytestmark = pytest.mark.anyio


async def test_it_ends_although_a_wait_has_kept_the_end_to_itself() -> None:
    is_waiting = asyncio.Event()

    async def deliver(_typed: int) -> None:
        """Deliver nothing."""

    async def wait(_typed: int) -> None:
        is_waiting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return  # as `asyncio.wait_for` does when what it waits for is there in the same moment

    def fail(error: Exception) -> None:
        raise error

    queue: KeyQueue[int] = KeyQueue(deliver, wait, fail)
    queue.put(1)
    task = asyncio.create_task(queue.run())
    await is_waiting.wait()
    task.cancel()
    for _turn in range(10):
        await asyncio.sleep(0)
    has_ended = task.done()
    task.cancel()
    assert has_ended
