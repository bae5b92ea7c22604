"""Removes known secrets from text that leaves the program: error bodies, crash reports, log lines."""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Mapping
from typing import Final

_SHORTEST: Final = 4
"""Shorter values would blank out ordinary words; they are masked by name and shape only."""

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

    Values are replaced longest first, in raw, JSON-escaped, URL-encoded and base64 form (three alignments). Its repr
    shows names only.
    """

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Take the secrets in clear, by the name that the mark shows."""
        forms = {form: name for name, value in secrets.items() for form in _forms(value)}
        self._forms = sorted(forms.items(), key=lambda item: len(item[0]), reverse=True)
        self._names = tuple(secrets)

    def __repr__(self) -> str:
        return f"Redactor({', '.join(self._names)})"

    def merged_with(self, other: Redactor) -> Redactor:
        """Return a redactor that knows the secrets of both."""
        merged = Redactor({})
        merged._forms = sorted(
            {**dict(self._forms), **dict(other._forms)}.items(), key=lambda i: len(i[0]), reverse=True
        )
        merged._names = (*self._names, *other._names)
        return merged

    def clean(self, text: str) -> str:
        """Return `text` without known secrets and without anything named or shaped like one."""
        return redacted_by_name_and_shape(self.without_known_values(text))

    def without_known_values(self, text: str) -> str:
        """Return `text` without known secrets; takes time proportional to the length, so it suits huge texts."""
        for form, name in self._forms:
            text = text.replace(form, f"«redacted:{name}»")
        return text


def redacted_by_name_and_shape(text: str) -> str:
    """Return `text` with everything that is named or shaped like a secret replaced; needs to know no value."""
    for pattern in _SHAPED:
        text = pattern.sub("«redacted»", text)
    return _NAMED.sub(r"\1«redacted»", text)


def _forms(value: str) -> set[str]:
    if len(value) < _SHORTEST:
        return set()
    raw = value.encode()
    forms = {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        urllib.parse.quote(value, safe=""),
        urllib.parse.quote(value),
        urllib.parse.quote_plus(value),
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
