"""What is done while the person reads the first page: what the next pages need is loaded, in small pieces."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Final

from aep_tui.domain.problem import Problem

SECONDS_BETWEEN_PIECES: Final = 0.01
"""In which keys and paints have their turn."""
LEISURE_POLL_SECONDS: Final = 0.05


async def use_leisure(pieces: Iterable[str | Callable[[], object]], is_free: Callable[[], bool]) -> None:
    """Load one thing after the other, and then let the garbage collector run again.

    It is not done in a thread: two threads that import modules which need each other may see one half made.

    Args:
        pieces: names of modules, and what is called, in such an order that none takes long; what fails is passed over,
            because whoever needs it says so better.
        is_free: whether no key is being worked on.
    """
    try:
        for piece in pieces:
            while not is_free():
                await asyncio.sleep(LEISURE_POLL_SECONDS)
            with contextlib.suppress(ImportError, Problem):
                import_module(piece) if isinstance(piece, str) else piece()
            await asyncio.sleep(SECONDS_BETWEEN_PIECES)
    finally:
        gc.freeze()  # what the start has made is never looked at again
        gc.enable()
