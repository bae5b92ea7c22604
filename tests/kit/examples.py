"""How many examples, or how large a text, a test tries: a quarter, and all with `--all-examples`, as in `.ci/run`."""

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
    """Return how many of so many random examples, schedules or parts of something large this run tries."""
    return count if Examples.are_all else max(1, count // _SHARE)
