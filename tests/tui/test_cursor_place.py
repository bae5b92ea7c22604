"""The terminal's cursor stands on what has the focus, so that a screen reader reads that."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from aep_tui.domain.wizard import Step
from tests.kit.journeys import OAUTH2, ORACLE, ZOHO
from tests.kit.person import Person, wizard

pytestmark = pytest.mark.anyio


def at_cursor(person: Person) -> str:
    """What stands on the screen from the cursor on."""
    column, row = person.app.cursor_position
    return person.read().splitlines()[row].ljust(column + 1)[column:]


def is_on_the_focus(person: Person) -> bool:
    """Whether the cursor stands where the next character goes, or on the mark of what has the focus."""
    focused = person.app.focused
    if isinstance(focused, Input):
        return person.app.cursor_position == focused.cursor_screen_offset
    return at_cursor(person).startswith(">")


async def settle(person: Person, what: str) -> None:
    """Wait until the cursor stands on the focus."""
    await person.pilot.pause()
    if not is_on_the_focus(person):
        await person.wait_until(lambda: is_on_the_focus(person), what)


PAGES = (
    (Step.CLOUD, OAUTH2),
    (Step.NOTICES, ORACLE),
    (Step.CREDENTIALS, ZOHO),
    (Step.NAME, OAUTH2),
    (Step.REVIEW, OAUTH2),
)


@pytest.mark.parametrize("size", [(80, 22), (100, 30)])
async def test_the_cursor_stands_on_every_stop_of_a_page(size: tuple[int, int], subtests: pytest.Subtests) -> None:
    async with wizard(size=size) as person:
        for step, journey in PAGES:
            with subtests.test(f"{step.value}, {journey.id}"):
                await person.stand_on(step, journey)
                for _stop in person.app.screen.focus_chain:
                    await settle(person, "the cursor on what has the focus")
                    await person.pilot.press("tab")
                person.read()


async def test_the_cursor_goes_with_the_marked_row_also_when_the_list_scrolls() -> None:
    async with wizard(size=(80, 22), at=(Step.REVIEW, ZOHO)) as person:
        rows = person.app.focused
        assert isinstance(rows, OptionList)
        for _row in rows.options:
            await settle(person, "the cursor on the marked row")
            await person.pilot.press("down")


async def test_the_cursor_goes_with_the_marked_connection_also_when_the_list_scrolls() -> None:
    async with wizard("lived-in-organization", size=(80, 22), shows_connections=True) as person:
        await person.see("13 connections")
        for _row in range(12):
            await settle(person, "the cursor on the marked connection")
            await person.pilot.press("down")
        assert person.app.cursor_position.y > 12


async def test_the_cursor_stands_on_the_answer_of_a_question() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("ctrl+q")
        assert at_cursor(person).startswith(">[ Stay ]")
        await person.press("right")
        assert at_cursor(person).startswith(">[ Quit ]")
