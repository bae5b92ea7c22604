"""What the app wears: the chosen theme, or the one that fits what the terminal tells about its background."""

from __future__ import annotations

from typing import Any

from textual.app import App

from aep_tui.pages.theme_question import theme_question
from aep_tui.settings.theme_choice import ThemeChoice
from aep_tui.tui import dialogs
from aep_tui.tui.widgets.theme import dress


class Wardrobe:
    """Dresses one app, and changes its dress when a person or the terminal says so."""

    def __init__(self, app: App[Any], choice: ThemeChoice) -> None:
        self._app = app
        self._choice = choice
        dress(app, choice.painted)

    @property
    def asks_terminal(self) -> bool:
        """Whether the terminal should be asked for its background."""
        return self._choice.asks_terminal

    def take_background(self, brightness: float) -> None:
        """Wear what fits a background of this brightness, from 0 (black) to 1 (white), unless another was chosen."""
        if self.asks_terminal:
            self._wear(self._choice.with_background(brightness))

    async def choose(self) -> None:
        """Let the person choose."""
        self._app.run_worker(self._choose(), group="theme", exclusive=True)

    async def _choose(self) -> None:

        name = await self._app.push_screen_wait(dialogs.ChoiceModal(theme_question(self._choice)))
        if name is not None:
            self._wear(self._choice.with_name(name))

    def _wear(self, choice: ThemeChoice) -> None:
        self._choice = choice
        self._app.theme = choice.painted
