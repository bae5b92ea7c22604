"""Every page at 80x24, 80x22 and 120x40 as a person reads it, and what has to stand on it in terminals of every size.

A page is shown once, in a wizard that has shown other pages before; the terminal gets one size after the other. Each
page is a test of its own: what is wrong with one does not hide the next.

`pytest --update-screens` writes the texts anew.
"""

from __future__ import annotations

import pytest

from tests.kit.person import Person, masked, wizard
from tests.kit.screen_text import assert_matches_snapshot
from tests.tui.page_rules import SIZES, hold_key_line, look, unseen
from tests.tui.page_visits import VISITS, Scene, Visit

pytestmark = pytest.mark.anyio

SHOWN = ((80, 24), (80, 22), (120, 40))
"""The sizes whose pages are compared word for word."""


def snapshot_name(scene: Scene, size: tuple[int, int]) -> str:
    columns, rows = size
    return f"screen-{scene.name}" + ("" if size == scene.sizes[0] else f"-{columns}x{rows}")


async def resize(person: Person, size: tuple[int, int]) -> None:
    if size != person.app.size:
        await person.pilot.resize_terminal(*size)
    await person.pilot.pause()


async def hold(scene: Scene, person: Person) -> None:
    for size in scene.sizes:
        await resize(person, size)
        seen = look(person)
        if size in SHOWN or len(scene.sizes) < len(SIZES):
            assert_matches_snapshot(masked(seen.text), snapshot_name(scene, size))
        if scene.sizes is SIZES:
            assert "aep-tui needs" not in seen.text
            assert unseen(person) == [], size
            assert not seen.is_bold_all_over, size
    await resize(person, (80, 24))
    if scene.sizes is SIZES:
        await hold_key_line(person)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name.replace(" ", "-"))
async def test_a_page_reads_as_before_fits_every_size_and_names_its_keys(
    visit: Visit, subtests: pytest.Subtests
) -> None:
    async with wizard(visit.scenario_id, **visit.launch) as person:
        below, first = len(person.app.screen_stack), person.app.state
        for scene in visit.scenes:
            with subtests.test(scene.name):
                if not scene.goes_on:
                    while len(person.app.screen_stack) > below:
                        await person.app.pop_screen()
                    person.app.current.now = first
                await scene.walk(person)
                await hold(scene, person)
