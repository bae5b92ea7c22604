"""The committed pictures show what the program shows; `python -m tests.screenshots` makes them anew."""

from __future__ import annotations

import re

import pytest

from tests.kit.canary import CANARY
from tests.screenshots.record import COMMAND, FOLDER, all_file_names, pictures_of
from tests.screenshots.scenes import WALKS, Walk

AGAIN = f"if the change is meant, run: {COMMAND}"


@pytest.mark.parametrize("walk", WALKS, ids=[walk.name for walk in WALKS])
def test_the_pictures_of_a_walk_show_what_the_program_shows(walk: Walk) -> None:
    pictures = pictures_of(walk)
    assert len(pictures) == 2 * sum(bool(scene.name) for scene in walk.scenes)
    committed = {name: (FOLDER / name).read_text(encoding="utf-8") for name in pictures if (FOLDER / name).exists()}
    assert sorted(pictures.keys() - committed.keys()) == [], f"these are missing; {AGAIN}"
    assert [name for name in pictures if pictures[name] != committed[name]] == [], f"these are out of date; {AGAIN}"


def test_every_picture_belongs_to_a_scene() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(all_file_names()), AGAIN


def test_a_picture_needs_no_network_and_shows_no_secret() -> None:
    for path in FOLDER.glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "url(http" not in svg
        assert not re.search(r"@font-face|href=", svg)
        assert CANARY not in svg
