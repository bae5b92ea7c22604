"""What happens to a pasted text before it stands in a field: nothing is cut or changed without words.

White space and line breaks around a text are taken away and told. A line break inside is refused, because a field of
one line would lose what follows it. Codes and replies of a terminal are refused, and in a secret every control
character: behind the dots nobody would see them. Quotation marks and invisible characters are taken from ordinary
fields and told; at a secret they may belong to it, so they stay, are told, and `PastedText.cleaned` has the text
without them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from typing import Final

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.rules.text import INVISIBLE
from aep_tui.domain.translation import _, plural

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_TERMINAL_CODES = re.compile(
    r"\x1b[\[\]P_^XNO()#=>]|[\x90\x98\x9b\x9d-\x9f]"
    # Replies whose escape character was lost on the way: colours, device attributes, name, graphics, paste marks.
    r"|\]1[0-9];rgb:[0-9a-f]{2,4}/|P?>\|[A-Za-z]+[ (][\w.]+\)?|_?Gi=[0-9]+[;,]|\[\?[0-9]+(?:;[0-9]+)*c|\[20[01]~"
)
_JOINERS = frozenset("\u200c\u200d")
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "„": "“", "‚": "‘"}

LONGEST_PASTE: Final = 65_536
"""Characters; the longest value of the tutorials, a signed token, has a few thousand."""


@dataclass(frozen=True, slots=True)
class PastedText:
    """A pasted text, ready for a field.

    Attributes:
        text: what the field should take; unchanged when there is a refusal.
        notes: what was taken away, or what looks odd, one sentence each; never the text itself.
        refusal: why the text cannot be taken, or "".
        cleaned: `text` without surrounding quotation marks and invisible characters: for secrets, on consent only.
    """

    text: str = field(repr=False)
    notes: tuple[str, ...] = ()
    refusal: str = ""
    cleaned: str = field(default="", repr=False)

    @property
    def has_offer(self) -> bool:
        """Whether `cleaned` differs from `text`, so that a person can be asked."""
        return not self.refusal and self.cleaned != self.text


def read_paste(text: str, *, is_secret: bool) -> PastedText:
    """Return what a one-line field should take of a pasted text, and what to say about it."""
    if len(text) > LONGEST_PASTE:
        return PastedText("", refusal=_too_long(len(text)), cleaned="")
    if has_terminal_codes(text):
        return PastedText(text, refusal=terminal_codes_words(), cleaned=text)
    trimmed = text.strip()
    if is_secret and has_control_characters(trimmed):
        return PastedText(text, refusal=_control_words(), cleaned=text)
    cleaned, oddities = _cleaned(trimmed)
    kept = trimmed if is_secret else cleaned
    lines = _line_count(kept)
    if lines > 1:
        return PastedText(text, refusal=_refusal(lines, kept), cleaned=text)
    if not is_secret:
        return PastedText(kept, (*_trim_notes(text), *(removed for removed, _kept in oddities)), cleaned=kept)
    return PastedText(kept, (*_trim_notes(text), *(kept_note for _removed, kept_note in oddities)), cleaned=cleaned)


def has_terminal_codes(text: str) -> bool:
    """Return whether there are codes for a terminal, or replies of one, in a text."""
    return _TERMINAL_CODES.search(text) is not None


def terminal_codes_words() -> str:
    """Return why a text with codes for a terminal is not taken."""
    return _("There are codes for a terminal in it, for example for colours. Nothing was taken. Copy the plain text.")


def has_control_characters(text: str) -> bool:
    """Return whether there are control characters in a text other than tabs and line breaks."""
    return any(_is_control(character) for character in text)


def _control_words() -> str:
    return _("There is a control character in it, which no secret has. Nothing was taken. Copy the plain text.")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in _LINE_BREAKS and character != "\t"


def _too_long(length: int) -> str:
    return _(
        "This is {length} characters long, which no field here needs. Copy the value alone and paste it once more."
    ).format(length=length)


def bearer_prefix_removed(text: str) -> tuple[str, bool]:
    """Return a token without a leading "Bearer " (or "Authorization: Bearer "), and whether there was one."""
    token = text.strip()
    has_prefix = False
    if token[:14].lower() == "authorization:" and token[14:].strip()[:6].lower() == "bearer":
        token = token[14:].strip()
    while (words := token.split(maxsplit=1)) and words[0].lower() == "bearer":
        token, has_prefix = "".join(words[1:]), True
    return (token, True) if has_prefix else (text, False)


def _cleaned(trimmed: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the text without oddities, and for each kind of them the sentences "removed" and "kept"."""
    text, quote_layers, invisible_count, blank_count = trimmed, 0, 0, 0
    while True:
        visible = "".join(c for i, c in enumerate(text) if not _is_invisible(text, i))
        unquoted = _without_quotes(visible)
        stripped = unquoted.strip()
        invisible_count += len(text) - len(visible)
        quote_layers += visible != unquoted
        blank_count += len(unquoted) - len(stripped)
        if stripped == text:
            break
        text = stripped
    oddities: list[tuple[str, str]] = []
    if invisible_count:
        oddities.append(
            (
                plural(
                    "Removed {count} invisible character.", "Removed {count} invisible characters.", invisible_count
                ).format(count=invisible_count),
                plural(
                    "There is {count} invisible character in it. It was kept.",
                    "There are {count} invisible characters in it. They were kept.",
                    invisible_count,
                ).format(count=invisible_count),
            )
        )
    if quote_layers:
        oddities.append(
            (_("Removed the quotation marks around it."), _("There are quotation marks around it. They were kept."))
        )
    if blank_count:
        oddities.append(
            (_("Removed the white space inside them."), _("There is white space inside them. It was kept."))
        )
    return text, oddities


def _is_invisible(text: str, index: int) -> bool:
    character = text[index]
    if character in INVISIBLE:
        return True
    if character in _JOINERS:
        # Between letters of other scripts and in emoji a joiner has a meaning; beside plain letters it has none.
        neighbours = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
        return len(neighbours) < 2 or any(neighbour.isascii() for neighbour in neighbours)
    return _is_control(character) or unicodedata.category(character) == "Cs"


def _without_quotes(text: str) -> str:
    if len(text) >= 2 and _QUOTES.get(text[0]) == text[-1]:
        inner = text[1:-1]
        if text[0] not in inner and text[-1] not in inner:
            return inner
    return text


def _line_count(text: str) -> int:
    return 1 + sum(character in _LINE_BREAKS for character in text.replace("\r\n", "\n"))


def _refusal(lines: int, kept: str) -> str:
    if "-----BEGIN" in kept:
        return _(
            "Nothing was pasted: this is a key or certificate of {lines} lines, and this field takes one line."
        ).format(lines=lines)
    return _(
        "Nothing was pasted: the text has {lines} lines, and this field takes one. Copy it again without line breaks."
    ).format(lines=lines)


def _trim_notes(text: str) -> tuple[str, ...]:
    front = text[: len(text) - len(text.lstrip())]
    back = text[len(text.rstrip()) :] if text.strip() else ""
    return (*_notes_at_front(front), *_notes_at_end(back))


def _counts(space: str) -> tuple[int, int]:
    joined = space.replace("\r\n", "\n")
    newlines = sum(character in _LINE_BREAKS for character in joined)
    return newlines, len(joined) - newlines


def _notes_at_front(space: str) -> list[str]:
    newlines, blanks = _counts(space)
    notes = []
    if newlines:
        sentence = plural(
            "Removed {count} newline at the beginning.", "Removed {count} newlines at the beginning.", newlines
        )
        notes.append(sentence.format(count=newlines))
    if blanks:
        sentence = plural("Removed {count} blank at the beginning.", "Removed {count} blanks at the beginning.", blanks)
        notes.append(sentence.format(count=blanks))
    return notes


def _notes_at_end(space: str) -> list[str]:
    newlines, blanks = _counts(space)
    notes = []
    if newlines:
        sentence = plural("Removed {count} newline at the end.", "Removed {count} newlines at the end.", newlines)
        notes.append(sentence.format(count=newlines))
    if blanks:
        sentence = plural("Removed {count} blank at the end.", "Removed {count} blanks at the end.", blanks)
        notes.append(sentence.format(count=blanks))
    return notes
