"""Reads the `Retry-After` header."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_SECONDS = 24 * 3600.0


def seconds_to_wait(header: str, now: datetime) -> float | None:
    """Return the seconds that a `Retry-After` asks for, from 0 to a day, or None when it says nothing usable.

    Args:
        header: a number of seconds, or an HTTP date (RFC 9110, section 10.2.3).
        now: the current instant on the clock that wrote the header, aware.
    """
    text = header.strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return min(float(text), LONGEST_SECONDS)
    date = http_date(text)
    if date is None:
        return None
    return min(max((date - now).total_seconds(), 0.0), LONGEST_SECONDS)


def http_date(text: str) -> datetime | None:
    """Return the instant of an HTTP date, for example "Sun, 22 Nov 2026 01:15:00 GMT", or None."""
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
