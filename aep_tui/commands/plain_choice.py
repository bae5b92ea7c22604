"""Which face the wizard has: drawn, or line by line."""

from __future__ import annotations

import argparse
from collections.abc import Mapping


def is_plain_wanted(options: argparse.Namespace, environment: Mapping[str, str]) -> bool:
    """Return whether the wizard speaks line by line; an option goes before the environment.

    Args:
        options: the arguments.
        environment: `ACCESSIBLE` asks for it, unless it is empty or one of 0, false and no; so does a `TERM` that is
            not set or dumb.
    """
    if options.plain or options.no_plain:
        return bool(options.plain)
    is_asked_for = environment.get("ACCESSIBLE", "").strip().lower() not in {"", "0", "false", "no"}
    return is_asked_for or environment.get("TERM", "") in {"", "dumb"}
