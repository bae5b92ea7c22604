"""The one fake secret of all tests; it must never surface anywhere."""

from __future__ import annotations

CANARY = "s3cr3t-C4NARY-9f8e7d6c5b4a"
"""Stands for every secret in the tests: password, token, key."""
