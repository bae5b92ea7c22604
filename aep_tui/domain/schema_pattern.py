"""Patterns of schemas that others wrote, matched in a bounded number of steps.

Python's own matching can take minutes for a pattern of ten characters, and nothing stops it. Here a set of places in
the text walks through the pattern, all of them at once: every pattern and every text end after `MOST_STEPS`. What the
reader does not know (look-around, back-references) is not matched at all, and a pattern without an answer refuses
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

LONGEST_TEXT: Final = 1_000
"""Characters; a longer text is not looked at."""
MOST_STEPS: Final = 20_000
"""Some 20 ms on a slow machine."""
_LONGEST_PATTERN: Final = 500
_DEEPEST: Final = 20
_MOST_TIMES: Final = 1_000

_Places: TypeAlias = int
"""A set of places in the text, as bits: bit n stands for the place before character n."""
_Holds: TypeAlias = Callable[[str], bool]


class PatternUnknown(Exception):
    """There is no answer: the pattern has what is not known here, or it would take too many steps."""


def fits(pattern: str, text: str) -> bool | None:
    """Return whether `pattern` of a JSON schema is found in `text`; None where there is no answer in bounded time."""
    if len(text) > LONGEST_TEXT:
        return None
    try:
        node = _Reader(pattern).whole()
        return _Walk(text).after(node, (2 << len(text)) - 1) != 0
    except PatternUnknown:
        return None


@dataclass(frozen=True, slots=True)
class _Character:
    holds: _Holds


@dataclass(frozen=True, slots=True)
class _Edge:
    is_end: bool


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    ways: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


_Node: TypeAlias = _Character | _Edge | _Sequence | _Either | _Repeat


class _Walk:
    """Leads sets of places through a pattern."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MOST_STEPS
        self._known: dict[int, _Places] = {}

    def after(self, node: _Node, places: _Places) -> _Places:
        """Return the places where what begins at `places` may end.

        Raises:
            PatternUnknown: that takes too many steps.
        """
        self._left -= 1
        if self._left < 0:
            raise PatternUnknown
        match node:
            case _Character():
                return (places & self._where(node)) << 1
            case _Edge(is_end):
                return places & (1 << len(self._text) if is_end else 1)
            case _Sequence(parts):
                for part in parts:
                    if not places:
                        break
                    places = self.after(part, places)
                return places
            case _Either(ways):
                found = 0
                for way in ways:
                    found |= self.after(way, places)
                return found
            case _Repeat():
                return self._repeated(node, places)

    def _repeated(self, node: _Repeat, places: _Places) -> _Places:
        for _time in range(node.least):
            if not places:
                return 0
            places = self.after(node.part, places)
        found = fresh = places
        times = node.least
        while fresh and (node.most is None or times < node.most):
            fresh = self.after(node.part, fresh) & ~found
            found |= fresh
            times += 1
        return found

    def _where(self, node: _Character) -> _Places:
        known = self._known.get(id(node))
        if known is None:
            known = sum(1 << place for place, character in enumerate(self._text) if node.holds(character))
            self._known[id(node)] = known
            self._left -= len(self._text) // 50
        return known


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _not(holds: _Holds) -> _Holds:
    return lambda character: not holds(character)


def _is(wanted: str) -> _Holds:
    return lambda character: character == wanted


def _between(first: str, last: str) -> _Holds:
    return lambda character: first <= character <= last


_CLASSES: Final[dict[str, _Holds]] = {
    "d": _is_digit,
    "D": _not(_is_digit),
    "w": _is_word,
    "W": _not(_is_word),
    "s": str.isspace,
    "S": _not(str.isspace),
}
_CONTROLS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_LINE_ENDS: Final = frozenset("\n\r\u2028\u2029")


class _Reader:
    """Reads a pattern as JSON Schema writes it, which is as ECMA 262 does."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0
        self._depth = 0

    def whole(self) -> _Node:
        """Return the whole pattern.

        Raises:
            PatternUnknown: there is something in it that is not known.
        """
        if len(self._pattern) > _LONGEST_PATTERN:
            raise PatternUnknown
        node = self._either()
        if self._place < len(self._pattern):
            raise PatternUnknown
        return node

    def _next(self) -> str:
        return self._pattern[self._place : self._place + 1]

    def _take(self) -> str:
        if self._place == len(self._pattern):
            raise PatternUnknown
        self._place += 1
        return self._pattern[self._place - 1]

    def _took(self, text: str) -> bool:
        if not self._pattern.startswith(text, self._place):
            return False
        self._place += len(text)
        return True

    def _either(self) -> _Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternUnknown
        ways = [self._sequence()]
        while self._took("|"):
            ways.append(self._sequence())
        self._depth -= 1
        return _Either(tuple(ways)) if len(ways) > 1 else ways[0]

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._next() not in {"", "|", ")"}:
            parts.append(self._repeats(self._part()))
        return _Sequence(tuple(parts))

    def _repeats(self, part: _Node) -> _Node:
        least: int
        most: int | None
        if self._took("*"):
            least, most = 0, None
        elif self._took("+"):
            least, most = 1, None
        elif self._took("?"):
            least, most = 0, 1
        elif self._took("{"):
            least, most = self._counts()
        else:
            return part
        self._took("?")  # whether as little as possible is wanted changes what is found, not whether
        if isinstance(part, _Edge) or self._next() in {"*", "+", "?", "{"}:
            raise PatternUnknown
        return _Repeat(part, least, most)

    def _counts(self) -> tuple[int, int | None]:
        counts, end, _rest = self._pattern[self._place :].partition("}")
        first, comma, last = counts.partition(",")
        if not end or not _is_count(first) or not (_is_count(last) or not last):
            raise PatternUnknown
        self._place += len(counts) + 1
        least, most = int(first), int(last) if last else None if comma else int(first)
        if most is not None and most < least:
            raise PatternUnknown
        return least, most

    def _part(self) -> _Node:
        character = self._take()
        match character:
            case "^":
                return _Edge(is_end=False)
            case "$":
                return _Edge(is_end=True)
            case ".":
                return _Character(lambda each: each not in _LINE_ENDS)
            case "(":
                return self._group()
            case "[":
                return _Character(self._set())
            case "\\":
                return _Character(self._escape()[1])
            case "*" | "+" | "?" | "{" | "}" | "]":
                raise PatternUnknown
            case _:
                return _Character(_is(character))

    def _group(self) -> _Node:
        self._took("?:")  # any other question mark here is no part of a pattern that is known
        node = self._either()
        if not self._took(")"):
            raise PatternUnknown
        return node

    def _escape(self) -> tuple[str, _Holds]:
        """Return the character that is meant, "" for a class of them, and what holds for it."""
        character = self._take()
        if character in _CLASSES:
            return "", _CLASSES[character]
        digits = {"x": 2, "u": 4}.get(character)
        if digits is not None:
            code = self._pattern[self._place : self._place + digits]
            if len(code) < digits or any(each not in "0123456789abcdefABCDEF" for each in code):
                raise PatternUnknown
            self._place += digits
            meant = chr(int(code, 16))
        elif character in _CONTROLS:
            meant = _CONTROLS[character]
        elif character.isascii() and character.isalnum():
            raise PatternUnknown  # \b, \1, \p and what else there may be
        else:
            meant = character
        return meant, _is(meant)

    def _set(self) -> _Holds:
        is_negated = self._took("^")
        parts: list[_Holds] = []
        while not self._took("]"):
            first, holds = self._member()
            if self._next() == "-" and self._pattern[self._place + 1 : self._place + 2] not in {"", "]"}:
                self._place += 1
                last, _holds = self._member()
                if not first or not last or last < first:
                    raise PatternUnknown
                holds = _between(first, last)
            parts.append(holds)

        def any_holds(character: str) -> bool:
            return any(part(character) for part in parts)

        return _not(any_holds) if is_negated else any_holds

    def _member(self) -> tuple[str, _Holds]:
        character = self._take()
        return self._escape() if character == "\\" else (character, _is(character))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= _MOST_TIMES
