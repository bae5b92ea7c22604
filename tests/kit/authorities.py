"""The certificates of all authorities, read once for a process and its forks instead of once for each client."""

from __future__ import annotations

import ssl
from functools import cache
from os import PathLike
from typing import Any, Final

import certifi

_make_context: Final = ssl.create_default_context


def read_authorities_once() -> None:
    """Read them now, and hand that to every client of this process which trusts just them, as all do by default."""
    _context_of_all_authorities()
    ssl.create_default_context = default_context


def default_context(
    purpose: ssl.Purpose = ssl.Purpose.SERVER_AUTH,
    *,
    cafile: str | bytes | PathLike[str] | PathLike[bytes] | None = None,
    **more: Any,  # noqa: ANN401 - as the library's
) -> ssl.SSLContext:
    """Return what the library makes; the context with the authorities that every client trusts is made once."""
    if cafile == certifi.where() and purpose is ssl.Purpose.SERVER_AUTH and not more:
        return _context_of_all_authorities()
    return _make_context(purpose, cafile=cafile, **more)


@cache
def _context_of_all_authorities() -> ssl.SSLContext:
    return _make_context(cafile=certifi.where())
