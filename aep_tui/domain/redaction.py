"""Removes known secrets from text that leaves the program: error bodies, crash reports, log lines."""

from __future__ import annotations

import base64
import bisect
import itertools
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

MARK: Final = "«redacted"
"""How every mark begins that stands in the place of a secret."""

_SHORTEST: Final = 4
"""Shorter values would blank out ordinary words; they are masked by name and shape only."""
_SHORTEST_CHANGED: Final = 8
"""Of shorter values only the usual encodings are looked for: without case and blanks they are in many sentences."""

_ESCAPE = re.compile(
    r"""(?ix)
    [\\%&] (?:
      (?<=\\) \\{0,7} (?:
          u d[89ab][0-9a-f]{2} \\{1,8}u d[c-f][0-9a-f]{2}
        | u (?:[0-9a-f]{4} | \{[0-9a-f]{1,5}\})
        | x [0-9a-f]{2}
        | [nrt]
      )
    | (?<=%) (?:25){0,4} (?:
          [cd][0-9a-f] %(?:25){0,4}[89ab][0-9a-f]
        | e[0-9a-f] (?:%(?:25){0,4}[89ab][0-9a-f]){2}
        | f[0-7] (?:%(?:25){0,4}[89ab][0-9a-f]){3}
        | [0-7][0-9a-f]
      )
    | (?<=&) (?:amp;){0,4}(?:\#[0-9]{1,7} | \#x[0-9a-f]{1,6} | [a-z]{2,8});
    )
    """
)
"""One character in the escapes of JSON, URLs and HTML, also escaped again. All repetitions are bounded and it begins
with one of three characters: no text is slow."""
_ESCAPES_BEGIN_WITH: Final = ("\\", "%", "&")
_INVISIBLE: Final = r"\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd"
_BLANKS = re.compile(rf"[{_INVISIBLE}]+")
_BLANKS_AND_BACKSLASHES = re.compile(rf"[{_INVISIBLE}\\]+")

_SECRET_NAME = re.compile(r"(?i)password|passphrase|secret|token|assertion|authorization|private[_-]?key")
_NAMED = re.compile(
    r"""(?ix)
    (?<![\w-]) ([\w-]++) (["']?\s*+[:=]\s*+)
    ("(?:[^"\\]|\\.)*+" | '[^']*+' | (?:Bearer\s+)?[^\s,;&}"']++)
    """
)
"""A name, what stands between, and a value. Nothing is tried twice: no text is slow."""
_PLAIN_WORDS = re.compile(
    r"(?:Bearer\s+)?(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20})(?:[_-](?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}))*[.:!?)]*"
)
"""A word of a sentence or an error code like invalid_grant: letters as people and documents write them."""
_BEARER = re.compile(r"(?i)\bbearer\s+([\w.~+/=-]{8,})")
_DOTTED = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)++\.?")
_SHAPED = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    re.compile(r"\b00D[A-Za-z0-9]{12,15}![\w.]{20,}"),
)
_SHORTEST_FIRST_PART: Final = 11
"""Characters from "eyJ" to the first dot of a token: the header is never shorter."""


class Redactor:
    """Replaces known values, then what is named or shaped like a secret, by constant marks.

    Values are replaced longest first, in raw, JSON-escaped, URL-encoded and base64 form (three alignments). Values of
    eight characters or more are also found in capital or small letters, escaped character by character, and with
    blanks or line breaks in between. The time is proportional to the length of the text. Its repr shows names only.
    """

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Take the secrets in clear, by the name that the mark shows."""
        self._forms = _longest_first((form, name) for name, value in secrets.items() for form in _forms(value))
        self._squeezed = _longest_first(
            (form, name) for name, value in secrets.items() for form in _squeezed_forms(value)
        )
        self._unescaped = _longest_first(
            (form, name) for name, value in secrets.items() for form in _unescaped_forms(value)
        )
        self._names = tuple(secrets)

    def __repr__(self) -> str:
        return f"Redactor({', '.join(self._names)})"

    def merged_with(self, other: Redactor) -> Redactor:
        """Return a redactor that knows the secrets of both."""
        merged = Redactor({})
        merged._forms = _longest_first((*self._forms, *other._forms))
        merged._squeezed = _longest_first((*self._squeezed, *other._squeezed))
        merged._unescaped = _longest_first((*self._unescaped, *other._unescaped))
        merged._names = tuple(dict.fromkeys((*self._names, *other._names)))
        return merged

    def clean(self, text: str) -> str:
        """Return `text` without known secrets and without anything named or shaped like one."""
        return redacted_by_name_and_shape(self.without_known_values(text))

    def without_known_values(self, text: str) -> str:
        """Return `text` without known secrets; takes time proportional to the length, so it suits huge texts."""
        for form, name in self._forms:
            text = text.replace(form, _mark(name))
        return self._without_changed_values(text)

    def _without_changed_values(self, text: str) -> str:
        # Most texts hold nothing: that is known much sooner than where something stands.
        views: list[tuple[_View, list[tuple[str, str]]]] = []
        if _holds_one_of(self._squeezed, _squeezed(text)):
            views.append((_View.squeezed(text), self._squeezed))
        if any(begin in text for begin in _ESCAPES_BEGIN_WITH) and _holds_one_of(self._unescaped, _unescaped(text)):
            views.append((_View.unescaped(text), self._unescaped))
        found = sorted(
            (span for view, forms in views for form, name in forms for span in view.spans(form, name)),
            key=lambda span: (span[0], -span[1]),
        )
        if not found:
            return text
        # The name in a mark may be a secret's value as well, and a mark in a mark would grow each time.
        marks = sorted(place for name in self._names for place in _places_of(_mark(name), text))
        return _marked(text, _outside(found, marks))


class _View:
    """A text as it is searched, without case and blanks, and where each part of it stood."""

    def __init__(self, parts: list[tuple[int, int, str]]) -> None:
        """Take parts of the text: start, end and what they read as; a part that is as long as it reads is literal."""
        self._parts = parts
        self._whole = "".join(clear for _start, _end, clear in parts)
        self._starts = list(itertools.accumulate((len(clear) for _start, _end, clear in parts), initial=0))

    @classmethod
    def squeezed(cls, text: str) -> _View:
        """Return `text` without case and without what shows nothing."""
        return cls(list(_literal_parts(text, 0, len(text), _BLANKS)))

    @classmethod
    def unescaped(cls, text: str) -> _View:
        """Return `text` like `squeezed`, each escaped character in clear, and without backslashes."""
        parts: list[tuple[int, int, str]] = []
        done = 0
        for escape in _ESCAPE.finditer(text):
            start, end = escape.span()
            parts += _literal_parts(text, done, start, _BLANKS_AND_BACKSLASHES)
            if clear := _folded(_BLANKS_AND_BACKSLASHES.sub("", _character_of(escape))):
                parts.append((start, end, clear))
            done = end
        parts += _literal_parts(text, done, len(text), _BLANKS_AND_BACKSLASHES)
        return cls(parts)

    def spans(self, form: str, name: str) -> Iterator[tuple[int, int, str]]:
        """Yield where in the text `form` is, as start, end and `name`."""
        for start, end in _places_of(form, self._whole):
            yield self._place(start)[0], self._place(end - 1)[1], name

    def _place(self, index: int) -> tuple[int, int]:
        """Return where the character at `index` begins and ends in the text."""
        number = bisect.bisect_right(self._starts, index) - 1
        start, end, clear = self._parts[number]
        if end - start != len(clear):
            return start, end
        return start + index - self._starts[number], start + index - self._starts[number] + 1


def _literal_parts(text: str, start: int, end: int, dropped: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what stands between the runs of `dropped`; a piece whose length changes without case, by character."""
    for gap in itertools.chain(dropped.finditer(text, start, end), (None,)):
        stop = gap.start() if gap is not None else end
        if stop > start:
            folded = _folded(text[start:stop])
            if len(folded) == stop - start:
                yield start, stop, folded
            else:
                yield from ((place, place + 1, _folded(text[place])) for place in range(start, stop))
        start = gap.end() if gap is not None else end


def _holds_one_of(forms: list[tuple[str, str]], text: str) -> bool:
    return any(form in text for form, _name in forms)


def _outside(spans: list[tuple[int, int, str]], marks: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans that no mark contains; both are sorted."""
    number = 0
    for span in spans:
        while number < len(marks) and marks[number][1] <= span[0]:
            number += 1
        if number == len(marks) or not (marks[number][0] <= span[0] and span[1] <= marks[number][1]):
            yield span


def _marked(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with marks in the place of the spans, which are sorted; those that overlap get one mark."""
    parts: list[str] = []
    done = 0
    for start, end, name in spans:
        if start >= done:
            parts += [text[done:start], _mark(name)]
        done = max(done, end)
    return "".join((*parts, text[done:]))


def redacted_by_name_and_shape(text: str) -> str:
    """Return `text` with everything that is named or shaped like a secret replaced; needs to know no value.

    After "token: " a plain word or an error code stays: a sentence goes on there, and the word tells what is wrong.
    """
    for pattern in _SHAPED:
        text = pattern.sub(f"{MARK}»", text)
    if "eyJ" in text:
        text = _DOTTED.sub(_without_token, text)
    text = _BEARER.sub(lambda found: found[0] if _PLAIN_WORDS.fullmatch(found[1]) else f"{MARK}»", text)
    return _NAMED.sub(_without_named_value, text) if _SECRET_NAME.search(text) else text


def _without_token(found: re.Match[str]) -> str:
    """Return a dotted run of letters without the signed token in it: three parts, of which the first begins "eyJ"."""
    parts = found.group().split(".")
    for number, part in enumerate(parts[:-2]):
        begin = part.find("eyJ")
        if begin >= 0 and len(part) - begin >= _SHORTEST_FIRST_PART:
            return ".".join((*parts[:number], f"{part[:begin]}{MARK}»", *parts[number + 3 :]))
    return found.group()


def _without_named_value(found: re.Match[str]) -> str:
    name, between, value = found.groups()
    is_sentence = between.endswith(" ") and ":" in between and _PLAIN_WORDS.fullmatch(value)
    return found.group() if is_sentence or not _SECRET_NAME.search(name) else f"{name}{between}{MARK}»"


def _forms(value: str) -> set[str]:
    if len(value) < _SHORTEST:
        return set()
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
        start = -(-shift * 8 // 6)
        end = (shift + len(raw)) * 8 // 6
        for form in (encoded[start:end], encoded[start:end].replace("+", "-").replace("/", "_")):
            if len(form) >= 2 * _SHORTEST:
                forms.add(form)
    return forms


def _squeezed_forms(value: str) -> set[str]:
    if len(_squeezed(value)) < _SHORTEST_CHANGED:
        return set()
    return {_squeezed(form) for form in _forms(value)}


def _unescaped_forms(value: str) -> set[str]:
    forms = {_unescaped(value), _folded(_BLANKS_AND_BACKSLASHES.sub("", value))}
    return {form for form in forms if len(form) >= _SHORTEST_CHANGED}


def _longest_first(forms: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(dict(forms).items(), key=lambda form: len(form[0]), reverse=True)


def _mark(name: str) -> str:
    return f"{MARK}:{name}»"


def _folded(text: str) -> str:
    """Return `text` without case: `casefold` alone leaves the dotless i apart from its capital letter."""
    return text.upper().casefold()


def _squeezed(text: str) -> str:
    """Return `text` without case and without what shows nothing."""
    return _folded(_BLANKS.sub("", text))


def _unescaped(text: str) -> str:
    """Return `text` like `_squeezed`, each escaped character in clear, and without backslashes."""
    return _folded(_BLANKS_AND_BACKSLASHES.sub("", _ESCAPE.sub(_character_of, text)))


def _character_of(escape: re.Match[str]) -> str:
    text = escape.group()
    if text[0] == "%":
        return bytes(int(each[-2:], 16) for each in text.split("%")[1:]).decode(errors="replace")
    if text[0] == "&":
        import html  # its table of names is large, and few texts need it

        return html.unescape(f"&{text[1:].split(';')[-2]};")
    body = text.lstrip("\\")
    if body[0] in "nrtNRT":
        return ""
    numbers = [int(digits, 16) for digits in re.findall(r"(?i)[ux]\{?([0-9a-f]+)", body)]
    if len(numbers) == 2:
        return chr(0x10000 + (numbers[0] - 0xD800) * 0x400 + (numbers[1] - 0xDC00))
    return chr(numbers[0])


def _places_of(form: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)
