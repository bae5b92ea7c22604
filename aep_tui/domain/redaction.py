"""Finds what is named or shaped like a secret, and puts a mark in its place.

Every step looks at each character a bounded number of times, so that no text is slow, whoever wrote it: each repetition
without an upper limit is possessive, and what only begins like a secret is passed over whole. The patterns are texts,
which `re` compiles at their first use and keeps: most commands meet no text of others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

MARK: Final = "«redacted"
"""How every mark begins that stands in the place of a secret."""

Span = tuple[int, int, str]
"""Where something stands in a text, start and end, and the mark that takes its place."""

_MOST_NAMES: Final = 10_000
"""No text names more secrets than that; the rest of it is left out."""

_PLAIN_WORDS = r"(?:Bearer\s++)?(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20})(?:[_-](?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}))*+[.:!?)]*+"
"""A word of a sentence or an error code like invalid_grant: letters as people and documents write them."""


_KEY_BEGINS = r"-----BEGIN [A-Z ]{0,40}?PRIVATE KEY-----"
_KEY_ENDS = r"-----END [A-Z ]{0,40}?PRIVATE KEY-----"
_SESSION = r"00D(?<=\b00D)[A-Za-z0-9]{12,15}+![\w.]{20,}+"
_SIGNED = r"eyJ[\w-]{8,}+(\.[\w-]++\.[\w-]*+)?"
"""A signed token has three parts. What only begins like one is passed over whole, not tried again in its middle."""
_BEARER = r"bearer(?<=\bbearer)\s++([\w.~+/=-]{8,}+)"
_NAMES: Final = ("password", "passphrase", "secret", "token", "assertion", "authorization", "private")
_NAMED = r"""(?x)
    (?:password|passphrase|secret|token|assertion|authorization|private[_-]?key) [\w-]*+
    (?: (["']?\s*+[:=]\s*+) ("(?:[^"\\]|\\.)*+" | '[^']*+' | (?:bearer\s++)?[^\s,;&}"']++) )?
    """
"""The end of a name, what stands between, and a value. A name without a value is passed over whole."""


def redacted_by_name_and_shape(text: str) -> str:
    """Return `text` with everything that is named or shaped like a secret replaced; needs to know no value.

    After "token: " a plain word or an error code stays: a sentence goes on there, and the word tells what is wrong.
    """
    small = text.replace("İ", "i").lower()  # as long as the text: that letter is the only one that grows

    def word(hit: re.Match[str]) -> tuple[int, int] | None:
        return None if _is_plain(text, hit.span(1)) else hit.span()

    def value(hit: re.Match[str]) -> tuple[int, int] | None:
        if hit[2] is None:
            return None
        is_sentence = hit[1].endswith(" ") and ":" in hit[1] and _is_plain(text, hit.span(2))
        return None if is_sentence else hit.span(2)

    spans = [*_keys(text), *_hits(_SESSION, text, re.Match.span)]
    spans += _hits(_SIGNED, text, lambda hit: hit.span() if hit[1] else None)
    if "bearer" in small:
        spans += _hits(_BEARER, small, word)
    if any(name in small for name in _NAMES):
        spans += _hits(_NAMED, small, value)
    return marked(text, merged(spans))


def _is_plain(text: str, span: tuple[int, int]) -> bool:
    return re.compile(_PLAIN_WORDS).fullmatch(text, *span) is not None


def _keys(text: str) -> Iterator[Span]:
    begins, ends, done = re.compile(_KEY_BEGINS), re.compile(_KEY_ENDS), 0
    while (begin := begins.search(text, done)) is not None:
        end = ends.search(text, begin.end())
        done = end.end() if end is not None else len(text)
        yield begin.start(), done, f"{MARK}»"


def _hits(pattern: str, text: str, secret: Callable[[re.Match[str]], tuple[int, int] | None]) -> Iterator[Span]:
    for count, hit in enumerate(re.finditer(pattern, text)):
        span = (hit.start(), len(text)) if count == _MOST_NAMES else secret(hit)
        if span is not None:
            yield *span, f"{MARK}»"
        if count == _MOST_NAMES:
            return


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order; those that overlap as one, with the mark of the first and longest."""
    last: Span | None = None
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if last is not None and span[0] < last[1]:
            last = (last[0], max(last[1], span[1]), last[2])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def outside(spans: Iterable[Span], marks: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield the spans that no mark contains; both are sorted."""
    number = 0
    for span in spans:
        while number < len(marks) and marks[number][1] <= span[0]:
            number += 1
        if number == len(marks) or not (marks[number][0] <= span[0] and span[1] <= marks[number][1]):
            yield span


def marked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with marks in the place of the spans, which are sorted and do not overlap."""
    parts: list[str] = []
    done = 0
    for start, end, mark in spans:
        parts += [text[done:start], mark]
        done = max(done, end)
    return "".join((*parts, text[done:]))
