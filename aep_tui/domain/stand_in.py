"""Knows texts that stand for a value without being one: the placeholders of templates, and references to secrets.

This is the only list of them: credential files, snippets and fields ask it. None of them is ever sent.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class StandIn(StrEnum):
    """What a text is that is no value."""

    PLACEHOLDER = "placeholder"
    REFERENCE = "reference"


LONGEST: Final = 500
"""Characters; a longer text is a value."""

_REFERENCE = r"""(?ax)
    \{\{\s*vault:.*\}\}                                     # Postman's vault
    |(?:op|bws|akv|sm|gcpsm|awssm|secret|keychain|keyring|vault|ref\+\w+)://.+
    |vault:[\w/.-]+(?:\#[\w.-]+)?
    |\{\{.*\}\}
    |\$\{[^{}]*\}|\$\(.*\)|\$\{\{.*\}\}|\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]+%
    """
_PLACEHOLDER = r"""(?aix)
    \{[A-Za-z][\w .-]*\}
    |<[^<>]*>
    |x{4,}|\*{4,}|•{4,}|\.{3,}|…+
    |(?:your|insert|enter|add|paste|put)[ _-](?:your[ _-])?[a-z][a-z0-9 _-]*
    |(?:replace|change|fill)[ _-]?(?:me|this|it)(?:[ _-]?(?:in|here|please))?
    |(?:todo|tbd|placeholder)
    """
"""Patterns, which `re` compiles at their first use and keeps."""


def stand_in(text: str) -> StandIn | None:
    """Return what `text` is when it stands for a value without being one, otherwise None."""
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST:
        return None
    if re.fullmatch(_REFERENCE, stripped):
        return StandIn.REFERENCE
    return StandIn.PLACEHOLDER if re.fullmatch(_PLACEHOLDER, stripped) else None
