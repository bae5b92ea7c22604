"""The secrets inside a secret: a password in a connection string, in an address or in a JSON value.

A server that quotes a part of what it was sent quotes the password, and not the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aep_tui.domain.secret_names import is_secret_by_name

MOST_PARTS: Final = 20
_LONGEST_READ: Final = 100_000
_SHORTEST: Final = 4
_SURELY_NO_WORD: Final = 12
"""Characters of a text in a JSON secret that is held under any name: shorter ones would blank out ordinary words."""

# As texts: the first page knows secrets and needs none of these.
_ASSIGNMENT: Final = r"(?:^|[;&?])\s{0,10}+([A-Za-z][\w ]{0,40}?)\s{0,10}=\s{0,10}+([^;&\s][^;&]{3,2000}+)"
_IN_ADDRESS: Final = r"://[^\s/:@]{0,200}+:([^\s/@]{4,500}+)@"
_STRING: Final = r'(?s)"((?:[^"\\]|\\.)*+)(?:"|\Z)'
"""A string of JSON; one without an end is passed over whole, not tried again in its middle."""
_ESCAPED: Final = r'\\(["\\/])'


def secret_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a secret that are one by themselves, each once; none for a plain password or token."""
    found = dict.fromkeys(part for part in _parts(text[:_LONGEST_READ]) if len(part) >= _SHORTEST and part != text)
    return tuple(found)[:MOST_PARTS]


def _parts(text: str) -> Iterator[str]:
    if text.lstrip()[:1] in {"{", "["}:
        yield from _parts_of_json(text)
        return
    if "=" in text:
        for name, value in re.findall(_ASSIGNMENT, text):
            if is_secret_by_name(name, is_anything_marked=False):
                yield value.strip()
    if "://" in text:
        yield from re.findall(_IN_ADDRESS, text)


def _parts_of_json(text: str) -> Iterator[str]:
    name = ""
    for string in re.finditer(_STRING, text):
        value = re.sub(_ESCAPED, r"\1", string[1])
        if text[string.end() : string.end() + 20].lstrip().startswith(":"):
            name = value
            continue
        if len(value) >= _SURELY_NO_WORD or is_secret_by_name(name, is_anything_marked=False):
            yield value
