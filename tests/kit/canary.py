"""The one fake secret of all tests; it must never surface anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from aep_tui.domain.secrets import Secrets

CANARY = "s3cr3t-C4NARY-9f8e7d6c5b4a"
"""Stands for every secret in the tests: password, token, key."""


def knowing(values: Mapping[str, str]) -> Secrets:
    """Return the secrets of a run in which these values were typed, by their names."""
    secrets = Secrets()
    for name, value in values.items():
        secrets.hold(value, name)
    return secrets
