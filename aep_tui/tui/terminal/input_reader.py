"""Turns the bytes of a terminal into keys and pastes; what is neither becomes nothing, and no bytes end the program.

Textual's parser types out what it does not understand, and some sequences make it raise. Here the grammar of terminal
sequences comes first: only whole sequences that mean something are handed on. Replies of the terminal (colours, its
name, graphics) and broken sequences are swallowed. It relies on names inside Textual, which is why the version is
pinned.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from textual import events
from textual._xterm_parser import (
    SPECIAL_SEQUENCES,
    XTermParser,
    _re_in_band_window_resize,
    _re_mouse_event,
    _re_terminal_mode_response,
)
from textual.keys import Keys
from textual.message import Message

from aep_tui.domain.light_dataclass import dataclass

ESCAPE_DELAY: Final = 0.1
"""Seconds after which an Esc that nothing follows is the key."""
STRING_DELAY: Final = 1.0
"""Seconds within which a reply of the terminal has to end; what has come of it until then is swallowed."""
PASTE_DELAY: Final = 3.0
"""Seconds of silence after which a paste whose end was lost has ended."""
BURST_DELAY: Final = 0.05
"""Seconds of silence that end a burst."""
LARGEST_PASTE: Final = 1_000_000
"""Characters of a paste that are kept; no field and no page reads that many."""
LONGEST_SEQUENCE: Final = 4096
"""Characters after which an unfinished sequence is given up."""
TYPED_IN_ONE_READ: Final = 64
"""More characters than this in one read, or behind a line end in it, were not typed by hand."""
ENTER_KEYS: Final = frozenset({"enter", "ctrl+j"})

PASTE_START: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"
_C1: Final = re.compile("[\x90\x98\x9b-\x9f]|(?<![\udc80-\udcff])[\udc90\udc98\udc9b-\udc9f]")
"""The beginnings of sequences in one character, and in one byte that is no part of a letter in UTF-8."""
_NO_TEXT: Final = re.compile("[\udc80-\udcff\ufffd]")
_CONTROL_SEQUENCE: Final = r"\x1b\[(?:\[[A-E]|M[^\x1b]{3}|[0-?]*[ -/]*[@-LN-Z\\-~]|[0-?]+[ -/]*M|\[)"
_FUNCTION_KEY: Final = r"\x1bO[0-9;]*[ @-~]"
_STRING: Final = r"\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"
_WHOLE: Final = re.compile(
    rf"(?P<control>{_CONTROL_SEQUENCE})|(?P<function>{_FUNCTION_KEY})|(?P<string>{_STRING})"
    r"|(?P<alt>\x1b[^\x1b\[O\]P_^X])|(?P<text>[^\x1b])"
)
_UNFINISHED: Final = re.compile(r"\x1b(?:|\[(?:\[|M[^\x1b]{0,2}|[0-?]*[ -/]*)|O[0-9;]*|[\]P_^X][^\x07\x1b]*\x1b?)\Z")
_BROKEN: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X][^\x07\x1b]*)")
_KITTY_KEY: Final = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d*)(?::(\d*))?(;[\d:]*)?)?([u~A-HPQRS])")
_RELEASED: Final = "3"
_COLOR: Final = "([0-9a-fA-F]{1,4})"
_BACKGROUND: Final = re.compile(rf"\x1b\]11;rgba?:{_COLOR}/{_COLOR}/{_COLOR}(?:/[0-9a-fA-F]+)?(?:\x07|\x1b\\)")
_OUR_ANSWER: Final = re.compile(r"\x1b\]11;rgba?:[0-9a-fA-F/]*(?:\x07|\x1b\\)|\x1b\[\?\d+;\d\$y")
"""What the terminal answers to the questions that are asked at each start: its background, and which modes it knows."""
_CURSOR_POSITION: Final = re.compile(r"\x1b\[\d+;\d+R")


class Burst(events.Paste, bubble=False):
    """Text that came faster than anybody types, with line ends in it: a paste without its brackets."""


@dataclass
class BackgroundTold(Message, bubble=False):
    """The terminal has answered which background it has.

    Attributes:
        brightness: from 0 (black) to 1 (white).
    """

    brightness: float


class Unreadable(events.Event, bubble=False):
    """Bytes came that are no text in UTF-8, for example an accented letter of a keyboard in Latin-1."""


class PasteCut(events.Event, bubble=False):
    """A paste was under way when the program gave the terminal away; nobody knows what of it went elsewhere."""


class InputReader:
    """Holds what is unfinished between two reads."""

    def __init__(self, *, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._decoder = getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._parser = XTermParser(debug=False)
        self._held = ""
        self._held_since = 0.0
        self._late_answer = ""
        self._paste: list[str] | None = None
        self._is_paste_cut = False
        self._burst = ""
        self._last_read = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether something is unfinished, so that `tick` has to be called soon."""
        return bool(self._held or self._burst) or self._paste is not None

    def cut(self) -> None:
        """Take it that something may be missing from here on: somebody else had the terminal."""
        self._is_paste_cut = self._paste is not None
        self._last_read = self._monotonic()

    def feed(self, data: bytes) -> list[Message]:
        """Return what one read of the terminal means."""
        now = self._monotonic()
        found = self.tick(now)
        decoded = _C1.sub(lambda found: f"\x1b{chr((ord(found[0]) & 0xFF) - 0x40)}", self._decoder.decode(data))
        text, passed_over = _NO_TEXT.subn("", decoded)
        if passed_over:
            found.append(Unreadable())
        read = list(self._messages(text, now))
        self._last_read = now
        return [*found, *_with_pastes(self._without_bursts(read))]

    def tick(self, now: float | None = None) -> list[Message]:
        """Return what has become clear because nothing more has come."""
        now = self._monotonic() if now is None else now
        found: list[Message] = []
        if self._burst and now - self._last_read >= BURST_DELAY:
            found.append(Burst(self._burst))
            self._burst = ""
        if self._paste is not None and now - self._last_read >= PASTE_DELAY:
            found.append(self._end_of_paste())
        if self._held == "\x1b" and now - self._held_since >= ESCAPE_DELAY:
            found.append(events.Key("escape", "\x1b"))
            self._held = ""
        elif self._held and self._paste is None and now - self._held_since >= STRING_DELAY:
            self._late_answer, self._held = self._held, ""
        return found

    def _messages(self, text: str, now: float) -> Iterator[Message]:
        is_new = self._paste is None and not self._held
        if self._late_answer and is_new and _OUR_ANSWER.match(self._late_answer + text):
            # The rest of an answer to our own question would be typed into the page.
            text, self._late_answer = self._late_answer + text, ""
        text, self._held, is_held_since = self._held + text, "", self._held_since if self._held else now
        position = 0
        while position < len(text):
            if self._paste is not None:
                end = text.find(PASTE_END, position)
                if end < 0:
                    # The end may be cut in two.
                    keep = next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n])), 0)
                    keep = min(keep, len(text) - position)
                    self._paste.append(text[position : len(text) - keep])
                    self._held, self._held_since = text[len(text) - keep :], now
                    return
                self._paste.append(text[position:end])
                position = end + len(PASTE_END)
                yield self._end_of_paste()
                continue
            whole = _WHOLE.match(text, position)
            if whole is not None:
                position = whole.end()
                yield from self._meaning(whole)
            elif _UNFINISHED.match(text, position) and len(text) - position <= LONGEST_SEQUENCE:
                self._held, self._held_since = text[position:], is_held_since
                return
            else:
                broken = _BROKEN.match(text, position)
                if broken is None:  # an Esc before another sequence
                    position += 1
                    yield events.Key("escape", "\x1b")
                else:
                    position = broken.end()

    def _end_of_paste(self) -> events.Event:
        text = "".join(self._paste or ())[:LARGEST_PASTE].replace("\x00", "")
        is_cut, self._is_paste_cut = self._is_paste_cut, False
        self._paste, self._held = None, ""
        return PasteCut() if is_cut else events.Paste(text)

    def _meaning(self, whole: re.Match[str]) -> list[Message]:
        """Return the messages of a whole sequence or character; none for what means nothing here."""
        sequence = whole.group()
        if background := _BACKGROUND.fullmatch(sequence):
            red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in background.groups())
            return [BackgroundTold(0.299 * red + 0.587 * green + 0.114 * blue)]
        if whole["string"] or _CURSOR_POSITION.fullmatch(sequence):
            return []
        if sequence == PASTE_START:
            self._paste = []
            return []
        try:
            if whole["alt"]:
                return [
                    events.Key(key.key, None) for key in self._parser._sequence_to_key_events(sequence[1], alt=True)
                ]
            if whole["control"] and (
                sequence in SPECIAL_SEQUENCES
                or _re_in_band_window_resize.fullmatch(sequence)
                or _re_terminal_mode_response.match(sequence)
                or (_re_mouse_event.match(sequence) and not self._keys(sequence))
            ):
                return list(self._parser.feed(sequence))
            return [*self._keys(sequence)]
        except Exception:  # whatever the sequence has done to the parser, the next one is read
            self._parser = XTermParser(debug=False)
            return []

    def _keys(self, sequence: str) -> list[events.Key]:
        kitty = _KITTY_KEY.fullmatch(sequence)
        if kitty is not None:
            code, modifiers, kind, text, end = kitty.groups(default="")
            if kind == _RELEASED:
                return []
            sequence = f"\x1b[{code}{f';{modifiers}{text}' if modifiers or text else ''}{end}"
        keys = self._parser._sequence_to_key_events(sequence)
        return [key for key in keys if key.key != Keys.Ignore and _is_clean(key.character)]

    def _without_bursts(self, read: list[Message]) -> list[Message]:
        """Return the messages of a read; what came too fast to be typed is taken out and kept until it has ended."""
        if not self._burst and not _is_burst(read):
            return read
        others: list[Message] = []
        for message in read:
            if not isinstance(message, events.Key):
                others.append(message)
            elif message.key in ENTER_KEYS:
                self._burst += "\n"
            elif message.key == "tab":
                self._burst += "\t"
            elif message.is_printable and message.character:
                self._burst += message.character
            elif message.key in {"ctrl+q", "f10"}:
                others.append(message)
        self._burst = self._burst[:LARGEST_PASTE]
        return others


def _is_burst(read: list[Message]) -> bool:
    keys = [message for message in read if isinstance(message, events.Key)]
    line_ends = [index for index, key in enumerate(keys) if key.key in ENTER_KEYS]
    if not line_ends:
        return False
    typed_after = sum(key.is_printable for key in keys[line_ends[0] :])
    return len(line_ends) > 1 or typed_after > TYPED_IN_ONE_READ


def _with_pastes(read: list[Message]) -> Iterator[Message]:
    """Yield the messages of a read; so many characters in a row that nobody types them are one paste.

    A field takes and judges a paste once. Character by character the page would stand still meanwhile.
    """
    for is_text, group in groupby(read, lambda each: isinstance(each, events.Key) and each.is_printable):
        messages = list(group)
        if is_text and len(messages) > TYPED_IN_ONE_READ:
            yield events.Paste("".join(each.character or "" for each in messages if isinstance(each, events.Key)))
        else:
            yield from messages


def _is_clean(character: str | None) -> bool:
    """Return whether a key may carry this character: half a character and U+FFFD are no text."""
    return character is None or not any("\ud800" <= each <= "\udfff" or each == "\ufffd" for each in character)
