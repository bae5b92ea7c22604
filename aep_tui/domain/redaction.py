"""Removes known secrets from text that leaves the program: error bodies, crash reports, log lines."""

from __future__ import annotations

import base64
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
    \\{1,8}u d[89ab][0-9a-f]{2} \\{1,8}u d[c-f][0-9a-f]{2}
    | \\{1,8}u (?:[0-9a-f]{4} | \{[0-9a-f]{1,5}\})
    | \\{1,8}x [0-9a-f]{2}
    | \\{1,8}[nrt]
    | %(?:25){0,4}[cd][0-9a-f] %(?:25){0,4}[89ab][0-9a-f]
    | %(?:25){0,4}e[0-9a-f] (?:%(?:25){0,4}[89ab][0-9a-f]){2}
    | %(?:25){0,4}f[0-7] (?:%(?:25){0,4}[89ab][0-9a-f]){3}
    | %(?:25){0,4}[0-7][0-9a-f]
    | &(?:amp;){0,4}(?:\#[0-9]{1,7} | \#x[0-9a-f]{1,6} | [a-z]{2,8});
    """
)
"""One character in the escapes of JSON, URLs and HTML, also escaped again. All repetitions are bounded: no text is
slow."""
_ESCAPE_OR_CHARACTER = re.compile(rf"{_ESCAPE.pattern} | .", re.DOTALL)
_CHARACTER = re.compile(r".", re.DOTALL)
_INVISIBLE: Final = r"\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd"
_BLANKS = re.compile(rf"[{_INVISIBLE}]+")
_BLANKS_AND_BACKSLASHES = re.compile(rf"[{_INVISIBLE}\\]+")

_NAMED = re.compile(
    r"""(?ix)
    (["']?\b[\w-]*(?:password|passphrase|secret|token|assertion|authorization|private[_-]?key)[\w-]*["']?\s*[:=]\s*)
    (?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:Bearer\s+)?[^\s,;&}"']+)
    """
)
_SHAPED = (
    re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"),
    re.compile(r"(?i)\bbearer\s+[\w.~+/=-]{8,}"),
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    re.compile(r"\b00D[A-Za-z0-9]{12,15}![\w.]{20,}"),
)


class Redactor:
    """Replaces known values, then what is named or shaped like a secret, by constant marks.

    Values are replaced longest first, in raw, JSON-escaped, URL-encoded and base64 form (three alignments). Values of
    eight characters or more are also found in capital or small letters, backwards, in hexadecimal digits, escaped
    character by character, and with blanks or line breaks in between. Its repr shows names only.
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
        squeezed, unescaped = _squeezed(text), _unescaped(text)
        if not any(form in squeezed for form, _name in self._squeezed) and not any(
            form in unescaped for form, _name in self._unescaped
        ):
            return text
        marks = [place for name in self._names for place in _places_of(_mark(name), text)]
        spans = [
            span
            for span in (
                *_spans(text, self._squeezed, _CHARACTER, _BLANKS),
                *_spans(text, self._unescaped, _ESCAPE_OR_CHARACTER, _BLANKS_AND_BACKSLASHES),
            )
            # The name in a mark may be a secret's value as well, and a mark in a mark would grow each time.
            if not any(start <= span[0] and span[1] <= end for start, end in marks)
        ]
        parts: list[str] = []
        done = 0
        for start, end, name in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= done:
                parts += [text[done:start], _mark(name)]
            done = max(done, end)
        return "".join((*parts, text[done:]))


def redacted_by_name_and_shape(text: str) -> str:
    """Return `text` with everything that is named or shaped like a secret replaced; needs to know no value."""
    for pattern in _SHAPED:
        text = pattern.sub("«redacted»", text)
    return _NAMED.sub(r"\1«redacted»", text)


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
    return {_squeezed(form) for form in (*_forms(value), value[::-1], value.encode(errors="surrogatepass").hex())}


def _unescaped_forms(value: str) -> set[str]:
    forms = {
        form
        for each in (value, value[::-1])
        for form in (_unescaped(each), _folded(_BLANKS_AND_BACKSLASHES.sub("", each)))
    }
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


def _spans(
    text: str, forms: list[tuple[str, str]], tokens: re.Pattern[str], dropped: re.Pattern[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield where in `text` a form is, found without case, without what is `dropped`, and with escapes in clear."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for token in tokens.finditer(text):
        clear = token.group() if len(token.group()) == 1 else _character_of(token)
        for character in _folded(dropped.sub("", clear)):
            folded.append(character)
            starts.append(token.start())
            ends.append(token.end())
    whole = "".join(folded)
    for form, name in forms:
        for start, end in _places_of(form, whole):
            yield starts[start], ends[end - 1], name


def _places_of(form: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)
