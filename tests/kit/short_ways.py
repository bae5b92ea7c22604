"""What a person does with many keys, done with few: for pages where the way to a field is not what a test is about.

Every key costs a test as much as a third of a page. That Tab goes from field to field, and that every character can be
typed, is held by the tests of the forms' keys, of the cursor's places and of the journeys.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from textual import events
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input

from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.tui.app import WizardApp
from tests.kit.journeys import Journey
from tests.kit.person import Person, wizard


@asynccontextmanager
async def over_nothing(
    scenario_id: str = EVERYTHING_FINE.id,
    **options: Any,  # noqa: ANN401 - any option of a wizard
) -> AsyncIterator[Person]:
    """The wizard without its welcome page, for pages that a test opens itself and that nothing leads back from."""
    with patch.object(WizardApp, "get_default_screen", Screen):
        async with wizard(scenario_id, **options) as person:
            yield person


async def go_to(person: Person, widget_id: str) -> None:
    """Put the focus where Tab gets to, without the presses between."""
    try:
        widget = person.app.screen.query_one(f"#{widget_id}")
    except NoMatches:
        raise AssertionError(f"there is no {widget_id}:\n{person.read()}") from None
    assert widget in person.app.screen.focus_chain, f"Tab never reaches {widget_id}:\n{person.read()}"
    person.app.screen.set_focus(widget)
    await person.pilot.pause()
    assert person.focus == widget_id


async def replace_text(person: Person, field_id: str, text: str) -> str:
    """Paste `text` into a field, in the place of what stands there; return the screen."""
    await go_to(person, field_id)
    if getattr(person.app.focused, "value", ""):
        await person.pilot.press("end", "ctrl+u")
    return await person.paste(text)


async def push(person: Person, widget_id: str) -> str:
    """Go to a button and press it with Enter; return the screen."""
    await go_to(person, widget_id)
    return await person.press("enter")


def text_in(person: Person, field_id: str) -> str:
    """Return what stands in a field of the page on top, as it was typed."""
    return person.app.screen.query_one(f"#{field_id}", Input).value


async def put_in(person: Person, text: str) -> str:
    """Put `text` where the focus is: pasted, but for the last character of each line, which is typed, and Enter."""
    *lines, last = text.split("\n")
    for line in lines:
        await _one_line(person, line)
        await person.pilot.press("enter")
    await _one_line(person, last)
    return person.read()


async def fill(person: Person, journey: Journey) -> str:
    """Paste the values of a journey into their fields; return the screen."""
    for api_name, value in journey.values:
        await go_to(person, api_name)
        await _paste(person, value)
    return person.read()


async def _one_line(person: Person, line: str) -> None:
    if len(line) > 1:
        await _paste(person, line[:-1])
    if line:
        await person.pilot.press({" ": "space"}.get(line[-1], line[-1]))


async def _paste(person: Person, text: str) -> None:
    """Paste where the focus is; what the screen shows is read when all is put in."""
    person.app.post_message(events.Paste(text))
    await person.pilot.pause()
