"""Text that fits the width of the terminal that it goes to."""

from __future__ import annotations

import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

NARROWEST: Final = 40
_USUAL: Final = 80
_ENTRY: Final = re.compile(r"(?:-|\d+\.) ")
"""How an entry of a list begins."""
_WIDTH_OF_WORDS: Final = 24
"""Words beside a name need this many cells; with less they stand below it."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether people read `stream` as it is written; None is what a closed stream is."""
    return stream is not None and not stream.closed and stream.isatty()


def width_of(stream: TextIO | None, without_terminal: int = 80) -> int:
    """Return how many cells a line on `stream` may take.

    Args:
        stream: where the text goes.
        without_terminal: what is returned when it goes to a file or a pipe. A terminal that tells no size, as on a
            serial line, has the width of `COLUMNS`, or 80.
    """
    if stream is None or not is_terminal(stream):
        return without_terminal
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    if not columns:  # a serial line knows no size
        said = os.environ.get("COLUMNS", "")
        columns = int(said) if said.isdecimal() and said.isascii() else _USUAL
    return max(NARROWEST, columns)


def wrapped(text: str, width: int, indent: int = 0, *, breaks_words: bool = False) -> list[str]:
    """Return the lines of `text` in at most `width` cells each; only a word that is longer stands out.

    Args:
        text: may have lines of its own.
        width: in cells.
        indent: cells before a line that goes on with the one above.
        breaks_words: whether a word that is longer than a line is broken all the same.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, width, indent, breaks_words) or [""]]


def hanging_entries(lines: Iterable[str], width: int) -> Iterator[str]:
    """Yield the rows of lines; those of an entry of a list, "- one" or "1. one", stand under its words.

    Every other line stays as it is, for whoever shows it to wrap.

    Args:
        lines: without line ends of their own.
        width: in cells.
    """
    for line in lines:
        entry = _ENTRY.match(line)
        if entry is None:
            yield line
        else:
            yield from wrapped(line, max(NARROWEST, width), len(entry[0]), breaks_words=True)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def rows(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield the lines of a table of names and what they mean; on a narrow terminal the words stand below the names."""
    pairs = tuple(pairs)
    indent = max((len(name) for name, _words in pairs), default=0) + 4
    if width - indent < _WIDTH_OF_WORDS:
        for name, words in pairs:
            yield f"  {name}"
            yield from (f"      {line}" for line in _wrapped(words, width - 6))
        return
    for name, words in pairs:
        first, *others = _wrapped(words, width - indent) or [""]
        yield f"  {name:<{indent - 4}}  {first}".rstrip()
        yield from (" " * indent + line for line in others)


def _wrapped(text: str, width: int, indent: int = 0, breaks_words: bool = False) -> list[str]:
    if text.isascii():
        before = " " * indent
        return textwrap.wrap(
            text, width, subsequent_indent=before, break_long_words=breaks_words, break_on_hyphens=False
        )
    lines, line = list[str](), ""
    for word in _pieces(text, width - indent if breaks_words else sys.maxsize):
        if line.strip() and cells(line) + cells(word.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * indent
            word = word.lstrip()
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Yield the words of a text, each with the blanks behind it, in pieces of at most so many cells."""
    for word in re.findall(r"\S+\s*|^\s+", text):
        piece = ""
        for character in word:
            if not character.isspace() and cells(piece) + _cells_of(character) > longest:
                yield piece
                piece = ""
            piece += character
        yield piece


def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
