"""The names of the themes."""

from __future__ import annotations

from enum import StrEnum

from aep_tui.domain import theme_rules


class ThemeName(StrEnum):
    """What a person can choose; the value is what is typed."""

    AUTOMATIC = theme_rules.AUTOMATIC
    DARK = theme_rules.DARK
    LIGHT = theme_rules.LIGHT
    HIGH_CONTRAST = theme_rules.HIGH_CONTRAST
    TERMINAL = theme_rules.TERMINAL
