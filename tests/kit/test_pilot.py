from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Label

from tests.kit.pilot import piloted

pytestmark = pytest.mark.anyio


class Part(Label):
    """A part of a page that says when it goes."""

    def __init__(self) -> None:
        super().__init__(id="part")
        self.is_going = asyncio.Event()

    def on_unmount(self) -> None:
        self.is_going.set()


class Looking(App[None]):
    """An app whose work looks for a part of the page, when that is gone."""

    def compose(self) -> ComposeResult:
        yield Part()

    async def on_mount(self) -> None:
        self.run_worker(self.look(self.query_one(Part).is_going))

    async def look(self, is_going: asyncio.Event) -> None:
        await is_going.wait()
        self.query_one("#part")


async def test_the_work_of_an_app_ends_before_its_page_is_closed_as_in_the_program() -> None:
    app = Looking()
    async with piloted(app):
        (work,) = app.workers
        assert work.is_running
    assert work.is_cancelled
