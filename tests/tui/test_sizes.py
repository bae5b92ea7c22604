"""A terminal that is smaller than the pages says so; what stands on a page at each size is in `test_snapshots`."""

from __future__ import annotations

import pytest

from aep_tui.domain.terminal_size import too_small_words
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.step import Body
from aep_tui.tui.widgets.key_line import KeyLine
from tests.kit.journeys import OAUTH2
from tests.kit.person import wizard

pytestmark = pytest.mark.anyio


async def test_a_smaller_terminal_says_what_to_do_and_gives_the_page_back() -> None:
    async with wizard(size=(80, 22), at=(Step.CREDENTIALS, OAUTH2)) as person:
        before = person.read()
        await person.pilot.resize_terminal(80, 21)
        assert "Nothing is lost" in person.read()
        assert "Ctrl+Q quits." in person.read()
        await person.pilot.resize_terminal(80, 22)
        await person.pilot.pause()
        assert person.read() == before


async def test_keys_do_nothing_on_a_page_that_nobody_sees() -> None:
    async with wizard() as person:
        await person.press("enter")
        page = person.app.screen
        await person.pilot.resize_terminal(60, 15)
        await person.press("enter", "escape", "down", "f1")
        assert person.app.screen is page
        await person.pilot.resize_terminal(80, 24)
        assert "> (•) Create a connection" in person.read()
        await person.press("enter")
        await person.at(Step.CLOUD)


@pytest.mark.parametrize(
    ("environment", "words"), [({"TMUX": "x"}, "tmux set status off"), ({"STY": "x"}, "hardstatus"), ({}, "")]
)
def test_the_row_of_a_multiplexer_is_named_where_there_is_one(environment: dict[str, str], words: str) -> None:
    said = too_small_words(80, 21, environment)
    assert words in said
    assert ("status" in said) is bool(environment)
    assert "status" not in too_small_words(79, 21, environment)


async def test_the_scenarios_scroll_where_there_are_few_rows_and_the_words_about_one_stay() -> None:
    async with wizard(size=(80, 22)) as person:
        await person.tab_to("scenario")
        for scenario in person.app.launch.scenarios:
            await person.choose(scenario.id)
            text = await person.see(scenario.summary)
            assert f"> (•) {scenario.label}" in text
            assert "Where should the connection be created?" in text
            assert person.app.screen.query_one(Body).max_scroll_y == 0


async def test_a_page_that_is_covered_gets_its_size_when_it_is_shown_again() -> None:
    async with wizard() as person:
        await person.stand_on(Step.CREDENTIALS, OAUTH2, with_pages_below=True)
        below = person.app.screen_stack[-2].query_one(KeyLine)
        await person.pilot.resize_terminal(120, 40)
        assert below.region.bottom == 24, "nobody sees the page, so nothing of it is laid out"
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        assert below.screen is person.app.screen
        assert below.region.bottom == 40
        assert below.text in person.read().splitlines()[-1]
