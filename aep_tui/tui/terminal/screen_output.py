"""The way of everything that is written to the terminal, which a signal handler can close for good."""

from __future__ import annotations

import threading
import unicodedata
from contextlib import suppress
from typing import Any, Final, TextIO

LONGEST_WAIT: Final = 0.5
"""Seconds that closing waits for a write that is under way: a terminal that is stopped takes nothing."""


_ENTER_SCREEN: Final = "\x1b[?1049h"
_PLAIN_SIGNS: Final = {
    "•": "*",
    "↑": "^",
    "↓": "v",
    "✓": "+",
    "✗": "x",
    "▌": "#",
    "●": "*",
    "○": "o",
    "─": "-",
    "│": "|",
    "┌": "+",
    "┐": "+",
    "└": "+",
    "┘": "+",
    "·": "-",
    "…": "~",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "┃": "|",
}
"""What stands for our own signs where the encoding has none for them."""


def plain_text(text: str, encoding: str) -> str:
    """Return `text` with a plain sign of the same width for what `encoding` cannot say.

    Python would write an escape of six characters, and every row behind it would be too wide.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_plain_sign(character, encoding) for character in text)
    return text


def _plain_sign(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            return ""
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return _PLAIN_SIGNS.get(character, "?" * width)
    return character


class ScreenOutput:
    """Passes text on until it is closed. Textual's writing thread uses it as its file.

    Attributes:
        has_written: whether anything was ever sent, so that there may be something to switch off.
        modes_before: the terminal's modes as the program found them, to be had again while it is suspended; None when
            they are not known.
        is_on_its_screen: whether the alternate screen was entered already. To enter it again would empty it.
    """

    def __init__(self, file: TextIO) -> None:
        self.has_written = False
        self.modes_before: list[Any] | None = None
        self.is_on_its_screen = False
        self._file = file
        self._encoding = file.encoding or "ascii"
        self._is_closed = False
        self._lock = threading.Lock()

    def write(self, text: str) -> None:
        """Send `text`; nothing happens after the end."""
        with self._lock:
            if text == _ENTER_SCREEN and self.is_on_its_screen:
                self.is_on_its_screen = False
            elif not self._is_closed:
                self.has_written = True
                with suppress(OSError):  # the terminal is gone; who writes waits for ever when nobody takes it any more
                    self._file.write(plain_text(text, self._encoding))

    def flush(self) -> None:
        """Send what waits; nothing happens after the end."""
        with self._lock:
            if not self._is_closed:
                with suppress(OSError):
                    self._file.flush()

    def isatty(self) -> bool:
        """Return whether a person may read it."""
        return self._file.isatty()

    def fileno(self) -> int:
        """Return the file's descriptor."""
        return self._file.fileno()

    def close(self) -> None:
        """Let nothing through any more; return when no write is under way. For a signal handler in the main thread."""
        self._is_closed = True
        if self._lock.acquire(timeout=LONGEST_WAIT):
            self._lock.release()
