"""Delivers what is typed one piece at a time, so that each goes where the person sees the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

_Typed = TypeVar("_Typed")


class KeyQueue(Generic[_Typed]):
    """Holds back every piece until the one before it has worked, whether or not more is waiting.

    Textual puts characters into a field at once and moves the focus later. A piece that arrives just after a Tab or an
    Enter would go into the field before it: a secret into a readable one.

    Attributes:
        is_untouched: whether nothing was ever put in.
    """

    def __init__(
        self,
        deliver: Callable[[_Typed], Awaitable[None]],
        wait_until_handled: Callable[[_Typed], Awaitable[None]],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Use `deliver` for each piece, and `wait_until_handled` after it; `on_error` takes what they raise."""
        self._deliver = deliver
        self._wait_until_handled = wait_until_handled
        self._on_error = on_error
        self._waiting: asyncio.Queue[_Typed] = asyncio.Queue()
        self._is_at_work = False
        self.is_untouched = True

    @property
    def is_free(self) -> bool:
        """Whether every piece has worked."""
        return self._waiting.empty() and not self._is_at_work

    def put(self, typed: _Typed) -> None:
        """Take a piece; return at once."""
        self.is_untouched = False
        self._waiting.put_nowait(typed)

    async def run(self) -> None:
        """Deliver until it is cancelled.

        A wait that is cancelled in the moment in which it is over ends as if nothing had happened: `asyncio.wait_for`
        of Python 3.11 is so. The program would wait for the next key then, for ever, when it has to end.
        """
        task = asyncio.current_task()
        while task is None or not task.cancelling():
            typed = await self._waiting.get()
            self._is_at_work = True
            try:
                await self._deliver(typed)
                await self._wait_until_handled(typed)
            except Exception as error:
                self._on_error(error)
            finally:
                self._is_at_work = False
