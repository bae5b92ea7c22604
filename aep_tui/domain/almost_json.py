"""Reads JSON documents as people have them: with comments, trailing commas, and lines that a terminal has wrapped.

A document may stand anywhere in a text, for example in a curl command. Where a document ends is known by its braces,
where a value ends by its quotation marks; what does not come out as JSON then is no document for this module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from aep_tui.domain.found_pair import Doubt, FoundPair, Remark

_OPENING = re.compile(r"\{(?=\s*(?:\"|//|/\*|#))")
_TOKEN = re.compile(
    r"""
    (?P<string>"(?:\\(?:\n[ \t]*)?.|[^"\\])*+"?)
    |(?P<comment>//[^\n]*|\#[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
    |(?P<comma>,(?=\s*[}\]]))
    |(?P<opens>[{\[])
    |(?P<closes>[}\]])
    |[^"/\#,{}\[\]]+|.
    """,
    re.VERBOSE | re.DOTALL,
)
_JOINED: Final = "\ufdd0"
"""Stands at the end of a string that was joined, until JSON is read; Unicode promises that no text uses it."""
_SIGNED_TOKEN = re.compile(r"eyJ[\w-]*\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: a document, or what stands around documents.

    Attributes:
        text: the part as it stands in the text.
        document: what a document says, None for other text.
    """

    text: str = field(repr=False)
    document: dict[str, object] | None = field(default=None, repr=False)


def pieces_of(text: str, known: Collection[str]) -> Iterator[Piece]:
    """Yield the documents of a text and what stands around them, in their order.

    What follows a document that cannot be read is passed on as other text: its parts would have lost their place.

    Args:
        text: lines end with a newline only.
        known: the keys that are looked for; a document without any of them may be a part of a value.
    """
    done = position = 0
    while opening := _OPENING.search(text, position):
        position, document = _document(text, opening.start())
        if document is None:
            break
        if any(pair.key in known for pair in pairs_of(document, "")):
            yield Piece(text[done : opening.start()])
            yield Piece(text[opening.start() : position], document)
            done = position
    yield Piece(text[done:])


def parsed(text: str, *, is_strict: bool = True) -> dict[str, object] | None:
    """Return the object that a text is in JSON, numbers as they were written, or None.

    Args:
        text: the whole document.
        is_strict: refuse control characters inside texts, line breaks among them.
    """
    try:
        value = json.loads(text, parse_int=str, parse_float=str, strict=is_strict)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _document(text: str, start: int) -> tuple[int, dict[str, object] | None]:
    """Return where the document that opens at `start` ends, and what it says."""
    if _JOINED in text:
        return start, None
    parts: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token["string"]:
            parts.append(f'"{joined_lines(token[0][1:-1])}"')
        elif not token["comment"] and not token["comma"]:
            parts.append(token[0])
        depth += (token["opens"] is not None) - (token["closes"] is not None)
        if depth == 0:
            return token.end(), parsed("".join(parts), is_strict=False)
    return start, None


def pairs_of(document: dict[str, object], section: str) -> Iterator[FoundPair]:
    """Yield the texts and switches of a document, each with the key of the object that it stands in."""
    # An own stack: what json reads may be nested deeper than a generator can follow.
    stack: list[tuple[object, str]] = [(document, section)]
    while stack:
        item, inside = stack.pop()
        if isinstance(item, list):
            stack.extend((entry, inside) for entry in reversed(item))
        elif isinstance(item, dict):
            for key, entry in item.items():
                if isinstance(entry, str | bool):
                    text = str(entry).lower() if isinstance(entry, bool) else entry
                    yield pair_of_joined_text(key.replace(_JOINED, ""), text, inside)
            stack.extend((entry, key) for key, entry in reversed(item.items()) if isinstance(entry, dict | list))


def pair_of_joined_text(key: str, text: str, section: str = "") -> FoundPair:
    """Return a pair whose text may come from `joined_lines`.

    Only a signed token is joined: no blank can belong to it. In any other value a blank may have stood at the break.
    """
    if _JOINED not in text:
        return FoundPair(key, text, section=section)
    joined = text.replace(_JOINED, "")
    if _SIGNED_TOKEN.fullmatch(joined):
        return FoundPair(key, joined, remark=Remark.JOINED, section=section)
    return FoundPair(key, doubt=Doubt.WRAPPED, section=section)


def joined_lines(text: str) -> str:
    """Return a text without its line breaks and the blanks around them, with a mark at the end when there were any."""
    first, *others = text.split("\n")
    if not others:
        return text
    *middle, last = others
    pieces = (first.rstrip(" \t"), *(line.strip(" \t") for line in middle), last.lstrip(" \t"))
    return "".join(pieces) + _JOINED
