"""Lines out and lines in: no cursor is placed, nothing is drawn twice, and no secret is echoed."""

from __future__ import annotations

import os
import re
import select
import sys
import unicodedata
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, Self, TextIO

from aep_tui.domain.background_work import in_background
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.pages.wrapping import cells, width_of, wrapped
from aep_tui.plain.keyboard_modes import KeyboardModes

BACK: Final = "<"
HELP: Final = "?"
QUIT: Final = "quit"
"""What may be typed instead of an answer, at every question."""

_ERASE: Final = frozenset({"\x7f", "\b"})
_ERASE_LINE: Final = "\x15"
_END_OF_INPUT: Final = "\x04"
_ESCAPE: Final = "\x1b"
_LINE_ENDS: Final = "\r\n"

_BEGINNING: Final = re.compile(r" *(?:\d+\. |- )?")
"""What the rows of a line that goes on are moved right by: blanks, and the number or the mark of a list."""

_PASTE_PAUSE_MS: Final = 50
"""A paste over a slow line comes in pieces with less than this between them, in milliseconds; no person types so soon
after Enter."""


class Cancelled(Exception):
    """The input has ended, or the person quits: nothing more is asked, and no default is taken."""


class GoBack(Exception):
    """The person wants to go back to the question before."""


class SeveralLines(Exception):
    """Several lines were pasted where a secret is one line; none of them is kept or was shown."""


class Talk:
    """One conversation in a terminal; use it with `with`, which gives the terminal back as it was.

    It is the only reader of the keyboard, and echoes what it reads by itself: what is typed or pasted ahead is kept for
    the next question and stands nowhere before it is known whether that one asks for a secret.

    Attributes:
        was_typed_ahead: whether the last secret was there before it was asked for.
        is_terminal_gone: whether something could not be read or written any more; what is said then is lost, and
            nothing is asked.
    """

    def __init__(self, keyboard: int, output: TextIO, modes_before: list[Any] | None = None) -> None:
        """Take what the conversation is held by.

        Args:
            keyboard: the file descriptor of the terminal that is read.
            output: what is written to.
            modes_before: those that the terminal gets back; the present ones when left out.
        """
        self.was_typed_ahead = False
        self.is_terminal_gone = False
        self._keyboard = keyboard
        self._output = output
        self._modes = KeyboardModes(keyboard, self._ask_again, modes_before)
        self._asked = ""
        """The prompt that waits for a line, "" when none does."""
        self._seen: Sequence[str] = ()
        """What was typed behind it and is shown."""
        self._is_asked_again_later = False
        """Whether the program went on amid a write, which takes no other one into it."""
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._waiting: deque[str] = deque()
        self._characters = _without_key_sequences(self._read())

    def __enter__(self) -> Self:
        """Switch echo and line editing of the terminal off; signals of keys stay."""
        self._modes.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._modes.give_back()

    def say(self, text: str) -> None:
        """Write a text on lines of its own, broken between words where the terminal ends."""
        for line in text.split("\n"):
            for row in self._rows(line):
                self._write(f"{row}\n")

    def show(self, text: str) -> None:
        """Write a text that is copied, for example a command, with no line end but its own."""
        for line in text.split("\n"):
            self._write(without_control_characters(line).rstrip() + "\n")

    async def ask(self, prompt: str) -> str:
        """Return the line that is typed behind a prompt, blanks around it taken away.

        Raises:
            Cancelled: the input has ended, the terminal is gone, or the line is "quit".
            GoBack: the line is "<".
        """
        self._write_prompt(prompt)
        return _meant(await in_background(lambda: self._line(self._write)), is_trimmed=True)

    async def ask_secret(self, prompt: str) -> str:
        """Return a line that is typed without an echo, exactly as it is typed; otherwise as `ask`.

        Lines that waited before the prompt stood there were typed ahead, a line a question. Lines that come together
        behind the prompt are one paste, and the next question would show the rest of a secret.

        Raises:
            Cancelled, GoBack: as `ask`.
            SeveralLines: a paste had more than one line.
        """
        while self._is_readable(within_ms=0) and self._take_piece():
            pass
        self.was_typed_ahead = is_typed_ahead = any(character in _LINE_ENDS for character in self._waiting)
        self._write_prompt(prompt)
        line = await in_background(lambda: self._line(_swallow) if is_typed_ahead else self._only_line())
        return _meant(line, is_trimmed=False)

    def _rows(self, line: str) -> list[str]:
        """Return a line in rows that the terminal does not break, each with the beginning of the first before it."""
        clean = without_control_characters(line).rstrip()
        # One cell is left over: a terminal may go to the next line as soon as the last one is written.
        width = width_of(self._output, without_terminal=sys.maxsize) - 1
        if cells(clean) <= width:
            return [clean]
        beginning = _BEGINNING.match(clean)
        return wrapped(clean, width, indent=len(beginning[0]) if beginning else 0)

    def _write_prompt(self, prompt: str) -> None:
        *rows, last = self._rows(prompt)
        for row in rows:
            self._write(f"{row}\n")
        self._seen = ()
        self._asked = f"{last} "
        self._write(self._asked)
        if self.is_terminal_gone:
            raise Cancelled

    def _ask_again(self) -> None:
        """Write what waits for an answer once more, behind what the shell has written meanwhile."""
        if not self._asked:
            return
        try:
            self._write(self._asked + "".join(self._seen))
        except RuntimeError:  # amid a write
            self._is_asked_again_later = True
        except ValueError:
            pass  # the terminal is gone

    def _write(self, text: str) -> None:
        try:
            self._output.write(text)
            self._output.flush()
        except OSError:
            # What is under way goes on to its end; the next question ends the conversation.
            self.is_terminal_gone = True
        if self._is_asked_again_later:
            self._is_asked_again_later = False
            self._ask_again()

    def _line(self, echo: Callable[[str], object]) -> str:
        """Return the next line after its corrections; the end of the input in an empty line cancels.

        Raises:
            Cancelled: the input has ended.
        """
        line: list[str] = []
        self._seen = () if echo is _swallow else line
        for character in self._characters:
            if character in _LINE_ENDS:
                self._asked = ""
                self._write("\n")
                return "".join(line)
            if character in _ERASE:
                _erase(line[-1:], echo)
                del line[-1:]
            elif character == _ERASE_LINE:
                _erase(line, echo)
                line.clear()
            elif character == _END_OF_INPUT and not line:
                break
            elif character.isprintable() or character == "\t":
                line.append(character)
                echo(character)
        self._asked = ""
        self._write("\n")
        raise Cancelled

    def _only_line(self) -> str:
        """Return a line that is not echoed.

        Raises:
            Cancelled: the input has ended.
            SeveralLines: something came right behind the line.
        """
        line = self._line(_swallow)
        while self._is_readable(within_ms=_PASTE_PAUSE_MS) and self._take_piece():
            pass
        if self._waiting:
            self._waiting.clear()
            self._decoder.reset()
            raise SeveralLines
        return line

    def _read(self) -> Iterator[str]:
        while self._waiting or self._take_piece():
            while self._waiting:
                yield self._waiting.popleft()

    def _take_piece(self) -> bool:
        """Wait for something that is typed, and keep it; return False at the end of the input."""
        piece = self._piece()
        # A pasted line may end in both characters; one line end is meant.
        self._waiting.extend(self._decoder.decode(piece).replace("\r\n", "\n"))
        return bool(piece)

    def _is_readable(self, *, within_ms: int) -> bool:
        poll = select.poll()
        poll.register(self._keyboard, select.POLLIN)
        return bool(poll.poll(within_ms))

    def _piece(self) -> bytes:
        try:
            return os.read(self._keyboard, 4096)
        except OSError:
            self.is_terminal_gone = True
            return b""


def _meant(line: str, *, is_trimmed: bool) -> str:
    text = line.strip()
    if text == BACK:
        raise GoBack
    if text == QUIT:
        raise Cancelled
    return text if is_trimmed else line


def _erase(characters: Iterable[str], echo: Callable[[str], object]) -> None:
    for character in characters:
        echo("\b \b" * (2 if unicodedata.east_asian_width(character) in "WF" else 1))


def _without_key_sequences(characters: Iterator[str]) -> Iterator[str]:
    for character in characters:
        if character != _ESCAPE:
            yield character
            continue
        introducer = next(characters, "")
        if introducer in "[O":
            for part in characters:
                if "@" <= part <= "~":
                    break


def _swallow(_text: str) -> None:
    """Echo nothing."""
