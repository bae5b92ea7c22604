"""Who gets the wizard line by line."""

from __future__ import annotations

from argparse import Namespace

import pytest

from aep_tui.commands.plain_choice import is_plain_wanted


@pytest.mark.parametrize("value", ["1", "yes", "true", " TRUE "])
def test_the_environment_asks_for_it(value: str) -> None:
    options = Namespace(plain=False, no_plain=False)
    assert is_plain_wanted(options, {"ACCESSIBLE": value, "TERM": "xterm"})
    assert not is_plain_wanted(Namespace(plain=False, no_plain=True), {"ACCESSIBLE": value, "TERM": "dumb"})


@pytest.mark.parametrize("value", ["", "0", "false", "No", " "])
def test_no_is_no(value: str) -> None:
    options = Namespace(plain=False, no_plain=False)
    assert not is_plain_wanted(options, {"ACCESSIBLE": value, "TERM": "xterm"})
    assert is_plain_wanted(options, {"ACCESSIBLE": value, "TERM": "dumb"})
    assert is_plain_wanted(options, {"ACCESSIBLE": value})
    assert is_plain_wanted(Namespace(plain=True, no_plain=False), {"ACCESSIBLE": value, "TERM": "xterm"})
