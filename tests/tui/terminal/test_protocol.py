from __future__ import annotations

import base64

import pytest

from tests.tui.terminal.protocol import Profile, Protocol

TEXTUAL_STARTS = (
    b"\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l"
    b"\x1b[?1004h\x1b[>25u\x1b[?2004h\x1b[?7l\x1b[?2048h"
)


def test_queries_are_answered_even_when_cut_in_two() -> None:
    protocol = Protocol(80, 24)
    answers = [protocol.feed(bytes([byte])) for byte in b"text\x1b[?2026$p\x1b[c"]
    assert [answer for answer in answers if answer] == [b"\x1b[?2026;2$y", b"\x1b[?62;22c"]


def test_an_old_terminal_does_not_know_the_new_modes() -> None:
    protocol = Protocol(80, 24, Profile.XTERM)
    assert protocol.feed(b"\x1b[?2026$p") == b"\x1b[?2026;0$y"
    assert protocol.feed(b"\x1b[?2048h") == b""
    protocol.feed(b"\x1b[>25u")
    assert protocol.kitty_flags == 0


def test_a_program_that_subscribed_to_the_size_is_told_of_it() -> None:
    protocol = Protocol(80, 24)
    assert protocol.resize(100, 30) == b""
    assert protocol.feed(b"\x1b[?2048h") == b"\x1b[48;30;100;600;1000t"
    assert protocol.resize(80, 24) == b"\x1b[48;24;80;480;800t"


def test_a_position_report_asks_for_the_cursor() -> None:
    assert Protocol(80, 24).feed(b"\x1b[6n", cursor=lambda: (3, 7)) == b"\x1b[3;7R"


def test_everything_that_was_left_on_is_told() -> None:
    protocol = Protocol(80, 24)
    protocol.feed(TEXTUAL_STARTS + b"\x1b[?1016h")
    assert protocol.restoration_problems() == [
        "the alternate screen is still on",
        "mouse reports are still on (1000)",
        "mouse reports are still on (1003)",
        "a mouse encoding is still on (1006)",
        "a mouse encoding is still on (1015)",
        "a mouse encoding is still on (1016)",
        "focus reports are still on",
        "bracketed paste is still on",
        "resize reports are still on",
        "the cursor is still hidden",
        "line wrap is still off",
        "the kitty keyboard protocol is still on",
    ]


@pytest.mark.parametrize("end", [b"\x07", b"\x1b\\"])
def test_what_is_copied_through_the_terminal_is_kept(end: bytes) -> None:
    protocol = Protocol(80, 24)
    protocol.feed(b"\x1b]52;c;" + base64.b64encode("Grüße".encode()) + end)
    assert protocol.clipboard == ["Grüße"]
