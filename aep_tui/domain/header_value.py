"""What a request header may carry: asked by the field, by the settings and by the client, so that they agree."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

_OTHER_CHARACTER: Final = re.compile(r"[^\x20-\x7e]")
_SIGNED_FORM: Final = r"(?i:bearer\s+)?eyJ[\w-]+(?:\.[\w-]*){2,4}"


class HeaderFault(StrEnum):
    """Why a text cannot stand in a header, or is no single word."""

    BLANK = "a blank or a line break"
    CHARACTER = "another character than plain letters, digits and signs"


def header_fault(text: str, *, may_have_blanks: bool = False) -> HeaderFault | None:
    """Return why no header can carry `text`, None when one can.

    The same holds for a client id, a client secret and a token wherever they travel (RFC 6749, appendix A).

    Args:
        text: the value, without blanks around it.
        may_have_blanks: blanks between its words are no fault.
    """
    has_blank = bool(text) and text.split() != [text]
    if has_blank and not may_have_blanks:
        return HeaderFault.BLANK
    if text != text.strip():
        return HeaderFault.BLANK
    return HeaderFault.CHARACTER if _OTHER_CHARACTER.search(text) else None


def is_signed_token(text: str) -> bool:
    """Return whether a value, without blanks around it, is a signed or encrypted token (JWT), such as an access token.

    No id, name or key of the platform has that form, so that where one of these belongs it is a secret in the wrong
    place.
    """
    return re.fullmatch(_SIGNED_FORM, text, re.ASCII) is not None
