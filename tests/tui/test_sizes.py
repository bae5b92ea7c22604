"""Every page works in a terminal of 24 rows of which tmux or screen takes one or two, and in large ones."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widget import Widget

from aep_tui.domain.terminal_size import too_small_words
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.frame_lines import StepLine
from aep_tui.tui.widgets.key_line import KeyLine
from tests.tui.journeys import OAUTH2
from tests.tui.support import Person, wizard
from tests.tui.test_snapshots import SCENES, Scene

pytestmark = pytest.mark.anyio

SCROLLED_AWAY = {"review-end"}
"""The person has scrolled to something else than the focus."""
SIZES = ((80, 22), (80, 23), (80, 24), (100, 30), (200, 60))


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


@pytest.mark.parametrize(
    "scene",
    [scene for scene in SCENES if scene.size == (80, 24) and scene.name not in SCROLLED_AWAY],
    ids=lambda scene: str(scene.name),
)
async def test_a_page_shows_title_focus_and_keys_at_every_size(scene: Scene) -> None:
    async with wizard(scene.scenario_id, size=(80, 22), **scene.launch) as person:
        await scene.walk(person)
        for size in SIZES:
            await person.pilot.resize_terminal(*size)
            await person.pilot.pause()
            assert "aep-tui needs" not in person.read()
            assert unseen(person) == [], size


async def test_a_smaller_terminal_says_what_to_do_and_gives_the_page_back() -> None:
    async with wizard(size=(80, 22)) as person:
        await person.to_credentials(OAUTH2)
        before = person.read()
        await person.pilot.resize_terminal(80, 21)
        assert "Nothing is lost" in person.read()
        assert "Ctrl+Q quits." in person.read()
        await person.pilot.resize_terminal(80, 22)
        await person.pilot.pause()
        assert person.read() == before


@pytest.mark.parametrize(
    ("environment", "words"), [({"TMUX": "x"}, "tmux set status off"), ({"STY": "x"}, "hardstatus"), ({}, "")]
)
def test_the_row_of_a_multiplexer_is_named_where_there_is_one(environment: dict[str, str], words: str) -> None:
    said = too_small_words(80, 21, environment)
    assert words in said
    assert ("status" in said) is bool(environment)
    assert "status" not in too_small_words(79, 21, environment)
