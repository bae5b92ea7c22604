"""Finds "key: value" and "KEY=value" pairs in text that is only almost JSON: what people copy from a tutorial.

Three request bodies of Adobe's Salesforce tutorial lack the brace after `"params":`, one also lacks a closing quote.
Around a body there is usually a curl command. Nothing here refuses: what is no pair is passed over. A value whose end
is not certain is found without its text and with the doubt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from aep_tui.domain.almost_json import joined_lines, pair_of_joined_text
from aep_tui.domain.found_pair import Doubt, FoundPair, Remark
from aep_tui.domain.line_values import LINE_KEY, line_end, line_pairs

_WRAP = r"(?:\n[ \t]*)?"
_QUOTED_KEY = rf"""(?P<quote>["']){_WRAP}(?P<key>[A-Za-z_](?:[\w.-]|\n[ \t]*){{0,99}})(?P=quote)\s*:(?!//)\s*"""
_COMMENT = r"""
    ^[ \t]*(?://|\#|;|--[ \t]|(?i:rem)[ \t])[^\n]*
    |(?<![^\s,{}\[\]"])(?://|\#)[^\n]*
    |(?<![^\s,{}\[\]"'])/\*(?:[^*]|\*(?!/))*+(?:\*/)?
"""
_NEXT = re.compile(
    rf"""(?P<comment>{_COMMENT})|{_QUOTED_KEY}|{LINE_KEY}|"(?!\s*[{{\[])(?:\\.|[^"\\\n])*+"?""",
    re.MULTILINE | re.VERBOSE,
)
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_NAME_WITH_SIGN = re.compile(r"([A-Za-z_][\w.-]{0,99})[\"']?[ \t]*[:=]")
_KEY = re.compile(_QUOTED_KEY)
_COMMENT_BEFORE_VALUE = re.compile(r"(?:(?:/\*(?:[^*]|\*(?!/))*+\*/|//[^\n]*\n|#[^\n]*\n)\s*)+")
_OPENS_A_KEY = re.compile(r"""[A-Za-z_][\w.-]{0,99}["']\s*:""")
_CLOSES = re.compile(
    r"""[ \t]*(?:
        [}\]\n'"]|//|/\*|\#|\\?$
        |,[ \t]*(?:\n|$|\\$|//|/\*|\#|[}\]]|["']?(?:\n[ \t]*)?[A-Za-z_](?:[\w.-]|\n[ \t]*){0,99}["']?\s*:)
    )""",
    re.VERBOSE,
)
_ENDS_UNCLOSED = re.compile(
    r"""\n\s*(?:["'][A-Za-z_][\w.-]{0,99}["']\s*:|[}\]][ \t}\],;'")]*(?:\n|\Z)|(?://|\#)[ \t]|/\*|\Z)"""
)
_UNCLOSED = re.compile(r"""[^\s"'\\,{}\[\]]+|\{\w+\}""", re.ASCII)
_REST_OF_WRAPPED = re.compile(r"""(?:\\.|[^"'\\])*+(["'])""", re.DOTALL)
_GOES_ON = re.compile(r"""[ \t]*\n\s*[^\s,}\]"'/#]""")
_BARE = re.compile(r"(-?\d[\d.eE+-]*|true|false|null|[^\s,}\]\"'{\[]+)(?=[ \t]*(?:[,}\]]|\n|$))")


def scan_pairs(text: str, known: Collection[str]) -> Iterator[FoundPair]:
    """Yield each key with its value.

    Args:
        text: what was pasted; lines end with a newline only.
        known: the keys that fields have.
    """
    position = 0
    while match := _NEXT.search(text, position):
        position = match.end()
        if key := match["key"]:
            pair, end = _json_value(text, re.sub(r"\n[ \t]*", "", key), position)
            yield pair
            if pair.doubt:
                skipped = _NAME.findall(text, position, end)
                yield from (FoundPair(name, doubt=pair.doubt) for name in dict.fromkeys(skipped) if name in known)
            position = end
        elif key := match["line_key"]:
            for pair, end in line_pairs(text, key, match["sign"], match.end(), known):
                position = end
                yield pair
        elif comment := match["comment"]:
            names = dict.fromkeys(_NAME_WITH_SIGN.findall(comment))
            yield from (FoundPair(name, doubt=Doubt.COMMENTED) for name in names if name in known)
        position = max(position, match.start() + 1)


def _json_value(text: str, key: str, start: int) -> tuple[FoundPair, int]:
    if comment := _COMMENT_BEFORE_VALUE.match(text, start):
        start = comment.end()
    if text[start : start + 1] in {"{", "["} or _KEY.match(text, start):
        return FoundPair(key), start
    if text[start : start + 1] in {'"', "'"}:
        return _quoted_value(text, key, start)
    match = _BARE.match(text, start)
    if match and _CLOSES.match(text, match.end()) and not _GOES_ON.match(text, match.end()):
        return FoundPair(key, match[0]), match.end()
    return FoundPair(key, doubt=Doubt.UNCLEAR_END), line_end(text, start)


def _quoted_value(text: str, key: str, start: int) -> tuple[FoundPair, int]:
    """Return a quoted value; a missing closing quote ends it before the next key or at the end of the line."""
    quote, position, end = text[start], start + 1, line_end(text, start)
    while position < end:
        if text[position] == "\\":
            position += 2
        elif text[position] != quote:
            position += 1
        elif _CLOSES.match(text, position + 1):
            return _unescaped(key, text[start + 1 : position], quote), position + 1
        elif _OPENS_A_KEY.match(text, position + 1):
            return _unclosed(key, text[start + 1 : position]), position
        else:
            return FoundPair(key, doubt=Doubt.UNCLEAR_END), end
    if _ENDS_UNCLOSED.match(text, end) or end == len(text):
        return _unclosed(key, text[start + 1 : end]), end
    rest = _REST_OF_WRAPPED.match(text, end)
    if rest and rest[1] == quote and _CLOSES.match(text, rest.end()):
        raw = joined_lines(text[start + 1 : rest.end() - 1])
        return _unescaped(key, raw, quote), rest.end()
    return FoundPair(key, doubt=Doubt.WRAPPED), end


def _unclosed(key: str, raw: str) -> FoundPair:
    value = raw.rstrip(" \t,")
    if _UNCLOSED.fullmatch(value):
        return FoundPair(key, value, remark=Remark.UNCLOSED)
    return FoundPair(key, doubt=Doubt.UNCLEAR_END)


def _unescaped(key: str, raw: str, quote: str) -> FoundPair:
    """Return the pair of a text between two quotes; in single quotes only a quote and a backslash are escaped."""
    if quote == "'":
        if re.search(r"\\[^\\'\"]", raw):
            return FoundPair(key, doubt=Doubt.UNCLEAR_END)
        return pair_of_joined_text(key, re.sub(r"\\(.)", r"\1", raw))
    try:
        return pair_of_joined_text(key, str(json.loads(f'"{raw}"', strict=False)))
    except ValueError:
        return FoundPair(key, doubt=Doubt.UNCLEAR_END)
