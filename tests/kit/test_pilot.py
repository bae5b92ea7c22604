from __future__ import annotations

import pytest
from textual.app import App

from tests.kit.pilot import piloted
from tests.tui.terminal.test_terminal_app import Asking

pytestmark = pytest.mark.anyio


async def test_the_work_of_an_app_ends_before_its_page_is_closed_as_in_the_program() -> None:
    app = App[None]()
    async with piloted(app):
        await app.push_screen(Asking())
        (work,) = app.workers
        assert work.is_running
    assert work.is_cancelled
