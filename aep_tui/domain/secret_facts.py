"""What may be said of a secret that was loaded: what it is, how long it is, and how to recognise it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aep_tui.domain.jwt_claims import inspect_jwt

_FINGERPRINT_LENGTH: Final = 16


class SecretKind(StrEnum):
    """What a secret looks like."""

    TEXT = "text"
    TOKEN = "signed token (JWT)"  # noqa: S105 - the name of a kind
    PRIVATE_KEY = "private key (PEM)"
    CERTIFICATE = "certificate (PEM)"


@dataclass(frozen=True, slots=True)
class SecretFacts:
    """What may be shown of a secret.

    Attributes:
        kind: what it looks like.
        length: in characters.
        line_count: 1 for a text without line breaks.
        fingerprint: the first 16 hexadecimal digits of the SHA-256 of a token, key or certificate; "" for a text,
            because whoever sees the fingerprint of a password can try guesses against it.
    """

    kind: SecretKind
    length: int
    line_count: int
    fingerprint: str


def secret_facts(text: str) -> SecretFacts:
    """Return what may be shown of a secret; total."""
    kind = _kind(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SecretFacts(
        kind, len(text), max(1, len(text.splitlines())), "" if kind is SecretKind.TEXT else digest[:_FINGERPRINT_LENGTH]
    )


def _kind(text: str) -> SecretKind:
    if "-----BEGIN " in text:
        if "PRIVATE KEY-----" in text:
            return SecretKind.PRIVATE_KEY
        if "CERTIFICATE-----" in text:
            return SecretKind.CERTIFICATE
    return SecretKind.TOKEN if inspect_jwt(text).is_readable else SecretKind.TEXT
