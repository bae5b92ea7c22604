"""Lists of the Flow Service page by page, and several requests side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from aep_tui.domain.translation import _
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.failures import unreadable
from aep_tui.flow_service.readings import query_of
from aep_tui.flow_service.wire import ItemsAnswer

PAGE: Final = 100
"""Entries of a page: more are not given at once (Flow Service, edition for destinations)."""
SIDE_BY_SIDE: Final = 4
"""Requests that are under way at the same time, for one question."""

_Result = TypeVar("_Result")


class Reads(Protocol):
    """What sends a GET and returns its answer."""

    async def read(self, path: str, *, connection_spec_id: str = "") -> Answer:
        """Return the answer to a GET."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the answer that it came in, and its items. An answer is cleaned each time that it is read."""

    answer: Answer
    items: list[dict[str, Any]]


async def pages(service: Reads, path: str, query: str) -> AsyncGenerator[Page, None]:
    """Yield the pages of a list as they arrive; the next one is asked for when it is wanted.

    Args:
        service: sends the requests.
        path: of the list.
        query: of the first page, encoded; "" for none.

    Raises:
        PlatformError: a page could not be read, or the way to the next one cannot be followed.
    """
    name = path.rpartition("/")[2]
    seen: set[str] = set()
    while True:
        seen.add(query)
        answer = await service.read(f"{path}?{query}" if query else path)
        read = answer.read_as(ItemsAnswer)
        following = query_of(read.next_page, name)
        yield Page(answer, read.items)
        if following is None:
            raise unreadable(answer.status, _("The link to the next page cannot be followed."), answer.request_id)
        if not following:
            return
        if following in seen:
            raise unreadable(answer.status, _("The list leads back to a page that was read before."), answer.request_id)
        query = following


async def side_by_side(jobs: Sequence[Callable[[], Awaitable[_Result]]]) -> list[_Result]:
    """Return the results of the jobs in their order; a few run at the same time, and the first failure ends them all.

    Raises:
        PlatformError: that of the first job that failed.
    """
    free = asyncio.Semaphore(SIDE_BY_SIDE)

    async def in_turn(job: Callable[[], Awaitable[_Result]]) -> _Result:
        async with free:
            return await job()

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(in_turn(job)) for job in jobs]
    except ExceptionGroup as failures:
        failure = failures.exceptions[0]
    else:
        return [task.result() for task in tasks]
    raise failure  # outside, so that it does not carry the others along
