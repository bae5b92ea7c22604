"""The words that switch something on or off in a variable, a file or a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aep_tui.domain.first_words import PAIRING_VARIABLE
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _

_ON: Final = frozenset({"true", "yes", "on", "1"})
_OFF: Final = frozenset({"false", "no", "off", "0"})


def is_on(text: str) -> bool | None:
    """Return what `text` says, None when it is no such word."""
    word = text.strip().lower()
    return True if word in _ON else False if word in _OFF else None


def says_pairing(environment: Mapping[str, str]) -> bool:
    """Return whether the variable for it says that others see this terminal.

    Raises:
        SettingsProblem: it is neither true nor false.
    """
    text = environment.get(PAIRING_VARIABLE, "")
    said = is_on(text) if text else False
    if said is None:
        raise SettingsProblem(
            _("A value cannot be used"),
            _("{variable} has to be true or false.").format(variable=PAIRING_VARIABLE),
            _("Correct it there and start again."),
        )
    return said
