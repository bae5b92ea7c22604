"""Texts that are slow to search in the plain way, as pieces to be repeated."""

from __future__ import annotations

import base64
from typing import Final

from tests.kit.canary import CANARY

PIECES: Final = (
    "a-",
    "a ",
    "a:b ",
    "eyJ",
    "eyJ.",
    "eyJaaaaaaaa.",
    "eyJaaaaaaaa.a.a ",
    "token",
    "token=",
    'token="',
    "token: word ",
    '{"token": "x"}, ',
    "bearer abcdefgh ",
    "bearer aaaaaaaa1 ",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY----- -----END PRIVATE KEY----- ",
    "00D!",
    "00Daaaaaaaaaaaaaaa!aaaaaaaaaaaaaaaaaaaa ",
    "QUJDRA/+",
    "%",
    "%41",
    "%25",
    "&amp;",
    "&#97;",
    "&x;",
    "\\",
    "\\n",
    "\\u0061",
    "é ",
    "é" + "a" * 500,
    "ß\u200b",
    "«redacted:x»",
    "1234",
    "PASSWORD.",
    f"{CANARY} ",
    CANARY.upper(),
    " ".join(CANARY),
    base64.b64encode(CANARY.encode()).decode(),
    "".join(f"%{byte:02x}" for byte in CANARY.encode()),
    f"{CANARY[:-1]}.",
)


def text_of(piece: str, size: int) -> str:
    """Return `piece` repeated to a text of `size` bytes at most."""
    return piece * (size // len(piece.encode()))
