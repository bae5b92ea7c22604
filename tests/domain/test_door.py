"""A room gives the names of its door, and has no others."""

from __future__ import annotations

import pytest

from aep_tui.domain.door import door
from aep_tui.domain.place import Place


def test_a_name_is_loaded_from_its_module_and_no_other_name_is_there() -> None:
    get = door("aep_tui.domain", {"Place": "place"})
    assert get("Place") is Place
    with pytest.raises(AttributeError, match=r"^place$"):
        get("place")
