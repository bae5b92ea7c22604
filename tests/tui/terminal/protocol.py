"""The terminal's side of the conversation: it follows the modes and answers the queries of the program."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum


class Profile(Enum):
    """What the terminal understands."""

    KITTY = "kitty"
    """Synchronized output, resize reports in band and the kitty keyboard protocol: kitty, Ghostty, foot, WezTerm."""
    XTERM = "xterm"
    """None of those three: an older terminal, screen, many multiplexers."""


# Only the sequences that ask a question or change a mode; styles and text are skipped by the pattern.
_CONTROL = re.compile(
    rb"\x1b\[(?P<marker>[<=>?]?)(?P<numbers>[0-9;]*)(?P<dollar>\$?)(?P<final>[hlcnpqtu])"
    rb"|\x1b\]52;[a-z]*;(?P<clipboard>[A-Za-z0-9+/=]*)(?:\x07|\x1b\\)"
)
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_^X][^\x1b]*\x1b?)?\Z")
"""A sequence that the end of the bytes cuts in two."""

_KNOWN_MODES = frozenset({1, 7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004})
_KITTY_MODES = frozenset({1016, 2026, 2048})
_CELL_WIDTH, _CELL_HEIGHT = 10, 20

_LEFT_ON = {
    1049: "the alternate screen is still on",
    1047: "the alternate screen is still on",
    1000: "mouse reports are still on (1000)",
    1002: "mouse reports are still on (1002)",
    1003: "mouse reports are still on (1003)",
    1005: "a mouse encoding is still on (1005)",
    1006: "a mouse encoding is still on (1006)",
    1015: "a mouse encoding is still on (1015)",
    1016: "a mouse encoding is still on (1016)",
    1004: "focus reports are still on",
    2004: "bracketed paste is still on",
    2026: "a synchronized update is still open",
    2048: "resize reports are still on",
}
_LEFT_OFF = {25: "the cursor is still hidden", 7: "line wrap is still off"}


@dataclass
class Protocol:
    """The modes of one terminal and its answers.

    Attributes:
        columns, rows: the size in cells.
        profile: what the terminal understands.
        modes: the private modes (DECSET) that were switched; absent means never touched.
        kitty_stack: the pushed flags of the kitty keyboard protocol.
        clipboard: the texts that were copied through the terminal (OSC 52), in order.
    """

    columns: int
    rows: int
    profile: Profile = Profile.KITTY
    modes: dict[int, bool] = field(default_factory=dict)
    kitty_stack: list[int] = field(default_factory=list)
    clipboard: list[str] = field(default_factory=list)
    _carry: bytes = b""

    @property
    def kitty_flags(self) -> int:
        """The flags in force; 0 when the keyboard speaks the older encoding."""
        return self.kitty_stack[-1] if self.kitty_stack else 0

    def feed(self, data: bytes, cursor: Callable[[], tuple[int, int]] = lambda: (1, 1)) -> bytes:
        """Follow the program's output and return what the terminal answers.

        Args:
            data: the next bytes; a sequence may be cut in two anywhere.
            cursor: returns row and column, counted from 1; asked only for a position report.
        """
        buffer = self._carry + data
        reply = b"".join(self._react(match, cursor) for match in _CONTROL.finditer(buffer))
        unfinished = UNFINISHED.search(buffer)
        self._carry = unfinished.group() if unfinished else b""
        return reply

    def resize(self, columns: int, rows: int) -> bytes:
        """Take the new size and return the report in band, if the program asked for such reports."""
        self.columns, self.rows = columns, rows
        return self._size_report() if self.modes.get(2048) else b""

    def restoration_problems(self) -> list[str]:
        """Return in words what the program has left behind in the terminal; empty when all is as it was."""
        problems = [words for mode, words in _LEFT_ON.items() if self.modes.get(mode)]
        problems += [words for mode, words in _LEFT_OFF.items() if not self.modes.get(mode, True)]
        if self.kitty_stack:
            problems.append("the kitty keyboard protocol is still on")
        return problems

    def _react(self, match: re.Match[bytes], cursor: Callable[[], tuple[int, int]]) -> bytes:
        if match["clipboard"] is not None:
            self.clipboard.append(base64.b64decode(match["clipboard"]).decode())
            return b""
        numbers = [int(number or 0) for number in match["numbers"].split(b";")]
        match match["marker"], match["dollar"], match["final"]:
            case b"?", b"", b"h" | b"l" as switch:
                return self._switch(numbers, is_on=switch == b"h")
            case b"?", b"$", b"p":
                return self._mode_report(numbers[0])
            case b"", b"", b"c":
                return b"\x1b[?62;22c"
            case b">", b"", b"c":
                return b"\x1b[>1;4000;0c"
            case b"", b"", b"n" if numbers[0] == 5:
                return b"\x1b[0n"
            case b"" | b"?" as marker, b"", b"n" if numbers[0] == 6:
                row, column = cursor()
                return f"\x1b[{marker.decode()}{row};{column}R".encode()
            case b"", b"", b"t" if numbers[0] == 14:
                return f"\x1b[4;{self.rows * _CELL_HEIGHT};{self.columns * _CELL_WIDTH}t".encode()
            case b"", b"", b"t" if numbers[0] == 18:
                return f"\x1b[8;{self.rows};{self.columns}t".encode()
            case b">", b"", b"q":
                return b"\x1bP>|tests(1)\x1b\\"
            case marker, b"", b"u" if marker and self.profile is Profile.KITTY:
                return self._keyboard(marker, numbers[0])
        return b""

    def _switch(self, numbers: list[int], is_on: bool) -> bytes:
        for mode in numbers:
            self.modes[mode] = is_on
        has_subscribed = is_on and 2048 in numbers and self.profile is Profile.KITTY
        return self._size_report() if has_subscribed else b""

    def _mode_report(self, mode: int) -> bytes:
        known = _KNOWN_MODES | (_KITTY_MODES if self.profile is Profile.KITTY else frozenset())
        value = 0 if mode not in known else 1 if self.modes.get(mode, mode in _LEFT_OFF) else 2
        return f"\x1b[?{mode};{value}$y".encode()

    def _size_report(self) -> bytes:
        height, width = self.rows * _CELL_HEIGHT, self.columns * _CELL_WIDTH
        return f"\x1b[48;{self.rows};{self.columns};{height};{width}t".encode()

    def _keyboard(self, marker: bytes, number: int) -> bytes:
        match marker:
            case b"?":
                return f"\x1b[?{self.kitty_flags}u".encode()
            case b">":
                self.kitty_stack.append(number)
            case b"<":
                del self.kitty_stack[-max(1, number) :]
            case b"=":
                self.kitty_stack[-1:] = [number]
        return b""
