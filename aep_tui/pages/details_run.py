"""What happens while the page of one connection is open, in every face: it is read in parts, tested and watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import is_failed_test
from aep_tui.pages.details_view import (
    CheckBegan,
    CheckEnded,
    ConnectionEvent,
    ConnectionRead,
    ConnectionUnread,
    LookBegan,
    OfferRead,
    OfferUnread,
    ReadingBegan,
    StateLooked,
    UsesRead,
)
from aep_tui.session.connection_details import is_offered
from aep_tui.session.watch import StateSeen, TokenRefused, WatchEnd, WatchEnded

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.dataflow import ExploredColumn, ExploredTable
    from aep_tui.pages.new_tokens import NewTokens
    from aep_tui.session.connection_details import UsedBy
    from aep_tui.session.connection_look import ConnectionLook

    OpenLook: TypeAlias = Callable[[], AbstractAsyncContextManager[ConnectionLook]]
    """Opens what asks the platform about the connection, and closes it behind the answer."""


class DetailsFace(Protocol):
    """What the work needs of a face."""

    def happens(self, event: ConnectionEvent) -> None:
        """Show an event."""


class DetailsRun:
    """What one page asks the platform; what goes wrong is an event, or raised where nothing but an answer is wanted."""

    def __init__(self, open_look: OpenLook, face: DetailsFace, tokens: NewTokens) -> None:
        self._open_look = open_look
        self._face = face
        self._tokens = tokens

    async def read(self) -> None:
        """Read the connection, then whether its auth method is still offered and what rides on it, side by side."""
        self._face.happens(ReadingBegan())
        try:
            used = await self._tokens.during(self._read_parts)
        except Problem as problem:
            self._face.happens(ConnectionUnread(problem))
        else:
            if await self._tokens.is_given(used.problem):
                await self.read()

    async def test(self, connection_spec_id: str) -> None:
        """Ask the platform to test the connection."""
        self._face.happens(CheckBegan())

        async def ask() -> bool:
            async with self._open_look() as look:
                return await look.test(connection_spec_id)

        try:
            ended = CheckEnded(await self._tokens.during(ask))
        except Problem as problem:
            ended = CheckEnded(False if is_failed_test(problem) else None, problem)
        self._face.happens(ended)

    async def watch(self) -> None:
        """Watch the state until it has passed; then read once more what has changed with it."""
        refusal: Problem | None = await self._watch_with_this_token()
        while await self._tokens.is_given(refusal):
            refusal = await self._watch_with_this_token()

    async def _watch_with_this_token(self) -> Problem | None:
        """Watch until the state has passed, or until the access token is refused: then return the refusal."""
        self._face.happens(LookBegan())
        async with self._open_look() as look:
            async for event in look.watch():
                if isinstance(event, StateSeen):
                    self._face.happens(StateLooked(look.row(event.status, {})))
                    continue
                if isinstance(event, WatchEnded) and event.reason is not WatchEnd.GAVE_UP:
                    await self.read()
                self._face.happens(event)
                if isinstance(event, TokenRefused):
                    return event.error
        return None

    async def tables(self, connection_spec_id: str) -> tuple[ExploredTable, ...]:
        """Return the tables and folders that the connection shows.

        Raises:
            Problem: they could not be read; the source's own refusal comes this way too.
        """

        async def ask() -> tuple[ExploredTable, ...]:
            async with self._open_look() as look:
                return await look.tables(connection_spec_id)

        return await self._tokens.during(ask)

    async def columns(self, table: ExploredTable, connection_spec_id: str) -> tuple[ExploredColumn, ...]:
        """Return the columns of a table.

        Raises:
            Problem: they could not be read.
        """

        async def ask() -> tuple[ExploredColumn, ...]:
            async with self._open_look() as look:
                return await look.columns(table.path, connection_spec_id)

        return await self._tokens.during(ask)

    async def _read_parts(self) -> UsedBy:
        async with self._open_look() as look:
            status, answer_text = await look.read()
            self._face.happens(ConnectionRead(look.row(status, {}), answer_text))
            _offer, used = await asyncio.gather(self._read_offer(look, status), self._read_uses(look))
        return used

    async def _read_uses(self, look: ConnectionLook) -> UsedBy:
        used = await look.used_by()
        self._face.happens(UsesRead(used))
        return used

    async def _read_offer(self, look: ConnectionLook, status: ConnectionStatus) -> None:
        try:
            specs = await look.specs(status)
        except Problem as problem:
            self._face.happens(OfferUnread(problem))
        else:
            self._face.happens(OfferRead(look.row(status, specs), is_offered(status, specs)))
