"""What a person has to see of a page, in a terminal of any size that the program works in."""

from __future__ import annotations

from textual.geometry import Region
from textual.widget import Widget

from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine
from tests.tui.support import Person

SIZES = ((80, 22), (80, 23), (80, 24), (100, 30), (200, 60))
"""24 rows, of which tmux or screen takes one or two, and large ones."""


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
