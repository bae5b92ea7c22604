"""Finds "key: value" and "KEY=value" pairs in text that is only almost JSON: what people copy from a tutorial.

Three request bodies of Adobe's Salesforce tutorial lack the brace after `"params":`, one also lacks a closing quote.
Around a body there is usually a curl command. Nothing here refuses: what is no pair is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_QUOTED_KEY = re.compile(r"""(["'])([A-Za-z_][\w.-]{0,99})\1\s*:(?!//)\s*""")
_PLAIN_KEY = re.compile(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+)?([A-Za-z_][\w.-]{0,99})[ \t]*(=|:(?=[ \t]|$))[ \t]*", re.MULTILINE
)
_OPENS_A_KEY = re.compile(r"""[A-Za-z_][\w.-]{0,99}["']\s*:""")
_CLOSES = re.compile(r"""[ \t]*(?:[,}\]\r\n'"]|\\?$)""")
_BARE = re.compile(r"[^,}\]\r\n]*")
_ESCAPE = re.compile(r"""\\([\\'"abfnrtv])""")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def scan_pairs(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield each key with its value as text; the value is None where an object, a list or another key follows."""
    quoted, plain = _QUOTED_KEY.search(text), _PLAIN_KEY.search(text)
    while quoted or plain:
        if quoted and not (plain and plain.start() < quoted.start()):
            key = quoted[2]
            value, end = _json_value(text, quoted.end())
        elif plain:
            key = plain[1]
            value, end = _line_value(text, plain.end())
        yield key, value
        # A match behind `end` stays: looking for it again would make long texts quadratic.
        if quoted and quoted.start() < end:
            quoted = _QUOTED_KEY.search(text, end)
        if plain and plain.start() < end:
            plain = _PLAIN_KEY.search(text, end)


def _json_value(text: str, start: int) -> tuple[str | None, int]:
    if text[start : start + 1] in {"{", "["} or _QUOTED_KEY.match(text, start):
        return None, start
    if text[start : start + 1] in {'"', "'"}:
        return _quoted_value(text, start)
    match = _BARE.match(text, start)
    return (match[0].strip(), match.end()) if match else (None, start)


def _quoted_value(text: str, start: int) -> tuple[str, int]:
    """Return a quoted value; a missing closing quote ends it before the next key or at the end of the line."""
    quote, position = text[start], start + 1
    while position < len(text) and text[position] not in "\r\n":
        character = text[position]
        if character == "\\":
            position += 2
        elif character != quote:
            position += 1
        elif _CLOSES.match(text, position + 1):
            return _unescaped(text[start + 1 : position], quote), position + 1
        elif _OPENS_A_KEY.match(text, position + 1):
            break
        else:
            position += 1
    position = min(position, len(text))
    return _unescaped(text[start + 1 : position].rstrip(" \t,"), quote), position


def _unescaped(raw: str, quote: str) -> str:
    if quote == '"':
        try:
            return str(json.loads(f'"{raw}"', strict=False))
        except ValueError:
            return raw
    return raw.replace("\\'", "'").replace("\\\\", "\\")


def _line_value(text: str, start: int) -> tuple[str | None, int]:
    """Return the value of a line of a `.env` file: nothing is interpolated."""
    end = min((found for found in (text.find("\n", start), text.find("\r", start)) if found >= 0), default=len(text))
    raw = text[start:end].strip()
    if not raw or raw[0] in "{[":
        return None, start
    if raw[0] in "\"'" and (closing := _closing_quote(raw)):
        inner = raw[1:closing]
        return (inner if raw[0] == "'" else _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), inner)), end
    return re.split(r"\s#", raw, maxsplit=1)[0].rstrip(), end


def _closing_quote(raw: str) -> int:
    """Return where the quote that opens `raw` closes, 0 when it does not, or when more than a comment follows."""
    position = 1
    while position < len(raw):
        if raw[position] == "\\" and raw[0] == '"':
            position += 1
        elif raw[position] == raw[0]:
            rest = raw[position + 1 :].strip()
            return position if not rest or rest[0] in "#,;" else 0
        position += 1
    return 0
