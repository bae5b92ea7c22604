"""Takes the pictures of all pages that have one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.kit.person import Person
from tests.screenshots.picture import picture_of
from tests.screenshots.scenes import WALKS, Walk
from tests.screenshots.stage import SIZES, fixed_ids, fixed_surroundings, stage
from tests.tui.page_visits import VISITS, Visit, visiting

FOLDER: Final = Path(__file__).parents[2] / "screenshots"
COMMAND: Final = "python -m tests.screenshots"
AGAIN: Final = f"if the change is meant, run: {COMMAND}"

Pictures = dict[str, str]
"""SVG by file name."""


def all_pictures() -> Iterator[tuple[str, str]]:
    """Yield the file name and the SVG of every picture."""
    for walk in WALKS:
        yield from pictures_of(walk).items()
    for visit in VISITS:
        if any(scene.picture for scene in visit.scenes):
            with fixed_surroundings():
                yield from asyncio.run(_of_visit(visit)).items()


def pictures_of(walk: Walk) -> Pictures:
    """Return the pictures of every scene of a walk at both sizes."""
    with fixed_surroundings(), fixed_ids():
        return asyncio.run(_of_walk(walk))


def assert_is_up_to_date(name: str, svg: str) -> None:
    """Compare a picture with the one of this file name that is kept."""
    path = FOLDER / name
    assert path.exists(), f"{name} is missing; {AGAIN}"
    is_same = path.read_text(encoding="utf-8") == svg
    assert is_same, f"{name} is out of date; {AGAIN}"


def file_name(name: str, size: tuple[int, int]) -> str:
    """Return for example "07-name-80x24.svg"."""
    width, height = size
    return f"{name}-{width}x{height}.svg"


def all_file_names() -> list[str]:
    """Return the names of all pictures."""
    names = [scene.name for walk in WALKS for scene in walk.scenes]
    names += [scene.picture for visit in VISITS for scene in visit.scenes]
    return [file_name(name, size) for name in names if name for size in SIZES]


async def _of_visit(visit: Visit) -> Pictures:
    pictures: Pictures = {}
    async with visiting(visit) as visitor:
        for scene in visit.scenes:
            await visitor.go_to(scene)
            if scene.picture:
                pictures |= await _of_page(visitor.person, scene.picture)
    return pictures


async def _of_walk(walk: Walk) -> Pictures:
    pictures: Pictures = {}
    async with stage(walk.scenario_id, **walk.changes) as person:
        for scene in walk.scenes:
            try:
                await scene.action(person)
            except AssertionError as error:
                error.add_note(f"in the walk {walk.name!r}, on the way to {scene.name or 'the scene after this one'!r}")
                raise
            if scene.name:
                pictures |= await _of_page(person, scene.name)
    return pictures


async def _of_page(person: Person, name: str) -> Pictures:
    """Return the pictures at both sizes, each once the app has nothing left to do."""
    pictures: Pictures = {}
    for size in SIZES:
        if tuple(person.app.size) != size:
            await person.pilot.resize_terminal(*size)
        await person.pilot.pause()
        pictures[file_name(name, size)] = picture_of(person.app)
    await person.pilot.resize_terminal(*SIZES[0])
    return pictures
