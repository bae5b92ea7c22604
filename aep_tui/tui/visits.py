"""Pages that a flow waits for: each is opened, answered or left, and closed again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from aep_tui.pages.frame import Frame
from aep_tui.tui import changes
from aep_tui.tui.terminal.terminal_app import TerminalApp

if TYPE_CHECKING:
    from aep_tui.domain.step_answer import StepAnswer
    from aep_tui.pages.change_pages import ChangePage, WorkEnd
    from aep_tui.pages.status_view import Seen

Answer = TypeVar("Answer")


class Visits:
    """Knows which open screens are waited for, and by whom."""

    def __init__(self, app: TerminalApp[Any], frame: Callable[[str], Frame]) -> None:
        self._app = app
        self._frame = frame
        self._awaited: dict[Screen[Any], tuple[ChangePage[Any], asyncio.Future[Any]]] = {}

    async def visit(self, page: ChangePage[Answer]) -> Answer | None:
        """Open a page, wait, and close it again; return what the person answered there, None for going back."""
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

        def take(answer: Answer | None) -> None:
            if not answered.done():
                answered.set_result(answer)

        screen = changes.visited_screen(page, self._frame(""), take)
        self._awaited[screen] = (page, answered)
        try:
            await self._app.push_screen(screen)
            answer = await answered
        finally:
            del self._awaited[screen]
        # Nothing is painted between this page and the next one, which the flow opens at once.
        with self._app.batch_update():
            if self._app.screen is screen:
                await self._app.pop_screen()
        return answer

    def holds(self, screen: Screen[Any]) -> bool:
        """Return whether a flow waits for this screen, so that nobody else takes what it says."""
        return screen in self._awaited

    def take(self, screen: Screen[Any], answer: StepAnswer | WorkEnd | None) -> bool:
        """Hand an answer, None for going back, to whoever waits for the screen; return whether somebody does."""
        if screen not in self._awaited:
            return False
        _page, answered = self._awaited[screen]
        with suppress(asyncio.InvalidStateError):  # a second Enter
            answered.set_result(answer)
        return True

    def leave(self, screen: Screen[Any], answer: StepAnswer | None) -> bool:
        """Go back from a form, and keep what stands in it; return whether somebody waits for the screen."""
        if self.holds(screen):
            self._awaited[screen][0].left(answer)
        return self.take(screen, None)

    def saw(self, screen: Screen[Any], seen: Seen) -> None:
        """Tell whoever waits for a status page what was seen of the connection."""
        self._awaited[screen][0].saw(seen)

    @property
    def holds_answers(self) -> bool:
        """Whether a form or the review is open, whose answers an end of the program would forget."""
        return any(page.holds_answers for page, _answered in self._awaited.values())

    def frame_of(self, screen: Screen[Any], frame: Frame) -> Frame:
        """Return what a screen shows now: what stands above its own page stays."""
        if screen not in self._awaited:
            return frame
        return changes.of_change(frame, self._awaited[screen][0])
