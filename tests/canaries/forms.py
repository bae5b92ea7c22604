"""The forms that a secret can take, made for those who echo, and found by those who look."""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Final

from tests.kit.canary import CANARY

FORMS: Final = ("plain", "part", "other case", "base64", "hex", "URL-encoded", "JSON-escaped", "split", "reversed")
"""The columns of the table."""

_SHORTEST_PART: Final = 12
"""Characters in a row that are no accident: what was cut off amid the secret still tells most of it."""

_SEQUENCES: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
_BETWEEN: Final = re.compile(r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2500-\u259f\ufeff\\]+")
_ESCAPED: Final = re.compile(r"\\+u00([0-9a-fA-F]{2})")


def _per_character(write: Callable[[str], str]) -> Callable[[str], str]:
    return lambda secret: "".join(write(character) for character in secret)


def _base64_behind(before: str) -> Callable[[str], str]:
    return lambda secret: base64.b64encode(f"{before}{secret}:behind".encode()).decode()


ECHOES: Final[Mapping[str, Callable[[str], str]]] = {
    "plain": str,
    "in JSON": json.dumps,
    "in a URL": urllib.parse.quote_plus,
    "each byte for a URL": lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode()),
    "base64": _base64_behind(""),
    "base64 behind one": _base64_behind("u"),
    "base64 behind two": _base64_behind("u:"),
    "base64 for a URL": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    "each character for JSON": _per_character(lambda character: f"\\u{ord(character):04x}"),
    "capitals": str.upper,
    "over lines": lambda secret: "\n".join(secret[place : place + 7] for place in range(0, len(secret), 7)),
    "blanks between": lambda secret: " ".join(secret),
    "user and password": lambda secret: f"https://user:{secret}@host.example/",
}
"""How a server may say again what it was told: the forms that are always removed, and how each is made.

Whoever means to show what he was sent finds another form, so that a list of them has no end; these are what servers and
the libraries below them write by themselves.
"""


def found_in(data: bytes) -> frozenset[str]:
    """Return the forms in which the secret, or more than half of it, stands in some bytes."""
    text = data.decode("utf-8", "replace")
    found = {form for form, looks in _LOOKS.items() if looks(text)}
    if not found and any(CANARY[start : start + _SHORTEST_PART] in text for start in _STARTS_OF_PARTS):
        found.add("part")
    return frozenset(found)


_STARTS_OF_PARTS: Final = range(len(CANARY) - _SHORTEST_PART + 1)


def _base64_at(alignment: int) -> str:
    """Return the characters of base64 that hang on the secret alone when so many bytes stand before it."""
    return base64.b64encode(b"x" * alignment + CANARY.encode()).decode().rstrip("=")[4 * bool(alignment) : -1]


_BASE64: Final = frozenset(
    form for each in map(_base64_at, range(3)) for form in (each, each.replace("+", "-").replace("/", "_"))
)


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", _SEQUENCES.sub("", text))


_LOOKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "plain": lambda text: CANARY in text,
    "other case": lambda text: CANARY not in text and CANARY.lower() in text.lower(),
    "base64": lambda text: any(form in text or form in _squeezed(text) for form in _BASE64),
    "hex": lambda text: CANARY.encode().hex() in _squeezed(text).lower(),
    "URL-encoded": lambda text: CANARY not in text and CANARY in urllib.parse.unquote_plus(text),
    "JSON-escaped": lambda text: (
        CANARY not in text and CANARY in _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    ),
    "split": lambda text: CANARY not in text and CANARY in _squeezed(text),
    "reversed": lambda text: CANARY[::-1] in text,
}
