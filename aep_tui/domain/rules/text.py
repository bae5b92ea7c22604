"""Rules that hold for every text, whatever it is for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.translation import _

_PLACEHOLDER = r"\{[A-Z][A-Z0-9_]*\}|x{4,}|X{4,}|\*{4,}|•{4,}|<[a-z][a-z0-9_ -]*>"


def is_placeholder(text: str) -> bool:
    """Return whether `text` stands for a value without being one: "{CLIENT_ID}", "xxxx" (tutorials), "****"."""
    return re.fullmatch(_PLACEHOLDER, text.strip(), re.ASCII) is not None


def judge_any_text(text: str, *, is_secret: bool, is_strict: bool) -> Iterable[Finding]:
    """Yield what is wrong with a text that is not empty.

    Args:
        text: as typed.
        is_secret: then no finding carries a corrected value.
        is_strict: blanks around the text and control characters in it cannot work, so they block.
    """
    stripped = text.strip()
    if any(unicodedata.category(character) == "Cs" for character in text):
        yield error(_("There is a broken character in the value, which cannot be sent. Type or copy it again."))
    elif any(unicodedata.category(character) == "Cc" for character in stripped):
        finding = error if is_strict else warning
        yield finding(_("There is a line break, a tab or a control character in the value. Type or copy it again."))
    if stripped != text and stripped:
        if is_strict:
            yield error(_("There are blanks before or after the value. Take them away."), "" if is_secret else stripped)
        else:
            yield warning(
                _("There are blanks before or after the value. Take them away, unless they belong to it."),
                "" if is_secret else stripped,
            )
    if any(character in INVISIBLE for character in stripped):
        yield warning(
            _("There is an invisible character in the value. Type or copy it again, unless it belongs to it.")
        )
    if is_placeholder(stripped):
        yield warning(_("This looks like a placeholder from a tutorial. Write your own value."))


INVISIBLE = frozenset(
    "\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that show nothing and get into values by copying: zero-width, byte-order mark, direction marks."""
