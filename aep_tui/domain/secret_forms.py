"""Finds known values in a text, in every form in which a server writes them.

Every step looks at each character a bounded number of times, so that no text is slow, whoever wrote it. The patterns
are texts, which `re` compiles at their first use and keeps: most commands meet no text of others.
"""

from __future__ import annotations

import base64
import bisect
import itertools
import json
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.redaction import MARK, Span, marked, merged, outside

_SHORTEST: Final = 4
"""Shorter values would blank out ordinary words; they are masked by name and shape only."""
SHORTEST_CHANGED: Final = 8
"""Of shorter values only the usual encodings are looked for: without case and blanks they are in many sentences."""
_PIECE: Final = 512
"""Characters that are read at once."""
_MOST_PLACES: Final = 500
"""Of a text that holds a form more often, what stands between goes too: to place each one would take long."""
_MOST_ESCAPES: Final = 10_000
"""No answer escapes more than that; the rest of such a text is left out, because to decode it would take long."""

_ESCAPE = r"""(?ix)
    ( \\{1,8} (?:
          u d[89ab][0-9a-f]{2} \\{1,8}u d[c-f][0-9a-f]{2}
        | u (?:[0-9a-f]{4} | \{[0-9a-f]{1,5}\})
        | x [0-9a-f]{2}
        | [nrt]
      )
    | %(?:25){0,4} (?:
          [cd][0-9a-f] %(?:25){0,4}[89ab][0-9a-f]
        | e[0-9a-f] (?:%(?:25){0,4}[89ab][0-9a-f]){2}
        | f[0-7] (?:%(?:25){0,4}[89ab][0-9a-f]){3}
        | [0-7][0-9a-f]
      )
    | &(?:amp;){0,4}(?:\#[0-9]{1,7} | \#x[0-9a-f]{1,6} | [a-z]{2,8});
    )
    """
"""One character in the escapes of JSON, URLs and HTML, also escaped again."""
_ESCAPE_BEGINS = r"[\\%&]"

_ASCII_BLANKS: Final = bytes((*range(33), 127))
_SMALL: Final = bytes(range(256)).lower()
_OTHER_BLANKS = r"[\s\x80-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]++"

_MARKS = rf"{MARK}:[^»]{{0,60}}»"

_Piece = tuple[str, str]
"""A piece of a text, and how it reads."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What one secret may look like.

    Attributes:
        exact: of a short one: as it is, escaped for JSON and URLs, in base64 at three alignments.
        squeezed: of one of eight characters or more: the same without case and without blanks.
        unescaped: how it reads without case, blanks and backslashes when every escaped character is put in clear.
    """

    exact: frozenset[str] = field(default=frozenset(), repr=False)
    squeezed: frozenset[str] = field(default=frozenset(), repr=False)
    unescaped: frozenset[str] = field(default=frozenset(), repr=False)


def forms_of(value: str) -> Forms:
    """Return what the secret `value` may look like; nothing for one that is too short to be told from a word."""
    exact = _forms(value)
    unescaped = {_unescaped(value), _without_backslashes(value)}
    return Forms(
        exact if len(_squeezed(value)) < SHORTEST_CHANGED else frozenset(),
        frozenset(_squeezed(form) for form in exact) if len(_squeezed(value)) >= SHORTEST_CHANGED else frozenset(),
        frozenset(form for form in unescaped if len(form) >= SHORTEST_CHANGED),
    )


def without_values(text: str, known: Sequence[tuple[str, Forms]]) -> str:
    """Return `text` with a constant mark in the place of every form of the secrets.

    Args:
        text: of any length.
        known: the secrets by the name that the mark shows.
    """
    if exact := [(form, name) for name, forms in known for form in forms.exact if form in text]:
        text = _without(text, _read(text, str), str, exact)
    if squeezed := [(form, name) for name, forms in known for form in forms.squeezed]:
        text = _without(text, _read(text, _squeezed), _squeezed, squeezed)
    unescaped = [(form, name) for name, forms in known for form in forms.unescaped]
    if not unescaped or re.search(_ESCAPE_BEGINS, text) is None:
        return text
    too_many = next(itertools.islice(re.finditer(_ESCAPE_BEGINS, text), _MOST_ESCAPES, None), None)
    if too_many is not None:
        text = f"{text[: too_many.start()]}{MARK}»"
    return _without(text, _read_unescaped(text), _without_backslashes, unescaped)


def _read(text: str, read: Callable[[str], str]) -> list[_Piece]:
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return [(piece, read(piece)) for piece in pieces]


def _read_unescaped(text: str) -> list[_Piece]:
    parts = re.split(_ESCAPE, text)
    in_clear = {escape: _without_backslashes(_character_of(escape)) for escape in set(parts[1::2])}
    pieces: list[_Piece] = []
    for number, part in enumerate(parts):
        pieces += [(part, in_clear[part])] if number % 2 else _read(part, _without_backslashes)
    return pieces


def _without(text: str, pieces: list[_Piece], read: Callable[[str], str], forms: Iterable[tuple[str, str]]) -> str:
    """Return `text` with marks where the forms stand in what it reads as.

    Args:
        text: what is searched.
        pieces: the text in order, and how each piece of it reads.
        read: how a text reads that is no escape, character by character.
        forms: what is looked for, and the name for its mark.
    """
    whole = "".join(reading for _piece, reading in pieces)
    found = [span for form, name in forms if form in whole for span in _places_of(form, name, whole)]
    if not found:
        return text
    begins = list(itertools.accumulate((len(piece) for piece, _reading in pieces), initial=0))
    starts = list(itertools.accumulate((len(reading) for _piece, reading in pieces), initial=0))

    widths: dict[str, int] = {}

    @lru_cache(maxsize=1)  # places come in order
    def ends_of(number: int) -> list[int] | None:
        """Return where each character of a piece ends in what the piece reads as; None for an escape."""
        piece, reading = pieces[number]
        if read(piece) != reading:
            return None
        widths.update({each: len(read(each)) for each in set(piece) - widths.keys()})
        return list(itertools.accumulate(map(widths.__getitem__, piece)))

    def place(index: int) -> tuple[int, int]:
        """Return where the character that reads at `index` begins and ends in the text."""
        number = bisect.bisect_right(starts, index) - 1
        ends = ends_of(number)
        if ends is None:
            return begins[number], begins[number + 1]
        begin = begins[number] + bisect.bisect_right(ends, index - starts[number])
        return begin, begin + 1

    # The name in a mark may be a secret's value as well, and a mark in a mark would grow each time.
    marks = [mark.span() for mark in re.finditer(_MARKS, text)]
    placed = ((place(start)[0], place(end - 1)[1], mark) for start, end, mark in merged(found))
    return marked(text, outside(placed, marks))


def _places_of(form: str, name: str, text: str) -> Iterator[Span]:
    """Yield where `form` stands; after many places longer stretches that hold it."""
    stretch = max(2 * len(form), len(text) // _MOST_PLACES)
    count, start = 0, text.find(form)
    while start >= 0:
        count += 1
        is_long = count > _MOST_PLACES
        end = min(start + (stretch if is_long else len(form)), len(text))
        yield start, end, f"{MARK}:{name}»"
        # What begins in a long stretch may end behind it.
        start = text.find(form, end - len(form) + 1 if is_long else end)


def _forms(value: str) -> frozenset[str]:
    if len(value) < _SHORTEST:
        return frozenset()
    raw = value.encode(errors="surrogatepass")
    forms = {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        urllib.parse.quote(raw, safe=""),
        urllib.parse.quote(raw),
        urllib.parse.quote_plus(raw),
    }
    for shift in range(3):
        # The characters that do not depend on neighbouring bytes, for each alignment in a longer base64 text.
        encoded = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        start = -(-shift * 4 // 3)
        end = (shift + len(raw)) * 4 // 3
        for form in (encoded[start:end], encoded[start:end].replace("+", "-").replace("/", "_")):
            if len(form) >= 2 * _SHORTEST:
                forms.add(form)
    return frozenset(forms)


def _squeezed(text: str) -> str:
    """Return `text` without case and without what shows nothing; each character by itself."""
    text = text.encode(errors="surrogatepass").translate(_SMALL, _ASCII_BLANKS).decode(errors="surrogatepass")
    # `casefold` alone leaves the dotless i apart from its capital letter.
    return text if text.isascii() else re.sub(_OTHER_BLANKS, "", text).casefold().replace("ı", "i")


def _without_backslashes(text: str) -> str:
    return _squeezed(text).replace("\\", "")


def _unescaped(text: str) -> str:
    """Return `text` squeezed, each escaped character in clear, and without backslashes."""
    return _without_backslashes(re.sub(_ESCAPE, lambda escape: _character_of(escape.group()), text))


def _character_of(escape: str) -> str:
    if escape[0] == "%":
        return bytes(int(each[-2:], 16) for each in escape.split("%")[1:]).decode(errors="replace")
    if escape[0] == "&":
        import html  # its table of names is large, and few texts need it

        return html.unescape(f"&{escape[1:].split(';')[-2]};")
    body = escape.lstrip("\\")
    if body[0] in "nrtNRT":
        return ""
    numbers = [int(digits, 16) for digits in re.findall(r"(?i)[ux]\{?([0-9a-f]+)", body)]
    if len(numbers) == 2:
        return chr(0x10000 + (numbers[0] - 0xD800) * 0x400 + (numbers[1] - 0xDC00))
    return chr(numbers[0])
