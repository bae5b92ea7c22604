"""How a cell is shown, and the shortest sequence that goes from one way to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from aep_tui.domain.light_dataclass import dataclass

_SEEN_ON_A_BLANK: Final = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Underlines, reverse, strokes and frames, which show where no character is."""
_LENGTH_OF_A_COLOUR: Final = {"2": 5, "5": 3}
"""Numbers of a colour that begins with 38 or 48: by red, green and blue, or by an index."""
_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What switches an attribute off, and every other one with the same code."""


@dataclass(frozen=True, slots=True, eq=False)
class Pen:
    """Colours and attributes as SGR codes.

    Made by `pen`, so that equal ones are the same object: they are compared thousands of times for a page.

    Attributes:
        foreground: "" for the terminal's own.
        background: "" for the terminal's own.
        attributes: bold and the like.
        shows_on_blanks: whether a blank is more than its background.
    """

    foreground: str
    background: str
    attributes: frozenset[str]
    shows_on_blanks: bool


@cache
def pen(foreground: str, background: str, attributes: frozenset[str], /) -> Pen:
    """Return the only pen of this kind; there are as many as there are styles."""
    return Pen(foreground, background, attributes, not _SEEN_ON_A_BLANK.isdisjoint(attributes))


_NO_ATTRIBUTES: Final[frozenset[str]] = frozenset()
PLAIN: Final = pen("", "", _NO_ATTRIBUTES)


@lru_cache(maxsize=256)
def pen_of(codes: str) -> Pen:
    """Return what SGR codes mean that begin from a reset, for example "1;38;2;230;230;230"."""
    foreground = background = ""
    attributes = set()
    for code in _codes(codes):
        number = code.partition(";")[0]
        if number == "38" or (number.isdigit() and (30 <= int(number) <= 37 or 90 <= int(number) <= 97)):
            foreground = code
        elif number == "48" or (number.isdigit() and (40 <= int(number) <= 47 or 100 <= int(number) <= 107)):
            background = code
        elif number not in {"39", "49", ""}:
            attributes.add(code)
    return pen(foreground, background, frozenset(attributes))


@lru_cache(maxsize=256)
def blank_pen(of: Pen) -> Pen:
    """Return what of a pen can be seen where no character is."""
    return of if of.shows_on_blanks else pen("", of.background, _NO_ATTRIBUTES)


@lru_cache(maxsize=1024)
def change_of_pen(before: Pen, after: Pen) -> str:
    """Return the shortest sequence that goes from one pen to another, "" when they are the same."""
    if before is after:
        return ""
    # An empty number is 0, the reset.
    from_reset = ["", *sorted(after.attributes), *filter(None, (after.foreground, after.background))]
    gone = before.attributes - after.attributes
    if not gone <= _OFF.keys():
        return _sgr(from_reset)
    off = {_OFF[each] for each in gone}
    kept = {each for each in before.attributes & after.attributes if _OFF.get(each) not in off}
    step = [*sorted(off), *sorted(after.attributes - kept)]
    if after.foreground != before.foreground:
        step.append(after.foreground or "39")
    if after.background != before.background:
        step.append(after.background or "49")
    return min(_sgr(from_reset), _sgr(step), key=len)


def _sgr(codes: Iterable[str]) -> str:
    return f"\x1b[{';'.join(codes)}m"


def _codes(codes: str) -> Iterator[str]:
    """Yield each code; a colour of several numbers is one."""
    numbers = codes.split(";")
    position = 0
    while position < len(numbers):
        is_colour = numbers[position] in {"38", "48"} and position + 1 < len(numbers)
        length = _LENGTH_OF_A_COLOUR.get(numbers[position + 1], 1) if is_colour else 1
        yield ";".join(numbers[position : position + length])
        position += length
