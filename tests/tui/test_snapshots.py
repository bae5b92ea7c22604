"""Every page as a person reads it, its picture, and what has to stand on it in terminals of every size.

A page is shown once, in a wizard that has shown other pages before; the terminal gets one size after the other. Each
page is a test of its own: what is wrong with one does not hide the next.

`pytest --update-screens` writes the texts anew, `python -m tests.screenshots` the pictures.
"""

from __future__ import annotations

import pytest

from tests.kit.person import Person, masked
from tests.kit.screen_text import assert_matches_snapshot
from tests.screenshots.picture import picture_of
from tests.screenshots.record import assert_is_up_to_date, file_name
from tests.screenshots.stage import SIZES as PICTURED
from tests.tui.contrast import Looks, each_theme, shown_looks, too_weak
from tests.tui.page_rules import SIZES, hold_key_line, is_bold_all_over, unseen
from tests.tui.page_visits import VISITS, Scene, Visit, visiting

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
    pictures: dict[str, str] = {}
    for size in scene.sizes:
        await resize(person, size)
        text = person.read()
        if size in SHOWN or len(scene.sizes) < len(SIZES):
            assert_matches_snapshot(masked(text), snapshot_name(scene, size))
        if scene.picture and size in PICTURED:
            pictures[file_name(scene.picture, size)] = picture_of(person.app)
        if scene.sizes is SIZES:
            assert "aep-tui needs" not in text
            assert unseen(person) == [], size
            assert not is_bold_all_over(person.app.screen), size
    await resize(person, (80, 24))
    if scene.sizes is SIZES:
        await hold_key_line(person)
    if scene.in_each_theme:
        seen: Looks = {}
        async for theme in each_theme(person.pilot):
            assert person.app.screen.styles.background.a == 1, f"{theme}: what is below is not painted, and has to be"
            seen |= shown_looks(person.app, scene.name)
        assert too_weak(seen) == {}
    for name, svg in pictures.items():
        assert_is_up_to_date(name, svg)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name.replace(" ", "-"))
async def test_a_page_reads_and_looks_as_before_fits_every_size_and_names_its_keys(
    visit: Visit, subtests: pytest.Subtests
) -> None:
    async with visiting(visit) as visitor:
        for scene in visit.scenes:
            with subtests.test(scene.name):
                await visitor.go_to(scene)
                await hold(scene, visitor.person)
