"""A name and its value as they stood in a text, with what must be said about the value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Doubt(StrEnum):
    """Why a value is not taken: taking it could mean to cut it, or to take what does not belong to it."""

    WRAPPED = "wrapped"
    SHARED_LINE = "shared-line"
    UNCLEAR_END = "unclear-end"
    RESHAPED = "reshaped"
    CONTROL_CHARACTERS = "control-characters"
    COMMENTED = "commented"
    CONTRADICTED = "contradicted"
    NESTED = "nested"


class Remark(StrEnum):
    """What was done to a value that is taken."""

    JOINED = "joined"
    COMMENT_REMOVED = "comment-removed"
    UNCLOSED = "unclosed"
    TYPOGRAPHIC = "typographic"


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A key and what follows it.

    Attributes:
        key: as written.
        value: the text of the value; None where an object, a list or another key follows, and where there is a doubt.
        doubt: why the value is not taken.
        remark: what was done to the value.
        section: the key of the object that it stands in, "" at the top.
    """

    key: str
    value: str | None = field(default=None, repr=False)
    doubt: Doubt | None = None
    remark: Remark | None = None
    section: str = ""
