"""Keeps the tests in a directory of their own."""

from __future__ import annotations

from tests.settings.conftest import home

__all__ = ["home"]
