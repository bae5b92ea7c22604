"""How many random examples a test tries: a quarter of them, and all with `--all-examples`, as in `.ci/run`."""

from __future__ import annotations

from typing import Final

ALL_EXAMPLES_OPTION: Final = "--all-examples"
USUAL_EXAMPLES: Final = 100
"""What Hypothesis tries of a property that names no number."""
_SHARE: Final = 4


class Examples:
    """Whether all are tried; set before any test is imported."""

    are_all = False


def examples(count: int) -> int:
    """Return how many of so many random examples, or random schedules, are tried by this run."""
    return count if Examples.are_all else max(1, count // _SHARE)
