"""What holds on every page: what a person has to see in a terminal of any size, and what the key line says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine, stops_of
from tests.kit.person import Person

SIZES = ((80, 24), (80, 22), (80, 23), (100, 30), (120, 40), (200, 60))
"""24 rows, of which tmux or screen takes one or two, and large ones."""

MANY_WORDS = 230
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


def is_bold_all_over(screen: Screen[Any]) -> bool:
    """Return whether so much of a page with many words is bold that nothing on it stands out."""
    words = [
        (len("".join(segment.text.split())), bool(segment.style and segment.style.bold))
        for line in _lines_of_body(screen)
        for segment in line
    ]
    bold, count = (sum(length for length, is_bold in words if is_bold or every) for every in (False, True))
    return count > MANY_WORDS and bold > 0.6 * count


def _lines_of_body(screen: Screen[Any]) -> Iterator[Strip]:
    """Yield what is seen of the content of each widget, between the two lines of the frame above and those below."""
    columns, rows = screen.app.size
    body = Region(0, 2, columns, rows - 4)
    for widget, (region, clip) in screen._compositor.visible_widgets.items():
        if not widget.children:
            content = region.shrink(widget.gutter)
            for y in content.intersection(clip).intersection(body).line_range:
                yield widget.render_line(y - content.y)


def key_line(person: Person) -> str:
    """Return what the key line says now."""
    return person.app.screen.query_one(KeyLine).text


async def hold_key_line(person: Person) -> None:
    """Go round the page by Tab: the line fits each time, and names the button that has the focus."""
    assert {*stops_of(person.app.screen)} == {*person.app.screen.focus_chain}
    for _stop in person.app.screen.focus_chain:
        await person.pilot.press("tab")
        await person.pilot.pause()
        assert key_line(person) in person.read()
        if isinstance(person.app.focused, ActionButton):
            first = key_line(person).partition("  ")[0]
            assert first.startswith("Enter")
            assert first.endswith(f" {person.app.focused.label}")
