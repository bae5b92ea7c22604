"""The files that options name."""

from __future__ import annotations

from pathlib import Path


def path_of(text: str) -> Path:
    """Return a file as it was typed."""
    return Path(text)
