"""A page that comes is styled once; one that goes ends its work first, so that none asks for a part that is gone."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import patch

import pytest
from textual import work
from textual.app import ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from aep_tui.domain.secrets import Secrets
from aep_tui.tui.terminal.terminal_app import TerminalApp
from tests.kit.pilot import piloted

pytestmark = pytest.mark.anyio


class Answer(Static):
    """The place of an answer; it tells when it goes."""

    def __init__(self) -> None:
        super().__init__(id="answer")
        self.has_gone = asyncio.Event()

    def on_unmount(self) -> None:
        """Tell it."""
        self.has_gone.set()


class Asking(Screen[None]):
    """A page that waits for something, and has nothing to write it into when it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = Answer()

    def compose(self) -> ComposeResult:
        """Yield the place of the answer."""
        yield self.answer

    def on_mount(self) -> None:
        """Ask."""
        self.ask()

    @work
    async def ask(self) -> None:
        """Wait, and write the answer."""
        await self.answer.has_gone.wait()
        self.query_one("#answer", Static).update("yes")


async def test_each_part_of_a_page_that_comes_is_styled_once_and_with_the_page_from_then_on() -> None:
    app, page, styled = TerminalApp[None](Secrets()), Asking(), list[DOMNode]()
    apply = Stylesheet.apply

    def apply_and_tell(sheet: Stylesheet, node: DOMNode, **more: Any) -> None:  # noqa: ANN401 - as Textual's
        styled.append(node)
        apply(sheet, node, **more)

    async with piloted(app) as pilot:
        with patch.object(Stylesheet, "apply", apply_and_tell):
            await app.push_screen(page)
            await pilot.pause()
            assert (styled.count(page), styled.count(page.answer)) == (1, 1)
            page.add_class("new")
            assert (styled.count(page), styled.count(page.answer)) == (2, 2)
        await app.pop_screen()


async def test_what_comes_while_a_page_is_being_closed_ends_no_program() -> None:
    app = TerminalApp[None](Secrets())
    async with piloted(app) as pilot:
        await app.push_screen(Asking())
        await pilot.pause()
        await app.pop_screen()
        await pilot.pause()
        assert app._exception is None
