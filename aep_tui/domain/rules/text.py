"""Rules that hold for every text, whatever it is for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.stand_in import StandIn, stand_in
from aep_tui.domain.translation import _


def judge_any_text(text: str, *, is_secret: bool, is_strict: bool, is_sent_as_is: bool) -> Iterable[Finding]:
    """Yield what is wrong with a text that is not empty.

    Args:
        text: as typed.
        is_secret: then no finding carries a corrected value.
        is_strict: blanks around the text and control characters in it cannot work, so they block.
        is_sent_as_is: a placeholder cannot work, so it blocks; in a text of a person's own words it only warns.
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
    if kind := stand_in(stripped):
        yield _about_stand_in(kind, is_secret=is_secret, is_blocking=is_sent_as_is)


def judge_own_words(text: str, *, may_have_lines: bool) -> Iterable[Finding]:
    """Yield what is wrong with a name or a description, which every reader's terminal and web page show.

    Args:
        text: as typed, not empty.
        may_have_lines: a newline is no fault.
    """
    looked_at = text.replace("\n", " ") if may_have_lines else text
    if any(unicodedata.category(character) in {"Cc", "Cf"} for character in looked_at):
        yield error(_("There is a control or an invisible character in the text. Type the text instead of copying it."))
    else:
        yield from judge_any_text(text, is_secret=False, is_strict=False, is_sent_as_is=False)


def _about_stand_in(kind: StandIn, *, is_secret: bool, is_blocking: bool) -> Finding:
    finding = error if is_blocking else warning
    if kind is StandIn.PLACEHOLDER:
        return finding(_("This looks like a placeholder from a tutorial. Write your own value."))
    if is_secret:
        return finding(
            _(
                "This is a reference to a secret and not the secret itself, and this program does not follow it. "
                "Give what its own command prints, for example op read."
            )
        )
    return finding(_("This is a reference to a value and not the value itself. Write the value."))


INVISIBLE = frozenset(
    "\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that show nothing and get into values by copying: zero-width, byte-order mark, direction marks."""
