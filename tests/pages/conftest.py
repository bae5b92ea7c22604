"""The flows write to no directory of the person who runs the tests."""

from __future__ import annotations

from tests.kit.fixtures import own_directories

__all__ = ["own_directories"]
