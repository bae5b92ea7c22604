from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from rich.segment import Segment
from textual._compositor import Compositor, LayoutUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label, Static

from tests.kit.pilot import piloted
from tests.kit.screen_text import assert_matches_snapshot, screen_text

pytestmark = pytest.mark.anyio


class Question(ModalScreen[bool]):
    """A question over the page."""

    DEFAULT_CSS = "Question { align: center middle; } Question Label { width: 12; }"

    def compose(self) -> ComposeResult:
        yield Label("Really? [x]", markup=False)


class Counter(Widget):
    """Two lines with a number."""

    DEFAULT_CSS = "Counter { height: 2; }"
    number = 1

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(f"{'ab'[y]}{self.number}")])


class Page(App[None]):
    """Two lines."""

    DEFAULT_CSS = "#many { height: 3; overflow: auto; }"

    def compose(self) -> ComposeResult:
        yield Label("(•) Azure", markup=False)
        yield Label("( ) AWS", markup=False)


def textual_text(app: App[None]) -> str:
    rows = Compositor.render_update(app.screen._compositor, full=True, screen_stack=app._background_screens)
    lines = ("".join(strip.text for strip in row) for row in cast("LayoutUpdate", rows).strips)
    return "".join(line.rstrip() + "\n" for line in lines)


async def test_the_text_of_a_screen_is_what_a_person_reads() -> None:
    app = Page()
    async with piloted(app) as pilot:
        await pilot.pause()
        assert screen_text(app) == "(•) Azure\n( ) AWS\n" + "\n" * 22


async def test_a_question_stands_over_the_page_behind_it() -> None:
    app = Page()
    async with piloted(app, (30, 5)) as pilot:
        await app.push_screen(Question())
        await pilot.pause()
        assert screen_text(app) == "(•) Azure\n( ) AWS\n         Really? [x]\n\n\n"


async def test_it_is_what_textual_itself_puts_together() -> None:
    """On a page with wide characters, two of them cut by a question, with a mark over a letter, and scrolled."""
    app = Page()
    async with piloted(app, (30, 5)) as pilot:
        await app.mount(Static("\n".join("日本語" * count + " e\u0301" for count in range(2, 9)), id="many"))
        app.screen.query_one("#many").scroll_to(0, 2, animate=False)
        await pilot.pause()
        assert screen_text(app) == textual_text(app)
        await app.push_screen(Question())
        await pilot.pause()
        assert "日" in screen_text(app)
        assert screen_text(app) == textual_text(app)


async def test_a_line_is_read_anew_when_it_has_changed_and_only_then() -> None:
    app, counter = Page(), Counter()
    async with piloted(app, (30, 5)) as pilot:
        await app.mount(counter)
        await pilot.pause()
        assert "a1\nb1\n" in screen_text(app)
        counter.number = 2
        counter.refresh(Region(0, 1, 30, 1))
        await pilot.pause()
        assert "a1\nb2\n" in screen_text(app)


async def test_a_changed_screen_fails_with_a_difference(tmp_path: Path) -> None:
    assert_matches_snapshot("one\ntwo\n", "page", update=True, folder=tmp_path)
    assert_matches_snapshot("one\ntwo\n", "page", update=False, folder=tmp_path)
    with pytest.raises(pytest.fail.Exception) as failure:
        assert_matches_snapshot("one\n2\n", "page", update=False, folder=tmp_path)
    assert "-two\n+2" in str(failure.value)
    assert "--update-screens" in str(failure.value)


async def test_a_missing_snapshot_fails_and_shows_the_screen(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"(?s)no snapshot new\.txt.*one"):
        assert_matches_snapshot("one\n", "new", update=False, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
