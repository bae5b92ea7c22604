"""The names of the themes."""

from __future__ import annotations

from enum import StrEnum


class ThemeName(StrEnum):
    """What a person can choose; the value is what is typed."""

    AUTOMATIC = "automatic"
    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high-contrast"
    TERMINAL = "terminal"
