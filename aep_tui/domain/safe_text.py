"""Text that is not ours, made harmless for a terminal."""

from __future__ import annotations

import unicodedata

_HARMLESS = {"\n", "\t"}


def without_control_characters(text: str, keep_newlines: bool = False) -> str:
    """Return `text` with each control, format and surrogate character replaced by U+FFFD.

    That covers escape sequences, bidirectional overrides and zero-width characters. Tabs become a blank; newlines stay
    with `keep_newlines`, otherwise they become a blank too.
    """
    if text.isprintable():  # nearly every text is, and that is known at once
        return text
    return "".join(_harmless(character, keep_newlines) for character in text)


def _harmless(character: str, keep_newlines: bool) -> str:
    if character in _HARMLESS:
        return "\n" if character == "\n" and keep_newlines else " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return "\N{REPLACEMENT CHARACTER}"
    return character


def shortened(text: str, limit: int = 500) -> str:
    """Return at most `limit` characters of `text`, with "…" where something was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(value: object, limit: int) -> str:
    """Return foreign text on one line of at most `limit` characters; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    return shortened(" ".join(without_control_characters(value[: 4 * limit]).split()), limit)
