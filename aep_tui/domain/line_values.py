"""The values of lines "NAME=value" and "name: value": a `.env` file, a shell's assignments, notes.

Nothing is interpolated. In a `.env` file blanks belong to a value, in a shell they end it: a line with several
assignments is read as a shell reads it, and where both readings are possible the value is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from aep_tui.domain.found_pair import Doubt, FoundPair, Remark

LINE_KEY: Final = (
    r"^[ \t]*(?:(?:export|set|env|(?:heroku[ \t]+)?config:set(?:[ \t]+(?:-a|--app)[ \t]+[\w-]+)?)[ \t]+)?"
    r"(?P<line_key>[A-Za-z_][\w.-]{0,99})[ \t]*(?P<sign>=|:(?=[ \t]|$))[ \t]*"
)
"""A key at the beginning of a line, with its sign, in a regular expression that reads lines (`re.MULTILINE`)."""

_ASSIGNMENT = re.compile(
    r"""(?P<name>[A-Za-z_]\w{0,99})=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'\\;&|<>()$`]*))"""
    r"""(?P<after>[ \t]*(?:;|&&)[ \t]*|[ \t]+|$)""",
    re.DOTALL,
)
_BETWEEN = re.compile(r"(?:(?:export|set|-e|--env)[ \t]+)*")
_OTHER_NAME = re.compile(r"(?<![\w.-])([A-Za-z_][\w.-]{0,99})[\"']?[ \t]*(?:=|:(?!//))")
_BARE_OTHER_NAME = re.compile(r"[\s;&]([A-Za-z_]\w{0,99})=")
_ESCAPE = re.compile(r"""\\([\\'"abfnrtv])""")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_COMMENT = re.compile(r"\s#")
_AFTER_QUOTES = re.compile(r"[ \t]*[,;]?[ \t]*(?:(?:#|//).*)?")
_LITERAL = re.compile(r"(-?\d+(?:\.\d+)?|true|false|null),")
_NO_CONTINUATION = re.compile(
    r"""[ \t]*(?:$|\#|//[ \t]|;|/\*|[{}\[\])'"`“„«]|-[ \t]|--?[A-Za-z][\w-]*[ \t]|export[ \t]"""
    r"""|(?P<key>[A-Za-z_][\w.-]{0,99})[ \t]*[:=](?P<rest>.*))"""
)
_SHORTEST_WRAPPED_LINE: Final = 20
"""Characters; no terminal that people read is narrower."""
_SHORTEST_PADDED_LINE: Final = 40
"""Characters; below it "ABC=" on the next line is a variable without a value, above it the rest of a Base64 text."""


def line_pairs(text: str, key: str, sign: str, start: int, known: Collection[str]) -> Iterator[tuple[FoundPair, int]]:
    """Yield the pairs of a line, each with the position behind it.

    Args:
        text: all of it; lines end with a newline only.
        key: the key at the beginning of the line.
        sign: "=" or ":".
        start: the position of its value.
        known: the keys that fields have; a secret must not stand in the value of another field.
    """
    end = line_end(text, start)
    raw = text[start:end].strip()
    if not raw or (sign == ":" and raw[0] in "{["):
        yield FoundPair(key), start
        return
    if sign == "=" and raw.endswith(" \\") and _NO_CONTINUATION.match(_line_after(text, end)):
        raw = raw[:-2].rstrip()
    if sign == "=" and (assignments := _shell_assignments(f"{key}={raw}", known)):
        for pair in assignments:
            yield pair, end
        return
    pair = _single(key, raw, sign, known)
    if raw[0] not in "\"'" and (last := _end_of_wrapped(text, start, known)) > end:
        pair, end = FoundPair(key, doubt=Doubt.WRAPPED), last
    if pair.doubt:
        for name in dict.fromkeys(_OTHER_NAME.findall(raw)):
            if name in known:
                yield FoundPair(name, doubt=Doubt.SHARED_LINE), end
    yield pair, end


def _single(key: str, raw: str, sign: str, known: Collection[str]) -> FoundPair:
    """Return the pair of a line that has one value."""
    if raw[0] in "\"'":
        closing = _closing_quote(raw)
        return _quoted(key, raw[0], raw[1:closing]) if closing else FoundPair(key, doubt=Doubt.UNCLEAR_END)
    remark = Remark.COMMENT_REMOVED if _COMMENT.search(raw) else None
    value = _COMMENT.split(raw, maxsplit=1)[0].rstrip()
    if any(name in known for name in _OTHER_NAME.findall(value)) or (sign == "=" and _BARE_OTHER_NAME.search(value)):
        return FoundPair(key, doubt=Doubt.SHARED_LINE)
    if sign == ":" and value.endswith(","):
        literal = _LITERAL.fullmatch(value)
        return FoundPair(key, literal[1], remark=remark) if literal else FoundPair(key, doubt=Doubt.UNCLEAR_END)
    return FoundPair(key, value, remark=remark)


def _quoted(key: str, quote: str, inner: str) -> FoundPair:
    if quote == '"':
        return FoundPair(key, _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), inner))
    # A shell keeps two backslashes, the readers of `.env` files make one of them.
    return FoundPair(key, doubt=Doubt.UNCLEAR_END) if "\\\\" in inner or "\\'" in inner else FoundPair(key, inner)


def _closing_quote(raw: str) -> int:
    """Return where the quote that opens `raw` closes, 0 when it does not, or when more than a comment follows."""
    position = 1
    while position < len(raw):
        if raw[position] == "\\" and raw[0] == '"':
            position += 1
        elif raw[position] == raw[0]:
            return position if _AFTER_QUOTES.fullmatch(raw, position + 1) else 0
        position += 1
    return 0


def _shell_assignments(line: str, known: Collection[str]) -> list[FoundPair]:
    """Return the assignments of a line that is made of several; empty for a line that is not, or not wholly."""
    found: list[FoundPair] = []
    position = 0
    while position < len(line):
        match = _ASSIGNMENT.match(line, position)
        if match is None:
            if line[position] == "#" and found:
                break
            return []
        value = match["double"] if match["double"] is not None else match["single"] or match["bare"] or ""
        if match["double"] is not None:
            value = re.sub(r'\\([\\"$`])', r"\1", value)
        found.append(FoundPair(match["name"], value))
        between = _BETWEEN.match(line, match.end())
        position = between.end() if between else match.end()
    return found if any(pair.key in known for pair in found[1:]) else []


def _end_of_wrapped(text: str, start: int, known: Collection[str]) -> int:
    """Return the end of the last line that looks like a part of the value: a terminal has wrapped it."""
    line_start = text.rfind("\n", 0, start) + 1
    end = line_end(text, start)
    while _goes_on(end - line_start, _line_after(text, end), known):
        line_start, end = end + 1, line_end(text, end + 1)
    return end


def _goes_on(length: int, following: str, known: Collection[str]) -> bool:
    """Return whether a line goes on a value whose line has `length` characters."""
    other = _NO_CONTINUATION.match(following)
    if other is None:
        return length >= _SHORTEST_WRAPPED_LINE or len(following.split(maxsplit=1)) == 1
    if not other["key"] or other["key"] in known or other["rest"].strip("= \t") or "=" not in following:
        return False
    return length >= _SHORTEST_PADDED_LINE or following.rstrip().endswith("==")


def _line_after(text: str, end: int) -> str:
    return text[end + 1 : line_end(text, end + 1)]


def line_end(text: str, start: int) -> int:
    """Return where the line ends that `start` stands in."""
    end = text.find("\n", start)
    return len(text) if end < 0 else end
