"""Plays the walks and takes the pictures of their scenes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from tests.kit.person import Person
from tests.screenshots.picture import picture_of
from tests.screenshots.scenes import WALKS, Walk
from tests.screenshots.stage import SIZES, fixed_surroundings, stage

FOLDER: Final = Path(__file__).parents[2] / "screenshots"
COMMAND: Final = "python -m tests.screenshots"


def pictures_of(walk: Walk) -> dict[str, str]:
    """Return the SVG of every scene of a walk at both sizes, by file name."""
    with fixed_surroundings():
        return asyncio.run(_played(walk))


def file_name(scene_name: str, size: tuple[int, int]) -> str:
    """Return for example "07-name-80x24.svg"."""
    width, height = size
    return f"{scene_name}-{width}x{height}.svg"


def all_file_names() -> list[str]:
    """Return the names of all pictures."""
    return [file_name(scene.name, size) for walk in WALKS for scene in walk.scenes if scene.name for size in SIZES]


async def _played(walk: Walk) -> dict[str, str]:
    pictures: dict[str, str] = {}
    async with stage(walk.scenario_id, **walk.changes) as person:
        for scene in walk.scenes:
            try:
                await scene.action(person)
            except AssertionError as error:
                error.add_note(f"in the walk {walk.name!r}, on the way to {scene.name or 'the scene after this one'!r}")
                raise
            if scene.name:
                for size in SIZES:
                    pictures[file_name(scene.name, size)] = await _picture(person, size)
                await person.pilot.resize_terminal(*SIZES[0])
    return pictures


async def _picture(person: Person, size: tuple[int, int]) -> str:
    """Return the picture once the app has nothing left to do."""
    if tuple(person.app.size) != size:
        await person.pilot.resize_terminal(*size)
    await person.pilot.pause()
    return picture_of(person.app)
