"""The committed pictures show what the program shows; those of pages with a text are compared in `test_snapshots`.

`python -m tests.screenshots` makes them anew.
"""

from __future__ import annotations

import re

import pytest

from tests.kit.canary import CANARY
from tests.screenshots.record import AGAIN, FOLDER, all_file_names, assert_is_up_to_date, pictures_of
from tests.screenshots.scenes import WALKS, Walk


@pytest.mark.parametrize("walk", WALKS, ids=[walk.name for walk in WALKS])
def test_the_pictures_of_a_walk_show_what_the_program_shows(walk: Walk, subtests: pytest.Subtests) -> None:
    pictures = pictures_of(walk)
    assert len(pictures) == 2 * sum(bool(scene.name) for scene in walk.scenes)
    for name, svg in pictures.items():
        with subtests.test(name):
            assert_is_up_to_date(name, svg)


def test_every_picture_belongs_to_a_scene() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(all_file_names()), AGAIN


def test_a_picture_needs_no_network_and_shows_no_secret() -> None:
    for path in FOLDER.glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "url(http" not in svg
        assert not re.search(r"@font-face|href=", svg)
        assert CANARY not in svg
