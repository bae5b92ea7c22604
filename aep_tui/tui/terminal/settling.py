"""Tells when a key has worked: nothing that it caused is still on its way, and the focus stands where it will stay."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.worker import Worker

QUIET_ROUNDS: Final = 3
"""Rounds in a row in which nothing moves. A button's message rises to its page, the page's to the app, and the app
moves the focus: what is handled at the end of one round is seen to have effects in one of the next two."""
MOST_ROUNDS: Final = 200
"""Rounds after which a page that is never quiet gets the next key all the same."""
LONGEST_WAIT: Final = 30.0
"""Seconds after which the next key is delivered although something still works on the one before."""
LONGEST_WAIT_FOR_A_WORKER: Final = 1.0
"""Seconds that a key waits for the work in the background that the key before it has started. What takes longer, for
example a question to the platform, leaves the page usable meanwhile."""
WORKERS_POLL_SECONDS: Final = 0.01
GROUPS_THAT_LEAVE_THE_FOCUS: Final = frozenset({"reveal"})
"""Workers that nobody waits for."""


class Settling:
    """Waits until a key has worked. Make it before the key is delivered, and call `wait` afterwards."""

    def __init__(self, app: App[Any]) -> None:
        """Remember what is there before the key."""
        self._app = app
        self._screen = _screen_of(app)
        self._workers = frozenset(app.workers)

    async def wait(self) -> None:
        """Wait until the key has worked, for `LONGEST_WAIT` at most."""
        try:
            await asyncio.wait_for(self._wait(), LONGEST_WAIT)
        except TimeoutError:
            return

    async def _wait(self) -> None:
        await _wait_until_quiet(self._app)
        if await self._has_waited_for_workers():
            await _wait_until_quiet(self._app)

    async def _has_waited_for_workers(self) -> bool:
        """Wait for the workers that the key has started, until one of them shows another page."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + LONGEST_WAIT_FOR_A_WORKER
        has_waited = False
        while _any_runs(self._app.workers, self._workers):
            has_waited = True
            if _screen_of(self._app) is not self._screen or loop.time() > deadline:
                break
            await asyncio.sleep(WORKERS_POLL_SECONDS)
        return has_waited


def _any_runs(workers: Collection[Worker[Any]], known: Collection[Worker[Any]]) -> bool:
    return any(
        worker not in known and not worker.is_finished and worker.group not in GROUPS_THAT_LEAVE_THE_FOCUS
        for worker in workers
    )


def _screen_of(app: App[Any]) -> Screen[Any] | None:
    return app.screen if app.is_running and app.screen_stack else None


async def _wait_until_quiet(app: App[Any]) -> None:
    quiet, before = 0, None
    for _round in range(MOST_ROUNDS):
        for pump in _pumps(app):
            await _has_answered(pump)
        screen = _screen_of(app)
        if screen is None:
            return
        now = (screen, screen.focused)
        is_idle = not any(pump.message_queue_size for pump in _pumps(app))
        quiet = quiet + 1 if is_idle and now == before else 0
        before = now
        if quiet >= QUIET_ROUNDS:
            return


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    """Yield what handles messages, from the leaves to the app: messages rise in this order."""
    screen = _screen_of(app)
    if screen is not None:
        yield from reversed(list(screen.walk_children(with_self=True)))
        yield app


def waits_for_a_message(pump: MessagePump) -> bool:
    """Return whether a widget has done all that it was sent, and waits for what comes next.

    Args:
        pump: which one; the app and its pages are pumps as well.
    """
    queue: Any = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters) and not pump._next_callbacks


async def _has_answered(pump: MessagePump) -> None:
    """Wait until everything that lay in the queue has been handled, or the widget has gone."""
    if waits_for_a_message(pump):
        await asyncio.sleep(0)  # a page has dozens that wait; a message to each is most of what a key costs
        return
    is_handled = asyncio.Event()
    if not pump.call_later(is_handled.set):
        return
    while pump.is_running and not is_handled.is_set():
        try:
            await asyncio.wait_for(is_handled.wait(), 1.0)
        except TimeoutError:
            continue
