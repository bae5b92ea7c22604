"""Text that fits the width of the terminal that it goes to."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

NARROWEST: Final = 40
_WIDTH_OF_WORDS: Final = 24
"""Words beside a name need this many cells; with less they stand below it."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether people read `stream` as it is written; None is what a closed stream is."""
    return stream is not None and not stream.closed and stream.isatty()


def width_of(stream: TextIO | None, without_terminal: int = 80) -> int:
    """Return how many cells a line on `stream` may take.

    Args:
        stream: where the text goes.
        without_terminal: what is returned when it goes to a file or a pipe.
    """
    if stream is None or not is_terminal(stream):
        return without_terminal
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return max(NARROWEST, columns or shutil.get_terminal_size().columns)


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """Return the lines of `text` in at most `width` cells each; only a word that is longer stands out.

    Args:
        text: may have lines of its own.
        width: in cells.
        indent: cells before a line that goes on with the one above.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, width, indent) or [""]]


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


def _wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
