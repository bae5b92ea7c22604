"""Work that blocks, in a thread that nobody has to wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

_Result = TypeVar("_Result")


async def in_background(work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns, and go on painting meanwhile.

    The thread is a daemon, unlike those of `asyncio.to_thread`: a program or a keyring that does not answer must not
    keep the wizard from ending. Cancelling gives the wait up, not the work.

    Raises:
        Exception: what `work` raises.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[_Result] = loop.create_future()

    def deliver(result: _Result | None, failure: Exception | None) -> None:
        if outcome.done():
            return
        if failure is not None:
            outcome.set_exception(failure)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # there is a result when there is no failure

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # handed to whoever waits
            failure = error
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(deliver, result, failure)

    threading.Thread(target=run, name="background", daemon=True).start()
    return await outcome
