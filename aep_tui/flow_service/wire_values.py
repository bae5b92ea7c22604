"""The values in answers of the platform, as types: what may be absent or wrong becomes "" or None, never a crash."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict

from aep_tui.domain.header_value import header_fault
from aep_tui.domain.json_value import json_object, json_objects
from aep_tui.domain.redaction import MARK
from aep_tui.domain.safe_text import shortened, without_control_characters

_LONGEST_VALUE: Final = 2_000
_LONGEST_STATE: Final = 100
_LONGEST_ETAG: Final = 1000
_ID = re.compile(r"[!-.0-\[\]-~]{1,200}")
"""Printable ASCII without blanks and slashes; the platform's ids are UUIDs."""
_EARLIEST_MILLISECONDS: Final = 1e11
"""As seconds this is the year 5138, as milliseconds 1973; the documents show milliseconds only."""


def clean_text(value: object) -> str:
    """Return a text or a number as text without control characters, at most 2 000 characters; "" for all else."""
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        value = str(value)
    return shortened(without_control_characters(value[: _LONGEST_VALUE + 1]), _LONGEST_VALUE)


def _id(value: object) -> str:
    """Return an id, or "" when there is none.

    Raises:
        ValueError: it cannot be one, for example because a secret had to be removed from it.
    """
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if text and not _ID.fullmatch(text):
        raise ValueError("no id")
    return text


def _state(value: object) -> str:
    return shortened(clean_text(value).strip(), _LONGEST_STATE)


def _header_value(value: object) -> str:
    """Return an etag exactly as it came, or "" when it could not be sent back in a header.

    Raises:
        ValueError: a secret had to be removed from it.
    """
    if isinstance(value, str) and MARK in value:
        raise ValueError("no etag")
    if not isinstance(value, str) or len(value) > _LONGEST_ETAG or header_fault(value, may_have_blanks=True):
        return ""
    return value


def _instant(value: object) -> datetime | None:
    """Return the instant of epoch milliseconds, also when seconds or text of either kind were sent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return _instant_of_text(str(value))
    try:
        return datetime.fromtimestamp(number if abs(number) < _EARLIEST_MILLISECONDS else number / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _instant_of_text(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text.strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


Text = Annotated[str, BeforeValidator(clean_text)]
Id = Annotated[str, BeforeValidator(_id)]
State = Annotated[str, BeforeValidator(_state)]
Etag = Annotated[str, BeforeValidator(_header_value)]
Instant = Annotated[datetime | None, BeforeValidator(_instant)]
JsonObject = Annotated[dict[str, Any], BeforeValidator(json_object)]
JsonObjects = Annotated[list[dict[str, Any]], BeforeValidator(json_objects)]
Truth = Annotated[bool, BeforeValidator(lambda value: value is True)]


class WireModel(BaseModel):
    """A part of an answer; what it does not declare is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, populate_by_name=True)
