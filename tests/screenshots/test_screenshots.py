"""The committed pictures show what the program shows; `python -m tests.screenshots` makes them anew."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.screenshots.record import COMMAND, FOLDER, all_file_names, pictures_of
from tests.screenshots.scenes import WALKS
from tests.secrets import CANARY

SCENES = [
    # One process plays a walk once for all its scenes (pytest --dist loadgroup).
    pytest.param(index, scene.name, id=scene.name, marks=pytest.mark.xdist_group(f"walk {walk.name}"))
    for index, walk in enumerate(WALKS)
    for scene in walk.scenes
    if scene.name
]
AGAIN = f"if the change is meant, run: {COMMAND}"


@cache
def _pictures(index: int) -> dict[str, str]:
    return pictures_of(WALKS[index])


@pytest.mark.parametrize(("index", "scene"), SCENES)
def test_a_picture_shows_what_the_program_shows(index: int, scene: str) -> None:
    pictures = {name: svg for name, svg in _pictures(index).items() if name.rpartition("-")[0] == scene}
    assert len(pictures) == 2
    for name, svg in pictures.items():
        path = FOLDER / name
        assert path.exists(), f"there is no {path.name}; {AGAIN}"
        is_the_same = path.read_text(encoding="utf-8") == svg
        assert is_the_same, f"{path.name} is out of date; {AGAIN}"


def test_every_picture_belongs_to_a_scene() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(all_file_names()), AGAIN


def test_a_picture_needs_no_network_and_shows_no_secret() -> None:
    for path in FOLDER.glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "url(http" not in svg
        assert not re.search(r"@font-face|href=", svg)
        assert CANARY not in svg
