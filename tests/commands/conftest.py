"""Keeps the tests in a directory of their own."""

from __future__ import annotations

from tests.kit.fixtures import home

__all__ = ["home"]
