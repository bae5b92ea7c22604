"""Finds in a key file, before anything is opened, what would keep the processor busy for minutes.

Opening a file runs in one call of the cryptography library, which no signal interrupts. So the rounds of a passphrase
function and the size of the numbers are read first, from the outside of the structure (ITU-T X.690).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_ROUNDS: Final = 10_000_000
"""Of a passphrase function; common are 2 048 to 1 000 000, and ten million take a few seconds."""
LARGEST_NUMBER: Final = 16_384 // 8 + 1
"""Bytes of a number; OpenSSL takes no RSA modulus of more than 16 384 bits."""
LARGEST_ENCRYPTED: Final = 12_000
"""Bytes of an encrypted key; one of 16 384 bits has about 9 300."""

_INTEGER, _OCTETS, _CONSTRUCTED = 0x02, 0x04, 0x20


@dataclass(frozen=True, slots=True)
class KeyDemands:
    """What opening a file would ask for.

    Attributes:
        rounds: the most rounds of a passphrase function.
        is_too_large: a number or an encrypted key is larger than any that is used.
    """

    rounds: int
    is_too_large: bool


def demands_of(der: bytes) -> KeyDemands:
    """Return what a binary key file asks for; total, and linear in its length.

    The number of rounds follows the salt: an INTEGER right behind an OCTET STRING (RFC 8018 for PBKDF2, RFC 7914 for
    scrypt, RFC 7292 for PKCS#12 and its MAC).
    """
    rounds, is_too_large, position = 0, False, 0
    ends_of_octets: set[int] = set()
    while position + 2 <= len(der):
        tag, start, length = _header(der, position)
        if length is None or tag & _CONSTRUCTED:
            # Inside is looked at next. A length that is not known ends with two zero bytes, which read as nothing.
            position = start
            continue
        end = start + length
        if tag == _INTEGER and length > LARGEST_NUMBER:
            is_too_large = True
        elif tag == _INTEGER and position in ends_of_octets:
            rounds = max(rounds, int.from_bytes(der[start:end], "big"))
        elif tag == _OCTETS:
            ends_of_octets.add(end)
            if is_structure(der, start, end):
                position = start
                continue
            is_too_large = is_too_large or length > LARGEST_ENCRYPTED
        position = end
    return KeyDemands(rounds, is_too_large)


def _header(der: bytes, position: int) -> tuple[int, int, int | None]:
    """Return the tag, where the content begins, and its length; None when the length is open."""
    tag, first = der[position], der[position + 1]
    if not first & 0x80:
        return tag, position + 2, first
    count = first & 0x7F
    start = position + 2 + count
    return tag, start, int.from_bytes(der[position + 2 : start], "big") if count else None


def is_structure(der: bytes, start: int, end: int) -> bool:
    """Return whether the bytes from `start` to `end` are one structure that fills them.

    Of encrypted bytes fewer than one in 2^24 look so: the length has to fit, or the end of an open one to be marked.
    """
    if end - start < 2 or end > len(der) or der[start] not in {0x30, 0x24, _OCTETS}:
        return False
    _tag, inner_start, length = _header(der, start)
    return der[inner_start:end].endswith(b"\0\0") if length is None else inner_start + length == end
