"""What holds on every page: what a person has to see in a terminal of any size, and what the key line says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine, stops_of
from tests.kit.canary import CANARY
from tests.kit.person import Person

if TYPE_CHECKING:
    from textual._compositor import LayoutUpdate

SIZES = ((80, 24), (80, 22), (80, 23), (100, 30), (120, 40), (200, 60))
"""24 rows, of which tmux or screen takes one or two, and large ones."""

MANY_WORDS = 300
"""Characters; with less a page is hardly more than a list with its marked row."""


def is_seen(widget: Widget) -> bool:
    """Return whether all lines of a widget stand on the screen, or as many as there is room for."""
    geometry = widget.screen.find_widget(widget)
    window = Region(0, 0, *widget.app.size)
    seen = geometry.clip.intersection(geometry.region).intersection(window)
    return seen.height >= min(geometry.region.height, 3) and seen.height > 0


def unseen(person: Person) -> list[str]:
    """Return in words what a person misses on the page."""
    screen = person.app.screen
    needed: list[Widget] = [*screen.query(KeyLine), *screen.query(ActionButton).exclude(".-empty")]
    if isinstance(screen, StepScreen):
        needed += screen.query(StepLine)
    else:
        needed += screen.query(".modal-title")
    if screen.focused is not None:
        needed.append(screen.focused)
    return [repr(widget) for widget in needed if widget.display and not is_seen(widget)]


@dataclass(frozen=True)
class Look:
    """What a look at the screen shows.

    Attributes:
        text: the words, as `Person.read` returns them.
        is_bold_all_over: whether so much of a page with many words is bold that nothing on it stands out.
    """

    text: str
    is_bold_all_over: bool


def look(person: Person) -> Look:
    """Look at the screen, and remember for the end of the test that it was seen."""
    update = person.app.screen._compositor.render_update(full=True, screen_stack=person.app._background_screens)
    rows = [[segment for strip in row for segment in strip] for row in cast("LayoutUpdate", update).strips]
    text = "".join("".join(segment.text for segment in row).rstrip() + "\n" for row in rows)
    person.screens.append(text)
    return Look(text, _is_bold_all_over(rows[2:-2]))


def _is_bold_all_over(rows: list[list[Segment]]) -> bool:
    words = [
        (len("".join(segment.text.split())), bool(segment.style and segment.style.bold))
        for row in rows
        for segment in row
    ]
    bold, count = (sum(length for length, is_bold in words if is_bold or every) for every in (False, True))
    return count > MANY_WORDS and bold > 0.6 * count


def key_line(person: Person) -> str:
    """Return what the key line says now."""
    return person.app.screen.query_one(KeyLine).text


def _shown_key_line(person: Person) -> str:
    """Return what stands on the screen where the key line is; the rest of the screen is not rendered."""
    place = person.app.screen.query_one(KeyLine).region
    rows = person.app.screen._compositor._render_chops(place, lambda y: y in place.line_range)
    return "".join(strip.text for row in rows[place.y : place.bottom] for strip in row.values() if strip)


async def hold_key_line(person: Person) -> None:
    """Go round the page by Tab: the line fits each time, and names the button that has the focus.

    Where a secret stands in a field, the whole screen is read at each stop: nobody may see it.
    """
    assert {*stops_of(person.app.screen)} == {*person.app.screen.focus_chain}
    has_secret = any(CANARY in field.value for field in person.app.screen.query(Input))
    for _stop in person.app.screen.focus_chain:
        await person.pilot.press("tab")
        await person.pilot.pause()
        assert key_line(person) in (person.read() if has_secret else _shown_key_line(person))
        if isinstance(person.app.focused, ActionButton):
            first = key_line(person).partition("  ")[0]
            assert first.startswith("Enter")
            assert first.endswith(f" {person.app.focused.label}")
