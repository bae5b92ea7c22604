"""TOML that anybody may have written."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

MOST_LEVELS: Final = 20
"""Parts that a dotted key may have; ours have three."""
_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_TOO_DEEP: Final = re.compile(rf"(?:^|[\[{{,])[ \t]*(?:{_PART}[ \t]*\.[ \t]*){{{MOST_LEVELS}}}", re.MULTILINE)


def toml_table(text: str) -> dict[str, Any]:
    """Return what a text holds.

    The parser remembers every beginning of a dotted key: one with 16,000 parts, 32 kB of text, takes a gigabyte.

    Raises:
        TOMLDecodeError: it is no TOML.
        ValueError: a key has more than `MOST_LEVELS` parts, or a number has no end.
        RecursionError: brackets are nested without an end.
    """
    if _TOO_DEEP.search(text):
        raise ValueError("a key has too many parts")
    return tomllib.loads(text)
