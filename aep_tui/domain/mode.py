"""Rehearsal or reality, alone or before others."""

from __future__ import annotations

from enum import StrEnum

PAIRING_VARIABLE = "AEP_PAIRING"
"""Says that others see this terminal."""


class Mode(StrEnum):
    """Whether the wizard rehearses or changes a real organization."""

    PRACTICE = "practice"
    LIVE = "live"

    @property
    def label(self) -> str:
        """The word on the target line."""
        return self.value.upper()
